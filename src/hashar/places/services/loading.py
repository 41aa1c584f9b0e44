"""Load the territories and populations that are shipped with the program."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from hashar.people.contracts import CONSOLE
from hashar.people.services.audit import record
from hashar.places.models import Population, PopulationSource, Territory
from hashar.places.services.keys import renew_keys
from hashar.places.sources.shipped import (
    ShippedTerritory,
    rows,
    shipped_populations,
    shipped_territories,
)

FIELDS = (
    "level",
    "kind",
    "former_codes",
    "other_codes",
    "since",
    "lon",
    "lat",
    "names",
    "other_names",
    "source",
    "licence",
)


def load_shipped(*, now: dt.datetime) -> int:
    """Bring territories and populations of the five countries to what this version ships; again and again if you like.

    Needs no permission: the person who runs the installation calls it from the command line. What somebody imported
    over a shipped territory or population stays as it is. Returns how many rows were written.
    """
    with transaction.atomic():
        written = _territories() + _populations()
        if written:
            record(
                actor=CONSOLE,
                action="places.load",
                subject="places:shipped",
                organisation=None,
                now=now,
                details={"rows": written},
            )
    return written


def _territories() -> int:
    known = {row.code: row for row in Territory.objects.all()}
    new: dict[int, list[Territory]] = {}
    changed = []
    for shipped in shipped_territories():
        before = known.get(shipped.code)
        if before is not None and (before.imported_id is not None or _same(before, shipped)):
            continue
        row = before or Territory(code=shipped.code)
        known[shipped.code] = row
        _fill(row, shipped, known[shipped.parent] if shipped.parent else None)
        if before is None:
            new.setdefault(row.path.count("/"), []).append(row)
        else:
            changed.append(row)
    for _, rows_of_level in sorted(new.items()):  # a parent is stored before what lies in it
        for row in rows_of_level:
            row.parent = row.parent  # takes over the id that its parent has by now
        Territory.objects.bulk_create(rows_of_level)
    for row in changed:
        row.save()
    written = [*changed, *(row for rows_of_level in new.values() for row in rows_of_level)]
    renew_keys(written)
    return len(written)


def _same(row: Territory, shipped: ShippedTerritory) -> bool:
    plain = all(getattr(row, name) == _plain(getattr(shipped, name)) for name in FIELDS)
    return plain and row.unreviewed == list(shipped.machine_made)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value


def _fill(row: Territory, shipped: ShippedTerritory, parent: Territory | None) -> None:
    for name in FIELDS:
        setattr(row, name, _plain(getattr(shipped, name)))
    row.unreviewed = list(shipped.machine_made)
    row.parent = parent
    row.path = f"{parent.path if parent else ''}{shipped.code}/"


def _populations() -> int:
    sources = {row.key: row for row in PopulationSource.objects.all()}
    for told in rows("population_sources.csv"):
        values = {**told, "preference": int(told["preference"])}
        sources[told["key"]], _ = PopulationSource.objects.update_or_create(key=values.pop("key"), defaults=values)
    places = dict(Territory.objects.values_list("code", "pk"))
    have = {
        (row.territory_id, row.year, row.sex, row.age_from, row.age_to, row.source_id): row
        for row in Population.objects.filter(source__in=sources.values())
    }
    new: list[Population] = []
    changed: list[Population] = []
    for shipped in shipped_populations():
        territory, source = places[shipped.code], sources[shipped.source]
        row = have.get((territory, shipped.year, shipped.sex, shipped.age_from, shipped.age_to, source.pk))
        includes = list(shipped.includes)
        if row is None:
            place = {"territory_id": territory, "source": source, "year": shipped.year, "sex": shipped.sex}
            new.append(Population(**place, count=shipped.count, includes=includes))
        elif row.imported_id is None and (row.count, row.includes) != (shipped.count, includes):
            row.count, row.includes = shipped.count, includes
            changed.append(row)
    Population.objects.bulk_create(new, batch_size=500)
    Population.objects.bulk_update(changed, ["count", "includes"], batch_size=200)
    return len(new) + len(changed)
