"""Guard a claim before it is printed."""

from functools import singledispatch
from typing import TYPE_CHECKING

from hashar.errors import UsageError
from hashar.evaluate.contracts.claims import (
    Claim,
    CoverageClaim,
    CoverageEvidence,
    DetectionClaim,
    DetectionEvidence,
    EffectClaim,
    EffectEvidence,
    Evidence,
    Judgement,
    Override,
    PrevalenceClaim,
    PrevalenceEvidence,
    Reading,
    TrendClaim,
    TrendEvidence,
    Verdict,
)
from hashar.evaluate.rules import coverage, detection, effect, prevalence, trend
from hashar.evaluate.rules.guard import judge
from hashar.i18n import N_
from hashar.late import late

if TYPE_CHECKING:
    from hashar.evaluate import analysis
else:  # scipy; most pages judge no claim
    analysis = late("hashar.evaluate.analysis")

MINIMUM_REASON = 20
"""Letters of a reason that says something."""


def judge_claim(*, claim: Claim, evidence: Evidence) -> Judgement:
    """Whether the evidence supports the claim: supported, not shown, or cannot be known from these data.

    Every rule that fires is named with its sentence and what would be needed; the gravest verdict decides. Source of
    the tests: two-sided t of the difference of two waves or groups, exact comparison of two Poisson rates
    (:mod:`hashar.methods.counts`), both adjusted for the number of comparisons (Bonferroni).

    Raises
    ------
    UsageError
        The evidence is not of the claim's type.

    """
    return _judge(claim, evidence)


def trend_from_samples(
    *,
    earlier: float,
    later: float,
    n_earlier: int,
    n_later: int,
    clusters: int,
    deff: float = 2.0,
    comparisons: int = 1,
    same_definition: bool = True,
    same_population: bool = True,
    kind: str = "prevalence",
) -> TrendEvidence:
    """Evidence of a trend from what a printed report tells: two shares, their answers, schools and the design effect.

    The standard error is that of simple random samples times the root of ``deff`` (Kish 1965, section 8.2); degrees of
    freedom are the schools of both waves together less two.

    Raises
    ------
    UsageError
        A share outside 0–1, no answers, a design effect that is not positive, fewer than two schools.

    """
    if not (0 <= earlier <= 1 and 0 <= later <= 1):
        raise UsageError(N_("A share lies between 0 and 100 %."))
    if min(n_earlier, n_later) < 1 or deff <= 0 or clusters < 2:
        raise UsageError(N_("Give the answers of both waves, a design effect above 0, and at least two schools."))
    se = analysis.error_of_difference(earlier=earlier, later=later, n_earlier=n_earlier, n_later=n_later, deff=deff)
    return TrendEvidence(
        earlier=earlier,
        later=later,
        se=se,
        df=clusters - 2,
        comparisons=comparisons,
        n=min(n_earlier, n_later),
        deff=deff,
        kind=kind,
        same_definition=same_definition,
        same_population=same_population,
    )


def override(*, judgement: Judgement, reason: str, by: str) -> Override:
    """Print a claim against the verdict; the reason will be printed with it.

    Raises
    ------
    UsageError
        The reason is too short to be one, or the claim needs no override.

    """
    if judgement.verdict is Verdict.SUPPORTED:
        raise UsageError(N_("The claim is supported and needs no override."))
    if sum(sign.isalpha() for sign in reason) < MINIMUM_REASON:
        raise UsageError(
            N_("Give a reason of at least {letters} letters; it is printed beside the claim."), letters=MINIMUM_REASON
        )
    return Override(judgement, reason.strip(), by)


@singledispatch
def _judge(claim: object, evidence: Evidence) -> Judgement:  # noqa: ARG001  (the signature of all that follow)
    raise _mismatch()


def _mismatch() -> UsageError:
    return UsageError(N_("The evidence is not of the kind that this claim needs."))


@_judge.register
def _(claim: PrevalenceClaim, evidence: Evidence) -> Judgement:
    if not isinstance(evidence, PrevalenceEvidence):
        raise _mismatch()
    return judge(prevalence.RULES, prevalence.Case(claim, evidence), {})


@_judge.register
def _(claim: TrendClaim, evidence: Evidence) -> Judgement:
    if not isinstance(evidence, TrendEvidence):
        raise _mismatch()
    case = trend.Case(claim, evidence, analysis.trend_facts(evidence))
    needed = analysis.answers_needed(evidence)
    values = {"needed": needed or "?", "comparisons": evidence.comparisons, "waves": evidence.waves}
    return judge(trend.RULES, case, values)


@_judge.register
def _(claim: CoverageClaim, evidence: Evidence) -> Judgement:
    if not isinstance(evidence, CoverageEvidence):
        raise _mismatch()
    found = coverage.reach(evidence) or coverage.Reach(0, 0)
    values = {
        "reached_low": round(found.low),
        "reached_high": round(found.high),
        "population": round(evidence.population or 0),
        "reporters": evidence.reporters,
    }
    return judge(coverage.RULES, coverage.Case(claim, evidence), values)


@_judge.register
def _(claim: EffectClaim, evidence: Evidence) -> Judgement:
    if not isinstance(evidence, EffectEvidence):
        raise _mismatch()
    case = effect.Case(claim, evidence, analysis.effect_facts(evidence))
    judgement = judge(effect.RULES, case, {"comparisons": evidence.comparisons})
    known = judgement.verdict is not Verdict.CANNOT_BE_KNOWN
    return judgement if known else Judgement(judgement.verdict, judgement.reasons, effect.EXPLANATIONS)


@_judge.register
def _(claim: DetectionClaim, evidence: Evidence) -> Judgement:
    if not isinstance(evidence, DetectionEvidence):
        raise _mismatch()
    case = detection.Case(claim, evidence, analysis.detection_facts(evidence))
    plain = claim.reading is Reading.DETECTION
    explanations = detection.EXPLANATIONS if not plain else ()
    return judge(detection.RULES, case, {"comparisons": evidence.comparisons}, explanations)
