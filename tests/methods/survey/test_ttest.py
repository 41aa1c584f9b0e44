"""t-tests under the design."""

import numpy as np
import pytest

from hashar.errors import EstimationError
from hashar.methods.survey.estimation import mean
from hashar.methods.survey.ttest import one_sample_t_test, two_sample_t_test
from tests.methods.survey.made_up_schools import schools

S = schools()


def test_a_mean_against_itself_is_no_difference():
    m = mean(S.design, S.score)
    test = one_sample_t_test(S.design, S.score, null=m.estimate[0])
    assert test.statistic == pytest.approx(0, abs=1e-9)
    assert test.p == pytest.approx(1)
    assert test.se == pytest.approx(m.se)
    assert test.df == S.design.df - 1


def test_the_sign_is_the_higher_code_minus_the_lower():
    forward, backward = (two_sample_t_test(S.design, S.score, g) for g in (S.sex, -S.sex))
    assert forward.estimate == pytest.approx(-backward.estimate)
    assert forward.p == pytest.approx(backward.p)


def test_replicate_weights_do_too():
    linear, replicated = (two_sample_t_test(d, S.score, S.sex) for d in (S.design, S.replicates))
    assert replicated.se == pytest.approx(linear.se, rel=0.05)


def test_a_domain_limits_the_comparison():
    test = two_sample_t_test(S.design, S.score, S.grade, domain=S.grade < 10)
    groups = mean(S.design, S.score, domains=np.where(S.grade < 10, S.grade - 8, -1))
    assert test.estimate == pytest.approx(groups.estimate[1] - groups.estimate[0])


def test_three_groups_are_refused():
    with pytest.raises(EstimationError, match="hold 3"):
        two_sample_t_test(S.design, S.score, S.grade)
