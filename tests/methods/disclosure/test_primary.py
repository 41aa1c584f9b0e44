import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashar.methods.disclosure import Reason, Thresholds, primary

THRESHOLDS = Thresholds(minimum_n=30, minimum_count=5, minimum_clusters=2)


def reason(n, count, *, clusters=10.0, harmless="none", unreliable=False):
    found = primary(
        THRESHOLDS,
        n=[n],
        count=[count],
        clusters=[clusters],
        harmless_none=[harmless == "none"],
        harmless_all=[harmless == "all"],
        unreliable=[unreliable],
    )
    return Reason(found[0])


@pytest.mark.parametrize(
    ("n", "count", "expected"),
    [
        (29, 10, Reason.SMALL_N),
        (30, 10, Reason.SHOWN),
        (100, 1, Reason.SMALL_COUNT),
        (100, 4, Reason.SMALL_COUNT),
        (100, 5, Reason.SHOWN),
        (100, 95, Reason.SHOWN),
        (100, 96, Reason.SMALL_COUNT),
        (100, 100, Reason.SMALL_COUNT),
        (100, 0, Reason.SHOWN),
        (20, 0, Reason.SMALL_N),
        (0, 0, Reason.SHOWN),
    ],
)
def test_a_cell_is_hidden_below_each_threshold(n, count, expected):
    assert reason(n, count) is expected


def test_a_unanimous_answer_is_shown_only_where_it_is_harmless():
    assert reason(100, 100, harmless="all") is Reason.SHOWN
    assert reason(100, 0, harmless="all") is Reason.SMALL_COUNT
    assert reason(100, 100, harmless="neither") is Reason.SMALL_COUNT
    assert reason(100, 0, harmless="neither") is Reason.SMALL_COUNT


def test_a_domain_inside_one_cluster_is_hidden():
    assert reason(100, 50, clusters=1.0) is Reason.FEW_CLUSTERS
    assert reason(100, 50, clusters=np.nan) is Reason.SHOWN


def test_a_mean_has_no_count_to_be_small():
    assert reason(100, np.nan) is Reason.SHOWN
    assert reason(12, np.nan) is Reason.SMALL_N


def test_an_unreliable_figure_is_hidden_if_asked():
    assert reason(100, 50, unreliable=True) is Reason.UNRELIABLE


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_a_shown_proportion_has_enough_pupils_on_both_sides_or_nobody_on_the_harmless_one(cell):
    n, count = cell
    safe = n >= 30 and n - count >= 5 and (count >= 5 or count == 0)
    assert (reason(n, count) is Reason.SHOWN) == safe
