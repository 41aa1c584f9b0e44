"""What a map of findings is drawn on: the boundaries of the territories that a profile names."""

from collections.abc import Mapping

from hashar.assess.contracts.profile import Profile
from hashar.places.contracts import Place
from hashar.places.queries import children, outlines, recognised
from hashar.reports.content.scope import Ground

MOST_WHOLES = 3
"""Territories that lie in more places than this are drawn without what lies beside them."""


def ground_of(profile: Profile) -> Ground | None:
    """Boundaries of the profile's territories and of their neighbours in the same whole; None without any.

    No query when the profile names no territory.
    """
    groups = [group for one in profile.indicators for group in one.breakdowns]
    groups += [group for factor in profile.factors for group in factor.breakdowns]
    written = {row.territory for group in groups for row in group.rows if row.territory}
    places = recognised(written) if written else {}
    if not places:
        return None
    beside = _beside(places)
    found = outlines([*(place.code for place in places.values()), *beside])
    shapes = {outline.code: outline.geometry for outline in found.outlines}
    return Ground(
        shapes={text: shapes[place.code] for text, place in places.items() if place.code in shapes},
        beside=[(place.names, shapes[code]) for code, place in beside.items() if code in shapes],
        attributions=found.attributions,
    )


def _beside(places: Mapping[str, Place]) -> dict[str, Place]:
    """The other parts of the wholes, without those that hold one of the places."""
    wholes = sorted({place.parent_code for place in places.values() if place.parent_code})
    if len(wholes) > MOST_WHOLES:
        return {}
    inside = {code for place in places.values() for code in place.path.split("/")}
    return {part.code: part for whole in wholes for part in children(whole) if part.code not in inside}
