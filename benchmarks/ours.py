"""Hashar's turn: ``python -m benchmarks.ours cold|warm|warm-numpy FILE ITEMS OUT``. Times are printed as JSON."""

import sys
import time
from pathlib import Path

START, START_CPU = time.perf_counter(), time.process_time()


def cold(path: Path, items: int):
    """From the Parquet file to estimates, once, in a process that has loaded nothing."""
    from benchmarks.child import peak
    from hashar.assess.analysis.engines import memory
    from hashar.assess.analysis.engines.plan import CellPlan, Item
    from hashar.methods.survey.finish import finish

    base = peak()
    names = [f"q{j:03d}" for j in range(items)]
    plan = CellPlan(
        weight="weight",
        stratum="stratum",
        cluster="cluster",
        by=("community", "sex"),
        items=[Item(name, name, 1.0) for name in names],
    )
    found = finish(memory.gather(path, plan).cells, rate=False)
    return found, {"wall": time.perf_counter() - START, "cpu": time.process_time() - START_CPU, "base": base}


def warm(path: Path, items: int, *, compiled: bool):
    """The same again and again on a prepared survey: breakdown, sums, estimates, standard errors and limits."""
    import numpy as np

    from hashar.assess.analysis.engines.memory import parquet_columns
    from hashar.methods.survey.cells import cells
    from hashar.methods.survey.finish import finish
    from hashar.methods.survey.prepare import prepare, rows

    read = parquet_columns(path)
    names = [f"q{j:03d}" for j in range(items)]
    begin = time.perf_counter()
    weight, stratum, cluster, community, sex = read(["weight", "stratum", "cluster", "community", "sex"])
    sample = rows(weights=weight, strata=stratum, clusters=cluster)
    groups = {"community": community, "sex": sex}
    prepared = prepare(sample, answers=dict(zip(names, read(names), strict=True)), groups=groups)
    preparing = time.perf_counter() - begin
    add, moments = cells, None
    if compiled:
        from hashar.methods.survey import kernels

        add, moments = kernels.cells, kernels.moments
    domains = 2 * (int(prepared.groups["community"].max()) + 1)

    def once():
        by = prepared.groups["community"] * np.int32(2) + (prepared.groups["sex"] - np.int32(1))
        return finish(add(prepared, by, domains), rate=False, fast=moments)

    found = once()
    walls, cpus = [], []
    for _ in range(25 if compiled else 5):
        wall, cpu = time.perf_counter(), time.process_time()
        found = once()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    middle = len(walls) // 2
    report = {"wall": sorted(walls)[middle], "best": min(walls), "cpu": sorted(cpus)[middle], "prepare": preparing}
    return found, report


def main() -> None:
    mode, path, items, out = sys.argv[1:5]
    if mode == "cold":
        found, report = cold(Path(path), int(items))
    else:
        found, report = warm(Path(path), int(items), compiled=mode == "warm")
    import numpy as np

    from benchmarks.child import finish as tell

    np.save(out, np.stack([found.estimate, found.se]))
    tell(report)


if __name__ == "__main__":
    main()
