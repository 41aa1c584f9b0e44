"""Findings on the map: no shade finer than the intervals, nothing hidden looks low, nobody is ranked."""

import dataclasses
import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hashar.assess.contracts.profile import Breakdown, Row
from hashar.assess.contracts.published import Published, Suppression
from hashar.i18n import Translator
from hashar.reports.content.cells import Unit
from hashar.reports.content.document import Chart, HiddenCell, Reference
from hashar.reports.content.maps import CLASSES
from hashar.reports.content.scope import Ground, Scope
from hashar.reports.content.territories import Standing, class_limits, map_blocks, standing
from tests.reports.content.test_maps import box
from tests.reports.sample import hidden, sample_profile, shown, text

ABOUT = Reference("indicator", "alcohol30")
NAMES = {"Z": "Zeta", "A": "Alpha", "M": "Mu", "H": "Hidden", "N": "Nobody asked"}
GROUND = Ground(
    shapes={code: box(60 + 4 * at, 40, 3) for at, code in enumerate(NAMES)},
    beside=[(text("Beside"), box(60, 46, 3))],
    attributions=["© somebody"],
)


def breakdown(**figures):
    rows = [Row(code.lower(), text(NAMES[code]), figure, code) for code, figure in figures.items()]
    return Breakdown("region", text("Region"), rows, role="place")


def drawn(found, total=None, ground=GROUND, **options):
    scope = Scope(sample_profile(), Translator("en"), ground)
    return map_blocks(scope, "Alcohol", ABOUT, total or shown(0.2, n=5000), [found], **options)


USUAL = {
    "Z": shown(0.4, n=900),
    "A": shown(0.1, n=900),
    "M": shown(0.2, n=900),
    "H": hidden(Suppression.SMALL_N),
    "N": hidden(Suppression.NOT_ASKED),
}


def styles(chart):
    return [layer["mark"]["style"] for layer in chart.wide["layer"]]


def key_of(chart):
    words = next(layer for layer in chart.wide["layer"] if layer["mark"]["style"] == "map-key")
    return [one["label"].replace("\n", " ") for one in words["data"]["values"]]


def test_territories_stand_by_name_with_their_numbers_never_by_value():
    _, _, chart = drawn(breakdown(**USUAL))
    assert [row.cells[0].text for row in chart.table.rows] == [
        "1 Alpha",
        "2 Hidden",
        "3 Mu",
        "4 Nobody asked",
        "5 Zeta",
    ]
    assert "not a ranking" in chart.table.note
    assert chart.alternative.endswith("1 Alpha, 2 Hidden, 3 Mu, 4 Nobody asked, 5 Zeta.")


def test_hidden_absent_and_low_are_three_different_things():
    _, _, chart = drawn(breakdown(**USUAL))
    assert {"area-1", "area-hidden", "pattern-lines", "area-absent", "pattern-dots"} <= set(styles(chart))
    absent = chart.wide["layer"][styles(chart).index("area-absent")]["data"]["values"]
    assert [one.get("label", "key") for one in absent] == ["Beside", "Nobody asked", "key"]
    assert "hidden" in key_of(chart)
    assert "not asked, or not in this survey" in key_of(chart)
    assert "Not in this survey: Beside." in chart.table.note
    assert "© somebody" in chart.table.note


def test_a_hidden_number_is_nowhere_on_the_map():
    _, _, chart = drawn(breakdown(**USUAL))
    said = chart.wide["layer"][styles(chart).index("area-hidden")]["data"]["values"][0]
    assert said["value"] == "hidden: too few pupils answered"
    assert isinstance(chart.table.rows[1].cells[1], HiddenCell)


def test_a_sign_and_a_word_mark_whose_whole_interval_is_on_one_side():
    _, reading, chart = drawn(breakdown(**USUAL))
    assert [row.cells[-1].text for row in chart.table.rows if hasattr(row.cells[-1], "text")] == [
        "▼ below",
        "not told apart",
        "▲ above",
    ]
    labels = chart.wide["layer"][styles(chart).index("map-label")]["data"]["values"]
    assert {one["label"] for one in labels} == {"1▼", "2", "3", "4", "5▲"}
    assert "By chance alone about 5%" in reading.spans[0].text
    assert "whole interval above the figure of all pupils" in key_of(chart)


def test_without_any_mark_it_says_that_the_data_tell_nobody_apart():
    alike = {code: shown(0.2 + at / 100, n=200) for at, code in enumerate(("A", "M", "Z"))}
    _, reading, chart = drawn(breakdown(**alike))
    assert "these data do not tell any territory from the whole" in reading.spans[0].text
    assert len([style for style in styles(chart) if style.startswith("area-") and style[-1].isdigit()]) == 1
    assert not {"▲", "▼"} & set(key_of(chart))


@pytest.mark.parametrize("total", [hidden(), shown(float("nan"))])
def test_where_the_whole_is_not_shown_nothing_is_compared(total):
    _, reading, chart = drawn(breakdown(**USUAL), total=total)
    assert reading.spans[0].text.startswith("No shade is narrower")
    assert "pupils" not in reading.spans[0].text
    assert "▲" not in key_of(chart)


def test_all_hidden_is_a_map_without_shades():
    _, _, chart = drawn(breakdown(A=hidden(), M=hidden(Suppression.FEW_CLUSTERS)))
    assert not any(style[-1].isdigit() for style in styles(chart))


def test_a_figure_without_an_interval_is_not_shaded():
    whole = shown(0.2).value
    open_ended = Published(dataclasses.replace(whole, ci_high=float("nan")))
    assert standing(open_ended.value, whole) is None
    _, _, chart = drawn(breakdown(A=open_ended, M=shown(0.3), Z=shown(0.1)))
    assert chart.wide["layer"][styles(chart).index("area-hidden")]["data"]["values"][0]["label"] == "Alpha"


def test_there_is_no_map_without_boundaries_places_or_company():
    assert drawn(breakdown(**USUAL), ground=None) == []
    assert drawn(breakdown(**USUAL), ground=dataclasses.replace(GROUND, shapes={})) == []
    assert drawn(breakdown(A=shown(0.2))) == []
    assert drawn(dataclasses.replace(breakdown(**USUAL), role="")) == []


def test_what_surrounds_is_left_away_where_it_is_not_known():
    _, _, chart = drawn(breakdown(A=shown(0.2), M=shown(0.3)), ground=dataclasses.replace(GROUND, beside=()))
    assert "Not in this survey" not in chart.table.note
    assert "area-absent" not in styles(chart)


def test_means_are_written_in_their_unit():
    figures = {code: shown(0.5, n=900) for code in "AMZ"}
    ages = {
        code: Published(dataclasses.replace(one.value, estimate=12.0 + at, ci_low=11.8 + at, ci_high=12.2 + at))
        for at, (code, one) in enumerate(figures.items())
    }
    chart = drawn(breakdown(**ages), unit=Unit(share=False, name="years"), total=ages["M"])[-1]
    assert isinstance(chart, Chart)
    written = [one for one in key_of(chart) if " to " in one]
    assert (written[0], written[-1], len(written)) == ("11.5 to 12.0", "13.5 to 14.0", 5)
    assert chart.table.columns[1].title == "Mean, years"


def test_the_standing_is_that_of_the_whole_interval():
    total = shown(0.2, n=5000).value
    assert standing(shown(0.4, n=900).value, total) is Standing.ABOVE
    assert standing(shown(0.05, n=900).value, total) is Standing.BELOW
    assert standing(shown(0.21, n=900).value, total) is Standing.OPEN
    assert standing(None, total) is None


FIGURE = st.tuples(st.floats(0, 1), st.floats(0, 0.5))


@settings(max_examples=60, deadline=None)
@example([(0.0, 0.1), (1e-14, 0.1)])
@given(st.lists(FIGURE, min_size=1, max_size=20))
def test_classes_hold_every_figure_and_none_is_narrower_than_the_typical_interval(pairs):
    whole = shown(0.2).value
    figures = [dataclasses.replace(whole, estimate=e, ci_low=e - w / 2, ci_high=e + w / 2) for e, w in pairs]
    limits, between = class_limits(figures)
    assert limits == sorted(set(limits))
    assert len(limits) - 1 in CLASSES
    assert between == limits[1:-1]
    assert all(limits[0] - 1e-9 <= e <= limits[-1] + 1e-9 for e, _ in pairs)
    widths = sorted(w for _, w in pairs)
    low_median = widths[(len(widths) - 1) // 2]
    values = [e for e, _ in pairs]
    if len(limits) > 2:
        assert min(b - a for a, b in itertools.pairwise(limits[:-1])) >= low_median - 1e-6
    if max(values) - min(values) <= low_median:
        assert between == []
