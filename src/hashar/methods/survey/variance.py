"""The design-based covariance of totals by Taylor linearisation.

Every statistic is turned into *scores*: weighted influence values (n, q), one row per pupil, whose total over the
sample has the statistic's variance (Binder 1983, *Int. Stat. Rev.* 51; Deville 1999, *Survey Methodology* 25).
Scores are summed to clusters; clusters are compared within strata,

    V = Σ_h (1 − n_h/N_h) n_h/(n_h − 1) Σ_c (t_hc − t̄_h)(t_hc − t̄_h)'

and every later stage adds the same within its cluster, times n/N of the stages before (Särndal, Swensson & Wretman
1992, result 4.3.1 and eq. 4.3.21).

A *single-cluster stratum* (n_h = 1 < N_h) has no t_hc − t̄_h. The policies, named as in ``Design.single_psu``:

* ``fail``: an error, so that the analyst decides;
* ``remove`` and ``certainty``: it adds nothing;
* ``centre``: its cluster is compared with the mean cluster total of all strata (R's ``adjust``; of those that the
  domain touches, as R 4.5; earlier versions compared totals with zero), conservative;
* ``average``: it adds what the other strata of the stage add on average (unknown, NaN, where there is no other).

``adjust_domain`` applies ``centre`` and ``average`` also to strata where a domain sees one cluster of several.
"""

import numpy as np

from hashar.errors import DesignError
from hashar.i18n import N_
from hashar.methods.survey.design import Design, Stage
from hashar.methods.survey.records import BoolArray, FloatArray, IntArray
from hashar.methods.survey.residuals import residual_totals
from hashar.methods.survey.scores import Scores


def covariance(
    design: Design, scores: FloatArray, *, codes: IntArray | None = None, domains: int | None = None
) -> FloatArray:
    """Covariance (p, p) of the totals of ``scores`` (n,) or (n, q), already multiplied by the weight.

    Without ``codes`` p = q and rows outside a domain have score 0. With ``codes`` (n,) (−1 outside all domains) the q
    columns are repeated for each of ``domains``, p = domains × q, domain-major.

    Raises
    ------
    DesignError
        A stratum with one cluster under the policy ``fail``.

    """
    total = np.zeros((0, 0))
    for scaled in _deviations(design, _scores(design, scores, codes, domains)):
        part = scaled.T @ scaled
        total = part if total.size == 0 else total + part
    return total


def variances(
    design: Design, scores: FloatArray, *, codes: IntArray | None = None, domains: int | None = None
) -> FloatArray:
    """The diagonal (p,) of :func:`covariance`, without making the (p, p) matrix."""
    parts = [np.einsum("ij,ij->j", d, d) for d in _deviations(design, _scores(design, scores, codes, domains))]
    return np.asarray(np.sum(parts, axis=0))


def _scores(design: Design, scores: FloatArray, codes: IntArray | None, domains: int | None) -> Scores:
    values = np.asarray(scores, dtype=np.float64)
    values = values[:, None] if values.ndim == 1 else values
    inside = np.zeros(design.n, np.int64) if codes is None else codes
    count = domains if domains is not None else int(inside.max(initial=-1)) + 1
    return Scores(values, inside, count)


def _deviations(design: Design, scores: Scores) -> list[FloatArray]:
    """Per stage (P, p): cluster totals less their stratum's mean, scaled so that D'D is the stage's variance."""
    return [_stage_deviations(design, stage, scores, first=s == 0) for s, stage in enumerate(design.stages)]


def _stage_deviations(design: Design, stage: Stage, scores: Scores, *, first: bool) -> FloatArray:
    totals = residual_totals(design.calibration, design.weights, scores, stage.unit, stage.units)
    q = scores.values.shape[1]
    seen_units = np.ones((stage.units, scores.domains), bool)
    if not design.calibration:  # a calibrated domain keeps every row, with score zero minus its projection
        seen_units = scores.seen(stage.unit, stage.units)
    seen = np.zeros((stage.strata, scores.domains))
    np.add.at(seen, stage.stratum, seen_units)
    lonely = _lonely(design, stage, seen, first=first)
    means = np.zeros((stage.strata, scores.columns))
    np.add.at(means, stage.stratum, totals)
    means /= stage.sampled[:, None]
    if design.single_psu == "centre" and lonely.any():
        overall = _parent_means(stage, totals, np.repeat(seen > 0, q, axis=1))
        means = np.where(np.repeat(lonely, q, axis=1), overall[stage.parent], means)
    factor = np.sqrt(_factors(design, stage, lonely, seen))
    scaled: FloatArray = (totals - means[stage.stratum]) * np.repeat(factor, q, axis=1)[stage.stratum]
    return scaled


def _lonely(design: Design, stage: Stage, seen: FloatArray, *, first: bool) -> BoolArray:
    """(H, D): strata that tell a domain nothing about variance, by design or (``adjust_domain``) by the domain."""
    by_design = stage.lonely[:, None] & (seen > 0)
    if design.single_psu == "fail" and by_design.any():
        strata = np.flatnonzero(by_design.any(axis=1))
        raise DesignError(
            N_(
                "{count} strata have a single sampled cluster (the first is {stratum}), so their variance cannot be "
                "computed: choose single-psu (in the codebook: single_psu) certainty, centre, average or remove, or "
                "join them with a similar stratum."
            )
            if first
            else N_(
                "{count} clusters have a single sampled unit at a later stage (the first is {stratum}), so their "
                "variance cannot be computed: choose single-psu (in the codebook: single_psu) certainty, centre, "
                "average or remove."
            ),
            count=strata.size,
            stratum=stage.names[strata[0]],
        )
    if not design.adjust_domain:
        return by_design
    by_domain: BoolArray = (seen == 1) & (stage.sampled[:, None] > 1)
    return by_design | by_domain


def _factors(design: Design, stage: Stage, lonely: BoolArray, seen: FloatArray) -> FloatArray:
    """(H, D): what a stratum's sum of squares is multiplied by."""
    n, N = stage.sampled, stage.population
    finite = np.where(np.isfinite(N), 1 - n / N, 1.0)
    with np.errstate(divide="ignore"):
        usual = np.where(n > 1, finite * n / np.where(n > 1, n - 1, 1), 0.0)
    factor = np.repeat((usual * stage.share)[:, None], lonely.shape[1], axis=1)
    alone = lonely & (n == 1)[:, None]
    if design.single_psu == "centre":
        return np.where(alone, (finite * stage.share)[:, None], factor)
    if design.single_psu == "average":
        average = _average(stage, lonely, seen)
        return np.where(lonely & np.isfinite(average), 0.0, factor * average)
    return factor


def _average(stage: Stage, lonely: BoolArray, seen: FloatArray) -> FloatArray:
    """(H, D): strata seen / strata that tell something, within the same parent; NaN where none does."""
    parents = int(stage.parent.max(initial=0)) + 1
    counts = np.zeros((2, parents, lonely.shape[1]))
    np.add.at(counts[0], stage.parent, seen > 0)
    np.add.at(counts[1], stage.parent, (seen > 0) & ~lonely)
    none = counts[1] == 0
    ratio = np.where(none, np.where(counts[0] > 0, np.nan, 1.0), counts[0] / np.where(none, 1.0, counts[1]))
    return ratio[stage.parent]


def _parent_means(stage: Stage, totals: FloatArray, seen: BoolArray) -> FloatArray:
    """(parents, p): mean cluster total over the strata (H, p) that the domain touches, within the same parent."""
    parents = int(stage.parent.max(initial=0)) + 1
    sums, sizes = np.zeros((2, parents, totals.shape[1]))
    np.add.at(sums, stage.parent[stage.stratum], totals)
    np.add.at(sizes, stage.parent, seen * stage.sampled[:, None])
    return sums / np.maximum(sizes, 1)
