"""Who runs, with which command, on how much of the job, and what comes back."""

import csv
import importlib.util
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from benchmarks import child
from benchmarks.data import COMMUNITIES, Job

T_QUANTILE = 1.960570
"""Student's t, 3,950 degrees of freedom, 97.5 %: handed to what is written by hand."""

DESIGN = ["stratum", "cluster", "community", "sex", "weight"]


@dataclass
class Row:
    """One line of the table."""

    name: str
    temperature: str
    measured: child.Measured | None = None
    scale: float = 1.0
    """Whole job / part that was run."""
    part: str = ""
    why_not: str = ""
    equal: str = ""
    runs: list[child.Measured] = field(default_factory=list)


@dataclass(frozen=True)
class Turn:
    """A job on a file; ``limit`` seconds for each contestant."""

    job: Job
    file: Path
    folder: Path
    limit: float

    def out(self, name: str) -> Path:
        return self.folder / f"answer_{self.job.rows}_{self.job.items}_{name}"


def installed(module: str) -> str:
    """An empty text, or why a contestant cannot run."""
    return "" if importlib.util.find_spec(module) else "not installed"


def r_package(name: str) -> str:
    """The same for R packages."""
    if shutil.which("Rscript") is None:
        return "not installed"
    found = subprocess.run(
        ["Rscript", "-e", f"quit(status = !requireNamespace('{name}', quietly = TRUE))"],
        capture_output=True,
        check=False,
    )
    return "" if found.returncode == 0 else "not installed"


def run(turn: Turn, row: Row, command: list[str], *, repeats: int, evict: bool) -> Row:
    """Run a contestant ``repeats`` times and keep the run with the median wall time."""
    if row.why_not:
        return row
    try:
        for _ in range(repeats):
            row.runs.append(child.run(command, limit=turn.limit, evict=turn.file if evict else None))
    except child.FailedError as failure:
        row.why_not = str(failure)
        return row
    row.measured = sorted(row.runs, key=lambda m: m.wall)[len(row.runs) // 2]
    return row


def ours(turn: Turn, mode: str, name: str, *, repeats: int) -> Row:
    command = child.python(
        "benchmarks.ours", mode, str(turn.file), str(turn.job.items), str(turn.out(f"ours_{mode}.npy"))
    )
    row = Row(name, "cold" if mode == "cold" else "warm", why_not=installed("numba") if mode == "warm" else "")
    return run(turn, row, command, repeats=repeats, evict=mode == "cold")


def by_hand(turn: Turn, module: str, package: str, name: str, mode: str, *, repeats: int) -> Row:
    out = turn.out(f"{package}_{mode}.npy")
    command = child.python(
        f"benchmarks.peers.{module}", mode, str(turn.file), str(turn.job.items), str(out), repr(T_QUANTILE)
    )
    row = run(turn, Row(name, mode, why_not=installed(package)), command, repeats=repeats, evict=mode == "cold")
    if row.measured:
        row.equal = equal(turn, np.load(out))
    return row


def part(turn: Turn, module: str, package: str, name: str, before: list[str], *, items: int, communities: int) -> Row:
    """A Python package on some items × communities."""
    out = turn.out(f"{package}{''.join(before)}.npy")
    command = child.python(
        f"benchmarks.peers.{module}", *before, str(turn.file), str(items), str(communities), str(out)
    )
    row = run(turn, Row(name, "warm", why_not=installed(package)), command, repeats=1, evict=False)
    if row.measured:
        row.equal = equal(turn, np.load(out).transpose(0, 2, 1), items=items, communities=communities)
        row.scale = turn.job.estimates / row.measured.report["estimates"]
        row.part = f"{items} items × {communities} communities × sex and one domain of all others"
    return row


def r_survey(turn: Turn, *, items: int, communities: int) -> Row:
    row = Row("R survey (svyby, svyciprop)", "warm", why_not=r_package("survey"))
    if row.why_not:
        return row
    data, out = _as_csv(turn, items), turn.out("r_survey.csv")
    script = str(Path(__file__).parent / "peers" / "r_survey.R")
    row = run(turn, row, ["Rscript", script, str(data), str(items), str(communities), str(out)], repeats=1, evict=False)
    if row.measured:
        row.equal = equal(turn, _read_r(out, items, communities), items=items, communities=communities)
        row.scale = turn.job.estimates / row.measured.report["estimates"]
        row.part = f"{items} items × {communities} communities × sex"
    return row


def r_data_table(turn: Turn) -> Row:
    row = Row("R data.table, by hand", "warm", why_not=r_package("data.table"))
    if row.why_not:
        return row
    data, out = _as_csv(turn, turn.job.items), turn.out("data_table.csv")
    script = str(Path(__file__).parent / "peers" / "r_data_table.R")
    row = run(
        turn,
        row,
        ["Rscript", script, str(data), str(turn.job.items), str(out), repr(T_QUANTILE)],
        repeats=1,
        evict=False,
    )
    if row.measured:
        row.equal = equal(
            turn, _read_r(out, turn.job.items, COMMUNITIES), items=turn.job.items, communities=COMMUNITIES
        )
    return row


def equal(turn: Turn, found: np.ndarray, *, items: int | None = None, communities: int = COMMUNITIES) -> str:
    """Largest relative difference of points and standard errors from ours; part answers are (2, items, domains)."""
    mine = np.load(turn.out("ours_cold.npy"))
    if items is not None:
        mine = mine.reshape(2, COMMUNITIES * 2, turn.job.items)[:, : communities * 2, :items].transpose(0, 2, 1)
    worst = []
    for ours_, theirs in zip(mine, found.reshape(mine.shape), strict=True):
        usual = ours_ > 1e-12  # at 0 % a standard error is zero, for some up to rounding
        worst.append(float(np.max(np.abs(theirs[usual] / ours_[usual] - 1), initial=0.0)))
    return f"{max(worst):.0e}"


def _as_csv(turn: Turn, items: int) -> Path:
    """The columns that R needs."""
    path = turn.folder / f"survey_{turn.job.rows}x{items}.csv"
    if not path.exists():
        columns = [*DESIGN, *turn.job.item_names[:items]]
        pa_csv.write_csv(pq.read_table(turn.file, columns=columns), path)
    return path


def _read_r(path: Path, items: int, communities: int) -> np.ndarray:
    found = np.full((2, items, communities * 2), np.nan)
    with path.open(newline="") as file:
        for line in csv.DictReader(file):
            at = int(line["item"].strip().strip('"')[1:]), int(line["domain"])
            found[(slice(None), *at)] = float(line["estimate"]), float(line["se"])
    return found


Contestant = Callable[[Turn], Row]
