"""svy on a part: ``python -m benchmarks.peers.svy_part mean|prop FILE ITEMS COMMUNITIES OUT``.

The whole survey stays in the design; the domains are those of the first communities and one of all others.
"""

import sys
import time
import warnings

warnings.simplefilter("ignore")


def main() -> None:
    kind, path, items, communities, out = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
    import numpy as np
    import polars as pl
    import svy

    names = [f"q{j:03d}" for j in range(items)]
    frame = pl.read_parquet(path, columns=["stratum", "cluster", "community", "sex", "weight", *names])
    own = pl.col("community") * 2 + pl.col("sex") - 1
    frame = frame.with_columns(
        pl.when(pl.col("community") < communities).then(own).otherwise(2 * communities).alias("domain")
    )
    found = np.full((2, communities * 2, items), np.nan)
    begin, begin_cpu = time.perf_counter(), time.process_time()
    sample = svy.Sample(frame, svy.Design(stratum="stratum", psu="cluster", wgt="weight"))
    for j, name in enumerate(names):
        table = getattr(sample.estimation, kind)(name, by="domain", drop_nulls=True).to_polars()
        rows = table if kind == "mean" else table.filter(pl.col(name) == 1)
        for k, point, error in zip(rows["domain"], rows["est"], rows["se"], strict=True):
            if int(k) < 2 * communities:
                found[:, int(k), j] = point, error
    report = {"wall": time.perf_counter() - begin, "cpu": time.process_time() - begin_cpu}
    report |= {"estimates": items * (communities * 2 + 1)}
    from benchmarks.child import finish

    np.save(out, found)
    finish(report)


if __name__ == "__main__":
    main()
