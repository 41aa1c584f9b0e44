import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.errors import DisclosureError
from hashar.methods.disclosure import Relations, attack, complementary
from tests.methods.disclosure.worlds import cross, every_world, knowledge, tables

ROW = [[(0, -1.0), (1, 1.0), (2, 1.0), (3, 1.0)]]


def test_nothing_is_hidden_where_nothing_is_disclosive():
    found = complementary(tables([20, 3, 7, 10], ROW), [False] * 4)
    assert not found.hidden.any()
    assert not found.exposed.any()


def test_the_cheapest_sibling_is_hidden_and_not_the_total():
    found = complementary(tables([20, 3, 7, 10], ROW, cost=[1000, 1, 2, 1]), [False, True, False, False])
    assert found.hidden.tolist() == [False, True, False, True]


def test_a_sibling_that_gives_no_cover_is_passed_over():
    """Hiding a 0 beside a 3 leaves the 3 between 0 and 3 only."""
    found = complementary(tables([13, 3, 0, 10], ROW, cost=[1000, 1, 0.1, 1], width=5.0), [False, True, False, False])
    assert found.hidden[3]


def test_the_total_is_hidden_where_nothing_else_covers():
    found = complementary(
        tables([3, 3, 0, 0], ROW, cost=[1000, 1, 1, 1], upper=[50, 20, 0, 0]), [False, True, False, False]
    )
    assert found.hidden[0]


def test_a_crossed_table_is_protected_in_both_directions():
    values, rows = cross([[2, 20, 30], [25, 18, 22], [40, 33, 19]])
    first = np.arange(values.size) == 7
    found = complementary(tables(values, rows, cost=[1000, *[100] * 6, *[1] * 9]), first)
    inner = found.hidden[7:].reshape(3, 3)
    assert not found.hidden[:7].any()
    assert inner.sum() == 4
    assert inner.sum(axis=0).tolist().count(2) == inner.sum(axis=1).tolist().count(2) == 2


def test_quantities_of_one_cell_are_hidden_together():
    system = tables([20, 3, 7, 10, 50, 30, 10, 10], [*ROW, [(4, -1.0), (5, 1.0), (6, 1.0), (7, 1.0)]])
    object.__setattr__(system, "group", np.array([0, 1, 2, 3, 0, 1, 2, 3]))
    object.__setattr__(system, "stage", np.array([0] * 4 + [1] * 4))
    found = complementary(system, [False, True, False, False])
    assert found.hidden.sum() == 2


def test_a_quantity_that_nothing_can_protect_is_reported():
    """All that is unknown adds up to a known number: one alone has nowhere to go."""
    found = complementary(tables([3], [[(0, 1.0)]]), [True])
    assert found.exposed.tolist() == [True]


def test_a_derived_count_hides_its_parts_too():
    """Any drug ≥ cannabis and any drug ≤ cannabis + other: 12 = 12 + 0 tells that nobody used the other only."""
    rows = [[(0, 1.0), (1, -1.0)], [(1, 1.0), (2, 1.0), (0, -1.0)]]
    system = tables([12, 3, 9], rows, upper=[50, 50, 50], at_least=[True, True], width=5.0)
    hidden = complementary(system, [False, True, False]).hidden
    found = attack(knowledge(system, hidden), hidden, np.where([False, True, False], 5.0, 1.0))
    assert not found.recovered.any()


def test_an_inequality_that_the_data_break_is_no_relation():
    found = Relations.build([[(0, 1.0), (1, -1.0)], [(1, 1.0), (0, -1.0)]], [True, True], [2.0, 5.0])
    assert found.at_least.tolist() == [True]
    assert found.matrix.toarray().tolist() == [[-1.0, 1.0]]


def test_impossible_counts_are_refused():
    with pytest.raises(DisclosureError, match="2 numbers"):
        tables([5, 3, -1], [], upper=[4, 10, 10])


def test_a_solver_that_finds_no_possible_world_publishes_nothing():
    system = tables([20, 3, 7, 10], ROW)
    system.upper[1] = 1.0  # spoilt after its checks: the true value is above what anyone could believe
    with pytest.raises(DisclosureError, match="could not be finished"):
        complementary(system, [False, True, False, False])


@st.composite
def release(draw):
    shape = draw(st.tuples(st.integers(2, 4), st.integers(2, 4)))
    counts = draw(st.lists(st.integers(0, 15), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]))
    values, rows = cross(np.reshape(counts, shape))
    system = tables(values, rows, upper=2 * values + 5, width=3.0, cost=[1000, *[10] * sum(shape), *[1] * len(counts)])
    return system, (values > 0) & (values < draw(st.integers(1, 5)))


@settings(max_examples=60, deadline=None)
@given(release())
def test_no_hidden_cell_of_a_random_release_is_recovered(drawn):
    system, first = drawn
    suppressed = complementary(system, first)
    assert not suppressed.exposed.any()
    assert suppressed.hidden[first].all()
    found = attack(knowledge(system, suppressed.hidden), suppressed.hidden, system.width)
    assert not found.recovered.any()


@settings(max_examples=60, deadline=None)
@given(release())
def test_without_complements_the_attacker_wins(drawn):
    """The planted failure: the attack must notice whenever subtraction is enough."""
    system, first = drawn
    found = attack(knowledge(system, first), first, system.width)
    matrix = abs(system.relations.matrix).toarray() > 0
    alone = (matrix[:, first].sum(axis=1) == 1)[:, None] & matrix
    exposed = np.flatnonzero(alone.any(axis=0) & first)
    assert set(exposed) <= set(found.target[found.recovered])


def test_a_protected_release_leaves_several_possible_worlds():
    values, rows = cross([[1, 3], [4, 2]])
    system = tables(values, rows, upper=values + 2, width=2.0, cost=[100, 10, 10, 10, 10, 1, 1, 1, 1])
    hidden = complementary(system, values == 1).hidden
    worlds = every_world(system, hidden)
    assert np.all(np.ptp(worlds[:, hidden], axis=0) >= 2)
