"""One published number by territory, as a map with its table: shades no finer than the intervals, nobody ranked."""

import dataclasses
import itertools
import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from hashar.assess.contracts.profile import Breakdown, Row
from hashar.assess.contracts.published import Figure, Published, Suppression
from hashar.i18n import N_, Translator
from hashar.reports.content.cells import SHARE, Unit, figure_cells, figure_columns, hidden, write_interval, write_value
from hashar.reports.content.charts import drawable
from hashar.reports.content.document import (
    Align,
    Block,
    Cell,
    Chart,
    Column,
    EmptyCell,
    Heading,
    Paragraph,
    Reference,
    Table,
    TableRow,
    TextCell,
)
from hashar.reports.content.maps import CLASSES, Area, Key, Tone, class_of, class_tones, map_of
from hashar.reports.content.scope import Scope, is_place
from hashar.reports.content.wording import plain

FEWEST = 2
"""One territory alone makes no map."""
MOST_CLASSES = max(CLASSES)
FINEST = 1e-3
"""No class is narrower: figures that are all 0 have one too."""


class Standing(Enum):
    """How a territory's interval lies to the figure of all pupils: the sign on the map, the words of the table."""

    ABOVE = "\N{BLACK UP-POINTING TRIANGLE}", N_("above")
    BELOW = "\N{BLACK DOWN-POINTING TRIANGLE}", N_("below")
    OPEN = "", N_("not told apart")


KEYS: Mapping[Standing, str] = {
    Standing.ABOVE: N_("whole interval above the figure of all pupils"),
    Standing.BELOW: N_("whole interval below the figure of all pupils"),
}


@dataclass(frozen=True)
class _Place:
    """A level of the group that is on the map."""

    number: int
    name: str
    row: Row
    standing: Standing | None
    """None where there is nothing to compare."""


@dataclass(frozen=True)
class _Subject:
    """What the map is about."""

    title: str
    about: Reference
    total: Published[Figure]
    unit: Unit


def map_blocks(
    scope: Scope,
    title: str,
    about: Reference,
    total: Published[Figure],
    breakdowns: Sequence[Breakdown],
    unit: Unit = SHARE,
) -> list[Block]:
    """Heading, what the picture can tell, and the picture; nothing without territories or their boundaries."""
    ground = scope.ground
    found = next((one for one in breakdowns if ground and _drawn(scope, one)), None)
    if ground is None or found is None:
        return []
    subject = _Subject(title, dataclasses.replace(about, group=found.group), total, unit)
    places = [
        _Place(at, scope.translator.pick(row.label), row, standing(row.figure.value, total.value))
        for at, row in enumerate(_drawn(scope, found), start=1)
    ]
    heading = Heading(scope.translator.gettext("On the map"), 2, "map")
    return [heading, Paragraph(plain(_reading(scope, subject, places))), _chart(scope, subject, places)]


def _drawn(scope: Scope, breakdown: Breakdown) -> Sequence[Row]:
    """The rows of places whose boundary is known, by name."""
    shapes = scope.ground.shapes if scope.ground else {}
    rows = [row for row in scope.rows(breakdown) if row.territory in shapes] if is_place(breakdown) else []
    return rows if len(rows) >= FEWEST else []


def standing(figure: Figure | None, total: Figure | None) -> Standing | None:
    """Where the whole interval of a territory lies; None when either is not known."""
    if figure is None or total is None or not drawable(figure) or not math.isfinite(total.estimate):
        return None
    if figure.ci_low > total.estimate:
        return Standing.ABOVE
    return Standing.BELOW if figure.ci_high < total.estimate else Standing.OPEN


def class_limits(figures: Sequence[Figure], unit: Unit = SHARE) -> tuple[list[float], list[float]]:
    """All limits of the classes, and those between two of them.

    A class is at least as wide as the typical interval (their median), and round; figures that lie closer together
    than that are one class: a difference that the data cannot show must not get shades of its own.
    """
    values = [figure.estimate for figure in figures]
    low, high = min(values), max(values)
    typical = max(statistics.median(figure.ci_high - figure.ci_low for figure in figures), abs(high) * 1e-3, FINEST)
    most = min(MOST_CLASSES, math.ceil((high - low) / typical) + 1) if high - low > typical else 1
    step = _round_up(typical if most > 1 else typical / 2)
    while most > 1 and _index(high, step) - _index(low, step) >= most:
        step = _round_up(step * 1.01)
    first, last = _index(low, step), _index(high, step)
    limits = [round(step * at, 9) for at in range(first, last + 2)]
    limits = [min(limit, 1.0) for limit in limits] if unit.share else limits
    return (limits, limits[1:-1]) if most > 1 else ([limits[0], limits[-1]], [])


def _index(value: float, step: float) -> int:
    """Which class holds a value: its upper limit belongs to it, and 0 to the first above it."""
    steps = value / step
    return 0 if abs(steps) <= 1e-9 else math.ceil(steps - 1e-9) - 1


def _round_up(step: float) -> float:
    """The next 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= step * (1 - 1e-9))


def _reading(scope: Scope, subject: _Subject, places: Sequence[_Place]) -> str:
    """What the data can tell of differences between territories."""
    t = scope.translator
    said = [t.gettext("No shade is narrower than a typical interval: one shade more is not yet a difference.")]
    total = subject.total.value
    compared = [place.standing for place in places if place.standing is not None]
    if total is None or not compared:
        return said[0]
    value = write_value(t, total.estimate, subject.unit)
    if all(one is Standing.OPEN for one in compared):
        said.append(
            t.gettext(
                "No territory has its whole interval above or below the figure of all pupils ({value}): these data do "
                "not tell any territory from the whole.",
                value=value,
            )
        )
        return " ".join(said)
    level = float(scope.profile.provenance.parameters.get("level", "0.95"))
    said.append(
        t.gettext(
            "A triangle marks a territory whose whole interval lies above or below the figure of all pupils "
            "({value}). By chance alone about {share} of the territories would be marked even if all were alike.",
            value=value,
            share=t.percent(1 - level, 0),
        )
    )
    return " ".join(said)


def _chart(scope: Scope, subject: _Subject, places: Sequence[_Place]) -> Chart:
    t = scope.translator
    figures = [figure for place in places if (figure := _shown(place.row)) is not None]
    limits, between = class_limits(figures, subject.unit) if figures else ([], [])
    areas = [_area(scope, place, subject.unit, between) for place in places]
    beside = [Area(shape, Tone.ABSENT, "", t.pick(names), _absent(t)) for names, shape in _beside(scope)]
    wide, narrow = map_of([*beside, *areas], _keys(t, subject.unit, limits, [*beside, *areas], places))
    title = t.gettext("Map: {place}", place=subject.title)
    names = ", ".join(f"{place.number} {place.name}" for place in places)
    alternative = t.gettext("{title}. Numbers on the map: {names}.", title=title, names=names)
    return Chart(title, alternative, wide, narrow, _table(scope, subject, places))


def _beside(scope: Scope) -> Sequence[tuple[Mapping[str, str], Mapping[str, object]]]:
    return scope.ground.beside if scope.ground else ()


def _shown(row: Row) -> Figure | None:
    """The row's figure if it can be shaded."""
    return row.figure.value if drawable(row.figure.value) else None


def _absent(t: Translator) -> str:
    return t.gettext("not asked, or not in this survey")


def _area(scope: Scope, place: _Place, unit: Unit, between: Sequence[float]) -> Area:
    t = scope.translator
    shape = scope.ground.shapes[place.row.territory] if scope.ground else {}
    figure = _shown(place.row)
    if figure is not None:
        tone = class_of(figure.estimate, between)
        value = f"{write_value(t, figure.estimate, unit)} ({write_interval(t, figure, unit)})"
    else:
        asked = place.row.figure.suppressed is not Suppression.NOT_ASKED
        tone = Tone.HIDDEN if asked else Tone.ABSENT
        value = hidden(t, place.row.figure.suppressed).reason
    sign = place.standing.value[0] if place.standing else ""
    return Area(shape, tone, f"{place.number}{sign}", place.name, value)


def _keys(
    t: Translator, unit: Unit, limits: Sequence[float], areas: Sequence[Area], places: Sequence[_Place]
) -> list[Key]:
    """What the shades, patterns and signs mean, those that occur."""
    keys = shade_keys(t, unit, limits)
    occurring = {area.tone for area in areas}
    for tone, words in ((Tone.HIDDEN, t.gettext("hidden")), (Tone.ABSENT, _absent(t))):
        keys += [Key(words, tone)] if tone in occurring else []
    standings = {place.standing for place in places}
    return keys + [Key(t.gettext(words), sign=one.value[0]) for one, words in KEYS.items() if one in standings]


def shade_keys(t: Translator, unit: Unit, limits: Sequence[float]) -> list[Key]:
    """What the shades mean, from the lowest, for limits of :func:`class_limits`."""
    written = dataclasses.replace(unit, digits=_digits(limits, share=unit.share))
    tones = class_tones(len(limits) - 1) if limits else []
    return [
        Key(t.gettext("{low} to {high}", low=write_value(t, low, written), high=write_value(t, high, written)), tone)
        for tone, (low, high) in zip(tones, itertools.pairwise(limits), strict=True)
    ]


def _digits(limits: Sequence[float], *, share: bool) -> int:
    """Decimals that the limits need."""
    scaled = [limit * 100 if share else limit for limit in limits]
    return next((n for n in range(4) if all(abs(limit - round(limit, n)) < 1e-6 for limit in scaled)), 4)


def _table(scope: Scope, subject: _Subject, places: Sequence[_Place]) -> Table:
    """The same as the map, in words and numbers, by name."""
    t = scope.translator
    rows = [
        TableRow(
            [
                TextCell(f"{place.number} {place.name}"),
                *figure_cells(t, place.row.figure, subject.unit),
                _standing_cell(t, place.standing),
            ],
            about=dataclasses.replace(subject.about, level=place.row.level),
        )
        for place in places
    ]
    notes = [t.gettext("Places are in alphabetical order: this is not a ranking.")]
    left_out = ", ".join(t.pick(names) for names, _ in _beside(scope))
    if left_out:
        notes.append(t.gettext("Not in this survey: {names}.", names=left_out))
    sources = "; ".join(scope.ground.attributions) if scope.ground else ""
    notes.append(t.gettext("Boundaries: {sources}", sources=sources))
    columns = [
        Column(t.gettext("Territory"), Align.START, 2.4),
        *figure_columns(t, scope.level, subject.unit),
        Column(t.gettext("Interval, to all pupils"), Align.START, 1.4),
    ]
    return Table(t.gettext("{title}, by group", title=subject.title), columns, rows, " ".join(notes), folded=True)


def _standing_cell(t: Translator, found: Standing | None) -> Cell:
    if found is None:
        return EmptyCell()
    sign, words = found.value
    return TextCell(f"{sign} {t.gettext(words)}".strip())
