"""The national Youth Risk Behavior Survey from its raw codes: R `survey`'s answers and CDC's printed figures."""

import csv
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from hashar.methods.survey.design import Design
from hashar.methods.survey.estimation import proportion
from tests.golden.r_survey import RTOL

GOLDEN = Path(__file__).parent / "data" / "yrbs"

YES_NO = {
    "cur_cigarette": {2015: "qn33", 2017: "qn32", 2019: "qn32"},
    "cur_vape": {2015: "qn40", 2017: "qn35", 2019: "qn35"},
    "cur_smokeless": {2015: "qn37", 2017: "qn37", 2019: "qn37"},
    "cur_cigar": {2015: "qn38", 2017: "qn38", 2019: "qn38"},
    "cur_alcohol": {2015: "qn43", 2017: "qn42", 2019: "qn41"},
    "cur_binge": {2017: "qn44", 2019: "qn42"},
    "ever_marijuana": {2015: "qn47", 2017: "qn46", 2019: "qn45"},
    "cur_marijuana": {2015: "qn49", 2017: "qn48", 2019: "qn47"},
    "ever_synthetic_marijuana": {2015: "qn55", 2017: "qn54", 2019: "qn48"},
    "ever_rx_opioid_misuse": {2017: "qn56", 2019: "qn49"},
    "cur_rx_opioid_misuse": {2019: "qn90"},
    "ever_cocaine": {2015: "qn50", 2017: "qn49", 2019: "qn50"},
    "ever_inhalant": {2015: "qn51", 2017: "qn50", 2019: "qn51"},
    "ever_heroin": {2015: "qn52", 2017: "qn51", 2019: "qn52"},
    "ever_meth": {2015: "qn53", 2017: "qn52", 2019: "qn53"},
    "ever_ecstasy": {2015: "qn54", 2017: "qn53", 2019: "qn54"},
    "ever_injected": {2015: "qn58", 2017: "qn57", 2019: "qn56"},
    "bullied_school": {2019: "qn23"},
    "sad_hopeless": {2019: "qn25"},
    "considered_suicide": {2019: "qn26"},
}
"""CDC's derived variables, 1 = yes, 2 = no."""

FIRST_DRINK = {2015: "q42", 2017: "q41", 2019: "q40"}
"""Age of the first drink: 1 = never, 2–7 an age."""

TOBACCO = ("cur_cigarette", "cur_vape", "cur_smokeless", "cur_cigar")

LEVELS = {
    "female": ("sex", [1]),
    "male": ("sex", [2]),
    **{str(grade): ("grade", [grade - 8]) for grade in (9, 10, 11, 12)},
    **{f"grade{grade}": ("grade", [grade - 8]) for grade in (9, 12)},
    "15 or younger": ("age", [1, 2, 3, 4]),
    "16-17": ("age", [5, 6]),
    "18 or older": ("age", [7]),
    "white_nh": ("raceeth", [5]),
    "black_nh": ("raceeth", [3]),
    "hispanic": ("raceeth", [6, 7]),
}
COLUMNS = {"sex": "q2", "grade": "q3", "age": "q1", "raceeth": "raceeth"}


def rows(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(newline="") as file:
        return list(csv.DictReader(file))


@cache
def column(year: int, name: str) -> np.ndarray:
    file = resources.files("hashar.flows") / "data" / "yrbs" / f"yrbs_national_{year}.parquet"
    values = pq.read_table(str(file), columns=[name])[name].to_pylist()
    return np.array([np.nan if v is None or v == "" else float(v) for v in values])


@cache
def design(year: int) -> Design:
    return Design.build(
        weights=column(year, "weight"), strata=column(year, "stratum"), clusters=column(year, "psu").astype(int)
    )


@cache
def answers(year: int, indicator: str) -> np.ndarray:
    """1 yes, 0 no, NaN missing."""
    if indicator == "ever_alcohol":
        code = column(year, FIRST_DRINK[year])
        return np.where(np.isnan(code), np.nan, (code >= 2).astype(float))
    if indicator in YES_NO:
        code = column(year, YES_NO[indicator][year])
        return np.where(np.isnan(code), np.nan, (code == 1).astype(float))
    products = np.stack([answers(year, product) for product in TOBACCO])
    used = np.nansum(products, axis=0)
    if indicator == "any_tobacco":  # without a "yes", all four have to be answered
        return np.where((used == 0) & np.isnan(products).any(axis=0), np.nan, used >= 1)
    return np.where(np.isnan(products).all(axis=0), np.nan, used >= 2)  # two or more: a missing product counts as "no"


def estimate(year: int, indicator: str, level: str, deff: str = "replace"):
    inside = np.zeros(design(year).n, int)
    if level != "total":
        group, codes = LEVELS[level]
        inside = np.where(np.isin(column(year, COLUMNS[group]), codes), 0, -1)
    return proportion(design(year), answers(year, indicator), levels=[1], domains=inside, deff=deff)


@pytest.mark.parametrize("row", rows("r_survey.csv"), ids=lambda r: f"{r['year']}.{r['indicator']}.{r['group']}")
def test_estimates_are_those_of_r(row):
    """r_survey.csv is printed with 15 digits; R's logit limits come from an iterative fit, equal to 1e-8."""
    e = estimate(int(row["year"]), row["indicator"], row["group"])
    found = [e.n, 100 * e.estimate, 100 * e.se, e.deff, e.df, 100 * e.ci_low, 100 * e.ci_high]
    wanted = [float(row[k]) for k in ("n", "pct", "se", "deff", "df", "logit_lo", "logit_hi")]
    assert np.allclose([value[0] for value in found], wanted, rtol=RTOL), (found, wanted)


@pytest.mark.parametrize(
    "row", rows("published.csv"), ids=lambda r: f"{r['year']}.{r['indicator']}.{r['level'].replace(' ', '_')}"
)
def test_every_published_figure_is_reproduced_at_its_printed_decimal(row):
    e = estimate(int(row["year"]), row["indicator"], row["level"])
    for printed, ours in ((row["pct"], e.estimate), (row["ci_low"], e.ci_low), (row["ci_high"], e.ci_high)):
        assert not printed or f"{100 * ours[0]:.1f}" == printed
