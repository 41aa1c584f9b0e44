"""A logistic regression on the real YRBS 2019 file: R's svyglm of current marijuana use."""

import csv
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from hashar.methods.survey.design import Design
from hashar.methods.survey.regression import factor, intercept, numeric, ratios, regress

GOLDEN = Path(__file__).parent / "data" / "yrbs" / "r_svyglm_2019.csv"
FILE = Path(__file__).parents[2] / "src" / "hashar" / "flows" / "data" / "yrbs" / "yrbs_national_2019.parquet"
OUTCOME = "qn47"  # marijuana in the last 30 days; 1 yes, 2 no
RISKS = {"bullied_school": "qn23", "sad_hopeless": "qn25", "missed_school_unsafe": "qn15", "ever_cigarette": "qn30"}
COLUMNS = ("weight", "stratum", "psu", "q2", "q3", OUTCOME, *RISKS.values())


@pytest.fixture(scope="module")
def answers():
    with GOLDEN.open(newline="") as file:
        return {row.pop("term"): {k: float(v) for k, v in row.items()} for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def model():
    table = pq.read_table(FILE, columns=list(COLUMNS))
    data = {name: table[name].to_numpy(zero_copy_only=False).astype(float) for name in COLUMNS}
    design = Design.build(weights=data["weight"], strata=data["stratum"], clusters=data["psu"])
    columns = intercept(design.n) & factor("factor(sex)", data["q2"]) & factor("factor(grade)", data["q3"])
    for name, variable in RISKS.items():
        columns &= numeric(name, yes(data[variable]))
    return regress(design, yes(data[OUTCOME]), columns, family="binomial")


def yes(answer):
    return np.where(np.isnan(answer), np.nan, answer == 1)


def test_coefficients_and_odds_ratios_are_those_of_r(model, answers):
    assert model.terms == tuple(answers)
    odds = ratios(model)
    ours = {
        "Estimate": model.coefficients.estimate,
        "Std. Error": model.coefficients.se,
        "t value": model.coefficients.statistic,
        "Pr(>|t|)": model.coefficients.p,
        "OR": odds.estimate,
        "OR_lo": odds.ci_low,
        "OR_hi": odds.ci_high,
    }
    for name, values in ours.items():
        assert values == pytest.approx([row[name] for row in answers.values()], rel=1e-8), name
    assert {model.n} == {row["n"] for row in answers.values()}


def test_degrees_of_freedom_count_only_the_clusters_that_asked_every_question(model):
    assert model.df == 23  # 32 = clusters − strata with complete answers, + 1 − 10 terms; the whole design has 37
