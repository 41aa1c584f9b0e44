"""Our estimates in the words of R's answers, and the comparison."""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy import stats

from hashar.methods.survey.estimation import indicators
from hashar.methods.survey.records import Estimate
from tests.golden.r_survey import RTOL, Case, Data, Golden, answers

Found = dict[tuple[str, str, str], float]

FACTOR_LEVELS = {"stype": ["E", "H", "M"], "cat4": ["never", "once", "monthly", "weekly"]}
LABELS = {"sch.wide", "comp.imp", "stype", "cat4", "agecat"}
"""Text variables; the others are written as whole numbers in R's labels."""


ROUNDED = 1e15
"""A design effect above this is R's 0/0 with rounding errors (everybody answered alike); ours is NaN."""


def check(case: Case, found: Mapping, *, rtol: float = RTOL, scale: Mapping[str, float] | None = None) -> None:
    """Every answer of R is found, within ``rtol``, or within 1e-8 × ``scale[quantity]`` where that is given."""
    wanted = answers(case)
    assert wanted, f"{case.case_id} has no answers"
    missing = [key for key in wanted if key not in found]
    assert not missing, f"not computed: {missing[:5]}"
    wanted = {k: np.nan if k[2] == "deff" and value > ROUNDED else value for k, value in wanted.items()}
    wrong = [
        (key, value, found[key])
        for key, value in wanted.items()
        if not np.isclose(found[key], value, rtol=rtol, atol=1e-8 * (scale or {}).get(key[2], 0.0), equal_nan=True)
    ]
    assert not wrong, f"{case.case_id}: {len(wrong)} of {len(wanted)} differ: (key, R, ours) {wrong[:5]}"


def variables(data: Data, terms: Sequence[str]) -> tuple[np.ndarray, list[str]]:
    """The columns (n, q) of a formula and R's names of them: numbers as they are, factors as indicators."""
    columns, names = [], []
    for term in terms:
        if term in FACTOR_LEVELS:
            levels = FACTOR_LEVELS[term]
            codes = np.array([levels.index(v) for v in data[term]], dtype=float)
            columns.append(indicators(codes, range(len(levels))))
            names += [f"{term}{level}" for level in levels]
        else:
            columns.append(yes(data, term)[:, None])
            names.append(term)
    return np.hstack(columns), names


def yes(data: Data, term: str) -> np.ndarray:
    """A numeric variable, or ``I(v == "Yes")`` as 0/1 with NaN where v is missing."""
    if not term.startswith("I("):
        return data[term]
    values = data[term[2:].split(" ", maxsplit=1)[0]]
    return np.where(values == None, np.nan, (values == "Yes").astype(float))  # noqa: E711  (elementwise)


def by(golden: Golden, names: Sequence[str]) -> tuple[np.ndarray, list[str]]:
    """Codes (n,) of the combinations of ``names``, −1 where R's subset left the row out, and R's labels of them."""
    codes = np.full(golden.design.n, -1)
    labels: list[str] = []
    rows = np.flatnonzero(golden.inside)
    for row in rows:
        label = ";".join(f"{n}={_text(n, golden.data[n][row])}" for n in names)
        if label not in labels:
            labels.append(label)
        codes[row] = labels.index(label)
    return codes, labels


def _text(name: str, value: object) -> str:
    return str(value) if name in LABELS else f"{value:.0f}"


def found(
    estimate: Estimate, terms: Sequence[str], *, df: float, labels: Sequence[str] = ("",), svyby: bool = False
) -> Found:
    """Every quantity that R reports of the estimates; ``svyby`` intervals are called lci and uci and use z.

    ``df`` is R's degf of the case's design, used for lci_t and uci_t; z stands for R's default of infinite df.
    """
    out: Found = {}
    q = len(terms)
    z = stats.norm.ppf(0.975)
    for d, label in enumerate(labels):
        for j, term in enumerate(terms):
            i = d * q + j
            value, se = estimate.estimate[i], estimate.se[i]
            half = stats.t.ppf(0.975, df) * se
            numbers = {"estimate": value, "se": se, "var": se**2, "cv": se / value if value else np.nan}
            numbers |= {"deff": estimate.deff[i], "lci_z": value - z * se, "uci_z": value + z * se}
            numbers |= {"lci_t": value - half, "uci_t": value + half}
            if svyby:
                numbers |= {"lci": value - z * se, "uci": value + z * se}
            out |= {(label, term, quantity): number for quantity, number in numbers.items()}
            if estimate.covariance is not None and len(labels) == 1:
                out |= {(label, f"{term}|{terms[m]}", "cov"): estimate.covariance[i, m] for m in range(q)}
    return out
