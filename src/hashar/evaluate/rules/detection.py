"""Rules for numbers of a register."""

from typing import NamedTuple

from hashar.evaluate.contracts.claims import DetectionClaim, DetectionEvidence, Direction, Reading, Verdict
from hashar.evaluate.rules.guard import Rule
from hashar.evaluate.rules.trend import ALPHA
from hashar.i18n import N_

EXPLANATIONS = (
    N_("More or fewer checks, raids or tests were made."),
    N_("People came for help more, or less, willingly."),
    N_("A law or a rule of recording changed."),
    N_("A new service opened, or one closed."),
    N_("Cases of earlier years were entered late, or the register was cleaned."),
    N_("The population grew, shrank or moved."),
    N_("Use changed."),
)


class Facts(NamedTuple):
    """Later over earlier (as rates where populations are known), its exact limits and p-values."""

    ratio: float
    low: float
    high: float
    p: float
    p_adjusted: float


class Case(NamedTuple):
    """A claimed change of a register, its counts and what they say; no facts where there is nothing to compare."""

    claim: DetectionClaim
    evidence: DetectionEvidence
    facts: Facts | None


def _read_as_detection(case: Case) -> Facts | None:
    return case.facts if case.claim.reading is Reading.DETECTION else None


def _moves(case: Case) -> bool:
    return case.claim.direction is not Direction.UNCHANGED


def _wanted(case: Case, facts: Facts) -> bool:
    return facts.ratio < 1 if case.claim.direction is Direction.FELL else facts.ratio > 1


def _noise(case: Case) -> bool:
    facts = _read_as_detection(case)
    return facts is not None and _moves(case) and facts.p >= ALPHA


def _many(case: Case) -> bool:
    facts = _read_as_detection(case)
    return facts is not None and _moves(case) and facts.p < ALPHA <= facts.p_adjusted


def _opposite(case: Case) -> bool:
    facts = _read_as_detection(case)
    return facts is not None and _moves(case) and facts.p < ALPHA and not _wanted(case, facts)


def _too_little(case: Case) -> bool:
    facts = _read_as_detection(case)
    if facts is None or not _moves(case) or case.claim.amount <= 0 or not _wanted(case, facts):
        return False
    at_least = 1 - facts.high if case.claim.direction is Direction.FELL else facts.low - 1
    return facts.p_adjusted < ALPHA and at_least < case.claim.amount


def _not_within(case: Case) -> bool:
    facts, margin = _read_as_detection(case), case.claim.amount
    if facts is None or _moves(case) or margin <= 0:
        return False
    return facts.low < 1 - margin or facts.high > 1 + margin


RULES: tuple[Rule[Case], ...] = (
    Rule(
        "D01",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: case.claim.reading is Reading.USE,
        N_("A register counts who was detected. How many use cannot be read from it."),
        N_("A survey of the population."),
    ),
    Rule(
        "D02",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: case.claim.reading is Reading.SUCCESS,
        N_("More detected can mean more work or more use, fewer less of either. Neither is success or failure."),
        N_("An outcome from a survey, and a comparison."),
    ),
    Rule(
        "D03",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: case.evidence.earlier is None or case.evidence.later is None,
        N_("One of the two counts is suppressed because it is too small to be shown."),
        N_("A larger territory or a longer period."),
    ),
    Rule(
        "D04",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: not case.evidence.same_rules,
        N_("The law, the rules of recording or what is counted changed between the periods."),
        N_("Counts of both periods under the same rules."),
    ),
    Rule(
        "D05",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: not case.evidence.same_territory,
        N_("The territory changed between the periods."),
        N_("Counts of both periods for the same territory."),
    ),
    Rule(
        "D06",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: not case.evidence.whole_periods,
        N_("One of the periods is not complete."),
        N_("The same months of both years, or the whole year."),
    ),
    Rule(
        "D07",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: (
            case.claim.per_person and not (case.evidence.population_earlier and case.evidence.population_later)
        ),
        N_("A rate is claimed, but the population of one of the periods is not known."),
        N_("The population of both periods, with its source."),
    ),
    Rule(
        "D08",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: not _moves(case) and case.claim.amount <= 0,
        N_("“Unchanged” without a margin can never be shown."),
        N_("Say within how many percent it stayed."),
    ),
    Rule(
        "D09",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: case.facts is None and None not in (case.evidence.earlier, case.evidence.later),
        N_("Nothing was counted in either period, so there is nothing to compare."),
        N_("A larger territory or a longer period."),
    ),
    Rule(
        "D10",
        Verdict.NOT_SHOWN,
        _noise,
        N_("Counts this small differ that much by chance from year to year."),
        N_("Several years, or a larger territory."),
    ),
    Rule(
        "D11",
        Verdict.NOT_SHOWN,
        _many,
        N_("{comparisons} changes were looked at together; among so many, one like this comes up by chance."),
        N_("Name one number before looking, or a larger territory."),
    ),
    Rule(
        "D12",
        Verdict.NOT_SHOWN,
        _opposite,
        N_("The counts changed in the other direction."),
    ),
    Rule(
        "D13",
        Verdict.NOT_SHOWN,
        _too_little,
        N_("The counts changed, but not as much as claimed can be shown."),
        N_("Claim the change without its size, or with the near end of its interval."),
    ),
    Rule(
        "D14",
        Verdict.NOT_SHOWN,
        _not_within,
        N_("The interval of the ratio goes beyond the margin."),
        N_("Several years, or a wider margin."),
    ),
    Rule(
        "D15",
        None,
        lambda case: (
            not case.claim.per_person and not (case.evidence.population_earlier and case.evidence.population_later)
        ),
        N_("The counts are not set against the population, which may have changed too."),
        N_("The population of both periods, with its source."),
    ),
)
