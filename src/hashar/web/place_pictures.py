"""Pictures of a place: its map and its population. They are drawn when first asked for and kept by their content."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from hashar.errors import NotFound
from hashar.i18n import Translator
from hashar.places import queries
from hashar.places.contracts import Outline, Outlines, Place, Population
from hashar.reports.content.charts import Spec
from hashar.reports.content.document import Chart, Table
from hashar.reports.content.maps import Area, Tone, map_of
from hashar.reports.content.population import PopulationPoint, population_chart
from hashar.reports.pages import NO_CHART, draw_chart
from hashar.reports.render.pictures import key_of
from hashar.web.pictures import Picture, shown
from hashar.web.shelf import Shelf

FEWEST_YEARS = 3


@dataclass(frozen=True)
class Numbered:
    """A place with its number on the map."""

    number: int
    place: Place
    drawn: bool
    """Whether it is on the map."""
    here: bool = False


@dataclass(frozen=True)
class PlaceMap:
    """A map, and the list that says the same."""

    chart: Chart | None
    """None when no boundary is known."""
    places: Sequence[Numbered]
    attributions: Sequence[str]


def map_around(place: Place | None, parts: Sequence[Place], translator: Translator) -> PlaceMap:
    """The parts of a place, or the place among its neighbours when it has no parts on the map; countries for None."""
    shown = list(parts)
    outlines = queries.outlines(part.code for part in shown)
    if place is not None and not outlines.outlines:
        shown = list(queries.children(place.parent_code)) if place.parent_code else [place]
        outlines = queries.outlines(part.code for part in shown)
    numbered = _numbered(shown, outlines, place)
    if not outlines.outlines:
        return PlaceMap(None, numbered, ())
    title = translator.gettext("Map: {place}", place=translator.pick(place.names) if place else "")
    chart = _map_chart(title if place else translator.gettext("Map of the countries"), numbered, outlines, translator)
    return PlaceMap(chart, numbered, outlines.attributions)


def map_of_all(countries: Sequence[Place], regions: Sequence[Place], translator: Translator) -> PlaceMap:
    """All first-level territories; the list beside it are the countries."""
    outlines = queries.outlines(region.code for region in regions)
    if not outlines.outlines:
        return PlaceMap(None, (), ())
    wide, narrow = _specs([(outline, Area(outline.geometry)) for outline in outlines.outlines])
    names = ", ".join(translator.pick(country.names) for country in countries)
    words = translator.gettext("Map of {places} with their regions. The list beside it names them.", places=names)
    chart = Chart(translator.gettext("Map of the countries"), words, wide, narrow, Table("", (), ()))
    return PlaceMap(chart, (), outlines.attributions)


def _numbered(shown: Sequence[Place], outlines: Outlines, place: Place | None) -> list[Numbered]:
    drawn = {outline.code for outline in outlines.outlines}
    here = place.code if place else ""
    return [Numbered(n, one, one.code in drawn, one.code == here) for n, one in enumerate(shown, start=1)]


def _map_chart(title: str, numbered: Sequence[Numbered], outlines: Outlines, translator: Translator) -> Chart:
    by_code = {one.place.code: one for one in numbered}
    ordered = sorted(outlines.outlines, key=lambda outline: by_code[outline.code].here)
    areas = []
    for outline in ordered:
        one = by_code[outline.code]
        tone = Tone.HERE if one.here else Tone.PLAIN
        areas.append((outline, Area(outline.geometry, tone, str(one.number) if len(ordered) > 1 else "")))
    wide, narrow = _specs(areas)
    names = ", ".join(f"{one.number} {translator.pick(one.place.names)}" for one in numbered if one.drawn)
    words = translator.gettext("{title}. Numbers on the map: {names}.", title=title, names=names)
    return Chart(title, words, wide, narrow, Table("", (), ()))


def _specs(areas: Sequence[tuple[Outline, Area]]) -> tuple[Spec, Spec]:
    """The two layouts, kept in this process: projecting a country takes longer than the rest of its page."""
    key = tuple((outline.code, outline.version, area.tone, area.label) for outline, area in areas)
    return _layouts.get(key, lambda: map_of([area for _, area in areas]))


_layouts: Shelf[tuple[Spec, Spec]] = Shelf(60)


def population_picture(place: Place, known: Sequence[Population], translator: Translator) -> Chart | None:
    """The preferred series of all people, broken where the territory changed; None for fewer than three years."""
    series = [one for one in known if one.sex == "all" and one.all_ages]
    sources = list(dict.fromkeys(one.source.key for one in series))
    long = [key for key in sources if sum(one.source.key == key for one in series) >= FEWEST_YEARS]
    if not long:
        return None
    chosen = sorted((one for one in series if one.source.key == long[0]), key=lambda one: one.year)
    points: list[PopulationPoint] = []
    for position, one in enumerate(chosen):
        before = chosen[position - 1] if position else None
        new = before is not None and (before.includes != one.includes or one.year - before.year > 1)
        points.append(PopulationPoint(one.year, one.count, (points[-1].segment if points else 0) + new))
    wide, narrow = population_chart(points)
    words = translator.gettext(
        "Population of {place}: {first} in {from_year}, {last} in {to_year}.",
        place=translator.pick(place.names),
        first=translator.integer(points[0].count),
        from_year=points[0].year,
        last=translator.integer(points[-1].count),
        to_year=points[-1].year,
    )
    return Chart(translator.gettext("Population by year"), words, wide, narrow, Table("", (), ()))


def drawn(chart: Chart | None, translator: Translator, look: str) -> Path:
    """The file of the picture in a look.

    Raises
    ------
    NotFound
        There is nothing to draw, or no such look.

    """
    if chart is None:
        raise NotFound(NO_CHART)
    return draw_chart(chart, translator, look=look, folder=Path(settings.DATA) / "cache" / "places")


def with_addresses(chart: Chart | None, translator: Translator, look: str, name: str, *args: str) -> Picture | None:
    """A chart for a page; its pictures are under the address of that name, each with the key of its content."""
    if chart is None:
        return None
    key = key_of(chart, translator.language)
    return shown(chart, look, lambda kind: f"{reverse(name, args=[*args, kind])}?v={key}")
