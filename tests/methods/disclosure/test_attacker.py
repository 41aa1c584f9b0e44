import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from hashar.errors import DisclosureError
from hashar.methods.disclosure import Knowledge, attack
from tests.methods.disclosure.worlds import cross, every_world, knowledge, tables


def test_a_single_hidden_cell_is_worked_out_by_subtraction():
    system = tables([20, 3, 7, 10], [[(0, -1.0), (1, 1.0), (2, 1.0), (3, 1.0)]])
    hidden = np.array([False, True, False, False])
    found = attack(knowledge(system, hidden), hidden, system.width)
    assert (found.low[0], found.high[0]) == (3, 3)
    assert found.recovered.all()
    assert found.exact.all()


def test_two_hidden_cells_of_one_row_protect_each_other():
    system = tables([20, 3, 7, 10], [[(0, -1.0), (1, 1.0), (2, 1.0), (3, 1.0)]])
    hidden = np.array([False, True, True, False])
    found = attack(knowledge(system, hidden), hidden, system.width)
    assert found.low.tolist() == [0, 0]
    assert found.high.tolist() == [10, 10]
    assert not found.recovered.any()


def test_a_known_limit_can_recover_a_cell():
    """15 users among 10 boys and 5 girls are all of them."""
    system = tables([15, 10, 5], [[(0, -1.0), (1, 1.0), (2, 1.0)]], upper=[40, 10, 5])
    hidden = np.array([False, True, True])
    found = attack(knowledge(system, hidden), hidden, system.width)
    assert found.recovered.all()
    assert found.low.tolist() == found.high.tolist() == [10, 5]


def test_whole_numbers_narrow_a_range_that_fractions_leave_open():
    """2a + 2b = 2c + 1 … has no solution in pupils: x = 2a − 3b ∈ {0, 1} leaves fewer worlds than its fractions do."""
    matrix = sparse.csr_array(np.array([[2.0, 2.0, -1.0]]))
    start = Knowledge(
        matrix, np.array([0.0]), np.array([False]), np.zeros(3), np.array([3.0, 3.0, 5.0]), np.ones(3, bool)
    )
    found = attack(start, [False, False, True], np.full(3, 5.0))
    assert found.high.tolist() == [4.0]
    loose = Knowledge(start.matrix, start.constant, start.at_least, start.low, start.high, np.zeros(3, dtype=bool))
    assert attack(loose, [False, False, True], np.full(3, 5.0)).high.tolist() == [5.0]


def test_a_hidden_number_that_can_only_be_one_thing_needs_no_program():
    system = tables([5, 0, 5], [[(0, -1.0), (1, 1.0), (2, 1.0)]], upper=[10, 0, 10])
    hidden = np.array([False, True, False])
    found = attack(knowledge(system, hidden), hidden, system.width)
    assert (found.low[0], found.high[0], found.recovered[0]) == (0, 0, False)


def test_numbers_without_relations_stay_open():
    system = tables([5, 6], [])
    hidden = np.array([True, True])
    found = attack(knowledge(system, hidden), hidden, system.width)
    assert found.high.tolist() == system.upper.tolist()


def test_a_large_part_is_attacked_at_a_glance_first():
    generator = np.random.default_rng(7)
    values, rows = cross(generator.integers(3, 30, size=(8, 9)))
    system = tables(values, rows, upper=np.full(values.size, 1e4))
    hidden = np.arange(values.size) > 17
    found = attack(knowledge(system, hidden), hidden, system.width)
    assert not found.recovered.any()
    assert np.all((found.low <= values[hidden] + 1e-6) | ~found.exact)
    everything = attack(knowledge(system, hidden), hidden, system.width, exhaustive=True)
    assert everything.exact.all()
    assert np.all(everything.low <= found.low + 1e-6)
    assert np.all(everything.high >= found.high - 1e-6)


def test_a_glance_that_gets_nowhere_is_given_up():
    """All but one row of a large table is printed: each hidden cell is found by subtraction."""
    generator = np.random.default_rng(7)
    values, rows = cross(generator.integers(3, 30, size=(3, 50)))
    system = tables(values, rows, upper=np.full(values.size, 1e4))
    hidden = (np.arange(values.size) >= 54) & (np.arange(values.size) < 104)
    found = attack(knowledge(system, hidden), hidden, system.width)
    assert found.recovered.all()
    assert found.low.tolist() == values[hidden].tolist()


def test_printed_numbers_that_contradict_each_other_are_refused():
    system = tables([20, 3, 7, 10], [[(0, -1.0), (1, 1.0), (2, 1.0), (3, 1.0)]])
    start = knowledge(system, np.array([False, True, True, False]))
    start.high[[1, 2]] = 2.0
    with pytest.raises(DisclosureError, match="could not be finished"):
        attack(start, [False, True, True, False], system.width)


@st.composite
def small_release(draw):
    shape = draw(st.tuples(st.integers(1, 2), st.integers(2, 3)))
    counts = draw(st.lists(st.integers(0, 4), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]))
    values, rows = cross(np.reshape(counts, shape))
    system = tables(values, rows, upper=values + draw(st.integers(0, 2)), width=2.0)
    hidden = np.zeros(values.size, dtype=bool)
    hidden[draw(st.lists(st.integers(0, values.size - 1), max_size=5))] = True
    return system, hidden


@settings(max_examples=40, deadline=None)
@given(small_release())
def test_the_ranges_are_those_of_all_possible_worlds(release):
    system, hidden = release
    worlds = every_world(system, hidden)
    found = attack(knowledge(system, hidden), hidden, system.width, exhaustive=True)
    assert found.low.tolist() == worlds[:, hidden].min(axis=0).tolist()
    assert found.high.tolist() == worlds[:, hidden].max(axis=0).tolist()
