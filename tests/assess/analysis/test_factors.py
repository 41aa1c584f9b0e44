import numpy as np
import pytest

from hashar.assess.analysis.factors import _cut
from hashar.assess.analysis.priorities import prioritise
from hashar.assess.analysis.provenance import seed_of
from hashar.assess.analysis.waves import _design
from hashar.assess.contracts.codebook import DesignSpec, PrioritySettings, Scale
from hashar.assess.contracts.table import Column, Fingerprint, SurveyTable
from hashar.errors import CodebookError


@pytest.mark.parametrize("cut", ["first_wave", "norm", "codebook"])
def test_a_scale_needs_its_cut_point(cut):
    with pytest.raises(CodebookError, match="F-R1 has no cut-point"):
        _cut(Scale("F-R1", [], cut=cut), [], {})


def test_no_factor_gives_an_empty_ranking():
    wave = type("Wave", (), {"name": "2022"})()
    found = prioritise([], [], [wave], PrioritySettings(draws=10), np.random.default_rng(1))
    assert found.ranked == []
    assert found.left_out == []


def test_the_seed_of_a_generator_is_told_where_it_is_known():
    assert seed_of(np.random.default_rng(42)) == "42"


def test_an_unknown_policy_for_single_clusters_is_refused():
    table = SurveyTable({"w": Column("w", np.ones(2))}, 2, Fingerprint("f", "", 0, 2, 1))
    with pytest.raises(CodebookError, match="single_psu is “drop”"):
        _design(table, DesignSpec(weight="w", single_psu="drop"))
