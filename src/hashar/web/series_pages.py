"""What the pages of series are made of: words, rows, pictures, files."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from hashar.assess.contracts.series import Breakdown, Flag, Observation, Rate, SeriesDescription, SeriesTable
from hashar.assess.queries.series import all_observations
from hashar.i18n import N_, Translator
from hashar.places.queries import outlines
from hashar.reports.content import series as content
from hashar.reports.content.document import Chart
from hashar.reports.render.pictures import key_of
from hashar.reports.render.results import csv_text, defused
from hashar.web.downloads import as_file
from hashar.web.pictures import Picture, shown
from hashar.web.request import Request
from hashar.web.series_words import (
    CHANGES,
    DEPTHS,
    FLAGS,
    KINDS,
    MEASURES,
    PERIODS,
    SEXES,
    USES,
    breakdown_word,
    hidden_word,
    number_word,
    period_word,
)
from hashar.web.shelf import Shelf

TITLES = {
    "now": N_("Territories, {period}"),
    "map": N_("On the map, {period}: per 100,000 people"),
    "time": N_("Over time"),
}
MOST_LINES = 20_000
MOST_COLUMNS = 14
"""Periods that the table over time shows side by side; the others are in the file."""


_WORDS: Mapping[str, Mapping[Any, str]] = {
    "kind": KINDS,
    "measure": MEASURES,
    "periods": PERIODS,
    "depth": DEPTHS,
    "flag": FLAGS,
    "use": USES,
    "change": CHANGES,
    "sex": SEXES,
}


class Words:
    """The words of series in one language, for templates."""

    def __init__(self, t: Translator) -> None:
        self._t = t

    def of(self, what: str, code: object) -> str:
        """The word for a code."""
        word = _WORDS[what].get(code, str(code))
        return self._t.gettext(word) if word else ""

    def period(self, period: str) -> str:
        """A period in words; empty for none."""
        return period_word(self._t, period) if period else ""

    def number(self, value: float) -> str:
        """A number as the language writes it."""
        return number_word(self._t, value)

    def breakdown(self, breakdown: Breakdown) -> str:
        """A combination of levels in words."""
        return breakdown_word(self._t, breakdown)

    def shown(self, each: Observation) -> str:
        """The number as this person sees it, or why not."""
        value = each.own if each.own is not None else each.published.value
        return hidden_word(self._t, each.published.suppressed) if value is None else self.number(value)


@dataclass(frozen=True)
class Row:
    """One territory in the table of a period."""

    id: int
    name: str
    code: str
    number: str
    hidden_from_others: str
    """Why others do not see the number, for those who do; empty if they see it."""
    seen: bool
    rate: str
    interval: str
    no_rate: str
    population: str
    population_source: str
    remark: str
    revised: bool


def rows(t: Translator, table: SeriesTable, period: str) -> list[Row]:
    """All territories in one period, in the order of the map."""
    words = Words(t)
    return [
        _row(words, t, each, table.rates.get(each.id, Rate())) for each in table.observations if each.period == period
    ]


def _row(words: Words, t: Translator, each: Observation, rate: Rate) -> Row:
    seen = each.own is not None or each.published.value is not None
    hidden = hidden_word(t, each.published.suppressed) if each.published.value is None and each.own is not None else ""
    known = rate.rate is not None
    limits = rate.low is not None and rate.high is not None
    return Row(
        id=each.id,
        name=t.pick(each.territory_names),
        code=each.territory_code,
        number=words.shown(each),
        hidden_from_others=hidden,
        seen=seen,
        rate=t.decimal(rate.rate or 0.0, 1) if known else "",
        interval=t.gettext("{low} to {high}", low=t.decimal(rate.low or 0.0, 1), high=t.decimal(rate.high or 0.0, 1))
        if limits
        else "",
        no_rate=t.gettext(rate.no_rate) if rate.no_rate else "",
        population=t.integer(rate.population or 0) if known else "",
        population_source=rate.source if known else "",
        remark="; ".join(
            part for part in (t.gettext(FLAGS[each.flag]) if each.flag is not Flag.NONE else "", each.note) if part
        ),
        revised=each.revision > 1,
    )


@dataclass(frozen=True)
class Cell:
    """One number in the table over time."""

    id: int
    text: str
    seen: bool
    mark: str


@dataclass(frozen=True)
class Line:
    """One territory in the table over time."""

    name: str
    cells: Sequence[Cell | None]


@dataclass(frozen=True)
class TimeGrid:
    """Territories by periods, the latest periods only if there are many."""

    periods: Sequence[str]
    lines: Sequence[Line]
    left_out: int


def grid(t: Translator, table: SeriesTable) -> TimeGrid:
    """The table over time."""
    periods = table.periods[-MOST_COLUMNS:]
    found: dict[str, dict[str, Observation]] = {}
    names = {}
    for each in table.observations:
        found.setdefault(each.territory_code, {})[each.period] = each
        names[each.territory_code] = t.pick(each.territory_names)
    words = Words(t)
    lines = [
        Line(names[code], [_cell(words, by_period.get(period)) for period in periods])
        for code, by_period in found.items()
    ]
    return TimeGrid([words.period(period) for period in periods], lines, len(table.periods) - len(periods))


def _cell(words: Words, each: Observation | None) -> Cell | None:
    if each is None:
        return None
    seen = each.own is not None or each.published.value is not None
    return Cell(each.id, words.shown(each), seen, "*" if each.flag is not Flag.NONE else "")


def chosen_period(table: SeriesTable, asked: str) -> str:
    """The period that the address asks for, else the latest."""
    return asked if asked in table.periods else (table.periods[-1] if table.periods else "")


@dataclass(frozen=True)
class Choice:
    """One option of a filter of the page."""

    value: str
    word: str
    chosen: bool


def code_of(breakdown: Breakdown) -> str:
    """A combination of levels as it stands in an address."""
    return ";".join(f"{key}={level}" for key, level in breakdown)


def choices(request: Request, table: SeriesTable, period: str) -> dict[str, list[Choice]]:
    """What can be chosen on the page of a series."""
    words = Words(request.translator)
    return {
        "of": [Choice(code_of(each), words.breakdown(each), each == table.chosen) for each in table.combinations],
        "period": [Choice(each, words.period(each), each == period) for each in reversed(table.periods)],
    }


shelf: Shelf[dict[str, Chart]] = Shelf(100)


def charts(t: Translator, table: SeriesTable, period: str) -> dict[str, Chart]:
    """The charts of a page, by name; made once for the same numbers in the same language."""
    if not table.observations:
        return {}
    seen = repr((t.language, period, table.observations, table.rates))
    return shelf.get(hashlib.sha256(seen.encode()).hexdigest(), lambda: _charts(t, table, period))


def _charts(t: Translator, table: SeriesTable, period: str) -> dict[str, Chart]:
    words = Words(t)
    titles = {name: t.gettext(title, period=words.period(period)) for name, title in TITLES.items()}
    found = {"now": content.now_chart(t, table, period, title=titles["now"])}
    codes = [each.territory_code for each in table.observations if each.period == period]
    areas = outlines(codes)
    drawn_map = content.map_chart(
        t, table, period, title=titles["map"], shapes={each.code: each.geometry for each in areas.outlines}
    )
    if drawn_map is not None:
        found["map"] = drawn_map
    over_time = content.time_chart(t, table, title=titles["time"], label=words.period)
    if over_time is not None:
        found["time"] = over_time
    return found


def pictures(request: Request, table: SeriesTable, period: str, look: str) -> dict[str, Picture]:
    """The charts of a page with the addresses of their pictures."""
    query = urlencode({"of": code_of(table.chosen), "period": period})
    series = table.description.summary.id

    def picture(name: str, chart: Chart) -> Picture:
        key = key_of(chart, request.translator.language)
        return shown(chart, look, lambda kind: f"{reverse('series_picture', args=[series, name, key, kind])}?{query}")

    return {name: picture(name, chart) for name, chart in charts(request.translator, table, period).items()}


def pictures_folder(series: int) -> Path:
    """Where drawn charts of a series are kept; it can be deleted at any time."""
    return Path(settings.DATA) / "cache" / "charts" / f"series-{series}"


def number_lines(request: Request, it: SeriesDescription) -> Mapping[str, Sequence[object]]:
    """The numbers of a series as columns of a file, as the person sees them."""
    t = request.translator
    found: list[Observation] = []
    page = 1
    while len(found) < MOST_LINES:
        part = all_observations(request.actor, it.summary.id, page=page, size=1000)
        found += part.items
        page += 1
        if page > part.pages:
            break
    columns: dict[str, list[object]] = {
        "territory": [each.territory_code for each in found],
        "name": [t.pick(each.territory_names) for each in found],
        "period": [each.period for each in found],
    }
    for key in it.breakdowns:
        columns[key] = [dict(each.breakdown).get(key, "") for each in found]
    columns["value"] = [each.published.value if each.own is None else each.own for each in found]
    columns["hidden_from_others"] = [str(each.published.suppressed or "") for each in found]
    columns["flag"] = [each.flag.value for each in found]
    columns["note"] = [each.note for each in found]
    columns["measures"] = [it.summary.kind for _ in found]
    columns["source"] = [it.source for _ in found]
    return columns


def csv_file(columns: Mapping[str, Sequence[object]], name: str) -> HttpResponse:
    """A CSV file to open in a spreadsheet: with the mark of UTF-8, and no text that could be taken for a formula."""
    safe = {str(defused(head)): _defused(values) for head, values in columns.items()}
    return as_file("\ufeff" + csv_text(safe), "text/csv; charset=utf-8", name, cache="private, no-store")


def _defused(values: Iterable[object]) -> list[object]:
    return [defused(value) for value in values]
