"""Rules for “it worked”."""

from typing import NamedTuple

from hashar.evaluate.contracts.claims import Comparison, Direction, EffectClaim, EffectEvidence, Verdict
from hashar.evaluate.rules.guard import Rule
from hashar.evaluate.rules.trend import ALPHA, Facts, wanted
from hashar.i18n import N_

ATTRITION = 0.3
ATTRITION_GAP = 0.1
"""Cautious limits. The What Works Clearinghouse (Standards Handbook 5.0, chapter II.B) draws a curve of both together;
these two lie beyond it at any point."""

EXPLANATIONS = (
    N_("Use changes everywhere, also where nobody did anything."),
    N_("Pupils grow older, and use changes with age."),
    N_("Those who took part may have been different from the start."),
    N_("A place chosen because it was at its worst gets better by itself."),
    N_("Something else was done at the same time: a law, a price, another programme."),
    N_("Those who were asked a second time may answer what is expected."),
)


class Case(NamedTuple):
    """A claimed effect, the evidence and what the numbers say; no facts where there is no difference to look at."""

    claim: EffectClaim
    evidence: EffectEvidence
    facts: Facts | None


def _compared(case: Case) -> bool:
    return case.evidence.comparison in (Comparison.ADJUSTED, Comparison.RANDOM)


def _facts(case: Case) -> Facts | None:
    return case.facts if _compared(case) else None


def _noise(case: Case) -> bool:
    facts = _facts(case)
    return facts is not None and facts.p >= ALPHA


def _many(case: Case) -> bool:
    facts = _facts(case)
    return facts is not None and facts.p < ALPHA <= facts.p_adjusted


def _opposite(case: Case) -> bool:
    facts = _facts(case)
    return facts is not None and facts.p < ALPHA and not wanted(case.claim.direction, facts.difference)


RULES: tuple[Rule[Case], ...] = (
    Rule(
        "E01",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: case.evidence.comparison is Comparison.NOBODY,
        N_("Nobody was compared with: a change from before to after has many causes."),
        N_("A comparison group measured at the same times."),
    ),
    Rule(
        "E02",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: case.evidence.comparison is Comparison.UNEQUAL,
        N_("The comparison group differed from the start, and the difference was not taken into account."),
        N_("Compare change with change, or draw the groups by lot."),
    ),
    Rule(
        "E03",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: case.evidence.kind == "detection",
        N_("The outcome comes from a register, which moves with the work of those who detect."),
        N_("An outcome from a survey of both groups."),
    ),
    Rule(
        "E04",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: case.claim.outcome != case.evidence.outcome,
        N_("The sentence speaks of another outcome than the one measured."),
        N_("Name the outcome that was measured."),
    ),
    Rule(
        "E05",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: case.evidence.clusters < 2,
        N_("One school (class, place) stands on one side: what is particular to it cannot be told from the programme."),
        N_("Several schools on each side."),
    ),
    Rule(
        "E06",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: not case.evidence.clustering_counted,
        N_("The calculation treats pupils of one school as strangers to each other and is far too sure."),
        N_("A calculation with the schools as clusters."),
    ),
    Rule(
        "E07",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: case.evidence.attrition > ATTRITION or case.evidence.attrition_gap > ATTRITION_GAP,
        N_("Too many were lost before the last measurement, or more on one side than on the other."),
        N_("Find those who were lost, or show that they do not differ."),
    ),
    Rule(
        "E08",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: case.claim.months_after > case.evidence.months_after,
        N_("The sentence speaks of a later time than the last measurement."),
        N_("A measurement at that time."),
    ),
    Rule(
        "E09",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: _compared(case) and case.facts is None,
        N_("The difference between the groups is suppressed, or has no standard error."),
        N_("Larger groups, with several schools on each side."),
    ),
    Rule(
        "E10",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: case.claim.direction is Direction.UNCHANGED,
        N_("That a programme has no effect cannot be claimed here; a margin and an equivalence test would be needed."),
        N_("Claim a fall or a rise, or say “not shown”."),
    ),
    Rule(
        "E11",
        Verdict.NOT_SHOWN,
        _noise,
        N_("A difference of this size between the groups comes up by chance."),
        N_("More schools on each side, or a stronger programme."),
    ),
    Rule(
        "E12",
        Verdict.NOT_SHOWN,
        _many,
        N_("{comparisons} outcomes were looked at together; among so many, one like this comes up by chance."),
        N_("Name the main outcome before looking."),
    ),
    Rule(
        "E13",
        Verdict.NOT_SHOWN,
        _opposite,
        N_("The data show an effect in the other direction: the programme may do harm."),
        N_("Stop and look, before anyone repeats it."),
    ),
    Rule(
        "E14",
        None,
        lambda case: case.evidence.comparison is Comparison.ADJUSTED,
        N_("The groups were not drawn by lot; differences that nobody measured may remain."),
        N_("Groups drawn by lot."),
    ),
    Rule(
        "E15",
        None,
        lambda case: case.evidence.harmful_elsewhere,
        N_("A registry rates this practice ineffective or harmful elsewhere."),
        N_("The rating with its registry and date, beside the sentence."),
    ),
)
