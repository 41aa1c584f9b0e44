"""``make bench``: Hashar beside its peers, in one run, on the same data. Writes benchmarks/RESULTS.md."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import child, contestants, site
from benchmarks.contestants import Row, Turn
from benchmarks.data import Job, survey_file
from benchmarks.profile_job import profile_rows
from benchmarks.results import Growth, Results, write

RESULTS = Path(__file__).parent / "RESULTS.md"
LIMIT = 150.0
"""Seconds that one contestant may take."""
PRINTED = {
    "practices": "J5: search as one types among made-up practices",
    "official_plans": "J6: official plans, read, written and compared",
    "logic_models": "J7: logic models, read, compiled and drawn",
    "progress_forms": "J8: returned progress forms, read and merged",
}


def small(turn: Turn) -> list[Row]:
    """J1: everybody."""
    hand = contestants.by_hand
    return [
        contestants.ours(turn, "cold", "**Hashar**", repeats=5),
        hand(turn, "polars_by_hand", "polars", "polars, by hand", "cold", repeats=3),
        hand(turn, "duckdb_by_hand", "duckdb", "DuckDB, by hand", "cold", repeats=3),
        contestants.ours(turn, "warm", "**Hashar**, kernel", repeats=3),
        contestants.ours(turn, "warm-numpy", "**Hashar**, numpy", repeats=1),
        hand(turn, "polars_by_hand", "polars", "polars, by hand", "warm", repeats=1),
        hand(turn, "duckdb_by_hand", "duckdb", "DuckDB, by hand", "warm", repeats=1),
        contestants.r_data_table(turn),
        contestants.part(turn, "svy_part", "svy", "svy (mean)", ["mean"], items=2, communities=10),
        contestants.part(turn, "svy_part", "svy", "svy (prop)", ["prop"], items=2, communities=10),
        contestants.part(turn, "samplics_part", "samplics", "samplics (proportion)", [], items=2, communities=10),
        contestants.r_survey(turn, items=2, communities=10),
    ]


def large(turn: Turn) -> list[Row]:
    """J2: those who finish."""
    hand = contestants.by_hand
    return [
        contestants.ours(turn, "cold", "**Hashar**", repeats=3),
        hand(turn, "polars_by_hand", "polars", "polars, by hand", "cold", repeats=1),
        hand(turn, "duckdb_by_hand", "duckdb", "DuckDB, by hand", "cold", repeats=1),
        contestants.ours(turn, "warm", "**Hashar**, kernel", repeats=2),
        hand(turn, "polars_by_hand", "polars", "polars, by hand", "warm", repeats=1),
        hand(turn, "duckdb_by_hand", "duckdb", "DuckDB, by hand", "warm", repeats=1),
    ]


def growth(folder: Path) -> list[Growth]:
    """How time and memory grow with rows and items."""
    found = []
    for rows, items in ((200_000, 100), (400_000, 100), (1_000_000, 100), (200_000, 200)):
        job = Job("growth", rows, items)
        turn = Turn(job, survey_file(job, folder), folder, LIMIT)
        cold = contestants.ours(turn, "cold", "Hashar", repeats=1)
        warm = contestants.ours(turn, "warm", "Hashar", repeats=1)
        found.append(Growth(job, cold, warm))
    return found


def table(module: str) -> str:
    """What a measurement with a table of its own prints."""
    done = subprocess.run([sys.executable, "-m", f"benchmarks.{module}"], check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="J1 without the packages that are extrapolated")
    parser.add_argument("--data", type=Path, help="folder to keep the made-up surveys in (default: a temporary one)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hashar-bench-") as scratch:
        folder = given.data or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        speed = child.run(child.python("benchmarks.bandwidth"), limit=LIMIT).report
        j1, j2 = Job("J1", 200_000, 100), Job("J2", 1_000_000, 100)
        first = Turn(j1, survey_file(j1, folder), folder, LIMIT)
        rows = small(first)[:7] if given.quick else small(first)
        if given.quick:
            print(Results(speed, j1, rows, None, [], [], [], [], {}).text())
            return
        second = Turn(j2, survey_file(j2, folder), folder, LIMIT)
        pages = site.both(Path(scratch) / "site")
        printed = {heading: table(module) for module, heading in PRINTED.items()}
        results = Results(
            speed, j1, rows, j2, large(second), profile_rows(folder, LIMIT), growth(folder), pages, printed
        )
        write(results, RESULTS)
        print(results.text())


if __name__ == "__main__":
    main()
