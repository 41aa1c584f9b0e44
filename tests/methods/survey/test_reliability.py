"""The NCHS rules for proportions, and relative standard errors for the rest."""

import numpy as np
import pytest

from hashar.methods.survey.records import Reliability
from hashar.methods.survey.reliability import rate_others, rate_proportions

RELIABLE, REVIEW, UNRELIABLE, NOT_RATED = Reliability


def rate(p, n, deff=1.0, df=40):
    return rate_proportions(p, np.sqrt(p * (1 - p) * deff / np.float64(n)), n, n / deff, df)[()]


@pytest.mark.parametrize(
    ("p", "n", "deff", "df", "flag"),
    [
        (0.2, 1000, 1, 40, RELIABLE),
        (0.2, 29, 1, 40, UNRELIABLE),  # fewer than 30 answers
        (0.2, 58, 2, 40, UNRELIABLE),  # fewer than 30 effective answers
        (0.5, 40, 1, 40, UNRELIABLE),  # interval wider than 0.30
        (0.02, 100, 1, 40, UNRELIABLE),  # relative width above 130 %
        (0.001, 5000, 1, 40, RELIABLE),  # narrow (≤ 0.05), whatever the relative width
        (0.2, 1000, 1, 7, REVIEW),  # fewer than 8 degrees of freedom
        (0.0, 1000, 1, 40, REVIEW),
        (1.0, 1000, 1, 40, REVIEW),
        (0.0, 20, 1, 40, UNRELIABLE),
        (0.2, 1000, 1, 0, UNRELIABLE),  # one cluster
        (np.nan, 0, 1, 40, NOT_RATED),
    ],
)
def test_nchs_presentation_standards(p, n, deff, df, flag):
    with np.errstate(divide="ignore", invalid="ignore"):
        assert rate(p, n, deff, df) == flag


def test_an_effective_size_above_n_counts_as_n():
    assert rate_proportions(0.2, 1e-6, 29, 1e9, 40) == UNRELIABLE
    assert rate_proportions(0.2, 1e-6, 40, 1e9, 40) == rate(0.2, 40)


@pytest.mark.parametrize(
    ("estimate", "se", "n", "df", "flag"),
    [
        (100, 10, 500, 30, RELIABLE),
        (100, 20, 500, 30, REVIEW),
        (100, 40, 500, 30, UNRELIABLE),
        (-100, 10, 500, 30, RELIABLE),
        (0, 1, 500, 30, UNRELIABLE),
        (100, 10, 29, 30, UNRELIABLE),
        (100, 10, 500, 7, REVIEW),
        (100, 0, 500, 0, UNRELIABLE),
        (np.nan, np.nan, 0, 30, NOT_RATED),
    ],
)
def test_other_statistics_by_relative_standard_error(estimate, se, n, df, flag):
    assert rate_others(estimate, se, n, df) == flag
