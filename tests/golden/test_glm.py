"""Regression under the design: R's svyglm, predictions and svyolr."""

import numpy as np
import pytest
from scipy import linalg

from hashar.errors import DesignError
from hashar.methods.survey.ordinal import ordinal_regress
from hashar.methods.survey.regression import predict
from hashar.methods.survey.variance import covariance
from tests.golden.comparing import FACTOR_LEVELS, check
from tests.golden.models import fitted, found_model, main_model, predictors
from tests.golden.r_survey import answers, cases, design_of, parameters


def is_model(case):
    return case.r_call.startswith("svyglm(")


CASES = cases("glm") + cases("wave", "calibrate", "replicate", "lonely", where=is_model)
MODELS = cases("glm", "wave", "calibrate", "replicate", "lonely", where=is_model)


@pytest.mark.parametrize("case", parameters([c for c in MODELS if c.status == "ok"]))
def test_coefficients_errors_and_limits_are_those_of_r(case):
    check(case, found_model(fitted(case)))


@pytest.mark.parametrize("case", parameters([c for c in MODELS if c.status == "error"]))
def test_a_stratum_with_one_cluster_is_refused_as_in_r(case):
    with pytest.raises(DesignError, match="single sampled cluster"):
        fitted(case)


@pytest.mark.parametrize("case", parameters(cases("glm", where=lambda c: c.r_call.startswith("{ p <- predict"))))
def test_predicted_shares_and_their_errors_are_those_of_r(case):
    _, _, model = main_model(design_of(case))
    at = predict(model, [[1, 0, 0, 0, 0], [1, 1, 0, 1, 1]])  # sex 1, grade 8, 2022; sex 2, grade 10, 2024
    found = {("", f"e{i + 1}", "value"): at.estimate[i] for i in range(2)}
    check(case, found | {("", f"s{i + 1}", "value"): at.se[i] for i in range(2)})


ORDINAL = cases("glm", where=lambda c: c.r_call.startswith("svyolr"))


def ordinal_model(case):
    golden = design_of(case)
    levels = FACTOR_LEVELS["cat4"]
    codes = np.array([levels.index(v) if v in levels else -1 for v in golden.data["cat4"]])
    columns = predictors(golden.data, "factor(sex) + score")
    columns = type(columns)(columns.matrix[:, 1:], columns.terms[1:])
    return golden, codes, columns, ordinal_regress(golden.design, codes, columns, levels=levels, domain=golden.inside)


@pytest.mark.parametrize("case", parameters(ORDINAL))
def test_proportional_odds_are_those_of_r(case):
    """1e-5: R stops its optimiser there. Standard errors, 1e-3: R differentiates the information with steps of 0.001 in
    each coefficient, which for a score of 50 points is not small; the next test shows that this is all."""
    *_, model = ordinal_model(case)
    for i, term in enumerate(model.terms):
        assert model.coefficients.estimate[i] == pytest.approx(answers(case)["", term, "estimate"], rel=1e-5)
        assert model.coefficients.se[i] == pytest.approx(answers(case)["", term, "se"], rel=1e-3)


def shares(point, X, codes):
    """P(the answer given) for slopes and thresholds ``point``, written out from the definition."""
    slopes = X.shape[1]
    thresholds = np.concatenate([[-500.0], point[slopes:], [500.0]])
    eta = X @ point[:slopes]
    below = 1 / (1 + np.exp(-(thresholds[None, :] - eta[:, None])))
    rows = np.arange(codes.size)
    return below[rows, codes + 1] - below[rows, codes]


@pytest.mark.parametrize("case", parameters(ORDINAL))
def test_standard_errors_of_proportional_odds_are_those_of_r_with_its_differences(case):
    golden, codes, columns, model = ordinal_model(case)
    rows, weights = model.inside, golden.design.weights[model.inside]
    X, y, at = columns.matrix[rows], codes[rows], model.coefficients.estimate
    unit = np.eye(at.size)

    def scores(point):
        """Weighted log-likelihood scores by complex differentiation, free of our derivatives."""
        return (
            np.column_stack([np.imag(np.log(shares(point + 1e-30j * e, X, y))) / 1e-30 for e in unit])
            * weights[:, None]
        )

    slopes, steps = X.shape[1], np.diff(at[X.shape[1] :])

    def point_of(working):
        """R works with the first threshold and the logs of the steps between thresholds."""
        return np.concatenate([working[: slopes + 1], working[slopes] + np.cumsum(np.exp(working[slopes + 1 :]))])

    def gradient(working):
        jacobian = np.column_stack([np.imag(point_of(working + 1e-30j * e)) / 1e-30 for e in unit])
        return scores(point_of(working)).sum(axis=0) @ jacobian, jacobian

    def difference(e):
        return (gradient(working - 1e-3 * e)[0] - gradient(working + 1e-3 * e)[0]) / 2e-3

    working = np.concatenate([at[: slopes + 1], np.log(steps)])
    information = np.array([difference(e) for e in unit])
    to_working = linalg.inv(gradient(working)[1])
    information = to_working.T @ ((information + information.T) / 2) @ to_working
    influence = np.zeros((golden.design.n, at.size))
    influence[rows] = linalg.solve(information, scores(at).T).T
    se = np.sqrt(np.diag(covariance(golden.design, influence, codes=golden.domains, domains=1)))
    for i, term in enumerate(model.terms):
        assert se[i] == pytest.approx(answers(case)["", term, "se"], rel=1e-6)
