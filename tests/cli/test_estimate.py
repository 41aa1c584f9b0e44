"""What the table of ``hashar estimate`` holds, and in which order."""

import csv
import io
import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
from python_calamine import CalamineWorkbook

from tests.cli.command import run

COLUMNS = ["variable", "level", "n", "weighted_n", "estimate", "se", "ci_low", "ci_high", "df", "deff", "reliability"]
PROPORTION = ["--statistic", "proportion", "--variable"]
MEAN = ["--statistic", "mean", "--variable"]


def table(survey, *arguments):
    outcome = run("estimate", survey, *arguments)
    assert outcome.code == 0, outcome.err
    return outcome.rows


def test_the_columns_are_the_documented_ones_with_the_groups_after_the_level(survey, design):
    rows = table(survey, *MEAN, "age", "--by", "sex", "--by", "grade", *design)
    assert list(rows[0]) == [*COLUMNS[:2], "sex", "grade", *COLUMNS[2:]]


def test_groups_may_be_separated_by_commas(survey, design):
    apart = table(survey, *MEAN, "age", "--by", "sex", "--by", "grade", *design)
    assert table(survey, *MEAN, "age", "--by", "sex,grade", *design) == apart


def test_a_proportion_has_one_row_per_level_in_the_order_of_the_codes(survey, design):
    rows = table(survey, *PROPORTION, "age", *design)
    assert [row["level"] for row in rows] == ["13", "14", "15", "16"]
    assert sum(float(row["estimate"]) for row in rows) == pytest.approx(1, abs=1e-12)


def test_a_text_item_has_its_words_as_levels(survey, design):
    assert [row["level"] for row in table(survey, *PROPORTION, "sex", *design)] == ["boy", "girl"]


def test_the_total_of_a_text_item_is_the_size_of_each_level(survey, design):
    rows = table(survey, "--statistic", "total", "--variable", "sex", *design)
    assert {row["level"]: float(row["estimate"]) for row in rows} == {"boy": 30.5, "girl": 39.5}


def test_an_item_that_nobody_answered_yes_to_has_both_rows_and_an_exact_limit(survey, design):
    survey.write_text(
        survey.read_text().replace(",1,13,", ",0,13,").replace(",1,15,", ",0,15,").replace(",1,14,", ",0,14,")
    )
    no, yes = table(survey, *PROPORTION, "smoked", *design)
    assert (no["level"], yes["level"]) == ("0", "1")
    assert (float(no["estimate"]), float(yes["estimate"])) == (1, 0)
    assert float(yes["ci_low"]) == 0 < float(yes["ci_high"]) < 1
    assert float(no["ci_high"]) == 1 > float(no["ci_low"])


def test_rows_are_ordered_by_variable_as_asked_then_level_then_domain(survey, design):
    rows = table(survey, *PROPORTION, "smoked", "--variable", "grade", "--by", "sex", *design)
    assert [(row["variable"], row["level"], row["sex"]) for row in rows] == [
        (variable, level, sex)
        for variable, levels in (("smoked", "01"), ("grade", "89"))
        for level in levels
        for sex in ("boy", "girl")
    ]


def test_missing_answers_are_pairwise_and_told(survey, design):
    outcome = run("estimate", survey, *MEAN, "smoked", "--variable", "spent", "--variable", "age", *design)
    assert [row["n"] for row in outcome.rows] == ["7", "7", "8"]
    assert "smoked: 1 of 8" in outcome.err
    assert "spent: 1 of 8" in outcome.err
    assert "age:" not in outcome.err


def test_a_row_without_a_group_is_in_no_domain_and_told(survey, design):
    outcome = run("estimate", survey, *MEAN, "age", "--by", "sex", *design)
    assert sum(int(row["n"]) for row in outcome.rows) == 7
    assert "1 rows have no level in sex" in outcome.err


def test_few_answers_are_pointed_out(survey, design):
    assert "fewer than 30" in run("estimate", survey, *MEAN, "age", *design).err


def test_where_is_a_domain_of_the_whole_design(survey, design):
    """Pupils outside stay in the design: both regions and all schools give the degrees of freedom."""
    whole, part = (table(survey, *MEAN, "age", *extra, *design)[0] for extra in ([], ["--where", "region = 1"]))
    assert part["df"] == whole["df"] == "2.0"
    assert part["n"] == "4"
    own = table(survey, *MEAN, "age", "--where", "region = 1", "--df", "domain", *design)[0]
    assert own["df"] == "1.0"


def test_a_quantile_has_its_probability_as_level(survey, design):
    rows = table(
        survey, "--statistic", "quantile", "--variable", "age", "--quantile", ".25", "--quantile", ".5", *design
    )
    assert [row["level"] for row in rows] == ["0.25", "0.5"]
    assert [row["level"] for row in table(survey, "--statistic", "quantile", "--variable", "age", *design)] == ["0.5"]


def test_a_ratio_is_that_of_two_totals(survey, design):
    ratio = ["--statistic", "ratio", "--variable", "spent", "--denominator", "age"]
    rows = table(survey, *ratio, *design)
    complete = ["--where", "spent is not missing and age is not missing"]
    top = table(survey, "--statistic", "total", "--variable", "spent", *complete, *design)[0]
    bottom = table(survey, "--statistic", "total", "--variable", "age", *complete, *design)[0]
    assert float(rows[0]["estimate"]) == pytest.approx(float(top["estimate"]) / float(bottom["estimate"]), rel=1e-12)


def test_without_a_cluster_every_row_is_its_own(survey):
    assert table(survey, *MEAN, "age", "--weight", "w")[0]["df"] == "7.0"


def test_sampling_fractions_can_stand_for_the_weight(survey):
    text = survey.read_text().splitlines()
    survey.write_text("\n".join([text[0] + ",f", *(line + ",0.25" for line in text[1:])]))
    row = table(survey, *MEAN, "age", "--fpc", "f")[0]
    assert float(row["weighted_n"]) == pytest.approx(32)


def test_a_policy_for_single_clusters_is_told(survey, design):
    survey.write_text(survey.read_text().replace("\n4,2,", "\n3,2,"))
    outcome = run("estimate", survey, *MEAN, "age", "--single-psu", "centre", *design)
    assert outcome.code == 0
    assert "1 strata have one cluster" in outcome.err


def test_the_level_of_the_interval_changes_its_width_alone(survey, design):
    wide, narrow = (table(survey, *MEAN, "age", "--level", level, *design)[0] for level in (0.99, 0.8))
    assert wide["estimate"] == narrow["estimate"]
    assert float(wide["ci_low"]) < float(narrow["ci_low"])


def test_the_design_effect_tells_from_the_weights_what_it_compares_with(survey, design):
    """Expanded weights: without replacement; weights that sum to the sample: with replacement."""
    auto, population, replace = (
        table(survey, *MEAN, "age", "--deff", rule, *design)[0]["deff"] for rule in ("auto", "population", "replace")
    )
    assert auto == population != replace
    text = (
        survey.read_text()
        .replace(",12.5,", ",1,")
        .replace(",10,", ",1,")
        .replace(",8,0,", ",1,0,")
        .replace(",9,", ",1,")
    )
    survey.write_text(text)
    auto, replace = (table(survey, *MEAN, "age", "--deff", rule, *design)[0]["deff"] for rule in ("auto", "replace"))
    assert auto == replace


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
@pytest.mark.parametrize(
    "question",
    [
        [*PROPORTION, "smoked", "--variable", "sex", "--by", "grade"],
        [*MEAN, "spent", "--variable", "smoked", "--by", "sex", "--by", "grade"],
        ["--statistic", "total", "--variable", "sex", "--where", "age > 13"],
        ["--statistic", "ratio", "--variable", "spent", "--denominator", "age", "--by", "grade"],
    ],
    ids=["proportion", "mean", "total", "ratio"],
)
def test_every_engine_gives_the_same_table(survey, design, engine, question):
    ours, theirs = (table(survey, *question, *design, "--engine", name) for name in ("memory", engine))
    assert len(ours) == len(theirs) > 0
    for mine, other in zip(ours, theirs, strict=True):
        for name in mine:
            if name in ("estimate", "se", "ci_low", "ci_high", "deff", "weighted_n", "df"):
                assert float(mine[name]) == pytest.approx(float(other[name]), rel=1e-10, nan_ok=True)
            else:
                assert mine[name] == other[name]


def test_an_sql_engine_refuses_what_needs_all_rows(survey, design):
    outcome = run("estimate", survey, "--statistic", "quantile", "--variable", "age", *design, "--engine", "duckdb")
    assert outcome.code == 8
    assert "memory" in outcome.err


def values(path):
    """The table in ``path``, as text."""
    if path.suffix == ".csv":
        return list(csv.reader(io.StringIO(path.read_text())))
    if path.suffix == ".json":
        rows = json.loads(path.read_text())["estimates"]
        return [list(rows[0]), *([str(v) for v in row.values()] for row in rows)]
    if path.suffix == ".parquet":
        found = pq.read_table(path)
        return [found.column_names, *([str(v) for v in row.values()] for row in found.to_pylist())]
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("estimates").to_python()
    return [rows[0], *([str(v) for v in row] for row in rows[1:])]


@pytest.mark.parametrize("ending", ["csv", "json", "parquet", "xlsx"])
def test_every_format_holds_the_same_numbers_at_full_precision(survey, design, tmp_path, ending):
    out = tmp_path / "deep" / f"result.{ending}"
    outcome = run("estimate", survey, *PROPORTION, "smoked", "--by", "sex", *design, "--out", out)
    assert outcome.code == 0, outcome.err
    assert outcome.out == ""
    printed = run("estimate", survey, *PROPORTION, "smoked", "--by", "sex", *design).rows
    found = values(out)
    assert found[0] == list(printed[0])
    for row, expected in zip(found[1:], printed, strict=True):
        for value, name in zip(row, found[0], strict=True):
            same = value == expected[name] or float(value) == pytest.approx(float(expected[name]), rel=1e-15)
            assert same, (name, value, expected[name])


def test_the_other_formats_say_how_the_numbers_were_made(survey, design, tmp_path):
    out = tmp_path / "result.json"
    run("estimate", survey, *MEAN, "age", *design, "--out", out)
    about = json.loads(out.read_text())["about"]
    assert about["file"] == "survey.csv"
    assert len(about["sha256"]) == 64
    assert (about["weight"], about["strata"], about["clusters"], about["df"]) == ("w", "region", "school", "design")


def test_the_same_call_gives_the_same_file(survey, design, tmp_path):
    first, second = (tmp_path / name for name in ("first.parquet", "second.parquet"))
    for out in (first, second):
        run("estimate", survey, *PROPORTION, "sex", *design, "--out", out)
    assert first.read_bytes() == second.read_bytes()


def test_codes_that_a_file_declares_missing_are_no_answers(tmp_path):
    path = tmp_path / "survey.sav"
    import pandas as pd  # what pyreadstat writes from

    frame = pd.DataFrame({"y": [1.0, 2.0, 9.0, 1.0], "w": [1.0, 1.0, 1.0, 1.0]})
    pyreadstat.write_sav(frame, str(path), missing_ranges={"y": [9]})
    rows = table(path, *PROPORTION, "y", "--weight", "w")
    assert [(row["level"], row["n"]) for row in rows] == [("1", "3"), ("2", "3")]


def test_codes_that_their_labels_call_refusals_are_pointed_out(tmp_path):
    path = tmp_path / "survey.sav"
    import pandas as pd  # what pyreadstat writes from

    frame = pd.DataFrame({"y": [1.0, 2.0, 9.0, 1.0], "w": [1.0, 1.0, 1.0, 1.0]})
    labels = {"y": {1.0: "Yes", 2.0: "No", 8.0: "Don't know", 9.0: "Refused"}}
    pyreadstat.write_sav(frame, str(path), variable_value_labels=labels)
    outcome = run("estimate", path, *PROPORTION, "y", "--weight", "w")
    assert "9 (Refused)" in outcome.err
    assert "Don't know" not in outcome.err
    assert "Refused" not in run("estimate", path, *PROPORTION, "y", "--weight", "w", "--where", "y < 9").err


def test_a_scale_beside_the_scales_of_replicates_is_used(tmp_path):
    path, scales = tmp_path / "survey.csv", tmp_path / "scales.csv"
    path.write_text("y,w,r1,r2\n1,1,2,0\n2,1,0,2\n")
    question = [*MEAN, "y", "--weight", "w", "--replicate-weights", "r*", "--replicate-type", "brr"]
    scales.write_text("scale,rscale\n2,1\n2,1\n")
    plain = float(table(path, *question)[0]["se"])
    assert float(table(path, *question, "--rscales", scales)[0]["se"]) == pytest.approx(2 * plain)


def test_dictionaries_and_booleans_of_parquet_are_levels(tmp_path):
    path = tmp_path / "survey.parquet"
    columns = {
        "place": pa.array(["b", "a", None, "b"]).dictionary_encode(),
        "yes": pa.array([True, False, True, None]),
        "w": pa.array([1.0, 1.0, 1.0, 1.0]),
    }
    pq.write_table(pa.table(columns), path)
    assert [row["level"] for row in table(path, *PROPORTION, "place", "--weight", "w")] == ["a", "b"]
    rows = table(path, *PROPORTION, "yes", "--by", "place", "--weight", "w")
    assert [(row["level"], row["place"]) for row in rows] == [("0", "a"), ("0", "b"), ("1", "a"), ("1", "b")]


def test_replicate_weights_have_their_usual_scale(tmp_path):
    """JK1 on a simple sample gives the textbook variance of a mean."""
    y = np.array([3.0, 5.0, 8.0, 13.0, 21.0])
    n = y.size
    replicates = np.where(np.eye(n, dtype=bool), 0.0, n / (n - 1))
    lines = ["y,w," + ",".join(f"r{i}" for i in range(n))]
    lines += [",".join(map(repr, [float(y[i]), 1.0, *replicates[i].tolist()])) for i in range(n)]
    path = tmp_path / "survey.csv"
    path.write_text("\n".join(lines))
    row = table(path, *MEAN, "y", "--weight", "w", "--replicate-weights", "r*", "--replicate-type", "jk1")[0]
    assert float(row["se"]) == pytest.approx(y.std(ddof=1) / np.sqrt(n), rel=1e-12)


def test_post_strata_get_their_sizes(survey, design, tmp_path):
    counts = tmp_path / "counts.csv"
    counts.write_text("grade,population\n8,100\n9,50\n")
    rows = table(survey, *MEAN, "age", "--by", "grade", *design, "--poststratify", counts)
    assert [float(row["weighted_n"]) for row in rows] == pytest.approx([100, 50])


def test_scales_of_replicates_may_be_one_number_per_line(tmp_path):
    path, scales = tmp_path / "survey.csv", tmp_path / "scales.txt"
    path.write_text("y,w,r1,r2\n1,1,2,0\n2,1,0,2\n")
    question = [*MEAN, "y", "--weight", "w", "--replicate-weights", "r*", "--replicate-type", "brr"]
    scales.write_text("4\n4\n")
    half = float(table(path, *question, "--scale", "0.5")[0]["se"])
    assert float(table(path, *question, "--scale", "0.5", "--rscales", scales)[0]["se"]) == pytest.approx(2 * half)
