"""Rules for a change between two waves."""

from typing import NamedTuple

from hashar.evaluate.contracts.claims import Direction, TrendClaim, TrendEvidence, Verdict
from hashar.evaluate.rules.guard import Rule
from hashar.i18n import N_

ALPHA = 0.05


class Facts(NamedTuple):
    """What the numbers say of a difference."""

    difference: float
    low: float
    high: float
    p: float
    p_adjusted: float


class Case(NamedTuple):
    """A claimed change, what was measured, what the numbers say; no facts where a wave is hidden or has no error."""

    claim: TrendClaim
    evidence: TrendEvidence
    facts: Facts | None


def moves(direction: Direction) -> bool:
    """Whether a change is claimed, not its absence."""
    return direction is not Direction.UNCHANGED


def wanted(direction: Direction, difference: float) -> bool:
    """Whether a difference goes the way that is claimed."""
    return difference < 0 if direction is Direction.FELL else difference > 0


def nearest(direction: Direction, facts: Facts) -> float:
    """The size of change that the interval still allows at least, in the direction claimed."""
    return -facts.high if direction is Direction.FELL else facts.low


def _change(case: Case) -> Facts | None:
    return case.facts if moves(case.claim.direction) else None


def _noise(case: Case) -> bool:
    facts = _change(case)
    return facts is not None and facts.p >= ALPHA


def _many(case: Case) -> bool:
    facts = _change(case)
    return facts is not None and facts.p < ALPHA <= facts.p_adjusted


def _opposite(case: Case) -> bool:
    facts = _change(case)
    return facts is not None and facts.p < ALPHA and not wanted(case.claim.direction, facts.difference)


def _too_little(case: Case) -> bool:
    facts = _change(case)
    if facts is None or case.claim.amount <= 0 or not wanted(case.claim.direction, facts.difference):
        return False
    return facts.p_adjusted < ALPHA and nearest(case.claim.direction, facts) < case.claim.amount


def _not_within(case: Case) -> bool:
    facts, margin = case.facts, case.claim.amount
    if facts is None or moves(case.claim.direction) or margin <= 0:
        return False
    return facts.low < -margin or facts.high > margin


RULES: tuple[Rule[Case], ...] = (
    Rule(
        "T01",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: case.evidence.kind == "detection",
        N_("The numbers come from a register: they show how detection changed, not how use changed."),
        N_("Two waves of a survey with the same question."),
    ),
    Rule(
        "T02",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: case.evidence.earlier is None or case.evidence.later is None,
        N_("One of the two waves is suppressed because too few people stand behind it."),
        N_("A larger group, or several waves put together."),
    ),
    Rule(
        "T03",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: not case.evidence.same_definition,
        N_("The question, its recall period, its answers or the way of asking changed between the waves."),
        N_("Both waves asked the same way, or a bridge sample asked both ways."),
    ),
    Rule(
        "T04",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: not case.evidence.same_population,
        N_("The two waves asked different people: other places, grades or ages."),
        N_("The change among those who were asked both times."),
    ),
    Rule(
        "T05",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: case.facts is None and None not in (case.evidence.earlier, case.evidence.later),
        N_("The difference has no standard error, so chance cannot be told from change."),
        N_("At least two classes or schools in each wave."),
    ),
    Rule(
        "T06",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: not moves(case.claim.direction) and case.claim.amount <= 0,
        N_("“Unchanged” without a margin can never be shown: no sample is large enough."),
        N_("Say within how many points it stayed."),
    ),
    Rule(
        "T07",
        Verdict.NOT_SHOWN,
        _noise,
        N_("A difference of this size comes up by chance in samples of this size."),
        N_("About {needed} answers in each wave to show a change of this size, or an indicator that moves more."),
    ),
    Rule(
        "T08",
        Verdict.NOT_SHOWN,
        _many,
        N_("{comparisons} changes were looked at together; among so many, one like this comes up by chance."),
        N_("Name one indicator before looking, or a larger sample."),
    ),
    Rule(
        "T09",
        Verdict.NOT_SHOWN,
        _opposite,
        N_("The data show a change in the other direction."),
    ),
    Rule(
        "T10",
        Verdict.NOT_SHOWN,
        _too_little,
        N_("A change is shown, but not one as large as claimed."),
        N_("Claim the change without its size, or with the near end of its interval."),
    ),
    Rule(
        "T11",
        Verdict.NOT_SHOWN,
        _not_within,
        N_("The interval goes beyond the margin; that no change was seen does not show that there was none."),
        N_("A larger sample, or a wider margin."),
    ),
    Rule(
        "T12",
        Verdict.NOT_SHOWN,
        lambda case: not case.evidence.reliable,
        N_("One of the two estimates does not meet the reliability standard: its interval is too wide."),
        N_("A larger sample, or a larger group."),
    ),
    Rule(
        "T13",
        None,
        lambda case: case.evidence.shared_clusters,
        N_("The same schools took part in both waves; the test treats them as different and is a little too careful."),
        N_("School codes that are the same in both files."),
    ),
    Rule(
        "T14",
        None,
        lambda case: case.evidence.waves > 2,
        N_("There are {waves} waves; a sentence about two of them should show them all."),
        N_("A chart of all waves beside the sentence."),
    ),
)
