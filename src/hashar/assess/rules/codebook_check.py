"""Whether a codebook fits a survey file: every problem at once, each with its line, column and remedy."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hashar.assess.contracts.codebook import Code, Codebook, Indicator, MissingRule, Recode
from hashar.assess.contracts.table import Column, MissingKind, SurveyTable
from hashar.assess.rules.codebook_consistency import problem
from hashar.assess.rules.coding import recoded
from hashar.assess.rules.levels import answered, code_text
from hashar.assess.rules.missing import is_code, missing_kinds
from hashar.assess.rules.names import close_match
from hashar.errors import CodebookError
from hashar.i18n import N_

SHOWN = 8
"""So many codes or strata are named in one sentence."""

Problems = Iterator[CodebookError]


@dataclass(frozen=True)
class Checked:
    """What was found. ``problems`` have to be corrected; ``remarks`` are things to know, and stop nothing."""

    problems: Sequence[CodebookError]
    remarks: Sequence[CodebookError]


def check(codebook: Codebook, table: SurveyTable, wave: str) -> Checked:
    """Compare ``codebook`` with all columns of the file of ``wave``."""
    seen = _Check(codebook, table, wave)
    problems = [*seen.columns(), *_design(seen), *_indicators(seen), *_scales(seen)]
    remarks = [*_unused(seen), *_groups(seen)]
    return Checked(sorted(problems, key=_place), sorted(remarks, key=_place))


def _place(found: CodebookError) -> tuple[int, int]:
    return tuple(int(str(found.values.get(key, 0))) for key in ("line", "column"))[:2]  # type: ignore[return-value]  # two numbers


@dataclass(frozen=True)
class _Check:
    codebook: Codebook
    table: SurveyTable
    wave: str

    def problem(self, path: str, message: str, **values: object) -> CodebookError:
        """A problem at a setting, with the data file's name."""
        return problem(self.codebook, path, message, data=self.table.fingerprint.name, **values)

    def column(self, name: str | None) -> Column | None:
        """A column of the file; ``None`` where :meth:`columns` reports that it is not there, or the wave lacks it."""
        return self.table.columns.get(name or "")

    def named(self) -> Iterator[tuple[str, str]]:
        """Path and name of every column that the codebook speaks of."""
        book = self.codebook
        for key in ("weight", "strata", "clusters", "fpc"):
            given = getattr(book.design, key)
            yield from ((f"design.{key}", name) for name in ([given] if isinstance(given, str) else given) if name)
        places: list[tuple[str, Mapping[str, str]]] = [(f"groups.{g.name}", g.variables) for g in book.groups]
        places += [(f"indicators.{item.name}", item.variables) for item in book.indicators]
        for scale in book.scales:
            places += [(f"scales.{scale.factor}.items.{at}", item.variables) for at, item in enumerate(scale.items)]
        for rule in book.quality:
            places += [(f"quality.{rule.name}.items.{at}", each) for at, each in enumerate(rule.variables)]
        for path, variables in places:
            if self.wave in variables:
                yield f"{path}.variables.{self.wave}", variables[self.wave]

    def columns(self) -> Problems:
        """Every column has to be in the file."""
        for path, name in self.named():
            if name in self.table.columns:
                continue
            close = close_match(name, self.table.columns)
            message = N_('{file}, line {line}, column {column}: {data} has no column "{name}"; correct the name.')
            if close:
                message = N_('{file}, line {line}, column {column}: {data} has no column "{name}"; is it "{close}"?')
            yield self.problem(path, message, name=name, close=close)


def _design(seen: _Check) -> Problems:
    design = seen.codebook.design
    weight = seen.column(design.weight)
    if weight is not None:
        yield from _weight(seen, weight)
    for key in ("strata", "clusters", "fpc"):
        for name in getattr(design, key):
            column = seen.column(name)
            if column is not None and not answered(column).all():
                yield _rows(
                    seen,
                    f"design.{key}",
                    N_(
                        '{file}, line {line}, column {column}: "{name}" is empty in {count} rows of {data}, '
                        "first in row {row}."
                    ),
                    ~answered(column),
                    name=name,
                )
    strata, clusters = (seen.column(next(iter(names), None)) for names in (design.strata, design.clusters))
    if clusters is not None:
        yield from _clusters(seen, strata, clusters)


def _weight(seen: _Check, weight: Column) -> Problems:
    if weight.is_text:
        yield seen.problem(
            "design.weight",
            N_(
                '{file}, line {line}, column {column}: the weight "{name}" holds words in {data}; name a '
                "column of numbers."
            ),
            name=weight.name,
        )
        return
    empty = ~answered(weight)
    if empty.any():
        message = N_(
            '{file}, line {line}, column {column}: the weight "{name}" is empty in {count} rows of '
            "{data}, first in row {row}."
        )
        yield _rows(seen, "design.weight", message, empty, name=weight.name)
    low = ~empty & (weight.values.astype(np.float64) <= 0)
    if low.any():
        message = N_(
            '{file}, line {line}, column {column}: the weight "{name}" is 0 or less in {count} rows of {data}, '
            "first in row {row}; leave these rows out of the file."
        )
        yield _rows(seen, "design.weight", message, low, name=weight.name)


def _rows(seen: _Check, path: str, message: str, where: npt.NDArray[np.bool_], *, name: str) -> CodebookError:
    first = int(np.flatnonzero(where)[0]) + 1
    return seen.problem(path, message, name=name, count=int(where.sum()), row=first)


def _clusters(seen: _Check, strata: Column | None, clusters: Column) -> Problems:
    """No cluster in two strata unless nested, no stratum with a single one unless provided for."""
    whole = [answered(column) for column in (strata, clusters) if column is not None]
    inside = np.logical_and.reduce(whole)
    stratum = np.zeros(seen.table.rows) if strata is None else strata.values
    pairs = {(_shown(a), _shown(b)) for a, b in zip(stratum[inside], clusters.values[inside], strict=True)}
    of_cluster: dict[str, list[str]] = {}
    in_stratum: dict[str, int] = {}
    for one, cluster in sorted(pairs):
        of_cluster.setdefault(cluster, []).append(one)
        in_stratum[one] = in_stratum.get(one, 0) + 1
    split = [cluster for cluster, found in of_cluster.items() if len(found) > 1]
    if split and not seen.codebook.design.nest:
        yield seen.problem(
            "design.clusters",
            N_(
                "{file}, line {line}, column {column}: cluster {cluster} lies in {count} strata of "
                "{data}; if codes begin "
                'anew in each stratum, add "nest: true".'
            ),
            cluster=split[0],
            count=len(of_cluster[split[0]]),
        )
    alone = [one for one, count in in_stratum.items() if count == 1]
    if alone and seen.codebook.design.single_psu == "fail":
        yield seen.problem(
            "design.strata",
            N_(
                "{file}, line {line}, column {column}: {count} strata of {data} have a single cluster "
                "({strata}); join them "
                'with others, or set "single_psu".'
            ),
            count=len(alone),
            strata=_list(alone),
        )


def _shown(value: object) -> str:
    return code_text(value) if isinstance(value, str) else code_text(float(str(value)))


def _list(names: Sequence[str]) -> str:
    return ", ".join(names[:SHOWN]) + (", …" if len(names) > SHOWN else "")


def _indicators(seen: _Check) -> Problems:
    for indicator in seen.codebook.indicators:
        column = seen.column(indicator.variables.get(seen.wave))
        if column is not None:
            yield from _indicator(seen, indicator, recoded(column, indicator.recode, seen.wave))


def _indicator(seen: _Check, indicator: Indicator, column: Column) -> Problems:
    path = f"indicators.{indicator.name}"
    answers = [*indicator.yes, *indicator.no, *(code for code, _ in indicator.answers)]
    if indicator.statistic == "mean" and column.is_text:
        yield seen.problem(
            path,
            N_('{file}, line {line}, column {column}: "{name}" is to be a mean, but holds words in {data}.'),
            name=indicator.name,
        )
        return
    if indicator.statistic == "mean" and not answers:
        return
    counted = [*indicator.yes, *indicator.no] or answers
    unknown = _unknown(column, indicator.missing, answers if indicator.statistic == "mean" else counted)
    if unknown:
        yield seen.problem(
            f"{path}.yes",
            N_(
                '{file}, line {line}, column {column}: the codes {codes} of "{name}" in {data} are explained nowhere '
                '({count} rows); add them to "yes", "no" or "missing".'
            ),
            codes=_list([code_text(code) for code in unknown]),
            name=indicator.name,
            count=sum(unknown.values()),
        )
    if not is_code(column, counted).any():
        yield seen.problem(
            f"{path}.yes",
            N_(
                "{file}, line {line}, column {column}: no row of {data} has any of the codes of "
                '"{name}"; check the codes.'
            ),
            name=indicator.name,
        )


def _unknown(column: Column, rule: MissingRule, known: Sequence[Code]) -> dict[Code, int]:
    """Codes in the file that are neither known nor missing, with their counts."""
    strange = (missing_kinds(column, rule, known) == MissingKind.ANSWERED) & ~is_code(column, known)
    values, counts = np.unique(np.array([_key(value) for value in column.values[strange]]), return_counts=True)
    convert: Callable[[str], Code] = str if column.is_text else float
    return {convert(str(value)): int(count) for value, count in zip(values, counts, strict=True)}


def _key(value: object) -> str:
    return value.strip() if isinstance(value, str) else repr(float(str(value)))


def _scales(seen: _Check) -> Problems:
    for scale in seen.codebook.scales:
        for at, item in enumerate(scale.items):
            column = seen.column(item.variables.get(seen.wave))
            if column is not None and not is_code(recoded(column, item.recode, seen.wave), item.points).any():
                yield seen.problem(
                    f"scales.{scale.factor}.items.{at}.points",
                    N_(
                        '{file}, line {line}, column {column}: no row of {data} has a code of "{name}" that gets '
                        "points; "
                        "check the codes."
                    ),
                    name=column.name,
                )


def _unused(seen: _Check) -> Problems:
    """Codes that the codebook lists and no pupil has."""
    for indicator in seen.codebook.indicators:
        column = seen.column(indicator.variables.get(seen.wave))
        if column is None:
            continue
        absent = _absent(column, indicator.recode, seen.wave, [*indicator.yes, *indicator.no])
        if absent:
            yield seen.problem(
                f"indicators.{indicator.name}",
                N_('{file}, line {line}, column {column}: nobody in {data} has the codes {codes} of "{name}".'),
                codes=_list([code_text(code) for code in absent]),
                name=indicator.name,
            )


def _absent(column: Column, recode: Recode, wave: str, codes: Sequence[Code]) -> list[Code]:
    final = recoded(column, recode, wave)
    return [code for code in codes if not is_code(final, [code]).any()]


def _groups(seen: _Check) -> Problems:
    """Codes in no level, and levels that nobody has."""
    for group in seen.codebook.groups:
        column = seen.column(group.variables.get(seen.wave))
        if column is None:
            continue
        path = f"groups.{group.name}.levels"
        final = recoded(column, group.recode, seen.wave)
        unknown = _unknown(final, group.missing, [code for level in group.levels for code in level.codes])
        if unknown:
            yield seen.problem(
                path,
                N_(
                    '{file}, line {line}, column {column}: the codes {codes} of {data} are in no level of "{name}"; '
                    "these {count} rows are in the totals only."
                ),
                codes=_list([code_text(code) for code in unknown]),
                name=group.name,
                count=sum(unknown.values()),
            )
        empty = [level.name for level in group.levels if not is_code(final, level.codes).any()]
        if empty:
            yield seen.problem(
                path,
                N_('{file}, line {line}, column {column}: nobody in {data} is in the levels {levels} of "{name}".'),
                levels=_list(empty),
                name=group.name,
            )
