"""``hashar change``: later minus earlier, with the test of R `survey` and the family under control."""

import numpy as np
import pytest

from hashar.flows.demonstration import survey
from tests.cli.command import run
from tests.cli.golden_calls import write
from tests.golden.r_survey import RTOL, answers, cases, dataset

COLUMNS = [
    *("variable", "level", "n_a", "n_b", "estimate_a", "estimate_b", "difference", "se", "ci_low", "ci_high"),
    *("t", "df", "p", "p_adjusted", "detectable"),
]
DESIGN = ["--weight", "weight", "--stratum", "ystr", "--cluster", "class", "--nest"]


@pytest.fixture(scope="module")
def waves(tmp_path_factory):
    """The two waves of the synthetic school survey."""
    data, folder = dataset("school6"), tmp_path_factory.mktemp("waves")
    return [
        write({name: values[data["year"] == year] for name, values in data.items()}, folder / f"{year}.csv")
        for year in (2022, 2024)
    ]


def rows(waves, *arguments):
    outcome = run("change", *waves, *arguments, *DESIGN)
    assert outcome.code == 0, outcome.err
    return outcome.rows


def test_the_difference_is_that_of_r(waves):
    (case,) = cases("wave", where=lambda c: c.case_id == "wave.diff")
    expected = {quantity: value for (_, _, quantity), value in answers(case).items()}
    row = rows(waves, "--statistic", "mean", "--variable", "q_common")[0]
    assert list(row) == COLUMNS
    assert float(row["difference"]) == pytest.approx(expected["estimate"], rel=RTOL)
    assert float(row["se"]) == pytest.approx(expected["se"], rel=RTOL)
    assert float(row["df"]) == 54


def test_every_level_and_domain_of_both_waves_is_compared(waves):
    found = rows(waves, "--statistic", "proportion", "--variable", "cat4", "--by", "sex")
    assert len(found) == 8
    for row in found:
        assert float(row["difference"]) == pytest.approx(float(row["estimate_b"]) - float(row["estimate_a"]), abs=1e-15)
        assert float(row["ci_low"]) < float(row["difference"]) < float(row["ci_high"])
        assert 0 < float(row["detectable"]) < float(row["estimate_a"])


def test_adjusted_p_are_never_below_the_plain_ones_and_holm_is_stricter(waves):
    question = ["--statistic", "proportion", "--variable", "cat4", "--by", "grade"]
    plain = [float(row["p"]) for row in rows(waves, *question)]
    holm, bh, none = (
        [float(r["p_adjusted"]) for r in rows(waves, *question, "--adjust", a)] for a in ("holm", "bh", "none")
    )
    assert none == plain
    assert all(p <= b <= h for p, b, h in zip(plain, bh, holm, strict=True))
    assert max(holm) > max(plain) or np.isclose(max(plain), 1)


def test_more_power_means_only_larger_changes_are_detectable(waves):
    question = ["--statistic", "mean", "--variable", "score"]
    weak, strong = (float(rows(waves, *question, "--power", power)[0]["detectable"]) for power in (0.5, 0.95))
    assert weak < strong


def test_what_is_in_one_wave_only_is_left_out_and_told(waves, tmp_path):
    later = tmp_path / "later.csv"
    text = waves[1].read_text().replace(",weekly,", ",daily,")
    later.write_text(text)
    outcome = run("change", waves[0], later, "--statistic", "proportion", "--variable", "cat4", *DESIGN)
    assert {row["level"] for row in outcome.rows} == {"never", "once", "monthly"}
    assert "2 levels or domains occur in one of the two files only" in outcome.err


def test_files_that_share_nothing_are_refused(waves, tmp_path):
    later = tmp_path / "later.csv"
    header, *lines = waves[1].read_text().splitlines()
    at = header.split(",").index("sex")
    shifted = [",".join(str(float(v) + 7) if i == at else v for i, v in enumerate(line.split(","))) for line in lines]
    later.write_text("\n".join([header, *shifted]))
    outcome = run("change", waves[0], later, "--statistic", "mean", "--variable", "score", "--by", "sex", *DESIGN)
    assert outcome.code == 6
    assert "share no level" in outcome.err


def test_a_problem_of_the_later_file_is_told_like_one_of_the_earlier(waves, tmp_path):
    out = tmp_path / "change.csv"
    question = ["--statistic", "mean", "--variable", "score", *DESIGN, "--out", out]
    assert run("change", waves[0], tmp_path / "absent.csv", *question).code == 3
    assert not out.exists()
    assert run("change", *waves, *question).code == 0
    assert out.read_text().startswith("variable,level,n_a")


@pytest.fixture(scope="module")
def shipped():
    """Two waves of the shipped survey, whose variables change their names between them, and their codebook."""
    files = survey()
    return [files.earlier[0], files.file, "--codebook", files.codebook]


def test_a_codebook_tells_what_the_columns_of_either_wave_mean(shipped):
    outcome = run("change", *shipped, "--variable", "cur_cigarette", "cur_alcohol", "--by", "sex")
    assert outcome.code == 0, outcome.err
    assert [(row["variable"], row["sex"]) for row in outcome.rows] == [
        (name, sex) for name in ("cur_cigarette", "cur_alcohol") for sex in ("female", "male")
    ]
    earlier, later = (
        run("estimate", file, "--statistic", "proportion", "--variable", "qn32", "--by", "sex", "--weight", "weight",
            "--stratum", "stratum", "--cluster", "psu").rows
        for file in shipped[:2]
    )  # fmt: skip
    for row, a, b in zip(outcome.rows, earlier[:2], later[:2], strict=False):
        assert float(row["estimate_a"]) == pytest.approx(float(a["estimate"]), rel=1e-12)
        assert float(row["estimate_b"]) == pytest.approx(float(b["estimate"]), rel=1e-12)
        assert float(row["df"]) == float(a["df"]) + float(b["df"])


def test_without_names_all_indicators_that_both_waves_asked_are_compared(shipped):
    outcome = run("change", *shipped)
    found = [row["variable"] for row in outcome.rows]
    assert len(found) == len(set(found)) > 20
    assert max(float(row["p_adjusted"]) for row in outcome.rows) <= 1


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["--variable", "nonsense"], 4, "nonsense"),
        (["--by", "planet"], 4, "planet"),
        (["--statistic", "mean"], 2, "--statistic"),
        (["--stratum", "stratum"], 2, "--stratum"),
    ],
)
def test_what_the_codebook_says_or_lacks_is_refused(shipped, arguments, code, word):
    outcome = run("change", *shipped, *arguments)
    assert outcome.code == code, outcome.err
    assert word in outcome.err


def test_a_file_is_not_compared_with_its_copy(waves, shipped, tmp_path):
    for original, name, question in (
        (waves[0], "2024.csv", ["--statistic", "mean", "--variable", "score", *DESIGN]),
        (shipped[0], "yrbs_national_2019.parquet", shipped[2:]),
    ):
        copy = tmp_path / name
        copy.write_bytes(original.read_bytes())
        outcome = run("change", original, copy, *question)
        assert outcome.code == 2, outcome.err
        assert "are the same file" in outcome.err


@pytest.mark.parametrize("missing", ["--statistic", "--variable"])
def test_without_a_codebook_the_question_is_needed(waves, missing):
    question = {"--statistic": "mean", "--variable": "score"}
    del question[missing]
    outcome = run("change", *waves, *(part for pair in question.items() for part in pair), *DESIGN)
    assert outcome.code == 2
    assert f"{missing} is missing" in outcome.err
