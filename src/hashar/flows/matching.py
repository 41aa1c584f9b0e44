"""From a profile's priorities to practices that are known to work on them: assess and exchange meet here."""

from dataclasses import dataclass

from hashar.assess.contracts.profile import Priorities, Priority
from hashar.assess.contracts.surveys import ReleaseSummary
from hashar.assess.queries import releases
from hashar.exchange.contracts import FactorSuggestions, Wanted
from hashar.exchange.queries.matching import suggestions
from hashar.i18n import Text
from hashar.people.contracts import Actor

POSSIBLE = 0.05
"""A factor less probable than this among the first is no arguable priority (as in the report)."""


@dataclass(frozen=True)
class Match:
    """One priority factor with the practices for it."""

    priority: Priority
    found: FactorSuggestions


@dataclass(frozen=True)
class Matching:
    """The priorities of a profile, each with practices."""

    release: ReleaseSummary
    place: Text
    firm: tuple[Match, ...]
    arguable: tuple[Match, ...]
    without: tuple[Priority, ...]
    """Priorities for which no practice is known (that fits what was asked)."""


def match(actor: Actor, release: int, wanted: Wanted) -> Matching:
    """Practices for the firm and arguable priorities of a release, in the order of the ranking.

    Parameters
    ----------
    actor
        Who asks: sees the release, and practices that are shared or their organisation's.
    release
        The release.
    wanted
        Ages, setting, language and cost; empty for anything.

    Raises
    ------
    NotFound
        There is no such release, or it is not shared with the actor.

    """
    summary = releases.release(actor, release)
    profile = releases.profile(actor, release)
    firm, arguable = _priorities(profile.priorities)
    found = suggestions(actor, [one.code for one in (*firm, *arguable)], wanted)
    matches = [Match(priority, told) for priority, told in zip((*firm, *arguable), found, strict=True)]
    return Matching(
        release=summary,
        place=profile.place,
        firm=tuple(matches[: len(firm)]),
        arguable=tuple(matches[len(firm) :]),
        without=tuple(one.priority for one in matches if not one.found.suggestions),
    )


def _priorities(ranking: Priorities) -> tuple[list[Priority], list[Priority]]:
    firm = [row for row in ranking.ranked if row.firm]
    near = [row for row in ranking.ranked if row.rank_low <= ranking.top and row.probability_top >= POSSIBLE]
    return firm, [row for row in near if not row.firm]
