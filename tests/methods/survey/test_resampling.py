"""Replicate weights made from a design estimate what linearisation estimates."""

import numpy as np
import pytest
from hypothesis import given, settings

from hashar.errors import DesignError
from hashar.methods.survey.calibration import poststratify
from hashar.methods.survey.design import Design
from hashar.methods.survey.estimation import mean, total
from hashar.methods.survey.resampling import bootstrap, brr, jackknife, multistage_bootstrap, rao_wu
from tests.golden.r_survey import build
from tests.methods.survey.surveys import surveys

RNG = np.random.default_rng


@settings(max_examples=25, deadline=None)
@given(surveys(fpc=True))
def test_the_jackknife_of_a_total_is_its_linearised_variance(survey):
    assert np.allclose(total(jackknife(survey.design), survey.x).se, total(survey.design, survey.x).se)


@settings(max_examples=25, deadline=None)
@given(surveys(clusters=2))
def test_balanced_replicates_of_a_total_give_its_linearised_variance(survey):
    linear = total(survey.design, survey.x).se
    assert np.allclose(total(brr(survey.design), survey.x).se, linear)
    assert np.allclose(total(brr(survey.design, rho=0.3, mse=True), survey.x).se, linear)


def test_jackknife_weights_of_the_school_survey_are_those_of_r():
    golden = build("dschool22")
    inside = golden.inside
    design = Design.build(
        weights=golden.data["weight"][inside],
        strata=golden.data["stratum"][inside],
        clusters=golden.data["class"][inside],
        nest=True,
    )
    ours, theirs = jackknife(design), build("r_school_jkn").design
    assert np.allclose(np.sort(ours.replicates, axis=1), np.sort(theirs.replicates, axis=1))
    assert np.allclose(np.sort(ours.rscales), np.sort(theirs.rscales))
    assert ours.df == theirs.df


def test_scales_of_bootstraps_are_those_of_r():
    golden = build("dschool22")
    inside = golden.inside
    d = golden.data
    design = Design.build(
        weights=d["weight"][inside], strata=d["stratum"][inside], clusters=d["class"][inside], nest=True
    )
    assert np.isclose(bootstrap(design, replicates=50, rng=RNG(1)).scale, build("r_school_boot").design.scale)
    assert np.isclose(rao_wu(design, replicates=50, rng=RNG(1)).scale, build("r_school_subboot").design.scale)


@pytest.fixture
def stratified():
    rng = RNG(3)
    stratum, cluster = np.repeat([0, 1, 2], 16), np.repeat(np.arange(24), 2)
    weights, y = rng.uniform(1, 9, 48), rng.normal(20, 4, 48)
    return Design.build(weights=weights, strata=stratum, clusters=cluster), y


@pytest.mark.parametrize("method", [bootstrap, rao_wu])
def test_bootstraps_estimate_the_linearised_variance(stratified, method):
    """3,000 replicates: the SE of a bootstrap SE is about 1.3 %."""
    design, y = stratified
    made = method(design, replicates=3000, rng=RNG(8))
    assert np.isclose(mean(made, y).se[0], mean(design, y).se[0], rtol=0.06)
    assert made.replicates.shape == (48, 3000)


def test_the_multistage_bootstrap_estimates_the_variance_of_both_stages():
    rng = RNG(4)
    clusters = np.stack([np.repeat(np.arange(12), 4), np.arange(48)], axis=1)
    fpc = np.stack([np.full(48, 15), np.full(48, 12)], axis=1)
    design = Design.build(clusters=clusters, fpc=fpc)
    y = rng.normal(20, 4, 48) + np.repeat(rng.normal(0, 2, 12), 4)
    made = multistage_bootstrap(design, replicates=3000, rng=RNG(5))
    assert np.isclose(total(made, y).se[0], total(design, y).se[0], rtol=0.06)
    assert made.df == design.df


def test_first_stage_replicates_of_the_multistage_bootstrap_have_the_factors_of_r():
    """R's replicates of the two-stage design count a cluster 1 ± 0.9732 times (Preston 2009: λ = √(1 − 40/757))."""
    fpc = np.full(40, 757)
    made = multistage_bootstrap(Design.build(clusters=np.arange(40), fpc=fpc), replicates=30, rng=RNG(5))
    factors = np.unique(np.round(made.replicates / made.weights[:, None], 12))
    assert np.allclose(factors, [0.50678550999038641 / 18.925, 37.343214490009615 / 18.925])


def test_the_same_seed_gives_the_same_replicates(stratified):
    design, _ = stratified
    for method in (bootstrap, rao_wu, multistage_bootstrap):
        again = [method(design, replicates=5, rng=RNG(2)).replicates for _ in range(2)]
        assert (again[0] == again[1]).all()


def test_a_stratum_with_one_cluster_follows_the_policy():
    parts = {"weights": np.ones(5), "strata": [1, 1, 2, 2, 3]}
    y = np.array([1.0, 2, 4, 8, 9])
    for method in (jackknife, lambda d: rao_wu(d, replicates=5, rng=RNG(1))):
        with pytest.raises(DesignError, match="Stratum 3 has a single sampled cluster"):
            method(Design.build(**parts))
    certain = Design.build(**parts, single_psu="certainty")
    assert np.isclose(total(jackknife(certain), y).se[0], total(certain, y).se[0])
    for method in (rao_wu, bootstrap, multistage_bootstrap):
        assert (method(certain, replicates=4, rng=RNG(1)).replicates[4] == 1).all()


@pytest.mark.parametrize(("clusters", "rho"), [([1, 2, 3], 0.0), ([1, 1, 2], 1.0), ([1, 1, 2], -0.1)])
def test_balanced_replicates_need_pairs(clusters, rho):
    with pytest.raises(DesignError, match="two clusters in every stratum"):
        brr(Design.build(weights=np.ones(3), clusters=clusters), rho=rho)


def test_a_calibrated_design_is_replicated_before_calibration():
    design = poststratify(Design.build(weights=np.ones(4)), [0, 0, 1, 1], [3, 3])
    with pytest.raises(DesignError, match="before calibrating"):
        jackknife(design)
