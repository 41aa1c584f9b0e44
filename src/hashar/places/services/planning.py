"""Gather what an import is judged against, and judge it."""

import datetime as dt
from collections.abc import Sequence

from hashar.errors import InputError
from hashar.people.contracts import Actor
from hashar.places import permissions, queries
from hashar.places.models import Boundary, Import, Population, Territory
from hashar.places.rules.cells import code_of
from hashar.places.rules.plans import Known, Line, Plan, Surroundings, plan_population, plan_territories
from hashar.places.services.sources import source_key


def plan_import(row: Import, lines: Sequence[Line], actor: Actor, parent: str, now: dt.datetime) -> Plan:
    """What the lines would write, given what is there now."""
    known = _Directory(lines, parent)
    around = Surroundings(
        find=known.find,
        covers=lambda path: permissions.covered(actor, row.organisation_id, path),
        parent=known.find(parent) if parent else None,
        last_year=now.year,
    )
    if row.kind == "territories":
        return plan_territories(lines, around)
    return plan_population(lines, around, _counts(row))


class _Directory:
    """Territories named by the cells of a file: all codes in one query, other words one by one, each once."""

    def __init__(self, lines: Sequence[Line], parent: str) -> None:
        cells = {line.cells.get(column, "") for line in lines for column in ("code", "parent", "place")} | {parent}
        country = parent[:2]
        codes = {code for cell in cells for code in _possible(cell, country)}
        rows = Territory.objects.filter(code__in=codes).order_by("code")
        shapes = dict(Boundary.objects.filter(territory__in=rows).values_list("territory__code", "geometry"))
        self._known: dict[str, Known | None] = {row.code: _known(row, shapes.get(row.code)) for row in rows}

    def find(self, cell: str) -> Known | None:
        """The territory with this code, former code or name."""
        text = cell.strip()
        if text.upper() in self._known:
            return self._known[text.upper()]
        if text not in self._known:
            place = queries.recognise(text)
            self._known[text] = Known(place.code, place.path, place.level) if place else None
        return self._known[text]


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
