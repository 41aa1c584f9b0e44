"""R's model calls built with ours, and ours in the words of R's answers."""

import re

import numpy as np

from hashar.methods.survey.contrasts import Contrast
from hashar.methods.survey.regression import Predictors, Regression, factor, intercept, numeric, regress
from tests.golden.comparing import Found
from tests.golden.r_survey import Case, Data, Golden, design_of

FAMILIES = {"quasibinomial": "binomial", "quasipoisson": "poisson", "gaussian": "gaussian"}
TEXT_FACTORS = {"agecat"}


def family(case: Case) -> str:
    named = re.search(r"family = (\w+)\(", case.r_call)
    return FAMILIES[named[1] if named else "gaussian"]


def predictors(data: Data, formula: str) -> Predictors:
    """The right side of a formula of R: terms joined by +, and a * b for two factors with their interaction."""
    rows = len(next(iter(data.values())))
    columns = intercept(rows)
    for term in formula.split(" + "):
        parts = [_column(data, name) for name in term.split(" * ")]
        for part in parts:
            columns &= part
        if len(parts) == 2:
            columns &= parts[0] @ parts[1]
    return columns


def _column(data: Data, term: str) -> Predictors:
    name = re.fullmatch(r"factor\((\w+)\)", term)
    if name:
        return factor(term, data[name[1]])
    return factor(term, data[term]) if term in TEXT_FACTORS else numeric(term, data[term])


def outcome(data: Data, name: str) -> np.ndarray:
    """A numeric outcome, or a text factor of two levels as 0/1 (R's glm: the second level is the success)."""
    values = data[name]
    return values if values.dtype != object else np.where(values == "Yes", 1.0, 0.0)


def fitted(case: Case) -> Regression:
    """The model of an ``svyglm`` call."""
    golden = design_of(case)
    y, formula = re.match(r"svyglm\(([\w.]+) ~ (.*?), ", case.r_call).groups()
    columns = predictors(golden.data, formula)
    return regress(golden.design, outcome(golden.data, y), columns, family=family(case), domain=golden.inside)


def main_model(golden: Golden) -> tuple[np.ndarray, Predictors, Regression]:
    """R's ``m0``: the model of school6 that the tests of terms and the predictions start from."""
    columns = predictors(golden.data, "factor(sex) + factor(grade) + factor(year)")
    y = golden.data["q_common"]
    return y, columns, regress(golden.design, y, columns, family="binomial")


def found_contrast(contrast: Contrast, terms: tuple[str, ...]) -> Found:
    """The quantities R reports of coefficients."""
    c = contrast
    numbers = {"estimate": c.estimate, "se": c.se, "t": c.statistic, "p": c.p, "lci_t": c.ci_low, "uci_t": c.ci_high}
    out = {("", term, name): values[i] for name, values in numbers.items() for i, term in enumerate(terms)}
    for i, first in enumerate(terms):
        out |= {("", f"{first}|{terms[j]}", "cov"): c.covariance[i, j] for j in range(len(terms))}
    return out


def found_model(model: Regression) -> Found:
    """The quantities R reports of a model."""
    whole = {("", "model", "df_residual"): model.df, ("", "model", "deviance"): model.deviance}
    return found_contrast(model.coefficients, model.terms) | whole
