"""The physical limit: how fast this machine reads memory; ``python -m benchmarks.bandwidth`` prints JSON."""

import time

import numba
import numpy as np

SIZE = 400_000_000
"""Far more than any cache holds."""


@numba.njit(parallel=True)
def read(values, sums):
    parts = sums.size
    step = values.size // parts
    for part in numba.prange(parts):
        total = np.int64(0)
        for i in range(part * step, (part + 1) * step):
            total += values[i]
        sums[part] = total


def fastest(threads: int) -> float:
    """Bytes per second of the best of ten passes over an array."""
    numba.set_num_threads(threads)
    values, sums = np.ones(SIZE // 8, np.int64), np.zeros(64, np.int64)
    read(values, sums)
    spent = []
    for _ in range(10):
        begin = time.perf_counter()
        read(values, sums)
        spent.append(time.perf_counter() - begin)
    return SIZE / min(spent)


def main() -> None:
    from benchmarks.child import finish

    cores = numba.config.NUMBA_NUM_THREADS
    finish({"one": fastest(1), "all": fastest(cores), "cores": cores})


if __name__ == "__main__":
    main()
