"""Ranking of factors as priorities, with the sampling uncertainty carried through to the ranks.

The score of a factor is the weighted mean of four parts, each made comparable first:

* level: share of pupils at elevated risk (for a protective factor: without elevated protection);
* gap: level minus the share in the reference population;
* trend: level minus the level of the earlier wave;
* changeability: how far local action can move the factor, a judgement between 0 and 1.

A part is centred and scaled by the mean and standard deviation (dividing by k) of its point estimates over the factors
being ranked. Centre and scale stay fixed while the estimates are drawn: what is noise in an estimate stays noise in the
score. A factor without a reference or an earlier wave gets 0, the average, for that part: no news is neither good nor
bad. A part that no factor has, or in which all are equal, has no say. A consequence to know: the score is relative
to the factors that were measured; leaving one out may change the order of others.

Sources: the standardised weighted sum is the additive value model of multi-criteria analysis (Nardo et al. 2008,
OECD/JRC Handbook on Constructing Composite Indicators, sections 1.5–1.6 of part 1); simulated ranks and their
intervals follow Goldstein and Spiegelhalter (1996), Journal of the Royal Statistical Society A 159, 385–443, who warn,
as do we, that ranks are far less certain than the estimates behind them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hashar.errors import EstimationError
from hashar.i18n import N_

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

EDGE = 1e-6
"""Shares of 0 and 1 have no logit; they are moved this far inside, where their standard error of 0 keeps them."""


@dataclass(frozen=True)
class ScoreWeights:
    """How much each part of the score counts (≥ 0, at least one above 0)."""

    level: float = 1.0
    gap: float = 1.0
    trend: float = 1.0
    changeability: float = 1.0


@dataclass(frozen=True, eq=False)
class Ranking:
    """Ranked factors; all arrays (k,) in the order given. Rank 1 is the first priority; equal scores share a rank.

    ``gap`` and ``trend`` are NaN where there is no reference or earlier wave. ``rank_low`` ≤ ``rank_high`` hold the
    central ``coverage`` of the simulated ranks. ``firm`` is ``probability_top`` ≥ ``firm_at``; the rest of the top is
    arguable.
    """

    score: Floats
    rank: Ints
    probability_top: Floats
    rank_low: Ints
    rank_high: Ints
    firm: npt.NDArray[np.bool_]
    level: Floats
    gap: Floats
    trend: Floats
    changeability: Floats


def rank_factors(
    *,
    level: npt.ArrayLike,
    covariance: npt.ArrayLike,
    rng: np.random.Generator,
    earlier: npt.ArrayLike | None = None,
    reference: npt.ArrayLike | None = None,
    changeability: npt.ArrayLike | None = None,
    weights: ScoreWeights | None = None,
    top: int = 3,
    firm_at: float = 0.8,
    draws: int = 10_000,
    coverage: float = 0.95,
) -> Ranking:
    """Rank factors by their score and say how sure each place is.

    Parameters
    ----------
    level, earlier
        (k,) shares 0–1 in the present and the earlier wave, higher is worse; NaN in ``earlier`` where not measured.
    covariance
        (2k, 2k) design covariance of ``level`` followed by ``earlier``; (k, k) of ``level`` alone without an earlier
        wave. Rows and columns of NaN ``earlier`` are ignored.
    rng
        Source of the draws.
    reference
        (k,) shares 0–1 of the reference population, NaN where unknown; taken as known without error.
    changeability
        (k,) 0–1; 0.5 for all when not given.
    weights
        Of the four parts; equal by default.
    top, firm_at, draws, coverage
        Size of the top, probability from which a place in it is firm, number of draws, share held by the rank interval.

    Notes
    -----
    The joint normal distribution of the estimates is taken on the logit scale (delta method: Σ is divided by p(1−p) on
    either side), so that no drawn share leaves 0–1. Equal scores within a draw are put in random order, so that the
    probabilities of being in the top add up to ``top`` exactly.

    Raises
    ------
    EstimationError
        When the weights are all 0 or one is negative, ``top`` or ``draws`` is below 1, or the arrays do not fit.

    """
    now = np.asarray(level, dtype=np.float64)
    k = now.size
    before = _or_default(earlier, np.nan, k)
    parts = _Parts.fix(
        level=now,
        earlier=before,
        reference=_or_default(reference, np.nan, k),
        changeability=_or_default(changeability, 0.5, k),
        weights=weights or ScoreWeights(),
    )
    _check(top=top, draws=draws, k=k, covariance=np.asarray(covariance), waves=1 if earlier is None else 2)
    drawn_now, drawn_before = _draw(now, before, np.asarray(covariance, dtype=np.float64), rng, draws)
    ranks = _ranks(parts.score(drawn_now, drawn_before), rng)
    tail = (1 - coverage) / 2
    low, high = np.quantile(ranks, [tail, 1 - tail], axis=0, method="inverted_cdf") if k else np.empty((2, 0))
    probability = (ranks <= top).mean(axis=0)
    score = parts.score(now[None, :], before[None, :])[0]
    return Ranking(
        score=score,
        rank=1 + (score[None, :] > score[:, None]).sum(axis=1),
        probability_top=probability,
        rank_low=low.astype(np.int64),
        rank_high=high.astype(np.int64),
        firm=probability >= firm_at,
        level=now,
        gap=now - parts.reference,
        trend=now - before,
        changeability=parts.changeability,
    )


@dataclass(frozen=True, eq=False)
class _Parts:
    """The score as a function of the drawn shares: centres, scales and weights fixed from the point estimates."""

    reference: Floats
    changeability: Floats
    centre: Floats
    scale: Floats
    weight: Floats

    @classmethod
    def fix(
        cls, *, level: Floats, earlier: Floats, reference: Floats, changeability: Floats, weights: ScoreWeights
    ) -> "_Parts":
        wanted = np.array([weights.level, weights.gap, weights.trend, weights.changeability])
        if (wanted < 0).any() or wanted.sum() <= 0:
            raise EstimationError(N_("The weights of the priority score must be 0 or more, and one of them above 0."))
        raw = np.stack([level, level - reference, level - earlier, changeability])
        centre, scale = np.zeros(4), np.ones(4)
        for part, values in enumerate(raw):
            known = values[~np.isnan(values)]
            spread = known.std() if known.size else 0.0
            # Equal values may differ in the last bit; a spread of rounding errors must not decide a ranking.
            if spread <= 1e-12:
                wanted[part] = 0.0
            else:
                centre[part], scale[part] = known.mean(), spread
        total = wanted.sum()
        return cls(reference, changeability, centre, scale, wanted / total if total > 0 else wanted)

    def score(self, level: Floats, earlier: Floats) -> Floats:
        """(draws, k) scores of (draws, k) shares."""
        raw = (level, level - self.reference, level - earlier, np.broadcast_to(self.changeability, level.shape))
        total = np.zeros(level.shape)
        for values, centre, scale, weight in zip(raw, self.centre, self.scale, self.weight, strict=True):
            total += weight * np.nan_to_num((values - centre) / scale, nan=0.0)
        return total


def _or_default(values: npt.ArrayLike | None, default: float, k: int) -> Floats:
    return np.full(k, default) if values is None else np.asarray(values, dtype=np.float64)


def _check(*, top: int, draws: int, k: int, covariance: npt.NDArray[np.generic], waves: int) -> None:
    if top < 1 or draws < 1:
        raise EstimationError(N_("The size of the top and the number of draws must be 1 or more."))
    if covariance.shape != (waves * k, waves * k):
        raise EstimationError(
            N_("The covariance matrix has {found} rows where {needed} are needed."),
            found=covariance.shape[0],
            needed=waves * k,
        )


def _draw(
    now: Floats, before: Floats, covariance: Floats, rng: np.random.Generator, draws: int
) -> tuple[Floats, Floats]:
    """Joint draws (draws, k) of the present and earlier shares; NaN stays NaN."""
    k = now.size
    mean = np.concatenate([now, before])[: covariance.shape[0]]
    known = np.flatnonzero(~np.isnan(mean))
    inside = np.clip(mean[known], EDGE, 1 - EDGE)
    slope = 1 / (inside * (1 - inside))
    on_logit = covariance[np.ix_(known, known)] * np.outer(slope, slope)
    values, vectors = np.linalg.eigh(on_logit)
    # The symmetric root, so that the factors' order has no say in how a draw is spread over them.
    root = (vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T
    logits = np.log(inside / (1 - inside)) + rng.standard_normal((draws, known.size)) @ root
    drawn = np.full((draws, 2 * k), np.nan)
    drawn[:, known] = 1 / (1 + np.exp(-logits))
    return drawn[:, :k], drawn[:, k:]


def _ranks(scores: Floats, rng: np.random.Generator) -> Ints:
    """(draws, k) ranks of (draws, k) scores, 1 for the highest; ties in random order."""
    order = np.lexsort((rng.random(scores.shape), -scores), axis=1)
    ranks = np.empty(scores.shape, dtype=np.int64)
    np.put_along_axis(ranks, order, np.arange(1, scores.shape[1] + 1)[None, :], axis=1)
    return ranks
