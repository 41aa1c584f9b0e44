"""Replicate weights made from a design: balanced repeated replication, jackknife, bootstrap.

Sources: Wolter (2007), *Introduction to Variance Estimation*, chapters 3 and 4; Judkins (1990), *J. Off. Stat.* 6
(Fay); Rao & Wu (1988), *JASA* 83 and Rao, Wu & Yue (1992), *Survey Methodology* 18; Canty & Davison (1999), *The
Statistician* 48; Preston (2009), *Survey Methodology* 35. All resample first-stage clusters; only the multistage
bootstrap goes further.
"""

import numpy as np
from scipy import linalg

from hashar.errors import DesignError
from hashar.i18n import N_
from hashar.methods.survey.design import Design, Stage
from hashar.methods.survey.records import FloatArray
from hashar.methods.survey.replicates import ReplicateDesign


def brr(design: Design, *, rho: float = 0.0, mse: bool = False) -> ReplicateDesign:
    """Balanced repeated replication; with ``rho`` in (0, 1) Fay's method, in which no cluster disappears.

    Signs come from a Hadamard matrix of a power of two above the number of strata, its constant column left out, so
    the replicates are in full orthogonal balance: the variance of a total is the linearised one with replacement.

    Raises
    ------
    DesignError
        A stratum that has not exactly two clusters; a ``rho`` outside [0, 1).

    """
    stage = _first_stage(design)
    if not (stage.sampled == 2).all() or not 0 <= rho < 1:
        raise DesignError(
            N_("Balanced replicates need two clusters in every stratum, and a rho from 0 to below 1: use a jackknife.")
        )
    order = 2 ** int(np.ceil(np.log2(stage.strata + 1)))
    signs = linalg.hadamard(order)[:, 1 : stage.strata + 1]
    first = np.zeros(stage.units, bool)
    first[np.unique(stage.stratum, return_index=True)[1]] = True
    factors = 1 + (1 - rho) * np.where(first, 1, -1) * signs[:, stage.stratum]
    return _design(design, stage, factors, scale=1 / (order * (1 - rho) ** 2), mse=mse)


def jackknife(design: Design, *, mse: bool = False) -> ReplicateDesign:
    """Delete one cluster at a time: JKn, which is JK1 where there is one stratum.

    The clusters left in its stratum count n_h/(n_h − 1); rscales are (n_h − 1)/n_h (1 − n_h/N_h). Strata with one
    cluster are treated by the design's policy: an error under ``fail``, else they have no replicate and add nothing.

    Raises
    ------
    DesignError
        A stratum with one cluster under the policy ``fail``.

    """
    stage = _first_stage(design)
    dropped = np.flatnonzero(stage.sampled[stage.stratum] > 1)
    n = stage.sampled[stage.stratum]
    same = stage.stratum == stage.stratum[dropped, None]
    factors = np.where(same, n / np.maximum(n - 1, 1), 1.0)
    factors[np.arange(dropped.size), dropped] = 0.0
    rscales = (n[dropped] - 1) / n[dropped] * _correction(stage)[stage.stratum[dropped]]
    return _design(design, stage, factors, scale=1.0, rscales=rscales, mse=mse)


def rao_wu(design: Design, *, replicates: int, rng: np.random.Generator, mse: bool = False) -> ReplicateDesign:
    """The Rao–Wu bootstrap: n_h − 1 clusters with replacement out of n_h, each counting n_h/(n_h − 1); no correction.

    Raises
    ------
    DesignError
        A stratum with one cluster under the policy ``fail``; under the others it keeps its weight in every replicate.

    """
    stage = _first_stage(design)
    factors = np.ones((replicates, stage.units))
    for h in np.flatnonzero(stage.sampled > 1):
        n = int(stage.sampled[h])
        drawn = rng.multinomial(n - 1, np.full(n, 1 / n), size=replicates)
        factors[:, stage.stratum == h] = drawn * n / (n - 1)
    return _design(design, stage, factors, scale=1 / (replicates - 1), mse=mse)


def bootstrap(design: Design, *, replicates: int, rng: np.random.Generator, mse: bool = False) -> ReplicateDesign:
    """The Canty–Davison bootstrap: n_h clusters with replacement out of n_h, one scale for the lost degree of freedom.

    The scale is the harmonic mean of n_h/(n_h − 1) over ``replicates`` − 1, as in R; with strata of unequal size
    :func:`rao_wu` is exact for totals and this is not. A population correction shrinks the replicates within strata.
    Errors as in :func:`rao_wu`.
    """
    stage = _first_stage(design)
    factors = np.ones((replicates, stage.units))
    root = np.sqrt(_correction(stage))
    for h in np.flatnonzero(stage.sampled > 1):
        n = int(stage.sampled[h])
        drawn = rng.multinomial(n, np.full(n, 1 / n), size=replicates)
        factors[:, stage.stratum == h] = 1 + root[h] * (drawn - 1)
    resampled = stage.sampled[stage.sampled > 1]
    scale = 1 / float(np.mean((resampled - 1) / resampled)) / (replicates - 1)
    return _design(design, stage, factors, scale=scale, mse=mse)


def multistage_bootstrap(
    design: Design, *, replicates: int, rng: np.random.Generator, mse: bool = False
) -> ReplicateDesign:
    """Preston's rescaled bootstrap for several stages without replacement (Preston 2009, section 3).

    At every stage m = ⌊n/2⌋ of the n clusters of a stratum are drawn without replacement, independently; a row's
    factor is 1 + Σ_s λ_s Π_{r<s} √(n_r/m_r) δ_r (n_s/m_s δ_s − 1), with λ_s² = m_s Π_{r<s} (n_r/N_r) (1 −
    n_s/N_s)/(n_s − m_s). Strata with one cluster add nothing; errors as in :func:`rao_wu`.
    """
    _first_stage(design)
    factors = np.ones((replicates, design.n))
    chain = np.ones((replicates, design.n))
    for stage in design.stages:
        drawn = np.zeros((replicates, stage.units))
        for h in np.flatnonzero(stage.sampled > 1):
            here = np.flatnonzero(stage.stratum == h)
            order = rng.permuted(np.tile(here, (replicates, 1)), axis=1)[:, : here.size // 2]
            np.put_along_axis(drawn, order, 1.0, axis=1)
        n = stage.sampled
        m = np.maximum(n // 2, 1)
        spread = np.where(n > 1, m * stage.share * _correction(stage) / np.maximum(n - m, 1), 0.0)
        step = np.sqrt(spread)[stage.stratum] * ((n / m)[stage.stratum] * drawn - 1)
        factors += chain * step[:, stage.unit]
        alive = np.where(n > 1, np.sqrt(n / m), 1.0)[stage.stratum] * np.where((n > 1)[stage.stratum], drawn, 1.0)
        chain = chain * alive[:, stage.unit]
    return ReplicateDesign.build(
        weights=design.weights,
        replicates=np.maximum(design.weights[:, None] * factors.T, 0.0),
        scale=1 / (replicates - 1),
        mse=mse,
        df=design.df,
    )


def _first_stage(design: Design) -> Stage:
    stage = design.stages[0]
    if design.calibration:
        raise DesignError(N_("Make replicate weights before calibrating: each set has to be calibrated by itself."))
    if design.single_psu == "fail" and stage.lonely.any():
        raise DesignError(
            N_("Stratum {stratum} has a single sampled cluster: choose how to treat it, or join it with another one."),
            stratum=stage.names[int(stage.lonely.argmax())],
        )
    return stage


def _correction(stage: Stage) -> FloatArray:
    return np.where(np.isfinite(stage.population), 1 - stage.sampled / stage.population, 1.0)


def _design(
    design: Design,
    stage: Stage,
    factors: FloatArray,
    *,
    scale: float,
    rscales: FloatArray | None = None,
    mse: bool = False,
) -> ReplicateDesign:
    """``factors`` (R, P) by which every cluster's weights count."""
    return ReplicateDesign.build(
        weights=design.weights,
        replicates=design.weights[:, None] * factors.T[stage.unit],
        scale=scale,
        rscales=rscales,
        mse=mse,
    )
