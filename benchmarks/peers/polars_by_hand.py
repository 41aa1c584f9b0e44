"""polars, written by hand: ``python -m benchmarks.peers.polars_by_hand cold|warm FILE ITEMS OUT T``."""

import sys
import time

START, START_CPU = time.perf_counter(), time.process_time()


def sums(frame, names):
    import polars as pl

    weight = pl.col("weight")
    w = [pl.when(pl.col(q).is_not_null()).then(weight).otherwise(0.0).sum().alias(f"w_{q}") for q in names]
    wy = [(weight * pl.col(q)).sum().alias(f"y_{q}") for q in names]
    grouped = frame.group_by("stratum", "cluster", "community", "sex").agg(*w, *wy)
    return grouped.collect() if isinstance(grouped, pl.LazyFrame) else grouped


def turn(found, names, t):
    import numpy as np

    from benchmarks.peers.by_hand import estimates

    domain = found["community"].to_numpy().astype(np.int64) * 2 + found["sex"].to_numpy() - 1
    w = found.select([f"w_{q}" for q in names]).to_numpy()
    wy = found.select([f"y_{q}" for q in names]).to_numpy()
    stratum, cluster = found["stratum"].to_numpy(), found["cluster"].to_numpy()
    return estimates(stratum, cluster, domain, w, wy, t=t)


def main() -> None:
    mode, path, items, out, t = sys.argv[1:6]
    names = [f"q{j:03d}" for j in range(int(items))]
    import polars as pl

    from benchmarks.child import peak

    base = peak()
    if mode == "cold":
        share, se, _ = turn(sums(pl.scan_parquet(path), names), names, float(t))
        report = {"wall": time.perf_counter() - START, "cpu": time.process_time() - START_CPU, "base": base}
    else:
        frame = pl.read_parquet(path)
        walls, cpus = [], []
        for _ in range(6):
            wall, cpu = time.perf_counter(), time.process_time()
            share, se, _ = turn(sums(frame, names), names, float(t))
            walls.append(time.perf_counter() - wall)
            cpus.append(time.process_time() - cpu)
        report = {"wall": sorted(walls)[2], "best": min(walls), "cpu": sorted(cpus)[2]}
    import numpy as np

    from benchmarks.child import finish

    np.save(out, np.stack([share, se]))
    finish(report)


if __name__ == "__main__":
    main()
