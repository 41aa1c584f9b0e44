"""Tests of independence in a two-way table under the design.

Notation: p̂ are the estimated cell proportions (r × c), V their covariance under the design, n the number of answers.
The Pearson statistic X² = n Σ (p̂ᵢⱼ − p̂ᵢ₊p̂₊ⱼ)² / (p̂ᵢ₊p̂₊ⱼ) is distributed as Σ δₖ χ²₁, the δ being the generalised
design effects, eigenvalues of (C'D⁻¹C/n)⁻¹ C'D⁻¹VD⁻¹C with D = diag(p̂) and C a basis of the interactions.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import linalg, stats

from hashar.errors import EstimationError, UsageError
from hashar.i18n import N_
from hashar.methods.survey.chisq_mixture import f_mixture_tail
from hashar.methods.survey.contrasts import JointTest, wald_test
from hashar.methods.survey.design_covariance import design_covariance
from hashar.methods.survey.records import BoolArray, FloatArray, IntArray
from hashar.methods.survey.sample import AnyDesign

TableStatistic = Literal["F", "Chisq", "Wald", "adjWald", "lincom", "saddlepoint"]


@dataclass(frozen=True, eq=False)
class TwoWayTable:
    """Estimated totals and proportions (r, c) of the cells, their covariances (rc, rc), answers and df of the design.

    Rows and columns without an answer are left out: ``rows`` and ``columns`` are the codes that stay.
    """

    totals: FloatArray
    totals_covariance: FloatArray
    proportions: FloatArray
    covariance: FloatArray
    n: int
    df: float
    rows: IntArray
    columns: IntArray


def two_way_table(
    design: AnyDesign, row: npt.ArrayLike, column: npt.ArrayLike, *, domain: npt.ArrayLike | None = None
) -> TwoWayTable:
    """Estimate the cells of a table.

    Parameters
    ----------
    design
        Strata and clusters, calibrated or not, or replicate weights.
    row, column
        (n,) integer codes, negative where missing; a row missing in either is outside the table.
    domain
        (n,) mask.

    Raises
    ------
    EstimationError
        When fewer than two rows or two columns have answers.
    DesignError
        A stratum with one cluster under the policy ``fail``.

    """
    a, b = np.asarray(row, dtype=np.int64), np.asarray(column, dtype=np.int64)
    inside = (a >= 0) & (b >= 0)
    if domain is not None:
        inside &= np.asarray(domain, dtype=bool)
    (rows, a_at), (columns, b_at) = (np.unique(codes[inside], return_inverse=True) for codes in (a, b))
    if rows.size < 2 or columns.size < 2:
        raise EstimationError(
            N_(
                "A test of independence needs at least two rows and two columns with answers, but has {rows} and "
                "{columns}."
            ),
            rows=rows.size,
            columns=columns.size,
        )
    cell = np.full(design.n, -1)
    cell[inside] = a_at * columns.size + b_at
    shape = (rows.size, columns.size)
    totals, V = _moments(design, cell, inside, shape)
    k = totals.size
    return TwoWayTable(
        totals=totals,
        totals_covariance=V[:k, :k],
        proportions=totals / totals.sum(),
        covariance=V[k:, k:],
        n=int(inside.sum()),
        df=design.domain_df(inside),
        rows=rows,
        columns=columns,
    )


def independence_test(table: TwoWayTable, *, statistic: TableStatistic = "F") -> JointTest:
    """Test that rows and columns are independent.

    Parameters
    ----------
    table
        From :func:`two_way_table`.
    statistic
        ``"F"``: X² with Satterthwaite's correction, compared with F (the default: it holds its level with few
        clusters);
        ``"Chisq"``: X² over the mean design effect, compared with chi-square, X² itself being reported;
        ``"Wald"``: Wald test of the estimated counts less those expected; ``"adjWald"``: its df corrected for their
        number;
        ``"lincom"``: X² against the exact distribution of Σ δ χ²₁ over χ²(ν)/ν, ν the ``df_den`` of ``"F"``;
        ``"saddlepoint"``: against its saddlepoint approximation, with ν rounded down, as in R's ``survey``.

    Returns
    -------
    The statistic with its df; X² for ``Chisq``, ``lincom`` and ``saddlepoint``, of the rows that have both answers.

    Raises
    ------
    EstimationError
        When a Wald statistic needs more clusters than there are.
    UsageError
        When ``statistic`` is unknown.

    Sources
    -------
    Rao & Scott (1984), Annals of Statistics 12, 46–60, sections 2–3 (X², δ, corrections); Thomas & Rao (1987), Journal
    of the American Statistical Association 82, 630–636, section 2 (F); Koch, Freeman & Freeman (1975), International
    Statistical Review 43, 59–78 (Wald); Fellegi (1980), Journal of the American Statistical Association 75, 261–268
    (the corrected df); Kuonen (1999), Biometrika 86, 929–935 (saddlepoint).

    """
    k = (table.rows.size - 1) * (table.columns.size - 1)
    if statistic in ("Wald", "adjWald"):
        return _wald(table, k, adjusted=statistic == "adjWald")
    pearson = pearson_statistic(table)
    effects = design_effects(table)
    df_num = float(effects.sum() ** 2 / (effects**2).sum())
    df_den = df_num * table.df
    if statistic == "Chisq":
        return JointTest(pearson, float(k), np.inf, float(stats.chi2.sf(pearson / effects.mean(), k)))
    if statistic == "F":
        f = pearson / float(effects.sum())
        return JointTest(f, df_num, df_den, float(stats.f.sf(f, df_num, df_den)) if df_den > 0 else float("nan"))
    if statistic == "lincom":
        return JointTest(pearson, float(k), df_den, f_mixture_tail(pearson, effects, df=df_den))
    if statistic == "saddlepoint":
        whole = np.floor(df_den * (1 + 1e-12))  # guards 27 computed as 26.999…
        q = pearson * whole / df_den if df_den > 0 else pearson
        p = f_mixture_tail(q, effects, df=whole, tail="saddlepoint")
        return JointTest(pearson, float(k), df_den, p)
    raise UsageError(
        N_("Unknown test of independence {statistic}: use F, Chisq, Wald, adjWald, lincom or saddlepoint."),
        statistic=statistic,
    )


def pearson_statistic(table: TwoWayTable) -> float:
    """X² for the number of answers, as if the sample were simple random."""
    p = table.proportions
    expected = np.outer(p.sum(axis=1), p.sum(axis=0))
    return float(table.n * np.sum((p - expected) ** 2 / expected))


def design_effects(table: TwoWayTable) -> FloatArray:
    """The (r − 1)(c − 1) generalised design effects δ of the interactions, smallest first (Rao & Scott 1984)."""
    r, c = table.proportions.shape
    rows, columns = (linalg.helmert(size).T for size in (r, c))
    C = np.kron(rows, columns)
    p = table.proportions.ravel()
    inverse = np.divide(1.0, p, out=np.zeros_like(p), where=p > 0)  # an empty cell carries no information
    D = inverse[:, None] * C
    simple = C.T @ D / table.n
    return np.sort(np.real(linalg.eigvals(linalg.lstsq(simple, D.T @ table.covariance @ D)[0])))


def _wald(table: TwoWayTable, k: int, *, adjusted: bool) -> JointTest:
    T = table.totals
    residual = T - np.outer(T.sum(axis=1), T.sum(axis=0)) / T.sum()
    J = _residual_gradient(T)
    free = (np.arange(T.size).reshape(T.shape)[:-1, :-1]).ravel()
    V = (J @ table.totals_covariance @ J.T)[np.ix_(free, free)]
    test = wald_test(residual[:-1, :-1].ravel(), V, df=table.df)
    if not adjusted:
        return test
    df_den = table.df - k + 1
    f = test.statistic * df_den / table.df if table.df > 0 else float("nan")
    return JointTest(f, float(k), df_den, float(stats.f.sf(f, k, df_den)) if df_den > 0 else float("nan"))


def _moments(
    design: AnyDesign, cell: IntArray, inside: BoolArray, shape: tuple[int, int]
) -> tuple[FloatArray, FloatArray]:
    size = shape[0] * shape[1]

    def statistic(weights: FloatArray) -> FloatArray:
        totals = np.bincount(cell[inside], weights[inside], size)
        return np.concatenate([totals, totals / totals.sum()])

    value = statistic(design.weights)
    indicator = np.zeros((design.n, size))
    indicator[np.flatnonzero(inside), cell[inside]] = design.weights[inside]
    mean = value[size:] * np.where(inside, design.weights, 0.0)[:, None]
    scores = np.hstack([indicator, (indicator - mean) / value[:size].sum()])
    V = design_covariance(design, statistic=statistic, value=value, scores=scores, inside=inside)
    return value[:size].reshape(shape), V


def _residual_gradient(T: FloatArray) -> FloatArray:
    """Derivative (rc, rc) of Tᵢⱼ − Tᵢ₊T₊ⱼ/T₊₊ with respect to the cells."""
    r, c = T.shape
    rows, columns = T.sum(axis=1) / T.sum(), T.sum(axis=0) / T.sum()
    of_rows = np.kron(np.eye(r), np.ones((c, c))) * np.tile(columns, r)[:, None]
    of_columns = np.kron(np.ones((r, r)), np.eye(c)) * np.repeat(rows, c)[:, None]
    return np.asarray(np.eye(r * c) - of_rows - of_columns + np.outer(rows, columns).reshape(-1, 1))
