import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from hashar.web.codebooks import differences
from hashar.web.forms.codebooks.rules import lists_of, lists_text
from hashar.web.forms.codebooks.scales import points_of
from hashar.web.forms.codebooks.values import codes_of, codes_text, gathered, spread

words = st.text(st.characters(categories=("L", "Nd")), min_size=1, max_size=8)
codes = st.one_of(st.integers(-99, 999), st.floats(-9, 9).map(lambda x: round(x, 2)).filter(lambda x: x % 1), words)


@given(st.lists(codes, max_size=8))
def test_codes_are_read_as_they_are_written(value):
    assert codes_of(codes_text(value)) == value


@given(st.lists(st.integers(0, 60), unique=True, max_size=20).map(sorted))
def test_ranges_say_the_same_codes(value):
    assert spread(gathered(value)) == value


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1, 2..4; 'yes'", [1, "2..4", "yes"]), ("", []), (' "1" ', ["1"]), (" , ", []), ("-1, 2.5", [-1, 2.5])],
)
def test_codes_as_people_type_them(typed, read):
    assert codes_of(typed) == read


@pytest.mark.parametrize(("typed", "read"), [("1=0, 2=1", {1: 0, 2: 1}), ("yes=1.5", {"yes": 1.5}), ("", {})])
def test_points_as_people_type_them(typed, read):
    assert points_of(typed) == read


@pytest.mark.parametrize("typed", ["1", "1=a", "=1", "1,2=3", "1="])
def test_points_that_cannot_be_read(typed):
    with pytest.raises(ValidationError):
        points_of(typed)


@pytest.mark.parametrize("value", [[[1], []], [[], ["2..7"]], [1, 2], []])
def test_lists_in_brackets_are_read_as_they_are_written(value):
    assert lists_of(lists_text(value)) == value


@pytest.mark.parametrize("typed", ["[1", "1]", "[1] x [2]", "[[1]"])
def test_brackets_that_do_not_fit(typed):
    with pytest.raises(ValidationError):
        lists_of(typed)


def test_differences_stand_side_by_side_with_what_is_around():
    left = "".join(f"{n}\n" for n in range(30))
    rows = differences(left, left.replace("15\n", "15a\n15b\n"))
    assert [row.kind for row in rows] == ["gap", "same", "same", "same", "changed", "changed", "same", "same", "same"]
    assert (rows[4].left.number, rows[4].right.text) == (16, "15a")
    assert differences(left, left) == []
