"""R `survey`'s questions and answers, and the same designs built with ours.

Every golden module has ``CASES``, the cases it checks; ``test_every_case_is_checked`` compares their union with
cases.csv.
"""

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from hashar.methods.survey.calibration import Margin, calibrate, poststratify, rake, trim
from hashar.methods.survey.design import Design
from hashar.methods.survey.replicates import ReplicateDesign
from tests.golden import api_data

ROOT = Path(__file__).parent / "data" / "survey"
RTOL = 1e-8
"""Relative tolerance: double precision through sums of thousands of terms in another order."""

Data = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Case:
    """One call of R `survey`. ``options`` as set in R, e.g. {"survey.lonely.psu": "adjust"}."""

    case_id: str
    group: str
    design_id: str
    r_call: str
    options: Mapping[str, str]
    degf: float
    status: str

    def argument(self, name: str) -> str | None:
        """The text of a simple named argument of the call, quotes removed."""
        found = re.search(rf"\b{re.escape(name)} = (\"[^\"]*\"|[\w.]+)", self.r_call)
        return found[1].strip('"') if found else None

    def formulas(self) -> list[list[str]]:
        """The terms of every one-sided formula of the call, in order."""
        text = re.sub(r"I\(([^()]*)\)", lambda m: "I{" + m[1] + "}", self.r_call)
        found = re.findall(r"~\s*((?:I\{[^}]*\}|[\w.]+)(?:\s*\+\s*(?:I\{[^}]*\}|[\w.]+))*)", text)
        return [[t.strip().replace("{", "(").replace("}", ")") for t in f.split("+")] for f in found]


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / name).open(newline="") as file:
        return list(csv.DictReader(file))


@cache
def _all_cases() -> tuple[Case, ...]:
    return tuple(
        Case(
            r["case_id"],
            r["group"],
            r["design_id"],
            r["r_call"],
            dict(o.split("=") for o in r["options"].split(";") if o),
            float(r["degf"]),
            r["status"],
        )
        for r in _rows("cases.csv")
    )


def cases(*groups: str, where: Callable[[Case], bool] = lambda _: True) -> list[Case]:
    """The cases of ``groups`` (all without any) that satisfy ``where``."""
    return [c for c in _all_cases() if (not groups or c.group in groups) and where(c)]


def parameters(chosen: list[Case]) -> list:
    """``chosen`` as pytest parameters; those that need data we may not ship are skipped where these are missing."""
    missing = api_data.find() is None
    skip = pytest.mark.skipif(missing, reason="R's api data (GPL) is not installed: python -m tests.golden.api_data")
    return [
        pytest.param(c, id=c.case_id, marks=skip if _designs()[c.design_id]["dataset"].startswith("api") else ())
        for c in chosen
    ]


@cache
def _all_answers() -> dict[str, dict[tuple[str, str, str], float]]:
    answers: dict[str, dict[tuple[str, str, str], float]] = {}
    for r in _rows("answers.csv"):
        answers.setdefault(r["case_id"], {})[r["by"], r["term"], r["quantity"]] = _number(r["value"])
    for r in _rows("answers_survey_4.5_extra.csv"):  # the newer R is right where they differ
        answers[r["case_id"]][r["by"], r["term"], r["quantity"]] = _number(r["value_4.5"])
    return answers


def answers(case: Case) -> Mapping[tuple[str, str, str], float]:
    """(by, term, quantity) → value, from survey 4.5 where it differs."""
    return _all_answers()[case.case_id]


def _number(text: str) -> float:
    return float("nan") if text in ("NA", "") else float(text)


@cache
def dataset(name: str) -> Data:
    """Column → float64 with NaN, or objects (text) with None."""
    if name.startswith("api"):
        return api_data.api()[name]
    with (ROOT / "data" / f"{name}.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    return {key: _column([r[i] for r in rows[1:]]) for i, key in enumerate(rows[0])}


def _column(values: list[str]) -> np.ndarray:
    try:
        return np.array([_number(v) for v in values])
    except ValueError:
        return np.array([None if v == "NA" else v for v in values], dtype=object)


@cache
def _designs() -> dict[str, dict[str, str]]:
    return {r["design_id"]: r for r in _rows("designs.csv")}


@dataclass(frozen=True, eq=False)
class Golden:
    """A design, its data, and the rows (n,) that R's ``subset`` kept: always a domain of the design here."""

    design: Design | ReplicateDesign
    data: Data
    inside: np.ndarray

    def where(self, mask: np.ndarray) -> "Golden":
        """``subset(design, mask)``."""
        return replace(self, inside=self.inside & mask)

    @property
    def domains(self) -> np.ndarray:
        """Domain codes of one domain: the rows kept."""
        return np.where(self.inside, 0, -1)


POLICIES = {"adjust": "centre"}
"""R's names of single-cluster policies that are called otherwise here."""


def design_of(case: Case) -> Golden:
    """The case's design under the case's options, subset included."""
    r_name = case.options.get("survey.lonely.psu", "fail")
    options = {
        "single_psu": POLICIES.get(r_name, r_name),
        "adjust_domain": case.options.get("survey.adjust.domain.lonely") == "TRUE",
        "ultimate": case.options.get("survey.ultimate.cluster") == "TRUE",
    }
    golden = build(case.design_id, **options)
    for expression in re.findall(r"subset\(\w+, (.*?)\)(?:,|\)|$)", case.r_call):
        golden = golden.where(SUBSETS.get(expression, _all_rows)(golden.data))
    return golden


SUBSETS: Mapping[str, Callable[[Data], np.ndarray]] = {
    'sch.wide == "Yes"': lambda d: d["sch.wide"] == "Yes",
    "!is.na(HI_CHOL)": lambda d: ~np.isnan(d["HI_CHOL"]),
    "!is.na(HI_CHOL": lambda d: ~np.isnan(d["HI_CHOL"]),
    'agecat != "(0,19]"': lambda d: d["agecat"] != "(0,19]",
    "community != 2": lambda d: d["community"] != 2,
    "community == 1": lambda d: d["community"] == 1,
    "community < 6": lambda d: d["community"] < 6,
}


def _all_rows(data: Data) -> np.ndarray:
    return np.ones(len(next(iter(data.values()))), bool)


def build(design_id: str, **options) -> Golden:
    """The design of designs.csv; ``options`` go to :meth:`Design.build`."""
    data = dataset(_designs()[design_id]["dataset"])
    if design_id.startswith("r_"):
        replicated, rows = _replicates(design_id, data)
        return Golden(replicated, rows, np.ones(replicated.n, bool))
    if design_id.startswith("cal_"):
        return _CALIBRATED[design_id](**options)
    design = _PLAIN[design_id.removesuffix("22").removesuffix("24")](data, options)
    golden = Golden(design, data, np.ones(design.n, bool))
    year = {"22": 2022, "24": 2024}.get(design_id[-2:])
    return golden if year is None else golden.where(data["year"] == year)


_PLAIN: Mapping[str, Callable[[Data, dict], Design]] = {
    "dstrat": lambda d, o: Design.build(weights=d["pw"], strata=d["stype"], fpc=d["fpc"], **o),
    "dstrat_nofpc": lambda d, o: Design.build(weights=d["pw"], strata=d["stype"], **o),
    "dclus2": lambda d, o: Design.build(clusters=_stack(d, "dnum", "snum"), fpc=_stack(d, "fpc1", "fpc2"), **o),
    "dclus2_1": lambda d, o: Design.build(weights=d["pw"], clusters=d["dnum"], fpc=d["fpc1"], **o),
    "dclus2_wr": lambda d, o: Design.build(weights=d["pw"], clusters=_stack(d, "dnum", "snum"), **o),
    "dnhanes": lambda d, o: _nested(d, "WTMEC2YR", "SDMVSTRA", "SDMVPSU", o),
    "dyrbs": lambda d, o: Design.build(weights=d["weight"], strata=d["stratum"], clusters=d["psu"], **o),
    "dschool": lambda d, o: _nested(d, "weight", "ystr", "class", o),
    "dschool_lonely": lambda d, o: _nested(d, "weight", "ystr", "class", o),
    "dtwo": lambda d, o: _nested(d, "weight", "stratum", "psu", o),
}


def _stack(data: Data, *names: str) -> np.ndarray:
    return np.column_stack([data[n] for n in names])


def _nested(data: Data, weight: str, stratum: str, cluster: str, options: dict) -> Design:
    return Design.build(weights=data[weight], strata=data[stratum], clusters=data[cluster], nest=True, **options)


def _replicates(design_id: str, data: Data) -> tuple[ReplicateDesign, Data]:
    if design_id.startswith("r_school"):
        data = {k: v[data["year"] == 2022] for k, v in data.items()}
    table = np.loadtxt(ROOT / "repweights" / f"{design_id}.csv", delimiter=",", skiprows=1)
    scales = np.loadtxt(ROOT / "repweights" / f"{design_id}.scales.csv", delimiter=",", skiprows=1)
    design = ReplicateDesign.build(
        weights=table[:, 0],
        replicates=table[:, 1:],
        scale=scales[0, 1],
        rscales=scales[:, 2],
        mse=design_id.endswith("_mse"),
    )
    return design, data


def _weights_after(name: str) -> np.ndarray:
    return np.loadtxt(ROOT / "weights" / f"{name}.csv", delimiter=",", skiprows=1)[:, 2]


def _margin(values: np.ndarray, weights: np.ndarray) -> Margin:
    """A margin whose known totals are those that R's adjusted weights have."""
    codes = np.unique(values, return_inverse=True)[1]
    return Margin(codes, np.bincount(codes, weights))


def _cal_ps_strat(**options) -> Golden:
    golden = build("dstrat", **options)
    margin = _margin(golden.data["sch.wide"], _weights_after("cal_ps_strat"))
    return replace(golden, design=poststratify(golden.design, margin.codes, margin.totals))


def _cal_ratio(**options) -> Golden:
    golden = build("dstrat", **options)
    enroll = golden.data["enroll"]
    return replace(golden, design=calibrate(golden.design, enroll, 3811472.0, variance=enroll))


def _cal_trim(**options) -> Golden:
    golden = build("dnhanes", **options)
    return replace(golden, design=trim(golden.design, lower=5000, upper=60000))


def _cal_trim_strict(**options) -> Golden:
    golden = build("dnhanes", **options)
    return replace(golden, design=trim(golden.design, lower=5000, upper=60000, strict=True))


def _cal_school_rake(**options) -> Golden:
    year = dataset("school6")["year"]
    data = {k: v[year == 2024] for k, v in dataset("school6").items()}
    after = _weights_after("cal_school_rake")
    margins = [_margin(data[v], after) for v in ("sex", "grade")]
    design = rake(_PLAIN["dschool"](data, options), margins, iterations=200, tolerance=1e-10)
    return Golden(design, data, np.ones(design.n, bool))


_CALIBRATED: Mapping[str, Callable[..., Golden]] = {
    "cal_ps_strat": _cal_ps_strat,
    "cal_ratio": _cal_ratio,
    "cal_trim": _cal_trim,
    "cal_trim_strict": _cal_trim_strict,
    "cal_school_rake": _cal_school_rake,
}
