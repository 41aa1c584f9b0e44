"""R `survey`'s golden calls, written as calls of ``hashar estimate``."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.golden.r_survey import ROOT, Case, Data, answers, dataset

DESIGNS = {
    "dnhanes": ("nhanes", ["--weight", "WTMEC2YR", "--stratum", "SDMVSTRA", "--cluster", "SDMVPSU", "--nest"]),
    "dschool": ("school6", ["--weight", "weight", "--stratum", "ystr", "--cluster", "class", "--nest"]),
    "dschool_lonely": ("school", ["--weight", "weight", "--stratum", "ystr", "--cluster", "class", "--nest"]),
    "dtwo": ("twopsu", ["--weight", "weight", "--stratum", "stratum", "--cluster", "psu", "--nest"]),
    "dyrbs": ("yrbs", ["--weight", "weight", "--stratum", "stratum", "--cluster", "psu"]),
    "dstrat": ("apistrat", ["--weight", "pw", "--stratum", "stype", "--fpc", "fpc"]),
    "dstrat_nofpc": ("apistrat", ["--weight", "pw", "--stratum", "stype"]),
    "dclus2": ("apiclus2", ["--cluster", "dnum", "--cluster", "snum", "--fpc", "fpc1", "--fpc", "fpc2"]),
    "dclus2_1": ("apiclus2", ["--weight", "pw", "--cluster", "dnum", "--fpc", "fpc1"]),
    "dclus2_wr": ("apiclus2", ["--weight", "pw", "--cluster", "dnum", "--cluster", "snum"]),
}
REPLICATES = {
    "r_school_jkn": ["--replicate-type", "jkn"],
    "r_school_jkn_mse": ["--replicate-type", "jkn", "--mse"],
    "r_school_boot": ["--replicate-type", "bootstrap"],
    "r_school_subboot": ["--replicate-type", "bootstrap"],
    "r_two_brr": ["--replicate-type", "brr"],
    "r_two_brr_mse": ["--replicate-type", "brr", "--mse"],
    "r_two_fay": ["--replicate-type", "fay", "--fay-rho", "0.3"],
    "r_two_jkn": ["--replicate-type", "jkn"],
    "r_clus2_mrb": ["--replicate-type", "bootstrap"],
}
POLICIES = {"adjust": "centre"}
OFFERED = {*DESIGNS, *REPLICATES, "dschool22", "dschool24", "cal_school_rake", "cal_ps_strat"}
WHERE = {
    'sch.wide == "Yes"': "sch.wide == 'Yes'",
    "!is.na(HI_CHOL": "HI_CHOL is not missing",
    'agecat != "(0,19]"': "agecat != '(0,19]'",
    "community != 2": "community != 2",
    "community < 6": "community < 6",
}
STATISTICS = {
    "svymean": "mean",
    "svytotal": "total",
    "svyratio": "ratio",
    "svyquantile": "quantile",
    "svyciprop": "proportion",
}
QUANTITIES = {"estimate": "estimate", "se": "se", "deff": "deff", "lci_t": "ci_low", "uci_t": "ci_high"}


@dataclass(frozen=True)
class Files:
    """What a call reads: the survey, and population counts where the design is calibrated."""

    data: Data
    counts: str = ""

    def write(self, folder: Path) -> None:
        """``survey.csv`` and ``counts.csv``, which the arguments of the call name."""
        write(self.data, folder / "survey.csv")
        (folder / "counts.csv").write_text(self.counts)


@dataclass(frozen=True)
class Call:
    """Arguments of ``hashar estimate``, and what R answered: (variable, level, by) → column → value."""

    arguments: list[str]
    files: Files
    expected: Mapping[tuple[str, str, str], Mapping[str, float]]


def call_of(case: Case) -> Call | None:
    """The case as a call; None when the command line offers no such thing."""
    function, variables, by = _question(case)
    if not function:
        return None
    files, design = _design(case)
    if any(name not in files.data for name in [*variables, *by]) or _listwise(case, files.data, variables):
        return None
    statistic = STATISTICS[function]
    if statistic == "mean" and any(files.data[name].dtype == object for name in variables):
        statistic, design = "proportion", [*design, "--interval", "wald"]
    arguments = ["survey.csv", "--statistic", statistic, *design, *_method(case, function)]
    arguments += ["--deff", "replace" if 'deff = "replace"' in case.r_call else "population"]
    arguments += [part for name in variables for part in ("--variable", name)]
    arguments += [part for name in by for part in ("--by", name)]
    return Call(arguments, files, _expected(case, function, variables))


def _question(case: Case) -> tuple[str, list[str], list[str]]:
    """R's function, its variables and its groups; no function when the command line lacks it."""
    found = re.fullmatch(r"(svymean|svytotal|svyratio|svyquantile|svyciprop|svyby)\(.*\)", case.r_call)
    missing = ("interaction", "unwtd", "I(api00", "likelihood", '"score"', "shahvaish", "svystandardize")
    if not found or any(word in case.r_call for word in missing) or case.design_id not in OFFERED:
        return "", [], []
    formulas = case.formulas()
    variables = [_compared(term)[0] for term in formulas[0]]
    if found[1] != "svyby":
        return found[1], variables, []
    inner = re.search(r"svymean|svytotal|svyciprop", case.r_call)
    if case.group == "ciprop.domain" and case.argument("method") in ("logit", "asin"):
        inner = None  # R's limits mean nothing at one degree of freedom; see tests/golden/test_ciprop.py
    return ("", [], []) if inner is None else (inner[0], variables, formulas[1])


def _compared(term: str) -> tuple[str, str]:
    """Variable and level of ``I(variable == "level")``; a bare variable stands for its "1"."""
    found = re.fullmatch(r'I\(([\w.]+) == "(\w+)"\)', term)
    return (found[1], found[2]) if found else (term, "1")


def _listwise(case: Case, data: Data, variables: list[str]) -> bool:
    """R drops a row from all variables of a call when one is missing, or answers NA: we do neither."""
    missing = [name for name in variables if data[name].dtype != object and np.isnan(data[name]).any()]
    return bool(missing) and (len(variables) > 1 or "na.rm" not in case.r_call)


def _method(case: Case, function: str) -> list[str]:
    if function == "svyciprop":
        method = case.argument("method")
        own_df = ["--df", "domain"] if case.r_call.startswith("svyby") else []
        interval = {"mean": "wald"}.get(method, method)
        return ["--interval", interval, "--level", case.argument("level") or "0.95", *own_df]
    if function == "svyratio":
        return ["--denominator", case.formulas()[1][0]]
    if function == "svyquantile":
        probabilities = re.search(r"c\(([^)]*)\)", case.r_call)[1].split(",")
        interval = case.argument("interval.type") or "mean"
        return [
            *("--quantile-rule", case.argument("qrule") or "math"),
            *("--interval", {"mean": "wald"}.get(interval, interval)),
            *(part for p in probabilities for part in ("--quantile", p.strip())),
        ]
    return []


def _design(case: Case) -> tuple[Files, list[str]]:
    name = case.design_id
    if name in REPLICATES:
        return _replicates(name)
    if name == "cal_school_rake":
        return _raked()
    if name == "cal_ps_strat":
        return _poststratified()
    dataset_name, options = DESIGNS[name.removesuffix("22").removesuffix("24")]
    data = dataset(dataset_name)
    if name[-2:] in ("22", "24"):
        data = _only(data, int("20" + name[-2:]))
    policy = case.options.get("survey.lonely.psu", "fail")
    options = [*options, "--single-psu", POLICIES.get(policy, policy)]
    subset = re.search(r"subset\(\w+, (.*)", case.r_call)
    if subset:
        options += ["--where", next(ours for theirs, ours in WHERE.items() if subset[1].startswith(theirs))]
    if case.options.get("survey.adjust.domain.lonely") == "TRUE":
        options.append("--single-psu-in-domain")
    if case.options.get("survey.ultimate.cluster") == "TRUE":
        options.append("--ultimate-cluster")
    return Files(data), options


def _only(data: Data, year: int) -> Data:
    return {name: values[data["year"] == year] for name, values in data.items()}


def _replicates(name: str) -> tuple[Files, list[str]]:
    data = {
        "school": lambda: _only(dataset("school6"), 2022),
        "two": lambda: dataset("twopsu"),
        "clus2": lambda: dataset("apiclus2"),
    }[name.split("_")[1]]()
    with (ROOT / "repweights" / f"{name}.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    weights = {key: np.array([float(row[i]) for row in rows[1:]]) for i, key in enumerate(rows[0])}
    weights["full"] = weights.pop("weight")
    scales = ROOT / "repweights" / f"{name}.scales.csv"
    options = ["--weight", "full", "--replicate-weights", "rw*", "--rscales", str(scales), *REPLICATES[name]]
    return Files({**data, **weights}), options


def _raked() -> tuple[Files, list[str]]:
    data = _only(dataset("school6"), 2024)
    after = _weights_after("cal_school_rake")
    lines = ["variable,level,population"]
    for name in ("sex", "grade"):
        lines += [f"{name},{level:g},{float(after[data[name] == level].sum())!r}" for level in np.unique(data[name])]
    return Files(data, "\n".join(lines)), [*DESIGNS["dschool"][1], "--rake", "counts.csv"]


def _poststratified() -> tuple[Files, list[str]]:
    data = dataset("apistrat")
    after = _weights_after("cal_ps_strat")
    lines = ["sch.wide,population"]
    lines += [f"{level},{float(after[data['sch.wide'] == level].sum())!r}" for level in ("No", "Yes")]
    return Files(data, "\n".join(lines)), [*DESIGNS["dstrat"][1], "--poststratify", "counts.csv"]


def _weights_after(name: str) -> np.ndarray:
    return np.loadtxt(ROOT / "weights" / f"{name}.csv", delimiter=",", skiprows=1)[:, 2]


def write(data: Data, path: Path) -> Path:
    """``data`` as CSV with every digit, missing values empty."""
    columns = [
        ["" if v is None or v != v else v if isinstance(v, str) else repr(float(v)) for v in c] for c in data.values()
    ]
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(data)
        writer.writerows(zip(*columns, strict=True))
    return path


def _expected(case: Case, function: str, variables: list[str]) -> dict[tuple[str, str, str], dict[str, float]]:
    found: dict[tuple[str, str, str], dict[str, float]] = {}
    limits = {"lci": "ci_low", "uci": "ci_high"} if function in ("svyciprop", "svyquantile") else {}
    for (by, term, quantity), value in answers(case).items():
        column = (QUANTITIES | limits).get(quantity)
        if column is not None and "|" not in term:
            variable, level = _term(case, term, function, variables)
            found.setdefault((variable, level, by), {})[column] = value
    return found


def _term(case: Case, term: str, function: str, variables: list[str]) -> tuple[str, str]:
    """Variable and level of R's name for a number."""
    if function == "svyratio":
        return variables[0], ""
    if function == "svyciprop":
        return _compared(case.formulas()[0][0])
    if function == "svyquantile":
        variable, probability = term.split("@")
        return variable, probability
    variable = next(name for name in variables if term.startswith(name))
    return variable, term.removeprefix(variable)
