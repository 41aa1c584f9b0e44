import numpy as np
import pytest
from scipy import special

from hashar.methods.survey.student import t_quantile

DF = np.array([0.5, 1, 1.5, 2, 3, 4, 7.7, 20, 37, 79, 80, 100, 1_000, 3_950, 1e5, 1e6, 1e8])


@pytest.mark.parametrize("level", [0.2, 0.5, 0.9, 0.95, 0.99, 0.9999])
def test_quantiles_are_those_of_scipy(level):
    np.testing.assert_allclose(t_quantile(DF, level), special.stdtrit(DF, 0.5 + level / 2), rtol=2e-11)


def test_the_answer_has_the_shape_of_the_question():
    assert t_quantile(np.full((2, 3), 5.0), 0.95).shape == (2, 3)
    assert t_quantile(np.array([[1.0], [2.0]]), 0.95).shape == (2, 1)
    assert t_quantile([], 0.95).shape == (0,)


def test_infinite_degrees_of_freedom_are_normal():
    assert t_quantile(np.inf, 0.95) == pytest.approx(1.959963984540054, rel=1e-14)


def test_no_degrees_of_freedom_have_no_quantile():
    assert np.isnan(t_quantile([0.0, -1.0, np.nan], 0.95)).all()
    assert np.isnan(t_quantile([0.0, 1.0], 0.95)).tolist() == [True, False]
