"""Write a planned import, remembering what was there before; put it back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django.db.models import ProtectedError

from hashar.errors import Conflict
from hashar.i18n import N_
from hashar.places.models import Boundary, Import, Population, Territory
from hashar.places.rules.geometry import middle_of
from hashar.places.rules.plans import Plan, Step
from hashar.places.rules.portions import portions
from hashar.places.services.keys import drop_keys, renew_keys
from hashar.places.services.sources import source_of

REMEMBERED = (
    *("level", "kind", "former_codes", "other_codes", "names", "unreviewed"),
    *("lon", "lat", "source", "licence", "imported_id"),
)
AT_ONCE = 500
DAYS = ("since", "until")

Before = list[dict[str, Any]]


def write(row: Import, plan: Plan) -> Before:
    """Write all steps that change something; returns what undoing needs. Inside the caller's transaction."""
    steps = [step for step in plan.steps if step.change != "same"]
    return _write_territories(row, steps) if row.kind == "territories" else _write_population(row, steps)


def restore(row: Import) -> None:
    """Undo what :func:`write` did. Inside the caller's transaction.

    Raises
    ------
    Conflict
        A later import changed the same rows, or something uses a place that would go.

    """
    if row.kind == "territories":
        _restore_territories(row)
    else:
        _restore_population(row)


def _write_territories(row: Import, steps: list[Step]) -> Before:
    known = {one.code: one for one in Territory.objects.filter(code__in=_mentioned(steps))}
    shapes = {one.territory_id: one for one in Boundary.objects.filter(territory__in=known.values())}
    before: Before = []
    written = []
    for step in steps:
        code = str(step.values["code"])
        place = known.get(code)
        shape = shapes.get(place.pk) if place else None
        before.append({"code": code, "was": _memory(place, shape) if place else None})
        place = place or Territory(code=code, parent=known[str(step.values["path"]).split("/")[-3]])
        known[code] = place
        _fill(place, step.values, row)
        written.append(place)
    _store(written)
    words = ", ".join(word for word in (row.source, row.licence) if word)[:200]
    drawn = {str(step.values["code"]): step.values["geometry"] for step in steps if step.values.get("geometry")}
    Boundary.objects.bulk_create(
        [Boundary(territory=known[code], geometry=shape, attribution=words) for code, shape in drawn.items()],
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["territory"],
        update_fields=["geometry", "attribution"],
    )
    renew_keys(written)
    return before


def _store(places: list[Territory]) -> None:
    """New places level by level, a parent before what lies in it; known ones as they are now."""
    _store_known([place for place in places if place.pk])
    for _, level in groupby(sorted((place for place in places if not place.pk), key=_depth), key=_depth):
        rows = list(level)
        for place in rows:
            place.parent = place.parent  # takes over the id that its parent has by now
        Territory.objects.bulk_create(rows, batch_size=AT_ONCE)


def _store_known(places: list[Territory]) -> None:
    Territory.objects.bulk_create(
        places, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=[*REMEMBERED, *DAYS]
    )


def _mentioned(steps: list[Step]) -> set[str]:
    return {code for step in steps for code in str(step.values["path"]).split("/") if code}


def _memory(place: Territory, shape: Boundary | None) -> dict[str, object]:
    kept: dict[str, object] = {name: getattr(place, name) for name in REMEMBERED}
    kept |= {name: day.isoformat() if (day := getattr(place, name)) else None for name in DAYS}
    kept["shape"] = [shape.geometry, shape.attribution] if shape else None
    return kept


def _fill(place: Territory, values: Mapping[str, Any], row: Import) -> None:
    for name in ("path", "level", "kind", "lon", "lat", "names", "former_codes"):
        if name in values:
            setattr(place, name, values[name])
    place.other_codes = {**place.other_codes, **values.get("other_codes", {})}
    place.unreviewed = [language for language in place.unreviewed if language not in values.get("reviewed", ())]
    for name in DAYS:
        if name in values:
            setattr(place, name, dt.date.fromisoformat(values[name]))
    if place.lon is None and values.get("geometry"):
        place.lon, place.lat = middle_of(values["geometry"])
    place.source, place.licence, place.imported = row.source, row.licence, row


def _restore_territories(row: Import) -> None:
    places = {one.code: one for one in Territory.objects.filter(code__in=[kept["code"] for kept in row.before])}
    _still_ours(row, places.values())
    _delete([places[kept["code"]] for kept in row.before if kept["was"] is None])
    back, shapes = [], []
    for kept in row.before:
        place = places[kept["code"]]
        if kept["was"] is None:
            continue
        was = kept["was"]
        for name in REMEMBERED:
            setattr(place, name, was[name])
        for name in DAYS:
            setattr(place, name, dt.date.fromisoformat(was[name]) if was[name] else None)
        if was["shape"]:
            shapes.append(Boundary(territory=place, geometry=was["shape"][0], attribution=was["shape"][1]))
        back.append(place)
    _store_known(back)
    for part in portions(back, AT_ONCE):
        Boundary.objects.filter(territory__in=part).delete()
    Boundary.objects.bulk_create(shapes, batch_size=AT_ONCE)
    renew_keys(back)


def _delete(places: list[Territory]) -> None:
    """What lies deepest goes first: a place is kept by what lies in it."""
    drop_keys([place.pk for place in places])
    for _, level in groupby(sorted(places, key=_depth, reverse=True), key=_depth):
        for part in portions(level, AT_ONCE):
            _delete_part(part)


def _depth(place: Territory) -> int:
    return place.path.count("/")


def _delete_part(places: Sequence[Territory]) -> None:
    counted = Population.objects.filter(territory__in=places).values_list("territory__code", flat=True).first()
    if counted is not None:
        raise Conflict(N_("{code} has population figures by now. Undo their import first."), code=counted)
    try:
        Territory.objects.filter(pk__in=[place.pk for place in places]).delete()
    except ProtectedError as error:
        raise Conflict(
            N_("{code} is used by now: places lie in it, or organisations or surveys belong to it. Undo those first."),
            code=_used(places, error),
        ) from None


def _used(places: Sequence[Territory], error: ProtectedError) -> str:
    """The code of the place that something refers to."""
    codes = {place.pk: place.code for place in places}
    used = {
        codes[key]
        for one in error.protected_objects
        for field in one._meta.concrete_fields
        if field.related_model is Territory and (key := field.value_from_object(one)) in codes
    }
    return min(used)


def _still_ours(row: Import, written: Any) -> None:  # noqa: ANN401  (rows of either table)
    rows = list(written)
    if len(rows) != len(row.before) or any(one.imported_id != row.pk for one in rows):
        raise Conflict(N_("A later import changed the same places. Undo that one first."))


def _write_population(row: Import, steps: list[Step]) -> Before:
    source = source_of(row)
    codes = {str(step.values["code"]) for step in steps}
    places = dict(Territory.objects.filter(code__in=codes).values_list("code", "pk"))
    have = {_key(one): one for one in Population.objects.filter(source=source, territory__in=places.values())}
    before: Before = []
    new, changed = [], []
    for step in steps:
        values = step.values
        place = {"territory_id": places[str(values["code"])]}
        band = {name: values[name] for name in ("year", "sex", "age_from", "age_to")}
        key = (place["territory_id"], *band.values())
        there = have.get(key)
        before.append({"key": list(key), "was": [there.count, there.imported_id] if there else None})
        if there is None:
            new.append(Population(**place, **band, count=int(str(values["count"])), source=source, imported=row))
        else:
            there.count, there.imported = int(str(values["count"])), row
            changed.append(there)
    Population.objects.bulk_create(new, batch_size=500)
    Population.objects.bulk_update(changed, ["count", "imported"], batch_size=200)
    return before


def _key(one: Population) -> tuple[object, ...]:
    return (one.territory_id, one.year, one.sex, one.age_from, one.age_to)


def _restore_population(row: Import) -> None:
    written = {_key(one): one for one in Population.objects.filter(imported=row)}
    _still_ours(row, written.values())
    changed, gone = [], []
    for kept in row.before:
        one = written[tuple(kept["key"])]
        if kept["was"] is None:
            gone.append(one.pk)
        else:
            one.count, one.imported_id = kept["was"]
            changed.append(one)
    Population.objects.bulk_update(changed, ["count", "imported"], batch_size=200)
    for start in range(0, len(gone), 500):
        Population.objects.filter(pk__in=gone[start : start + 500]).delete()
