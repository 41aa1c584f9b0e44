"""Which factors come first, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hashar.assess.analysis.factors import Scored
from hashar.assess.analysis.figures import joint_covariance
from hashar.assess.analysis.waves import Wave
from hashar.assess.contracts.codebook import PrioritySettings
from hashar.assess.contracts.profile import FactorFinding, Priorities, Priority
from hashar.methods.ranking import Ranking, ScoreWeights, rank_factors


@dataclass(frozen=True, eq=False)
class _Candidate:
    """A factor whose share may be shown: its finding, its scale, and the earlier wave it is compared with."""

    finding: FactorFinding
    scored: Scored
    earlier: tuple[str, float] | None

    @property
    def risk(self) -> bool:
        return self.finding.type == "risk"

    def share_at_risk(self, share: float) -> float:
        """Without elevated protection is to a protective factor what elevated risk is to a risk factor."""
        return share if self.risk else 1 - share


def prioritise(
    findings: Sequence[FactorFinding],
    scored: Sequence[Scored],
    waves: Sequence[Wave],
    settings: PrioritySettings,
    rng: np.random.Generator,
) -> Priorities:
    """Rank the factors whose share in the last of ``waves`` is published; the others are named as left out.

    Only released numbers enter, so that the ranking tells nothing about what is hidden.
    """
    by_code = {one.scale.factor: one for one in scored}
    shown = [finding for finding in findings if finding.elevated.value is not None]
    candidates = [_Candidate(f, by_code[f.code], _earlier(f)) for f in shown]
    ranking = _rank(candidates, waves, settings, rng)
    order = np.lexsort((np.arange(len(candidates)), -ranking.probability_top, ranking.rank))
    return Priorities(
        top=settings.top,
        firm_at=settings.firm_at,
        draws=settings.draws,
        ranked=[_priority(candidates[at], ranking, int(at)) for at in order],
        left_out=[(finding.code, finding.name) for finding in findings if finding.elevated.value is None],
    )


def _earlier(finding: FactorFinding) -> tuple[str, float] | None:
    """The last earlier wave with a published share."""
    points = [(point.wave, point.figure.value.estimate) for point in finding.waves[:-1] if point.figure.value]
    return points[-1] if points else None


def _rank(
    candidates: Sequence[_Candidate], waves: Sequence[Wave], settings: PrioritySettings, rng: np.random.Generator
) -> Ranking:
    k = len(candidates)
    covariance = np.zeros((2 * k, 2 * k))
    signs = np.array([1.0 if one.risk else -1.0 for one in candidates])
    by_wave: dict[str, list[int]] = {waves[-1].name: list(range(k))} if k else {}
    for at, one in enumerate(candidates):
        if one.earlier is not None:
            by_wave.setdefault(one.earlier[0], []).append(k + at)
    known = {wave.name: wave for wave in waves}
    for name, rows in by_wave.items():
        wave = known[name]
        shares = [candidates[row % k].scored.share(name, wave.table.rows) for row in rows]
        covariance[np.ix_(rows, rows)] = joint_covariance(wave.sample, shares)
    both = np.concatenate([signs, signs])
    return rank_factors(
        level=[
            one.share_at_risk(one.finding.elevated.value.estimate) for one in candidates if one.finding.elevated.value
        ],
        earlier=[np.nan if one.earlier is None else one.share_at_risk(one.earlier[1]) for one in candidates],
        reference=[
            np.nan if one.finding.reference is None else one.share_at_risk(one.finding.reference) for one in candidates
        ],
        changeability=[one.scored.scale.changeability for one in candidates],
        covariance=covariance * np.outer(both, both),
        rng=rng,
        weights=weights_of(settings),
        top=settings.top,
        firm_at=settings.firm_at,
        draws=settings.draws,
    )


def weights_of(settings: PrioritySettings) -> ScoreWeights:
    """The weights of the four parts."""
    return ScoreWeights(settings.level, settings.gap, settings.trend, settings.changeability)


def _priority(one: _Candidate, ranking: Ranking, at: int) -> Priority:
    gap, trend = float(ranking.gap[at]), float(ranking.trend[at])
    return Priority(
        code=one.finding.code,
        name=one.finding.name,
        score=float(ranking.score[at]),
        rank=int(ranking.rank[at]),
        probability_top=float(ranking.probability_top[at]),
        rank_low=int(ranking.rank_low[at]),
        rank_high=int(ranking.rank_high[at]),
        firm=bool(ranking.firm[at]),
        level=float(ranking.level[at]),
        gap=None if np.isnan(gap) else gap,
        trend=None if np.isnan(trend) else trend,
        changeability=float(ranking.changeability[at]),
    )
