"""J3: the whole profile of the YRBS, from the shipped files to the finished reports, with the command line."""

import importlib.util
import sys
import tempfile
from pathlib import Path

from benchmarks import child
from benchmarks.contestants import Row

WRAPPED = """
import runpy, sys, time
from benchmarks.child import finish
begin = time.perf_counter()
sys.argv = ["hashar", *sys.argv[1:]]
code = 0
try:
    runpy.run_module("hashar", run_name="__main__")
except SystemExit as end:
    code = end.code or 0
wall = time.perf_counter() - begin
finish({"wall": wall})
sys.exit(code)
"""


def profile_rows(folder: Path, limit: float) -> list[Row]:
    """``hashar demo``: three waves read, quality, estimates, scales, priorities, disclosure control, every format."""
    row = Row("**Hashar** `hashar demo`", "cold")
    if importlib.util.find_spec("hashar.__main__") is None:
        row.why_not = "not built"
        return [row]
    with tempfile.TemporaryDirectory(dir=folder) as out:
        command = [sys.executable, "-c", WRAPPED, "demo", "--out", str(Path(out) / "profile")]
        try:
            row.measured = child.run(command, limit=limit)
        except child.FailedError as failure:
            row.why_not = str(failure)
    return [row]
