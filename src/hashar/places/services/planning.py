"""Gather what an import is judged against, and judge it."""

import datetime as dt
from collections.abc import Sequence

from hashar.errors import InputError
from hashar.people.contracts import Actor
from hashar.places import permissions, queries
from hashar.places.contracts import Place
from hashar.places.models import Boundary, Import, Population, Territory
from hashar.places.rules.cells import code_of
from hashar.places.rules.plans import Known, Line, Plan, Surroundings, plan_population, plan_territories
from hashar.places.rules.portions import portions
from hashar.places.services.sources import source_key

AT_ONCE = 500
"""Codes in one query."""


def plan_import(row: Import, lines: Sequence[Line], actor: Actor, parent: str, now: dt.datetime) -> Plan:
    """What the lines would write, given what is there now."""
    cells = ("parent",) if row.kind == "territories" else ("code", "place", "parent")
    known = _Directory(lines, parent, cells)
    around = Surroundings(
        find=known.find,
        at=known.at,
        covers=lambda path: permissions.covered(actor, row.organisation_id, path),
        parent=known.find(parent) if parent else None,
        last_year=now.year,
    )
    if row.kind == "territories":
        return plan_territories(lines, around)
    return plan_population(lines, around, _counts(row))


class _Directory:
    """Territories named by the cells of a file, in a few queries: by their codes, and in ``columns`` by name too."""

    def __init__(self, lines: Sequence[Line], parent: str, columns: Sequence[str]) -> None:
        cells = {line.cells.get(column, "") for line in lines for column in ("code", "parent", "place")} | {parent}
        country = parent[:2]
        codes = {code for cell in cells for code in _possible(cell, country)}
        self._known: dict[str, Known | None] = {}
        for part in portions(sorted(codes), AT_ONCE):
            rows = list(Territory.objects.filter(code__in=part))
            shapes = dict(Boundary.objects.filter(territory__in=rows).values_list("territory__code", "geometry"))
            self._known |= {row.code: _known(row, shapes.get(row.code)) for row in rows}
        words = {line.cells.get(column, "").strip() for line in lines for column in columns}
        words = {word for word in words if word.upper() not in self._known}
        found = queries.recognised(words)
        self._known |= {word: _named(found.get(word)) for word in words}

    def at(self, code: str) -> Known | None:
        """The territory with exactly this code, among those that the cells may mean."""
        return self._known.get(code)

    def find(self, cell: str) -> Known | None:
        """The territory with this code, former code or name."""
        text = cell.strip()
        if text.upper() in self._known:
            return self._known[text.upper()]
        if text not in self._known:
            self._known[text] = _named(queries.recognise(text))
        return self._known[text]


def _named(place: Place | None) -> Known | None:
    return Known(place.code, place.path, place.level) if place else None


def _possible(cell: str, country: str) -> set[str]:
    found = {cell.strip().upper()}
    for front in (country, "KZ", "KG", "TJ", "TM", "UZ"):
        try:
            found.add(code_of(cell, front))
        except InputError:
            continue
    return found


def _known(row: Territory, geometry: object) -> Known:
    state: dict[str, object] = {
        name: getattr(row, name)
        for name in (
            "code",
            "path",
            "level",
            "kind",
            "names",
            "unreviewed",
            "lon",
            "lat",
            "former_codes",
            "other_codes",
        )
    }
    days = {name: day.isoformat() for name in ("since", "until") if (day := getattr(row, name))}
    return Known(row.code, row.path, row.level, {**state, **days, "geometry": geometry})


def _counts(row: Import) -> dict[tuple[object, ...], int]:
    """Counts of the same source that are there already."""
    rows = Population.objects.filter(source__key=source_key(row.organisation_id, row.source))
    return {
        (code, year, sex, first, last): count
        for code, year, sex, first, last, count in rows.values_list(
            "territory__code", "year", "sex", "age_from", "age_to", "count"
        )
    }
