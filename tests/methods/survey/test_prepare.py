import numpy as np
import pytest
from hypothesis import given, settings

from hashar.errors import DesignError, EstimationError
from hashar.methods.survey.design import Design
from hashar.methods.survey.frame import Frame
from hashar.methods.survey.prepare import factorise, pair_columns, prepare, rows
from tests.methods.survey.cell_surveys import cell_surveys


@given(cell_surveys(lonely=True))
@settings(max_examples=25, deadline=None)
def test_the_first_stage_is_that_of_the_design(survey):
    sample, design = survey.rows(), survey.whole()
    stage = design.stages[0]
    np.testing.assert_array_equal(sample.cluster, stage.unit)
    np.testing.assert_array_equal(sample.frame.stratum, stage.stratum)
    np.testing.assert_array_equal(sample.frame.population, stage.population)
    np.testing.assert_array_equal(sample.frame.sampled, stage.sampled)
    np.testing.assert_array_equal(sample.frame.lonely, stage.lonely)
    assert sample.frame.df == design.df


@given(cell_surveys())
@settings(max_examples=25, deadline=None)
def test_rows_are_in_the_order_of_clusters_and_nothing_is_lost(survey):
    prepared = survey.prepared()
    clusters = prepared.arrange(survey.rows().cluster)
    assert (np.diff(clusters) >= 0).all()
    assert sorted(prepared.order.tolist()) == list(range(survey.n))
    np.testing.assert_array_equal(prepared.weights, prepared.arrange(survey.design["weights"]))
    for j, column in enumerate(survey.answers.values()):
        np.testing.assert_array_equal(prepared.answers[:, j], prepared.arrange(column))
    np.testing.assert_array_equal(prepared.numbers[:, 0], prepared.arrange(survey.numbers["score"]))
    assert prepared.items == ("q0", "q1", "q2", "score")
    np.testing.assert_array_equal(np.bincount(clusters), np.diff(prepared.start))


def test_groups_are_brought_into_the_order_of_the_rows():
    prepared = prepare(rows(weights=np.ones(3), clusters=[2, 1, 2]), groups={"sex": [0, 1, -1]})
    assert prepared.groups["sex"].tolist() == [1, 0, -1]
    assert prepared.top == 0


def test_names_of_clusters_may_be_words():
    sample = rows(
        weights=np.ones(4),
        strata=np.array(["b", "a", "a", "b"], dtype=object),
        clusters=np.array(["x", "y", "z", "x"], dtype=object),
    )
    assert sample.frame.stratum_names.tolist() == ["a", "b"]
    assert sample.frame.cluster_names.tolist() == ["y", "z", "x"]
    assert sample.cluster.tolist() == [2, 0, 1, 2]


def test_without_clusters_every_row_is_one():
    assert rows(weights=np.ones(3), strata=[1, 1, 2]).frame.clusters == 3


def test_the_same_cluster_code_in_two_strata_needs_nesting():
    given_ = {"weights": np.ones(4), "strata": [1, 1, 2, 2], "clusters": [1, 2, 1, 2]}
    with pytest.raises(DesignError, match="Cluster 1 is in stratum 1 and in stratum 2"):
        rows(**given_)
    assert rows(**given_, nest=True).frame.clusters == 4


@pytest.mark.parametrize("weight", [0.0, -1.0, np.nan, np.inf])
def test_a_weight_that_is_none_is_refused_with_its_row(weight):
    with pytest.raises(DesignError, match="first is row 2"):
        rows(weights=[1.0, weight], clusters=[1, 2])


def test_a_missing_stratum_is_refused_with_its_row():
    with pytest.raises(DesignError, match=r"1 rows have no stratum .the first is row 3"):
        rows(weights=np.ones(3), strata=[1.0, 1.0, np.nan], clusters=[1, 2, 3])


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(DesignError, match="different lengths"):
        rows(weights=np.ones(3), clusters=[1, 2])


def test_cells_of_a_design_with_later_stages_are_refused():
    design = Design.build(
        weights=np.ones(4), clusters=np.array([[1, 1], [1, 2], [2, 1], [2, 2]]), fpc=np.full((4, 2), 9)
    )
    with pytest.raises(DesignError, match="first stage of sampling only"):
        Frame.from_design(design)


@pytest.mark.parametrize("column", [[0, 127], [-2, 0], [0.5, 1.0]])
def test_an_answer_code_that_does_not_fit_into_a_byte_is_refused(column):
    with pytest.raises(EstimationError, match="answers to q must be whole numbers"):
        prepare(rows(weights=np.ones(2), clusters=[1, 2]), answers={"q": column})


def test_a_column_of_another_length_is_refused():
    sample = rows(weights=np.ones(2), clusters=[1, 2])
    with pytest.raises(EstimationError, match="q has 3 rows, the design 2"):
        prepare(sample, answers={"q": [0, 1, 1]})
    with pytest.raises(EstimationError, match="x has 1 rows, the design 2"):
        prepare(sample, numbers={"x": [1.0]})


def test_an_infinite_number_is_refused():
    with pytest.raises(EstimationError, match=r"x is infinite in 1 rows .the first is row 2"):
        prepare(rows(weights=np.ones(2), clusters=[1, 2]), numbers={"x": [1.0, np.inf]})


def test_a_ratio_is_of_the_rows_that_answered_both():
    found = pair_columns([1.0, np.nan, 3.0], [2.0, 5.0, np.nan])
    np.testing.assert_array_equal(found["numerator"], [1, np.nan, np.nan])
    np.testing.assert_array_equal(found["denominator"], [2, np.nan, np.nan])
    np.testing.assert_array_equal(found["product"], [2, np.nan, np.nan])


@pytest.mark.parametrize(
    "values",
    [
        np.array([3, 1, 3]),
        np.array([1, 10**9, 1]),
        np.array([0.5, 0.1, 0.5]),
        np.array(["b", "a", "b"], dtype=object),
        np.array([True, False, True]),
    ],
    ids=["small whole numbers", "large ones", "numbers", "words", "truth"],
)
def test_equal_codes_are_equal_values(values):
    codes, size = factorise(values)
    assert codes[0] == codes[2] != codes[1]
    assert codes.max() < size


def test_a_design_with_very_many_codes_is_numbered_by_sorting():
    sample = rows(weights=np.ones(3), strata=[1, 1, 1], clusters=[7, 10**9, 10**12])
    assert sample.frame.clusters == 3
    assert sample.cluster.tolist() == [0, 1, 2]


def test_more_clusters_than_two_bytes_hold_are_sorted_too():
    clusters = np.arange(70_000)[::-1]
    prepared = prepare(rows(weights=np.ones(70_000), clusters=clusters))
    np.testing.assert_array_equal(prepared.order, np.arange(70_000)[::-1])
