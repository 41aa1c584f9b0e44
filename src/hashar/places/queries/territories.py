"""Territories: one, the parts of one, all of a branch. They are public to everyone who uses the site."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q, QuerySet

from hashar.errors import NotFound
from hashar.i18n import N_
from hashar.i18n.spelling import fold
from hashar.places.contracts import Place, PlaceNode
from hashar.places.models import SearchKey, Territory
from hashar.places.rules.keys import fold_code
from hashar.places.rules.portions import portions

AT_ONCE = 500
"""Texts that one query asks for: databases limit how many."""


def territory(code: str) -> Place:
    """The place with a code, present or former (``KZ-19`` and ``KZ-ALM``).

    Raises
    ------
    NotFound
        No place has or had this code.

    """
    found = _rows().filter(code=code).first()
    if found is None:
        former = _rows().filter(keys__folded=fold_code(code)).order_by("code").distinct()
        found = next((row for row in former if code in row.former_codes), None)
    if found is None:
        raise NotFound(N_("There is no place with the code “{code}”. Search for it by name."), code=code[:40])
    return as_place(found)


def territory_by_id(territory_id: int) -> Place:
    """The place with an id.

    Raises
    ------
    NotFound
        There is none.

    """
    found = _rows().filter(pk=territory_id).first()
    if found is None:
        raise NotFound(N_("There is no such place (any more). Search for it by name."))
    return as_place(found)


def territories(codes: Iterable[str]) -> Mapping[str, Place]:
    """Many places by their present codes, in one query; codes that nobody has are left out."""
    return {row.code: as_place(row) for row in _rows().filter(code__in=set(codes)).order_by("code")}


def children(code: str | None) -> tuple[Place, ...]:
    """The parts of a place by code, regions before cities; the countries for None."""
    parts = _rows().filter(parent__code=code) if code else _rows().filter(parent=None)
    return tuple(as_place(row) for row in parts.order_by("code"))


def ancestors(place: Place) -> tuple[Place, ...]:
    """The places that hold a place, from the country down, without itself."""
    codes = place.path.split("/")[:-2]
    found = territories(codes) if codes else {}
    return tuple(found[code] for code in codes)


def tree(code: str | None = None, *, depth: int = 2) -> tuple[PlaceNode, ...]:
    """A place with its parts, ``depth`` steps down; all countries for None. At most two queries."""
    root = territory(code) if code else None
    above = [f"{'parent__' * step}parent" for step in range(depth)]
    wanted = Q(pk=root.id) if root else Q(parent=None)
    for field in above[:-1] if root is None else above:
        wanted |= Q(**{f"{field}__pk" if root else f"{field}__parent": root.id if root else None})
    below: defaultdict[str | None, list[Place]] = defaultdict(list)
    for row in _rows().filter(wanted).order_by("code"):
        below[row.parent.code if row.parent else None].append(as_place(row))
    if root:
        return (_node(root, below),)
    return tuple(_node(place, below) for place in below[None])


def recognise(text: str, within: str | None = None) -> Place | None:
    """The one place that a cell of somebody's table names: by code, former code, other code, or a name in full.

    Parameters
    ----------
    text
        What stands in the cell, in any of the languages and scripts.
    within
        Code of the place it must lie in, which tells namesakes apart.

    Returns
    -------
    Place | None
        None when no place, or more than one, answers to it.

    """
    folded = fold(text)
    if not folded:
        return None
    keys = SearchKey.objects.filter(Q(folded=folded, named=True) | Q(folded=fold_code(text), named=False))
    rows = _rows().filter(pk__in=keys.values("territory_id"))
    if within is not None:
        rows = rows.filter(path__startswith=territory(within).path)
    found = list(rows.order_by("code")[:2])
    return as_place(found[0]) if len(found) == 1 else None


def recognised(texts: Iterable[str]) -> Mapping[str, Place]:
    """The places that many texts name, as :func:`recognise` finds each; what names none or several is left out.

    A present code is that place's, whoever had it before. Two queries for every 500 texts.
    """
    found: dict[str, Place] = {}
    for part in portions(dict.fromkeys(texts), AT_ONCE):
        found |= _recognised(part)
    return found


def _recognised(texts: Sequence[str]) -> dict[str, Place]:
    wanted = {text: (fold(text), fold_code(text)) for text in texts}
    named, coded = {name for name, _ in wanted.values() if name}, {code for _, code in wanted.values() if code}
    keys = SearchKey.objects.filter(Q(folded__in=named, named=True) | Q(folded__in=coded, named=False))
    holders: defaultdict[tuple[str, bool], set[int]] = defaultdict(set)
    for key in keys:
        holders[key.folded, key.named].add(key.territory_id)
    rows = {row.pk: row for row in _rows().filter(pk__in=set().union(*holders.values()))} if holders else {}
    found = {}
    for text, (name, code) in wanted.items():
        answering = [rows[pk] for pk in holders.get((name, True), set()) | holders.get((code, False), set())]
        own = [row for row in answering if row.code == text]
        if len(own or answering) == 1:
            found[text] = as_place((own or answering)[0])
    return found


def _node(place: Place, below: Mapping[str | None, list[Place]]) -> PlaceNode:
    return PlaceNode(place, tuple(_node(part, below) for part in below.get(place.code, ())))


def _rows() -> QuerySet[Territory]:
    return Territory.objects.select_related("parent")


def as_place(row: Territory) -> Place:
    """The record of a row (read with its parent)."""
    return Place(
        id=row.pk,
        code=row.code,
        names=row.names,
        level=row.level,
        kind=row.kind,
        path=row.path,
        parent_code=row.parent.code if row.parent else None,
        former_codes=tuple(row.former_codes),
        lon=row.lon,
        lat=row.lat,
        unreviewed=frozenset(row.unreviewed),
        other_names=tuple(row.other_names),
        other_codes=row.other_codes,
        since=row.since,
        until=row.until,
        source=row.source,
        licence=row.licence,
    )
