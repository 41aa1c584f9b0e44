"""samplics on a part: ``python -m benchmarks.peers.samplics_part FILE ITEMS COMMUNITIES OUT``.

The whole survey stays in the design; the domains are those of the first communities and one of all others.
"""

import sys
import time
import warnings

warnings.simplefilter("ignore")


def main() -> None:
    path, items, communities, out = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    import numpy as np
    import polars as pl
    from samplics import PopParam
    from samplics.estimation import TaylorEstimator

    names = [f"q{j:03d}" for j in range(items)]
    frame = pl.read_parquet(path, columns=["stratum", "cluster", "community", "sex", "weight", *names])
    domain = (frame["community"] * 2 + frame["sex"] - 1).to_numpy().astype(np.int64)
    domain = np.where(frame["community"].to_numpy() < communities, domain, 2 * communities)
    found = np.full((2, communities * 2, items), np.nan)
    begin, begin_cpu = time.perf_counter(), time.process_time()
    for j, name in enumerate(names):
        estimator = TaylorEstimator(PopParam.prop)
        there = frame[name].is_not_null().to_numpy()
        estimator.estimate(
            y=frame[name].to_numpy()[there],
            samp_weight=frame["weight"].to_numpy()[there],
            stratum=frame["stratum"].to_numpy()[there],
            psu=frame["cluster"].to_numpy()[there],
            domain=domain[there],
        )
        for k in range(communities * 2):
            point, error = estimator.point_est[k], estimator.stderror[k]
            yes = max(point)
            found[:, k, j] = point[yes], error[yes]
    report = {"wall": time.perf_counter() - begin, "cpu": time.process_time() - begin_cpu}
    report |= {"estimates": items * (communities * 2 + 1)}
    from benchmarks.child import finish

    np.save(out, found)
    finish(report)


if __name__ == "__main__":
    main()
