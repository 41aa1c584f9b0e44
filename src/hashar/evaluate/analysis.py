"""The numbers behind a judgement."""

import math

import numpy as np
from scipy import stats

from hashar.evaluate.contracts.claims import DetectionEvidence, EffectEvidence, TrendEvidence
from hashar.evaluate.rules import detection, trend
from hashar.methods.counts import rate_ratio
from hashar.methods.survey.power import TwoWaves, needed_n
from hashar.methods.survey.student import t_quantile

LEVEL = 0.95


def difference_facts(difference: float | None, se: float, df: float, comparisons: int) -> trend.Facts | None:
    """Test and interval of a difference; None where it is hidden or has no standard error.

    The p-value is adjusted as the smallest of ``comparisons`` would be (Bonferroni, the first step of Holm 1979): the
    p-values of the others are not part of the claim, so no gentler step can be taken honestly.
    """
    if difference is None or se <= 0 or df <= 0:
        return None
    p = float(2 * stats.t.sf(abs(difference) / se, df))
    half = float(t_quantile(np.array([df]), LEVEL)[0]) * se
    return trend.Facts(difference, difference - half, difference + half, p, min(1.0, p * comparisons))


def trend_facts(evidence: TrendEvidence) -> trend.Facts | None:
    """What the two waves say."""
    if evidence.earlier is None or evidence.later is None:
        return None
    facts = difference_facts(evidence.later - evidence.earlier, evidence.se, evidence.df, evidence.comparisons)
    if facts is None or evidence.p_adjusted is None:
        return facts
    return facts._replace(p_adjusted=evidence.p_adjusted)


def effect_facts(evidence: EffectEvidence) -> trend.Facts | None:
    """What the two groups say."""
    return difference_facts(evidence.difference, evidence.se, evidence.df, evidence.comparisons)


def detection_facts(evidence: DetectionEvidence) -> detection.Facts | None:
    """What the two counts say, as rates where both populations are known."""
    earlier, later = evidence.earlier, evidence.later
    if earlier is None or later is None or not earlier + later:
        return None
    exposures = (evidence.population_earlier or 0.0, evidence.population_later or 0.0)
    before, after = exposures if all(exposures) else (1.0, 1.0)
    found = rate_ratio(earlier=earlier, later=later, exposure_earlier=before, exposure_later=after, level=LEVEL)
    return detection.Facts(found.ratio, found.ci_low, found.ci_high, found.p, min(1.0, found.p * evidence.comparisons))


def error_of_difference(*, earlier: float, later: float, n_earlier: float, n_later: float, deff: float) -> float:
    """Standard error of the difference of two shares from their sample sizes and the design effect.

    Kish (1965, section 8.2): the variance of simple random sampling times the design effect, waves independent.
    """
    return math.sqrt(deff * (earlier * (1 - earlier) / n_earlier + later * (1 - later) / n_later))


def answers_needed(evidence: TrendEvidence) -> int | None:
    """Answers in each of two equal waves that would show the difference seen; None where there is none, or no share."""
    earlier, later = evidence.earlier, evidence.later
    if not evidence.share or earlier is None or later is None or earlier == later:
        return None
    if not (0 < earlier < 1 and 0 < later < 1) or not evidence.deff > 0:
        return None
    plan = TwoWaves(deff=evidence.deff, alpha=0.05 / max(evidence.comparisons, 1))
    found = float(np.asarray(needed_n(plan, earlier, later - earlier)).item())
    return math.ceil(found) if math.isfinite(found) else None
