"""An estimate by an engine is the estimate from the rows."""

import math

import pytest

from hashar.assess.analysis.engines.requests import estimate_by_cells
from hashar.assess.contracts.estimates import DesignRequest, EstimateRequest, ReplicateType, Statistic
from hashar.assess.rules.expressions import parse
from hashar.assess.services.estimates import estimate
from hashar.errors import EngineError, EstimationError
from tests.assess.analysis.engines.survey_file import csv, parquet

DESIGN = DesignRequest(weight="w", strata=("stratum",), clusters=("school",), single_psu="centre")
NUMBERS = ("weighted_n", "estimate", "se", "ci_low", "ci_high", "df", "deff")
QUESTIONS = {
    "shares of a number and a word": {"statistic": Statistic.PROPORTION, "variables": ("answer", "place")},
    "shares in domains": {"statistic": Statistic.PROPORTION, "variables": ("grade",), "by": ("place", "answer")},
    "shares of some": {
        "statistic": Statistic.PROPORTION,
        "variables": ("grade",),
        "where": "days > 3 and place = 'Ош'",
    },
    "means": {"statistic": Statistic.MEAN, "variables": ("days", "people"), "by": ("place",), "df": "domain"},
    "totals": {"statistic": Statistic.TOTAL, "variables": ("days",), "deff": "replace"},
    "totals of words": {"statistic": Statistic.TOTAL, "variables": ("place",)},
    "a ratio": {"statistic": Statistic.RATIO, "variables": ("days",), "denominator": "people", "by": ("grade",)},
}


def nothing(done, whole):
    """No progress wanted."""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("requests")
    return {"parquet": parquet(folder), "csv": csv(folder, separator=";", decimal_comma=True)}


def by_engine(request):
    where = parse(request.where) if request.where else None
    return estimate_by_cells(request=request, where=where, progress=nothing)


def assert_same(ours, theirs):
    assert len(ours) == len(theirs)
    for a, b in zip(ours, theirs, strict=True):
        keys = ("variable", "level", "domain", "n", "reliability")
        assert [getattr(a, k) for k in keys] == [getattr(b, k) for k in keys]
        for name in NUMBERS:
            x, y = getattr(a, name), getattr(b, name)
            assert (math.isnan(x) and math.isnan(y)) or math.isclose(x, y, rel_tol=1e-9, abs_tol=1e-10), (name, a, b)


@pytest.mark.parametrize("form", ["parquet", "csv"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_duckdb_answers_like_memory(files, question, form):
    request = EstimateRequest(file=files[form], design=DESIGN, engine="duckdb", **QUESTIONS[question])
    rows, notes = by_engine(request)
    oracle = estimate(request=EstimateRequest(file=files[form], design=DESIGN, **QUESTIONS[question]))
    assert_same(rows, oracle.rows)
    asked = [n.message.format(**n.values) for n in oracle.notes if "{variable}" in n.message or "{least}" in n.message]
    assert [n.message.format(**n.values) for n in notes if "{columns}" not in n.message] == asked


def test_pupils_in_no_domain_are_counted(files):
    request = EstimateRequest(
        file=files["parquet"],
        design=DESIGN,
        engine="duckdb",
        statistic=Statistic.MEAN,
        variables=("days",),
        by=("place",),
    )
    _, notes = by_engine(request)
    assert any("have no level in place" in n.message.format(**n.values) for n in notes)


@pytest.mark.parametrize(
    "more",
    [
        {"statistic": Statistic.QUANTILE},
        {"design": DesignRequest(weight="w", replicate_weights="r*", replicate_type=ReplicateType.BRR)},
        {"design": DesignRequest(weight="w", clusters=("school", "people"), fpc=("size", "size"))},
    ],
    ids=["quantiles", "replicate weights", "later stages"],
)
def test_what_needs_all_rows_is_sent_to_memory(files, more):
    request = {"file": files["parquet"], "design": DESIGN, "engine": "duckdb", "variables": ("days",)}
    request = EstimateRequest(**{"statistic": Statistic.MEAN, **request, **more})
    with pytest.raises(EngineError, match="use the engine memory"):
        by_engine(request)


def test_an_engine_needs_a_weight(files):
    request = EstimateRequest(
        file=files["parquet"],
        design=DesignRequest(fpc=("size",)),
        engine="duckdb",
        statistic=Statistic.MEAN,
        variables=("days",),
    )
    with pytest.raises(EngineError, match="needs a weight"):
        by_engine(request)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"where": "days > 99"}, "No row fits --where “days > 99”"),
        ({"where": "place is missing", "by": ("place",)}, "No row has a level in every column of --by .place"),
        ({"where": "days is missing"}, "Nobody in the domains answered “days”"),
    ],
    ids=["no rows", "no domain", "no answers"],
)
def test_an_empty_answer_is_refused(files, more, sentence):
    request = EstimateRequest(
        file=files["parquet"], design=DESIGN, engine="duckdb", statistic=Statistic.MEAN, variables=("days",), **more
    )
    with pytest.raises(EstimationError, match=sentence):
        by_engine(request)
