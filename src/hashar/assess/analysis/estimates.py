"""Estimates of single columns in domains: from a survey table to rows of numbers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hashar.assess.analysis.designs import AnyDesign
from hashar.assess.contracts.estimates import EstimateRequest, EstimateRow, Statistic
from hashar.assess.contracts.table import Column, Note, SurveyTable
from hashar.assess.rules.levels import (
    BoolArray,
    FloatArray,
    Levels,
    answered,
    code_text,
    crossed,
    item_levels,
    numbers_of,
)
from hashar.assess.rules.missing import is_code, kind_of_label
from hashar.errors import EstimationError
from hashar.i18n import N_
from hashar.methods.survey import estimation, quantiles
from hashar.methods.survey.records import Estimate

Progress = Callable[[int, int], None]
RELIABILITY = ("reliable", "review", "unreliable", "not_rated")
SMALL_N = 30
"""Below this many answers a row is pointed out: the smallest n that the NCHS standards (2017) let pass."""
QUANTILE_INTERVALS: Mapping[str, quantiles.QuantileInterval] = {"beta": "beta", "xlogit": "xlogit", "asin": "asin"}
"""Interval of the share below a quantile, for what ``--interval`` says; ``mean`` (Wald) for all others."""
EXPANDS = 1.5
"""Mean weight from which weights are taken to expand to a population instead of summing to the sample."""


@dataclass(frozen=True, eq=False)
class Answer:
    """One variable's estimates (k,), domain-major over ``levels``."""

    variable: str
    levels: tuple[str, ...]
    found: Estimate


def estimate_all(
    *, table: SurveyTable, design: AnyDesign, inside: BoolArray, request: EstimateRequest, progress: Progress
) -> tuple[list[EstimateRow], list[Note]]:
    """Rows ordered by variable, level and domain, with notes on what was left out.

    ``inside`` (n,) are the rows of ``--where``.

    Raises
    ------
    EstimationError
        No row is in any domain, or nobody answered a variable.
    InputError
        Text where numbers are needed.

    """
    domains = crossed([table.columns[name] for name in request.by], inside)
    _refuse_empty(domains, inside, request)
    rows: list[EstimateRow] = []
    notes = _domain_notes(domains, inside, request)
    for done, name in enumerate(request.variables):
        progress(done, len(request.variables))
        column = table.columns[name]
        missing = (domains.codes >= 0) & ~_answers(table, column, request)
        if missing.any():
            values = {"variable": name, "count": int(missing.sum()), "rows": int((domains.codes >= 0).sum())}
            notes.append(Note(N_("{variable}: {count} of {rows} rows have no answer and are left out of it."), values))
        notes += _label_notes(column, domains)
        rows += answer_rows(_answer(table, column, design, domains, request), domains.names)
    progress(len(request.variables), len(request.variables))
    return rows, notes + row_notes(rows)


def _answers(table: SurveyTable, column: Column, request: EstimateRequest) -> BoolArray:
    there = answered(column)
    if request.denominator:
        there &= ~np.isnan(numbers_of(table.columns[request.denominator]))
    return there


def _refuse_empty(domains: Levels, inside: BoolArray, request: EstimateRequest) -> None:
    if not inside.any():
        raise EstimationError(N_("No row fits --where “{where}”. Check the codes in it."), where=request.where or "")
    if len(domains) == 0:
        raise EstimationError(
            N_("No row has a level in every column of --by ({columns}): there is no domain to estimate in."),
            columns=", ".join(request.by),
        )


def _domain_notes(domains: Levels, inside: BoolArray, request: EstimateRequest) -> list[Note]:
    outside = int((inside & (domains.codes < 0)).sum())
    if outside == 0:
        return []
    values = {"count": outside, "columns": ", ".join(request.by)}
    return [Note(N_("{count} rows have no level in {columns} and are in no domain."), values)]


def _label_notes(column: Column, domains: Levels) -> list[Note]:
    """Codes that count as answers here although their labels say "refused" or "don't know"."""
    doubtful = [
        (code, label)
        for code, label in column.value_labels.items()
        if kind_of_label(label) is not None
        and (is_code(column, [code]) & answered(column) & (domains.codes >= 0)).any()
    ]
    if not doubtful:
        return []
    codes = ", ".join(f"{code_text(code)} ({label})" for code, label in doubtful)
    text = N_("{variable}: these codes count as answers here: {codes}. Leave them out with --where, or use a codebook.")
    return [Note(text, {"variable": column.name, "codes": codes})]


def row_notes(rows: Sequence[EstimateRow]) -> list[Note]:
    """What to know before using the rows."""
    notes = []
    nobody = sum(row.n == 0 for row in rows)
    small = sum(0 < row.n < SMALL_N for row in rows)
    if nobody:
        notes.append(
            Note(N_("{count} rows of the table have no answers at all: their numbers are NaN."), {"count": nobody})
        )
    if small:
        values = {"count": small, "least": SMALL_N}
        text = N_("{count} rows of the table rest on fewer than {least} answers: not for publication as they are.")
        notes.append(Note(text, values))
    return notes


def _answer(table: SurveyTable, column: Column, design: AnyDesign, domains: Levels, request: EstimateRequest) -> Answer:
    match request.statistic:
        case Statistic.PROPORTION:
            return _by_level(column, design, domains, request)
        case Statistic.TOTAL if column.is_text:
            return _by_level(column, design, domains, request)
        case Statistic.QUANTILE:
            return _quantiles(column, design, domains, request)
        case _:
            return Answer(column.name, ("",), _number(table, column, design, domains, request))


def _number(
    table: SurveyTable, column: Column, design: AnyDesign, domains: Levels, request: EstimateRequest
) -> Estimate:
    y = _some(column, numbers_of(column, countable=True), domains)
    settings = _settings(design, domains, request)
    if request.statistic is Statistic.RATIO:
        x = numbers_of(table.columns[request.denominator or ""])
        return estimation.ratio(design, y, x, **settings)
    function = estimation.mean if request.statistic is Statistic.MEAN else estimation.total
    return function(design, y, **settings)


def _by_level(column: Column, design: AnyDesign, domains: Levels, request: EstimateRequest) -> Answer:
    """Shares or (for text) totals of every level of the item."""
    levels = item_levels(column)
    names = tuple(name for (name,) in levels.names)
    answers = _some(column, np.where(levels.codes < 0, np.nan, levels.codes.astype(np.float64)), domains)
    wanted = [float(code) for code in range(len(levels))]
    settings = _settings(design, domains, request)
    if request.statistic is Statistic.TOTAL:
        return Answer(column.name, names, estimation.total(design, estimation.indicators(answers, wanted), **settings))
    found = estimation.proportion(design, answers, levels=wanted, interval=request.interval, **settings)  # type: ignore[arg-type]  # one of INTERVALS
    return Answer(column.name, names, found)


def _quantiles(column: Column, design: AnyDesign, domains: Levels, request: EstimateRequest) -> Answer:
    y = _some(column, numbers_of(column, countable=True), domains)
    found = quantiles.quantile(
        design,
        y,
        request.quantiles,
        domains=domains.codes,
        n_domains=len(domains),
        qrule=request.quantile_rule,  # type: ignore[arg-type]  # one of QUANTILE_RULES
        interval=QUANTILE_INTERVALS.get(request.interval, "mean"),
        df=request.df,  # type: ignore[arg-type]  # one of DF_RULES
        level=request.level,
    )
    return Answer(column.name, tuple(repr(float(q)) for q in request.quantiles), found)


def _some(column: Column, values: FloatArray, domains: Levels) -> FloatArray:
    if not (~np.isnan(values) & (domains.codes >= 0)).any():
        raise EstimationError(
            N_("Nobody in the domains answered “{variable}”: every value is missing."), variable=column.name
        )
    return values


def _settings(design: AnyDesign, domains: Levels, request: EstimateRequest) -> dict[str, Any]:
    return {
        "deff": deff_rule(design, request),
        "domains": domains.codes,
        "n_domains": len(domains),
        "df": request.df,
        "level": request.level,
        "covariance": False,
    }


def deff_rule(design: AnyDesign, request: EstimateRequest) -> str:
    """``replace`` or ``population``; see :class:`~hashar.assess.contracts.estimates.EstimateRequest`."""
    if request.deff != "auto":
        return request.deff
    return "population" if design.weights.sum() >= EXPANDS * design.n else "replace"


def answer_rows(answer: Answer, domains: Sequence[tuple[str, ...]]) -> list[EstimateRow]:
    """One row per level and domain, in this order."""
    found, width = answer.found, len(answer.levels)
    order = np.arange(len(domains) * width).reshape(len(domains), width).T.ravel().tolist()
    names = ("n", "weighted_n", "estimate", "se", "ci_low", "ci_high", "df", "deff")
    columns = {name: getattr(found, name).tolist() for name in names}
    reliability = found.reliability.tolist()
    return [
        EstimateRow(
            answer.variable,
            answer.levels[at % width],
            domains[at // width],
            reliability=RELIABILITY[reliability[at]],
            **{name: column[at] for name, column in columns.items()},
        )
        for at in order
    ]
