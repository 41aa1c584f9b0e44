"""Small files beside the survey: population counts to calibrate to, and scales of replicate weights."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from hashar.assess.contracts.table import Column, SurveyTable
from hashar.assess.rules.levels import answered, code_text
from hashar.assess.sources.files import read_survey
from hashar.errors import InputError
from hashar.i18n import N_


@dataclass(frozen=True)
class PopulationCounts:
    """Population counts of the crossed levels of ``groups``."""

    groups: tuple[str, ...]
    counts: Mapping[tuple[str, ...], float]


@dataclass(frozen=True, eq=False)
class Scales:
    """What the squares of the replicates are multiplied by: ``overall``, when the file says so, and ``each`` (R,)."""

    overall: float | None
    each: npt.NDArray[np.float64]


POPULATION = ("population", "freq", "count", "total", "n")
"""Names under which files carry the number of people; the first is the one we document."""


def read_poststrata(path: Path) -> PopulationCounts:
    """Group columns and a column ``population``: one row per post-stratum."""
    table = read_survey(path)
    name, population = _population(table, path)
    groups = tuple(column for column in table.columns if column != name)
    if not groups:
        raise InputError(N_("{file}: no group column beside “population”; add one per group."), file=path.name)
    cells = zip(*(_codes(table.columns[group], path) for group in groups), strict=True)
    return PopulationCounts(groups=groups, counts=_unique(zip(cells, population.tolist(), strict=True), path))


def read_rake(path: Path) -> tuple[PopulationCounts, ...]:
    """Columns ``variable``, ``level`` and ``population``; crossed margins as ``sex*grade`` and ``1*9``."""
    table = read_survey(path)
    _, population = _population(table, path)
    for name in ("variable", "level"):
        if name not in table.columns:
            raise InputError(
                N_("{file}: there is no column “{column}”; raking needs {needed}."),
                file=path.name,
                column=name,
                needed="variable, level, population",
            )
    rows: dict[str, list[tuple[tuple[str, ...], float]]] = {}
    variables = _codes(table.columns["variable"], path)
    levels = _codes(table.columns["level"], path)
    for variable, level, count in zip(variables, levels, population.tolist(), strict=True):
        rows.setdefault(variable, []).append((tuple(level.split("*")) if "*" in variable else (level,), count))
    return tuple(
        PopulationCounts(groups=tuple(name.split("*")), counts=_unique(found, path)) for name, found in rows.items()
    )


def read_scales(path: Path) -> Scales:
    """One number per line, or CSV with a column ``rscale`` (and maybe ``scale``)."""
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeError) as error:
        raise InputError(
            N_("{file}: the scales of the replicates could not be read. Give a text file with one number per line."),
            file=path.name,
        ) from error
    try:
        return Scales(overall=None, each=np.array([float(line) for line in lines]))
    except ValueError:
        return _scale_columns(lines, path)


def _scale_columns(lines: list[str], path: Path) -> Scales:
    rows = list(csv.DictReader(lines))
    try:
        each = np.array([float(row["rscale"]) for row in rows])
        overall = float(rows[0]["scale"]) if rows and "scale" in rows[0] else None
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            N_("{file}: not the scales of replicates. Give one number per line, or a column “rscale”."), file=path.name
        ) from error
    return Scales(overall=overall, each=each)


def _population(table: SurveyTable, path: Path) -> tuple[str, npt.NDArray[np.float64]]:
    """The name of the column with the number of people, and its values."""
    name = next((name for known in POPULATION for name in table.columns if name.lower() == known), None)
    if name is None:
        raise InputError(
            N_("{file}: there is no column “population”; it holds the number of people in each group."), file=path.name
        )
    column = table.columns[name]
    bad = np.ones(table.rows, dtype=bool) if column.is_text else ~(np.asarray(column.values, dtype=np.float64) > 0)
    if bad.any():
        raise InputError(
            N_("{file}, row {row}: the population must be a number above 0."), file=path.name, row=int(bad.argmax()) + 1
        )
    return name, np.asarray(column.values, dtype=np.float64)


def _codes(column: Column, path: Path) -> list[str]:
    empty = ~answered(column)
    if empty.any():
        raise InputError(
            N_("{file}, row {row}: “{column}” is empty; every row needs its level."),
            file=path.name,
            row=int(empty.argmax()) + 1,
            column=column.name,
        )
    return [code_text(value) for value in column.values.tolist()]


def _unique(rows: Iterable[tuple[tuple[str, ...], float]], path: Path) -> dict[tuple[str, ...], float]:
    counts: dict[tuple[str, ...], float] = {}
    for cell, count in rows:
        if cell in counts:
            raise InputError(N_("{file}: the group {group} is there twice."), file=path.name, group=" × ".join(cell))
        counts[cell] = count
    return counts
