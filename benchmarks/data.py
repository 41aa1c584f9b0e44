"""The benchmark's survey: made up, the same on every machine, written as Parquet once.

Pupils sit in classes (clusters), a class lies in one community, communities lie in strata. Rows are in random order, so
that nobody gets a file sorted for him. Every item has its own prevalence, a class effect and 4 % missing answers.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

STRATA, CLUSTERS, COMMUNITIES = 50, 4_000, 200
MISSING_SHARE = 0.04
CHUNK = 200_000
"""Rows made at a time, and rows of a Parquet row group."""


@dataclass(frozen=True)
class Job:
    """Size of one benchmark survey."""

    name: str
    rows: int
    items: int

    @property
    def estimates(self) -> int:
        return self.items * COMMUNITIES * 2

    @property
    def item_names(self) -> list[str]:
        return [f"q{j:03d}" for j in range(self.items)]

    @property
    def bytes(self) -> int:
        """The input in memory at its narrowest: one byte an answer, 8 a weight, 4 for each of four design columns."""
        return self.rows * (self.items + 8 + 4 * 4)


def survey_file(job: Job, folder: Path) -> Path:
    """Path of the job's Parquet file, made if it is not there yet."""
    path = folder / f"survey_{job.rows}x{job.items}.parquet"
    if not path.exists():
        _write(job, path)
    return path


def _write(job: Job, path: Path) -> None:
    rng = np.random.default_rng(20_240_501)
    of_cluster = np.arange(CLUSTERS) % COMMUNITIES
    prevalence = np.exp(rng.uniform(np.log(0.01), np.log(0.6), job.items))
    effect = rng.normal(0, 0.4, (CLUSTERS, job.items)).astype(np.float32)
    level = np.exp(np.log(prevalence / (1 - prevalence)) + effect)
    threshold = (level / (1 + level)).astype(np.float32)
    beside = path.with_suffix(".part")
    writer = None
    for start in range(0, job.rows, CHUNK):
        table = _chunk(job, rng, min(CHUNK, job.rows - start), of_cluster, threshold)
        writer = writer or pq.ParquetWriter(beside, table.schema)
        writer.write_table(table)
    if writer is not None:
        writer.close()
    beside.replace(path)


def _chunk(job, rng, rows, of_cluster, threshold) -> pa.Table:
    cluster = rng.integers(0, CLUSTERS, rows)
    community = of_cluster[cluster]
    columns = {
        "stratum": (community % STRATA).astype(np.int32),
        "cluster": cluster.astype(np.int32),
        "community": community.astype(np.int32),
        "sex": rng.integers(1, 3, rows).astype(np.int32),
        "weight": rng.lognormal(3, 0.5, rows),
    }
    table = pa.table(columns)
    for j, name in enumerate(job.item_names):
        answers = (rng.random(rows, dtype=np.float32) < threshold[cluster, j]).astype(np.int8)
        missing = rng.random(rows, dtype=np.float32) < MISSING_SHARE
        table = table.append_column(name, pa.array(answers, mask=missing))
    return table
