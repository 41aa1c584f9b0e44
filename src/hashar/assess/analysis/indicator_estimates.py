"""Estimates of a codebook's indicators in one file, as rows for the analyst (disclosure control has not seen them)."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from hashar.assess.analysis.domains import crossed, everybody
from hashar.assess.analysis.estimates import Answer, answer_rows
from hashar.assess.analysis.figures import Options
from hashar.assess.analysis.quality import apply_rules
from hashar.assess.analysis.waves import Wave, prepare
from hashar.assess.contracts import codebook as book
from hashar.assess.contracts.estimates import EstimateRow
from hashar.assess.contracts.table import SurveyTable
from hashar.assess.rules.levels import IntArray
from hashar.errors import CodebookError
from hashar.i18n import N_
from hashar.methods.survey import estimation


def chosen_indicators(codebook: book.Codebook, names: Sequence[str]) -> list[book.Indicator]:
    """The indicators of ``names``, or all.

    Raises
    ------
    CodebookError
        A name that the codebook does not have.

    """
    known = {indicator.name: indicator for indicator in codebook.indicators}
    for name in names:
        if name not in known:
            raise CodebookError(
                N_("The codebook has no indicator “{name}”. It has: {known}."), name=name, known=", ".join(known)
            )
    return [known[name] for name in names] if names else list(codebook.indicators)


def check_groups(codebook: book.Codebook, names: Sequence[str]) -> None:
    """Refuse a group that the codebook does not have."""
    known = [group.name for group in codebook.groups]
    for name in names:
        if name not in known:
            raise CodebookError(
                N_("The codebook has no group “{group}”. It has: {known}."), group=name, known=", ".join(known) or "–"
            )


def indicator_rows(
    table: SurveyTable, wave: book.Wave, codebook: book.Codebook, names: Sequence[str], by: Sequence[str]
) -> list[EstimateRow]:
    """One row per indicator that the wave asked and per combination of the groups ``by`` in which somebody answered.

    Questionnaires that a quality rule excludes are left out, as in the profile.

    Raises
    ------
    HasharError
        As :func:`hashar.assess.analysis.waves.prepare`; a name that the codebook does not have.

    """
    prepared = prepare(table, wave, codebook)
    prepared = prepared.excluding(apply_rules(codebook.quality, prepared).excluded)
    parts = [prepared.groups[name] for name in by if name in prepared.groups]
    if len(parts) < len(by):
        return []
    domains = crossed(parts, "*".join(by)) if parts else everybody(table.rows)
    codes = np.where(prepared.sample.used, domains.codes, -1)
    rows = []
    for indicator in chosen_indicators(codebook, names):
        found = _estimate(prepared, indicator, codes, len(domains.levels), codebook)
        if found is not None:
            rows += [row for row in answer_rows(found, [tuple(level) for level in domains.levels]) if row.n > 0]
    return rows


def _estimate(
    wave: Wave, indicator: book.Indicator, codes: IntArray, count: int, codebook: book.Codebook
) -> Answer | None:
    values = wave.coded.indicators[indicator.name].values
    if not (~np.isnan(values) & (codes >= 0)).any():
        return None
    options = Options.of(codebook.design)
    settings: dict[str, Any] = {
        "domains": codes,
        "n_domains": count,
        "df": options.df,
        "level": options.level,
        "covariance": False,
    }
    if indicator.statistic == "proportion":
        found = estimation.proportion(wave.sample.design, values, levels=[1.0], interval=options.interval, **settings)
    else:
        found = estimation.mean(wave.sample.design, values, **settings)
    return Answer(indicator.name, ("",), found)
