"""DuckDB, written by hand: ``python -m benchmarks.peers.duckdb_by_hand cold|warm FILE ITEMS OUT T``."""

import sys
import time

START, START_CPU = time.perf_counter(), time.process_time()


def sums(connection, source, names):
    w = ", ".join(f"sum(CASE WHEN {q} IS NOT NULL THEN weight ELSE 0 END) AS w_{q}" for q in names)
    wy = ", ".join(f"sum(CASE WHEN {q} = 1 THEN weight ELSE 0 END) AS y_{q}" for q in names)
    return connection.execute(
        f"SELECT stratum, cluster, community, sex, {w}, {wy} FROM {source} GROUP BY stratum, cluster, community, sex"
    ).fetchnumpy()


def turn(found, names, t):
    import numpy as np

    from benchmarks.peers.by_hand import estimates

    found = {k: np.asarray(v) for k, v in found.items()}
    domain = found["community"].astype(np.int64) * 2 + found["sex"] - 1
    w, wy = (np.stack([found[f"{kind}_{q}"] for q in names], axis=1) for kind in "wy")
    return estimates(found["stratum"], found["cluster"], domain, w, wy, t=t)


def main() -> None:
    mode, path, items, out, t = sys.argv[1:6]
    names = [f"q{j:03d}" for j in range(int(items))]
    import duckdb

    from benchmarks.child import peak

    base = peak()
    connection = duckdb.connect()
    if mode == "cold":
        share, se, _ = turn(sums(connection, f"read_parquet('{path}')", names), names, float(t))
        report = {"wall": time.perf_counter() - START, "cpu": time.process_time() - START_CPU, "base": base}
    else:
        connection.execute(f"CREATE TABLE survey AS SELECT * FROM read_parquet('{path}')")
        walls, cpus = [], []
        for _ in range(6):
            wall, cpu = time.perf_counter(), time.process_time()
            share, se, _ = turn(sums(connection, "survey", names), names, float(t))
            walls.append(time.perf_counter() - wall)
            cpus.append(time.process_time() - cpu)
        report = {"wall": sorted(walls)[2], "best": min(walls), "cpu": sorted(cpus)[2]}
    import numpy as np

    from benchmarks.child import finish

    np.save(out, np.stack([share, se]))
    finish(report)


if __name__ == "__main__":
    main()
