"""Run a contestant in a process of its own and measure it from outside."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measured:
    """A process: seconds from start to end, CPU seconds, peak memory in bytes; ``report`` is what it printed."""

    wall: float
    cpu: float
    peak: int
    report: dict


class FailedError(Exception):
    """The process ended badly, or did not end in time."""


def run(command: Sequence[str], *, limit: float, evict: Path | None = None) -> Measured:
    """Run ``command``, which ends its output with a line of JSON. ``evict``: a file for the page cache to forget."""
    if evict is not None:
        _forget(evict)
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        output, errors = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise FailedError(f"stopped after {limit:.0f} s") from None
    wall = time.perf_counter() - start
    if process.returncode:
        raise FailedError((errors.strip().splitlines() or ["failed"])[-1][:200])
    report = json.loads(output.strip().splitlines()[-1])
    return Measured(wall, report.pop("cpu_whole"), report.pop("peak"), report)


def python(module: str, *arguments: str) -> list[str]:
    """The command for a Python contestant, with this interpreter."""
    return [sys.executable, "-m", module, *arguments]


def peak() -> int:
    """Peak memory of this process until now in bytes (ru_maxrss would count what the parent had before the fork)."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) * 1024


def finish(report: dict) -> None:
    """Print a Python contestant's report, with what only the process itself can tell."""
    spent = os.times()
    print(json.dumps(report | {"cpu_whole": spent.user + spent.system, "peak": peak()}))


def _forget(path: Path) -> None:
    """Ask the page cache to drop the file, so that it is read from disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)
