"""Which numbers of a register others do not see."""

from itertools import product

import pytest

from hashar.assess.analysis import series_release
from hashar.assess.analysis.series_release import SETTINGS, Count, suppressed
from hashar.assess.contracts.published import Suppression
from hashar.assess.contracts.series import Measure
from hashar.errors import DisclosureError


def counts(values, period="2022"):
    """A table of (territory, breakdown) → value as counts with ids in order."""
    return [Count(at, place, period, pairs, value) for at, ((place, pairs), value) in enumerate(values.items())]


def region(code):
    return ("KZ", code)


def sex(level):
    return (("sex", level),)


def test_large_counts_are_shown():
    assert suppressed(counts({(region("A"), ()): 5, (region("B"), ()): 900}), Measure.PEOPLE) == {}


def test_a_small_count_is_hidden_and_zero_is_not():
    found = suppressed(counts({(region("A"), ()): 4, (region("B"), ()): 0, (region("C"), ()): 30}), Measure.EVENTS)
    assert found == {0: Suppression.SMALL_COUNT}


@pytest.mark.parametrize("measure", [Measure.AMOUNT, Measure.SHARE])
def test_amounts_and_shares_are_about_nobody(measure):
    assert suppressed(counts({(region("A"), ()): 1}), measure) == {}


def test_a_total_hides_a_second_region():
    found = suppressed(
        counts({(region("A"), ()): 2, (region("B"), ()): 20, (region("C"), ()): 30, (("KZ",), ()): 52}), Measure.PEOPLE
    )
    assert found[0] is Suppression.SMALL_COUNT
    assert len(found) == 2


def test_totals_over_breakdowns_and_regions_cannot_be_solved():
    """No hidden cell can be worked out from row sums, column sums and the total."""
    cells = {
        (region(place), sex(level)): value
        for (place, level), value in zip(product("ABC", "fm"), (2, 30, 25, 40, 35, 28), strict=True)
    }
    table = dict(cells)
    for place in "ABC":
        table[(region(place), ())] = sum(value for (where, _), value in cells.items() if where == region(place))
    for level in "fm":
        table[(("KZ",), sex(level))] = sum(value for (_, pairs), value in cells.items() if pairs == sex(level))
    table[(("KZ",), ())] = sum(cells.values())
    found = suppressed(counts(table), Measure.PEOPLE)
    hidden = {list(table)[at] for at in found}
    assert (region("A"), sex("f")) in hidden
    for line in (
        [(region("A"), sex("f")), (region("A"), sex("m")), (region("A"), ())],
        [(region(p), sex("f")) for p in "ABC"] + [(("KZ",), sex("f"))],
    ):
        assert len(hidden & set(line)) != 1


def test_periods_do_not_help_each_other():
    found = suppressed(
        [*counts({(region("A"), ()): 2}, "2021"), Count(9, region("A"), "2022", (), 40.0)], Measure.PEOPLE
    )
    assert set(found) == {0}


def test_districts_and_towns_add_up_to_regions():
    table = {
        (("KZ", "A", "A1"), ()): 30,
        (("KZ", "A", "A2"), ()): 3,
        (("KZ", "A", "A3"), ()): 40,
        (("KZ", "A"), ()): 73,
        (("KZ", "A", "A1", "T"), ()): 12,
        (("KZ", "A", "A1", "T", "street"), ()): 50,
    }
    found = suppressed(counts(table), Measure.PEOPLE)
    assert found[1] is Suppression.SMALL_COUNT
    assert len({0, 2, 3} & set(found)) == 1


def test_where_no_safe_choice_is_found_the_period_is_hidden(monkeypatch):
    def give_up(self):
        raise DisclosureError("no")

    monkeypatch.setattr(series_release.ReleaseDraft, "release", give_up)
    series_release._decided.cache_clear()
    found = suppressed(counts({(region("A"), ()): 2, (region("B"), ()): 200}), Measure.PEOPLE)
    series_release._decided.cache_clear()
    assert found == {0: Suppression.COMPLEMENTARY, 1: Suppression.COMPLEMENTARY}


def test_the_order_of_the_numbers_does_not_matter():
    table = counts({(region("A"), ()): 2, (region("B"), ()): 20, (region("C"), ()): 30, (("KZ",), ()): 52})
    assert suppressed(table, Measure.PEOPLE) == suppressed(table[::-1], Measure.PEOPLE)


def test_the_minimum_is_that_of_surveys():
    assert SETTINGS.minimum_count == 5
