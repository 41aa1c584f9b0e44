"""Rules for how many were reached."""

from typing import NamedTuple

from hashar.evaluate.contracts.claims import CoverageClaim, CoverageEvidence, Verdict
from hashar.evaluate.rules.guard import Rule
from hashar.i18n import N_


class Reach(NamedTuple):
    """Different people reached: at least and at most."""

    low: float
    high: float


class Case(NamedTuple):
    """A claimed coverage and what was counted."""

    claim: CoverageClaim
    evidence: CoverageEvidence


def reach(evidence: CoverageEvidence) -> Reach | None:
    """How many different people were reached; a range where only contacts were counted, None where nothing was.

    From contacts alone: at least as many as were at the largest event, at most one for each contact, and never more
    than there are. Numbers of several organisations may hold the same people: their sum is an upper limit.
    """
    counted = evidence.contacts if evidence.unique is None else evidence.unique
    if counted is None:
        return None
    exact = evidence.unique is not None and evidence.reporters <= 1 and not evidence.outside_target
    low = counted if exact else min(evidence.largest_event, counted)
    if evidence.outside_target:
        low = 0.0
    top = counted if evidence.population is None else min(counted, evidence.population)
    return Reach(min(low, top), top)


def _group(case: Case) -> bool:
    return case.claim.of == "target_group"


def shares(case: Case) -> Reach | None:
    """Reach as shares of the target group."""
    found = reach(case.evidence)
    population = case.evidence.population
    return None if found is None or not population else Reach(found.low / population, found.high / population)


def _below(case: Case) -> bool:
    found = shares(case) if _group(case) else None
    return found is not None and found.high < case.claim.share


def _between(case: Case) -> bool:
    found = shares(case) if _group(case) else None
    return found is not None and found.low < case.claim.share <= found.high


def _contradiction(case: Case) -> bool:
    unique, contacts = case.evidence.unique, case.evidence.contacts
    return unique is not None and contacts is not None and unique > contacts


def _more_than_there_are(case: Case) -> bool:
    unique, population = case.evidence.unique, case.evidence.population
    return unique is not None and population is not None and unique > population and case.evidence.reporters <= 1


def _events_missing(case: Case) -> bool:
    return not _group(case) and (case.evidence.events_done is None or not case.evidence.events_planned)


def _events_below(case: Case) -> bool:
    done, planned = case.evidence.events_done, case.evidence.events_planned
    return not _group(case) and done is not None and bool(planned) and done / (planned or 1) < case.claim.share


RULES: tuple[Rule[Case], ...] = (
    Rule(
        "C01",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: _group(case) and not case.evidence.population,
        N_("Nobody knows how many people the target group has, so no share of it can be given."),
        N_("The population of the target group, with its year and source."),
    ),
    Rule(
        "C02",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: _group(case) and reach(case.evidence) is None,
        N_("Events were counted, people were not."),
        N_("The number of different people at the events, or at least the contacts."),
    ),
    Rule(
        "C03",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: _group(case) and not case.evidence.population_matches,
        N_("The population is of another year, age group or territory than the people reached."),
        N_("The population of the same year, ages and territory."),
    ),
    Rule(
        "C04",
        Verdict.CANNOT_BE_KNOWN,
        _contradiction,
        N_("More different people than contacts were reported: one of the two numbers is wrong."),
        N_("Correct the report of the activity."),
    ),
    Rule(
        "C05",
        Verdict.CANNOT_BE_KNOWN,
        _more_than_there_are,
        N_("More people were reported than the target group has."),
        N_("Correct the report, or count those outside the target group apart."),
    ),
    Rule(
        "C06",
        Verdict.CANNOT_BE_KNOWN,
        _events_missing,
        N_("It is not known how many events were planned, or how many took place."),
        N_("The events planned and the events that took place."),
    ),
    Rule(
        "C07",
        Verdict.CANNOT_BE_KNOWN,
        _between,
        N_(
            "Between {reached_low} and {reached_high} different people were reached; the share claimed lies in between."
        ),
        N_("Count different people: a list of classes, or a question “were you here before?”."),
    ),
    Rule(
        "C08",
        Verdict.NOT_SHOWN,
        _below,
        N_("At most {reached_high} different people of {population} were reached, fewer than claimed."),
        N_("Give the share that was reached."),
    ),
    Rule(
        "C09",
        Verdict.NOT_SHOWN,
        _events_below,
        N_("Fewer events took place than claimed."),
        N_("Give the events that took place and those that were planned."),
    ),
    Rule(
        "C10",
        None,
        lambda case: not _group(case),
        N_("Events that took place are not people reached, and reach is not effect."),
        N_("The share of the target group reached, beside the events."),
    ),
    Rule(
        "C11",
        None,
        lambda case: _group(case) and case.evidence.reporters > 1,
        N_("{reporters} organisations counted; people who met several of them are counted several times."),
        N_("One list of classes or places for all organisations."),
    ),
    Rule(
        "C12",
        None,
        lambda case: _group(case) and case.evidence.outside_target,
        N_("People outside the target group are among those counted."),
        N_("The reach by age group."),
    ),
    Rule(
        "C13",
        Verdict.CANNOT_BE_KNOWN,
        lambda case: not _group(case) and shares(case) is None,
        N_(
            "Events took place, but nobody knows what share of the target group they met; "
            "that does not show that the plan was executed."
        ),
        N_("The people reached, and the population of the target group."),
    ),
    Rule(
        "C14",
        None,
        lambda case: not _group(case) and shares(case) is not None,
        N_("The events met {reached_low} to {reached_high} different people; the target group has {population}."),
    ),
)
