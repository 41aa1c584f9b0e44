"""What a sampling design accepts, refuses and counts."""

import numpy as np
import pytest

from hashar.errors import DesignError
from hashar.methods.survey.design import Design, stack_designs
from hashar.methods.survey.estimation import mean


def test_degrees_of_freedom_are_clusters_minus_strata():
    design = Design.build(weights=np.ones(6), strata=[1, 1, 1, 2, 2, 2], clusters=[1, 1, 2, 3, 4, 5])
    assert (design.n, design.df) == (6, 3)
    assert design.domain_df([True, True, False, True, True, True]) == 2
    assert design.domain_dfs(np.array([0, 0, -1, 1, 1, 1]), 3).tolist() == [0, 2, 0]


def test_without_clusters_every_row_is_its_own():
    assert Design.build(weights=[1, 2, 3]).df == 2


def test_codes_may_be_words():
    design = Design.build(
        weights=[1, 1, 1, 1], strata=np.array(["a", "a", "b", "b"], object), clusters=["p", "q", "r", "s"]
    )
    assert design.df == 2


def test_words_and_numbers_may_be_mixed():
    assert Design.build(weights=[1, 1, 1], clusters=np.array(["7a", 7, 7.5], object)).df == 2


def test_weights_can_come_from_population_sizes():
    design = Design.build(clusters=[1, 1, 2, 2], fpc=[10, 10, 10, 10])
    assert design.weights.tolist() == [5, 5, 5, 5]
    fractions = Design.build(clusters=[1, 1, 2, 2], fpc=[0.2, 0.2, 0.2, 0.2])
    assert fractions.weights.tolist() == [5, 5, 5, 5]


def test_a_design_without_weights_and_population_sizes_is_refused():
    with pytest.raises(DesignError, match="needs weights"):
        Design.build(clusters=[1, 2])


def test_columns_of_different_length_are_refused():
    with pytest.raises(DesignError, match="different lengths \\(2, 3\\)"):
        Design.build(weights=[1, 1, 1], strata=[1, 2])


@pytest.mark.parametrize("bad", [0, -1, np.nan, np.inf])
def test_a_weight_that_is_missing_zero_or_negative_is_refused_with_its_row(bad):
    with pytest.raises(DesignError, match=r"1 rows have a weight .* row 3"):
        Design.build(weights=[1, 2, bad])


@pytest.mark.parametrize("missing", [np.nan, None])
def test_a_missing_cluster_is_refused_with_its_row(missing):
    with pytest.raises(DesignError, match=r"1 rows have no cluster .* row 2"):
        Design.build(weights=[1, 1, 1], clusters=np.array([1.0, missing, 2.0], object))


def test_a_cluster_in_two_strata_is_refused_and_named_unless_nested():
    parts = {"weights": np.ones(4), "strata": [1, 1, 2, 2], "clusters": [7, 8, 8, 9]}
    with pytest.raises(DesignError, match="Cluster 8 is in stratum 1 and in stratum 2"):
        Design.build(**parts)
    assert Design.build(**parts, nest=True).df == 2


@pytest.mark.parametrize("fpc", [[10, 10, np.nan, 10], [0.5, 0.5, 2, 2], [0, 1, 1, 1]])
def test_population_sizes_that_are_neither_sizes_nor_fractions_are_refused(fpc):
    with pytest.raises(DesignError, match="Population sizes"):
        Design.build(weights=np.ones(4), fpc=fpc)


def test_a_population_smaller_than_the_sample_is_refused():
    with pytest.raises(DesignError, match="3 clusters were sampled out of a population of 2"):
        Design.build(weights=np.ones(3), fpc=[2, 2, 2])


def test_a_population_size_that_varies_inside_a_stratum_is_refused():
    with pytest.raises(DesignError, match=r"varies inside a stratum \(row 3\)"):
        Design.build(weights=np.ones(3), fpc=[9, 9, 8])


def test_a_stage_without_population_size_is_with_replacement():
    design = Design.build(weights=np.ones(4), clusters=np.array([[1, 1], [1, 2], [2, 3], [2, 4]]), fpc=[5, 5, 5, 5])
    assert np.isinf(design.stages[1].population).all()
    assert design.stages[1].share.tolist() == [0.4, 0.4]


def test_ultimate_clusters_ignore_later_stages():
    clusters = np.array([[1, 1], [1, 2], [2, 3], [2, 4]])
    fpc = np.array([[5, 9]] * 4)
    assert len(Design.build(clusters=clusters, fpc=fpc).stages) == 2
    assert len(Design.build(clusters=clusters, fpc=fpc, ultimate=True).stages) == 1


def test_later_stages_may_be_stratified_within_their_cluster():
    clusters = np.array([[1, 1], [1, 2], [1, 3], [1, 4], [2, 1], [2, 2], [2, 3], [2, 4]])
    strata = np.array([[1, 1], [1, 1], [1, 2], [1, 2]] * 2)
    design = Design.build(clusters=clusters, strata=strata, fpc=np.array([[5, 9]] * 8))
    assert [stage.strata for stage in design.stages] == [1, 4]


def test_waves_put_together_are_independent():
    first = Design.build(weights=[1, 2, 3, 4], clusters=[1, 1, 2, 3])
    second = Design.build(weights=[1, 1, 1, 1], clusters=np.array([[1, 1], [1, 2], [2, 3], [2, 4]]), fpc=[[5, 9]] * 4)
    y = np.array([1.0, 0, 1, 1, 0, 1, 1, 0])
    both = mean(stack_designs([first, second]), y, domains=np.repeat([0, 1], 4))
    alone = [mean(first, y[:4]), mean(second, y[4:])]
    assert np.allclose(both.se, [e.se[0] for e in alone])
    assert both.covariance[0, 1] == 0
    assert both.df[0] == first.df + second.df


def test_waves_without_population_sizes_have_none_together():
    one = Design.build(weights=[1, 2, 3], strata=[1, 1, 1])
    assert stack_designs([one, one]).population is None
    assert stack_designs([one, one]).stratum_names.tolist() == ["1:1", "2:1"]


def test_calibrated_waves_cannot_be_put_together():
    from hashar.methods.survey.calibration import poststratify

    one = Design.build(weights=[1, 2, 3, 4])
    with pytest.raises(DesignError, match="put them together first"):
        stack_designs([one, poststratify(one, [0, 0, 1, 1], [5, 5])])


def test_other_weights_make_another_design():
    design = Design.build(weights=[1, 1, 1])
    assert design.with_weights([2, 2, 2]).weights.tolist() == [2, 2, 2]
    with pytest.raises(DesignError):
        design.with_weights([1, 1, 0])


def test_more_columns_of_strata_than_stages_are_refused():
    with pytest.raises(DesignError, match="2 columns of strata for 1 stages"):
        Design.build(weights=np.ones(2), strata=np.ones((2, 2)), clusters=np.arange(2))


def test_whole_codes_are_named_without_a_decimal_point():
    with pytest.raises(DesignError, match="Cluster 7 is in stratum 1 and in stratum 2:"):
        Design.build(weights=np.ones(3), strata=np.array([1.0, 2, 2]), clusters=np.array([7.0, 7, 8]))
