"""The territories of a series as its files may call them."""

from collections.abc import Iterator

from hashar.assess.contracts.series_import import Place, Suggestion
from hashar.assess.models import Series
from hashar.assess.rules.series_places import Gazetteer, Named
from hashar.places import contracts as places
from hashar.places.queries import recognise, search, tree

DEEPEST = 5
MOST_SUGGESTIONS = 5


def place_of(found: places.Place) -> Place:
    """A territory as the rules of series take it."""
    return Place(id=found.id, code=found.code, path=found.path, level=found.level, names=found.names)


def gazetteer(series: Series) -> Gazetteer:
    """All territories of the series, and the countries with their regions, so that strangers are told apart.

    Four queries.
    """
    found = {place.code: place for node in tree(depth=2) for place in _all(node)}
    found |= {place.code: place for node in tree(series.territory.code, depth=DEEPEST) for place in _all(node)}
    return Gazetteer(_named(found[code]) for code in sorted(found))


def suggestions(name: str, within: Place, language: str) -> tuple[Suggestion, ...]:
    """Territories inside another that an unknown name may mean, the likeliest first."""
    sure = recognise(name, within.code)
    inside = (each for each in search(name, language) if each.path.startswith(within.path))
    found = [*([sure] if sure else []), *inside]
    codes = list(dict.fromkeys(each.code for each in found))[:MOST_SUGGESTIONS]
    names = {each.code: each.names for each in found}
    return tuple(Suggestion(code, names[code]) for code in codes)


def _all(node: places.PlaceNode) -> Iterator[places.Place]:
    yield node.place
    for part in node.parts:
        yield from _all(part)


def _named(found: places.Place) -> Named:
    return Named(
        place=place_of(found),
        codes=(found.code, *found.former_codes, *found.other_codes.values()),
        names=tuple(dict.fromkeys(found.names.values())),
        former=found.other_names,
        city=found.kind == "city",
    )
