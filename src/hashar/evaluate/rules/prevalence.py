"""Rules for a level."""

from typing import NamedTuple

from hashar.evaluate.contracts.claims import PrevalenceClaim, PrevalenceEvidence, Relation, Verdict
from hashar.evaluate.rules.guard import Rule
from hashar.i18n import N_

LOW_PARTICIPATION = 0.6
"""CDC weights and publishes a YRBS sample from an overall participation of 60 % (MMWR 2013;62(RR-1), Table 2)."""


class Case(NamedTuple):
    """A claimed level and what was measured."""

    claim: PrevalenceClaim
    evidence: PrevalenceEvidence


def _shown(case: Case) -> bool:
    return case.evidence.estimate is not None and case.evidence.df > 0


RULES: tuple[Rule[Case], ...] = (
    Rule(
        "L01",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: case.evidence.kind == "detection",
        N_("The number comes from a register. It counts who was detected, not who uses."),
        N_("A survey of the people the sentence speaks of."),
    ),
    Rule(
        "L02",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: case.evidence.estimate is None,
        N_("The estimate is suppressed because too few people stand behind it."),
        N_("A larger group, or several waves put together."),
    ),
    Rule(
        "L03",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: case.claim.population != case.evidence.population,
        N_("The sentence speaks of other people than those who were asked."),
        N_("Say whom the survey asked, or ask those whom the sentence speaks of."),
    ),
    Rule(
        "L04",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: case.evidence.estimate is not None and case.evidence.df <= 0,
        N_("All answers come from one class or school, so nobody can say how far the estimate may be off."),
        N_("At least two classes or schools in the group; better ten."),
    ),
    Rule(
        "L05",
        Verdict.NOT_SHOWN,
        lambda case: (
            case.claim.relation is Relation.AT_MOST and _shown(case) and case.evidence.ci_high > case.claim.value
        ),
        N_("The confidence interval goes above the level claimed."),
        N_("A larger sample, or a more careful level."),
    ),
    Rule(
        "L06",
        Verdict.NOT_SHOWN,
        lambda case: (
            case.claim.relation is Relation.AT_LEAST and _shown(case) and case.evidence.ci_low < case.claim.value
        ),
        N_("The confidence interval goes below the level claimed."),
        N_("A larger sample, or a more careful level."),
    ),
    Rule(
        "L07",
        Verdict.NOT_SHOWN,
        lambda case: (
            case.claim.relation is Relation.ABOUT
            and _shown(case)
            and not case.evidence.ci_low <= case.claim.value <= case.evidence.ci_high
        ),
        N_("The level claimed lies outside the confidence interval."),
        N_("Use the estimate with its interval."),
    ),
    Rule(
        "L08",
        Verdict.NOT_SHOWN,
        lambda case: not case.evidence.reliable,
        N_("The estimate does not meet the reliability standard: its interval is too wide."),
        N_("A larger sample, or a larger group."),
    ),
    Rule(
        "L09",
        Verdict.NOT_SHOWN,
        lambda case: case.evidence.participation is not None and case.evidence.participation < LOW_PARTICIPATION,
        N_("Fewer than 60 % of the sampled took part; those who stayed away may differ."),
        N_("Call back those who were missing, or show that they do not differ."),
    ),
    Rule(
        "L10",
        None,
        lambda case: case.evidence.participation is None,
        N_("It is not reported how many of the sampled took part."),
        N_("The numbers sampled and taking part."),
    ),
    Rule(
        "L11",
        None,
        lambda case: not case.evidence.weighted,
        N_("The answers are not weighted: schools with many sampled pupils count more."),
        N_("Weights made from the sampling."),
    ),
    Rule(
        "L12",
        None,
        lambda case: not case.evidence.validated,
        N_("The questionnaire was not yet checked in the language it was asked in."),
        N_("A psychometric check in that language."),
    ),
)
