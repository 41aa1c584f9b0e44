"""CDC's printed YRBS figures, point and interval, through the shipped codebook, the coding rules and the estimator."""

import csv
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from hashar.assess.rules.coding import CodedSurvey, code_survey, columns_needed
from hashar.assess.sources import load_codebook, read_survey
from hashar.methods.survey.design import Design
from hashar.methods.survey.estimation import proportion

YRBS = Path(str(resources.files("hashar.flows") / "data" / "yrbs"))
PUBLISHED = Path(__file__).parent / "data" / "yrbs" / "published.csv"
ROWS = list(csv.DictReader(PUBLISHED.read_text(encoding="utf-8").splitlines()))


@cache
def _codebook():
    return load_codebook(YRBS / "codebook.yaml")


@cache
def _wave(year: str) -> tuple[CodedSurvey, Design]:
    columns = columns_needed(_codebook(), year)
    table = read_survey(YRBS / f"yrbs_national_{year}.parquet", columns=columns)
    weights, strata, clusters = (table.columns[name].values for name in ("weight", "stratum", "psu"))
    design = Design.build(weights=weights, strata=strata, clusters=clusters)
    return code_survey(_codebook(), table, year), design


def _domain(coded: CodedSurvey, group: str, level: str) -> np.ndarray:
    if group == "total":
        return np.zeros(len(next(iter(coded.indicators.values())).values), dtype=np.int64)
    levels = next(each for each in _codebook().groups if each.name == group).levels
    return np.where(coded.groups[group].index == [each.name for each in levels].index(level), 0, -1)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['year']}-{row['indicator']}-{row['group']}-{row['level']}")
def test_the_printed_figure_comes_out_to_its_decimal(row):
    coded, design = _wave(row["year"])
    answers = coded.indicators[row["indicator"]].values
    domain = _domain(coded, row["group"], row["level"])

    found = proportion(design, answers, levels=[1.0], domains=domain, interval="logit", df="design")

    printed = {key: row[key] for key in ("pct", "ci_low", "ci_high") if row[key]}
    ours = dict(zip(("pct", "ci_low", "ci_high"), (found.estimate, found.ci_low, found.ci_high), strict=True))
    assert {key: f"{100 * ours[key][0]:.1f}" for key in printed} == {
        key: f"{float(printed[key]):.1f}" for key in printed
    }


def test_every_printed_figure_is_tested():
    assert len(ROWS) == 109
