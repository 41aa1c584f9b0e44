import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.assess.contracts.published import Reliability
from hashar.i18n import Translator
from hashar.reports.content.cells import Unit
from hashar.reports.content.charts import (
    BarRow,
    DotRow,
    Trend,
    TrendPoint,
    dots,
    highest,
    probabilities,
    ticks,
    trends,
    wrap,
)
from tests.reports.sample import LONG_KK, LONG_RU, shown

EN = Translator("en")


@settings(max_examples=60, deadline=None)
@given(st.floats(min_value=0.0, max_value=1.0))
def test_ticks_start_at_zero_and_reach_the_highest_limit(high):
    values = ticks(high)
    assert values[0] == 0
    assert values[-1] >= min(high, 1.0) - 1e-9
    assert len(values) <= 6
    assert values[-1] <= 1.0


@settings(max_examples=60, deadline=None)
@given(st.floats(min_value=0.0, max_value=500.0))
def test_ticks_of_plain_numbers_reach_the_highest_limit(high):
    values = ticks(high, share=False)
    assert values[-1] >= high - 1e-9
    assert len(values) <= 6


@pytest.mark.parametrize("label", [LONG_RU, LONG_KK, "x" * 200])
def test_no_line_of_a_label_is_longer_than_its_column(label):
    assert all(len(line) <= 40 for line in wrap(label, 40, 4).split("\n"))


def layers(spec, style):
    return [layer for layer in spec["layer"] if layer["mark"].get("style", "").startswith(style)]


def test_each_reliability_has_its_own_mark():
    rows = [DotRow(r.value, shown(0.2, reliability=r).value) for r in Reliability]
    wide, narrow = dots(EN, rows)
    for spec in (wide, narrow):
        assert {layer["mark"]["style"] for layer in layers(spec, "point-")} == {f"point-{r.value}" for r in Reliability}


def test_a_hidden_number_leaves_only_its_reason_in_the_chart():
    wide, _ = dots(EN, [DotRow("a", shown(0.2).value), DotRow("b", hidden="hidden: too few pupils answered")])
    item = wide["data"]["values"][1]
    assert item["value"] == "hidden: too few pupils answered"
    assert not {"estimate", "low", "high"} & item.keys()


def test_lines_do_not_overlap_however_long_their_labels():
    rows = [DotRow("a", shown(0.2).value), DotRow(LONG_RU, shown(0.2).value), DotRow("Group", heading=True)]
    wide, narrow = dots(EN, rows)
    for spec in (wide, narrow):
        data = spec["data"]["values"]
        for upper, lower in itertools.pairwise(data):
            room = 13.5 * (upper["lines"] + lower["lines"]) / 2 if spec is wide else 13.5 * lower["lines"]
            assert lower["y"] - upper["y"] >= room
        assert data[-1]["y"] < spec["height"]


def test_the_reference_is_drawn_where_there_is_one():
    with_reference, _ = dots(EN, [DotRow("a", shown(0.2).value, reference=0.5)])
    without, _ = dots(EN, [DotRow("a", shown(0.2).value)])
    assert layers(with_reference, "reference")
    assert not layers(without, "reference")
    assert highest([DotRow("a", shown(0.2).value, reference=0.5)]) == 0.5


def test_means_have_plain_numbers_on_their_axis():
    unit = Unit(share=False, digits=1)
    wide, _ = dots(EN, [DotRow("a", shown(0.9).value)], unit)
    assert layers(wide, "point-")[0]["encoding"]["x"]["axis"]["format"] in {",.0f", ",.1f"}


def test_firm_and_arguable_bars_differ_in_more_than_colour():
    wide, _ = probabilities(EN, [BarRow("a", 0.9, firm=True), BarRow("b", 0.4, firm=False)], 0.8)
    assert layers(wide, "bar-firm")
    assert layers(wide, "bar-arguable")
    assert [item["value"] for item in wide["data"]["values"]] == ["90%", "40%"]


def test_a_change_that_is_not_shown_is_a_broken_line():
    points = [TrendPoint("2021", shown(0.2).value), TrendPoint("2024", shown(0.3).value)]
    wide, narrow = trends(EN, [Trend("a", points, shown=True), Trend("b", points, shown=False)])
    for spec in (wide, narrow):
        assert layers(spec["concat"][0], "trend-shown")
        assert layers(spec["concat"][1], "trend-open")
