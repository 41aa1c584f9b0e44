from hypothesis import given
from hypothesis import strategies as st

from hashar.assess.rules.line_merge import chunks, merge, transplant

lines = st.lists(st.sampled_from(["a\n", "b\n", "  c\n", "d\n"]), max_size=8).map("".join)


@given(base=lines, changed=lines)
def test_what_only_one_changed_is_taken(base, changed):
    assert merge(base, changed, base) == (changed, 0)
    assert merge(base, base, changed) == (changed, 0)
    assert merge(base, changed, changed) == (changed, 0)


@given(base=lines, mine=lines, theirs=lines)
def test_nothing_of_either_is_lost(base, mine, theirs):
    both, clashes = merge(base, mine, theirs)
    if clashes:
        assert both.count("# >>> theirs") == both.count("# >>> mine") == clashes
        for chunk in chunks(base, mine, theirs):
            if chunk.clash:
                assert "".join(chunk.mine) in both
                assert "".join(chunk.theirs) in both


def test_changes_in_different_places_are_both_taken():
    base = "a: 1\nb: 2\nc: 3\n"
    assert merge(base, "a: 9\nb: 2\nc: 3\n", "a: 1\nb: 2\nc: 8\n") == ("a: 9\nb: 2\nc: 8\n", 0)


def test_where_both_changed_one_line_both_stand_under_comments():
    both, clashes = merge("x\n  a: 1\n", "x\n  a: 2", "x\n  a: 3\n")
    assert clashes == 1
    assert both == "x\n  # >>> theirs\n  a: 3\n  # >>> mine\n  a: 2\n"


def test_a_clash_with_something_deleted_is_one():
    both, clashes = merge("a\n", "", "b\n")
    assert clashes == 1
    assert "b\n" in both


def test_a_change_is_made_in_a_text_of_another_layout():
    assert transplant("a: {b: 1}\nc: 2\n", "a: {b: 1}\nc: 3\n", "a:   {b: 1}   # why\nc: 2\n") == (
        "a:   {b: 1}   # why\nc: 3\n"
    )


@given(base=lines, original=lines)
def test_no_change_leaves_every_letter(base, original):
    assert transplant(base, base, original) == original


def test_where_the_layout_has_other_lines_the_changed_ones_are_taken():
    assert transplant("a: {b: 1}\nc: 2\n", "a: {b: 1}\nc: 3\n", "a:\n  b: 1\nc:  2\n") == "a: {b: 1}\nc: 3\n"
