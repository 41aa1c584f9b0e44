"""The table for people: benchmarks/RESULTS.md."""

import platform
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from benchmarks import site
from benchmarks.contestants import Row
from benchmarks.data import CLUSTERS, COMMUNITIES, STRATA, Job

PACKAGES = ("hashar", "numpy", "scipy", "numba", "pyarrow", "duckdb", "polars", "samplics", "svy")
NOTES = """\
* **cold**: a new process, the Parquet file dropped from the page cache, nothing loaded; from the start of the
  interpreter to the estimates, imports included. The in-process time starts at the first line of the script.
  Python's own bytecode (`__pycache__`) is there, as on any second start.
* **warm**: the survey is in memory (for Hashar: prepared); one breakdown with estimates, standard errors and
  95 % limits; the median of many. For packages on a part: without reading the file and without loading the
  package.
* **the work**: every contestant gives points, standard errors by linearisation inside the full design, and
  logit intervals; Hashar also counts, degrees of freedom, design effects and effective sizes. Reliability
  flags are off: the peers have none. What is written by hand gets the quantile of t as a constant, so that it
  need not load scipy.
* **part**: the package is too slow for the whole job; it ran the part that is named, and the time is
  multiplied up by the number of estimates.
* **equal**: largest relative difference of points and standard errors from Hashar's (R's `svyciprop` fits its
  share by iteration).
* **memory**: peak of the whole process, interpreter and libraries included; `× input` what came on top of the
  loaded libraries, as a multiple of the survey in memory at its narrowest (one byte an answer, 8 a weight, 4
  for each of four design columns).
* **the site**: one web process with four threads and one worker, both databases on this machine; every page is
  asked for by somebody who is signed in, on lasting connections, one or eight at once, by a load generator that
  shares the two cores with the server. Pages and charts were made once before. Memory is the share of each
  process (PSS). kB is what one answer takes over the wire.
* **limit**: the bytes of the prepared survey read once at the speed of this machine's memory, all cores.
"""


@dataclass(frozen=True)
class Growth:
    """One size of the survey."""

    job: Job
    cold: Row
    warm: Row


@dataclass(frozen=True)
class Results:
    """Everything that was measured."""

    speed: dict
    j1: Job
    j1_rows: list[Row]
    j2: Job | None
    j2_rows: list[Row]
    j3_rows: list[Row]
    growth: list[Growth]
    site: list[site.Measured]
    printed: dict[str, str]
    """Heading → table, of measurements that print their own."""

    def text(self) -> str:
        parts = ["# Benchmarks", "", *_machine(self.speed), "", *_ratios(self.j1, self.j1_rows), ""]
        parts += [f"## J1: {_described(self.j1)}", "", *_table(self.j1, self.j1_rows, self.speed), ""]
        if self.j2 is not None:
            parts += [f"## J2: {_described(self.j2)}", "", *_table(self.j2, self.j2_rows, self.speed), ""]
            parts += ["## J3: the whole profile of the YRBS, end to end", "", *_profile(self.j3_rows), ""]
            parts += ["## J4: the site, on the demonstration's data", "", *site.table(self.site), ""]
            for heading, table in self.printed.items():
                parts += [f"## {heading}", "", table.strip(), ""]
            parts += ["## Growth", "", *_growth(self.growth, self.speed), ""]
        return "\n".join([*parts, "## How to read it", "", NOTES])


def write(results: Results, path: Path) -> None:
    """Write beside, then rename."""
    beside = path.with_suffix(".part")
    beside.write_text(results.text(), encoding="utf-8")
    beside.replace(path)


def _machine(speed: dict) -> list[str]:
    model = next(
        (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor(),
    )
    versions = [f"{name} {_version(name)}" for name in PACKAGES]
    where = (
        f"{datetime.now(UTC):%Y-%m-%d}, {model}, {speed['cores']} cores, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}; memory is read at {speed['all'] / 1e9:.1f} GB/s by all cores, "
        f"{speed['one'] / 1e9:.1f} GB/s by one."
    )
    return [where, "", f"{', '.join(versions)}; {_r_versions()}. Made by `make bench`."]


def _ratios(job: Job, rows: list[Row]) -> list[str]:
    """How many times as long the others take; for packages only their computing, also beside our cold run."""
    lines = ["## In short", ""]
    for temperature in ("cold", "warm"):
        mine = next((r for r in rows if r.temperature == temperature and r.measured), None)
        if mine is None:
            continue
        lines += [f"{job.name}, Hashar {temperature} ({_time(_seconds(mine))} s), the others take", ""]
        others = [r for r in rows if r.measured and "Hashar" not in r.name]
        hand = {r.name for r in others if r.temperature == "cold"}
        for row in others:
            if row.temperature == temperature or (temperature == "cold" and row.name not in hand):
                ratio = _seconds(row) / _seconds(mine)
                times = f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.1f}"
                alone = " (computing alone)" if row.temperature != temperature else ""
                about = "about " if row.scale > 1 else ""
                lines.append(f"* {row.name}: {about}{times} times as long{alone}")
        lines.append("")
    return lines[:-1]


def _described(job: Job) -> str:
    return (
        f"{job.rows:,} rows, {STRATA} strata, {CLUSTERS:,} clusters, {job.items} yes/no items × {COMMUNITIES} "
        f"communities × sex = {job.estimates:,} estimates"
    )


def _table(job: Job, rows: list[Row], speed: dict) -> list[str]:
    limit = job.bytes / _fastest(speed)
    mine = {
        r.temperature: _seconds(r)
        for r in reversed(rows)
        if r.measured and "Hashar" in r.name and "numpy" not in r.name
    }
    lines = [
        f"Input {job.bytes / 1e6:.0f} MB in memory; limit {limit * 1e3:.1f} ms.",
        "",
        "| contestant | | wall s | in-process s | CPU s | × Hashar | × limit | memory MB | × input | equal | part |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|---|",
    ]
    for row in rows:
        if row.measured is None:
            lines.append(f"| {row.name} | {row.temperature} | {row.why_not} | | | | | | | | |")
            continue
        whole, inside = row.measured, row.measured.report
        seconds = _seconds(row)
        outside = _time(whole.wall) if row.temperature == "cold" else ""
        cpu = whole.cpu if row.temperature == "cold" else inside["cpu"] * row.scale
        ratio = seconds / mine[row.temperature] if row.temperature in mine else float("nan")
        times = (
            f"{outside} | {_time(inside['wall'] * row.scale)} | {_time(cpu)} | {ratio:,.2f} | {seconds / limit:,.1f}"
        )
        own = f"{(whole.peak - inside['base']) / job.bytes:.1f}" if "base" in inside else ""
        lines.append(
            f"| {row.name} | {row.temperature} | {times} | {whole.peak / 1e6:,.0f} | {own} | {row.equal} | {row.part} |"
        )
    return lines


def _profile(rows: list[Row]) -> list[str]:
    lines = ["| | wall s | CPU s | memory MB |", "|---|--:|--:|--:|"]
    for row in rows:
        if row.measured is None:
            lines.append(f"| {row.name} | {row.why_not} | | |")
        else:
            m = row.measured
            lines.append(f"| {row.name} | {_time(m.wall)} | {_time(m.cpu)} | {m.peak / 1e6:,.0f} |")
    return lines


def _growth(found: list[Growth], speed: dict) -> list[str]:
    lines = ["| rows | items | cold wall s | cold CPU s | warm ms | × limit | cold memory MB | × input |"]
    lines.append("|--:|--:|--:|--:|--:|--:|--:|--:|")
    for one in found:
        cold, warm, job = one.cold.measured, one.warm.measured, one.job
        if cold is None or warm is None:
            lines.append(f"| {job.rows:,} | {job.items} | {one.cold.why_not} | | {one.warm.why_not} | | | |")
            continue
        seconds, own = warm.report["wall"], (cold.peak - cold.report["base"]) / job.bytes
        lines.append(
            f"| {job.rows:,} | {job.items} | {_time(cold.wall)} | {_time(cold.cpu)} | {seconds * 1e3:.1f} "
            f"| {seconds / (job.bytes / _fastest(speed)):.1f} | {cold.peak / 1e6:,.0f} | {own:.1f} |"
        )
    return lines


def _fastest(speed: dict) -> float:
    """Bytes per second; on a busy machine one core may read as fast as all."""
    return max(speed["all"], speed["one"])


def _seconds(row: Row) -> float:
    """What is compared: the whole process when cold, one turn when warm."""
    if row.temperature == "cold":
        return row.measured.wall
    return row.measured.report["wall"] * row.scale


def _time(seconds: float) -> str:
    return f"{seconds:,.0f}" if seconds >= 100 else f"{seconds:.3g}"


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def _r_versions() -> str:
    version = "tryCatch(as.character(packageVersion(p)), error = function(e) 'not installed')"
    code = f"for (p in c('survey', 'data.table')) cat(p, {version}, '')"
    try:
        found = subprocess.run(
            ["Rscript", "-e", f"cat(R.version.string, ''); {code}"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return "R not installed"
    return found.stdout.strip()


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
