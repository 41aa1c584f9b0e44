"""Differences between the same estimates of two independent surveys."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from hashar.assess.contracts.estimates import ChangeRow, EstimateRow
from hashar.assess.contracts.table import Note
from hashar.assess.rules.levels import BoolArray, FloatArray
from hashar.errors import EstimationError
from hashar.i18n import N_
from hashar.methods.survey.contrasts import t_inference
from hashar.methods.survey.multiplicity import Adjustment, adjust
from hashar.methods.survey.power import TwoWaves, detectable_change

FAMILIES: Mapping[str, Adjustment] = {"holm": "holm", "bh": "benjamini-hochberg", "none": "none"}


@dataclass(frozen=True)
class Terms:
    """How to compare: confidence level, adjustment of p, power, and which variables are shares."""

    level: float
    adjust: str
    power: float
    shares: AbstractSet[str]


def compare(
    earlier: Sequence[EstimateRow], later: Sequence[EstimateRow], terms: Terms
) -> tuple[list[ChangeRow], list[Note]]:
    """Later minus earlier for every variable, level and domain that is in both; see the service.

    Raises
    ------
    EstimationError
        Nothing is in both.

    """
    found = {(row.variable, row.level, row.domain): row for row in later}
    pairs = [
        (row, found[row.variable, row.level, row.domain])
        for row in earlier
        if (row.variable, row.level, row.domain) in found
    ]
    if not pairs:
        raise EstimationError(N_("The two files share no level or domain: nothing can be compared. Check their codes."))
    notes = _unmatched(len(earlier) + len(later) - 2 * len(pairs))
    return _rows(pairs, terms), notes


def _rows(pairs: Sequence[tuple[EstimateRow, EstimateRow]], terms: Terms) -> list[ChangeRow]:
    a, b = (_columns(rows) for rows in zip(*pairs, strict=True))
    test = t_inference(
        b["estimate"] - a["estimate"],
        np.hypot(a["se"], b["se"]),
        a["df"] + b["df"],
        level=terms.level,
    )
    shares = np.array([row.variable in terms.shares for row, _ in pairs])
    numbers = {
        "difference": test.estimate,
        "se": test.se,
        "ci_low": test.ci_low,
        "ci_high": test.ci_high,
        "t": test.statistic,
        "df": test.df,
        "p": test.p,
        "p_adjusted": adjust(test.p, FAMILIES[terms.adjust]),
        "detectable": _detectable(a, b, test.se, shares, terms),
    }
    return [
        ChangeRow(
            variable=before.variable,
            level=before.level,
            domain=before.domain,
            n_a=before.n,
            n_b=after.n,
            estimate_a=before.estimate,
            estimate_b=after.estimate,
            **{name: float(values[i]) for name, values in numbers.items()},
        )
        for i, (before, after) in enumerate(pairs)
    ]


def _columns(rows: Sequence[EstimateRow]) -> dict[str, FloatArray]:
    names = ("estimate", "se", "df", "n", "deff")
    return {name: np.array([getattr(row, name) for row in rows], dtype=np.float64) for name in names}


def _unmatched(count: int) -> list[Note]:
    if count == 0:
        return []
    return [
        Note(N_("{count} levels or domains occur in one of the two files only and are left out."), {"count": count})
    ]


def _detectable(
    a: dict[str, FloatArray], b: dict[str, FloatArray], se: FloatArray, shares: BoolArray, terms: Terms
) -> FloatArray:
    """Smallest true change that these two waves would show: for shares a fall, after Fleiss et al."""
    alpha = 1 - terms.level
    out = np.asarray((stats.norm.ppf(1 - alpha / 2) + stats.norm.ppf(terms.power)) * se, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = [(wave["n"] - 1) / wave["deff"] for wave in (a, b)]
    plan = TwoWaves(alpha=alpha, power=terms.power)
    for i in np.flatnonzero(shares):
        share, sizes = a["estimate"][i], (effective[0][i], effective[1][i])
        known = 0 < share < 1 and all(np.isfinite(size) and size > 0 for size in sizes)
        out[i] = detectable_change(replace(plan, n=sizes[0], n_after=sizes[1]), share) if known else np.nan
    return out
