"""Whatever is wrong: one sentence, the documented code, no traceback, nothing half-written, the input untouched."""

import gzip
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cli.command import run

MEAN = ["--statistic", "mean", "--variable", "smoked"]
DESIGN = ["--weight", "w", "--stratum", "region", "--cluster", "school"]


def refused(survey, arguments, code, *words):
    """Run on ``survey`` with an output file; everything that the house promises about a refusal holds."""
    before = hashlib.sha256(survey.read_bytes()).hexdigest() if survey.is_file() else None
    out = survey.parent / "result.csv"
    outcome = run("estimate", survey, *arguments, "--out", out)
    assert outcome.code == code, outcome.err
    errors = [line for line in outcome.err.splitlines() if line.startswith("Error:")]
    assert len(errors) == 1, outcome.err
    for word in words:
        assert word in outcome.err
    assert not outcome.out
    assert not out.exists()
    assert not list(survey.parent.glob(".*.part"))
    if before:
        assert hashlib.sha256(survey.read_bytes()).hexdigest() == before
    return errors[0]


def edited(survey, old, new):
    survey.write_text(survey.read_text().replace(old, new))
    return survey


def test_a_wrong_column_is_named_with_its_close_match(survey):
    refused(survey, ["--statistic", "mean", "--variable", "smokd", *DESIGN], 3, "smokd", "smoked")


def test_a_wrong_design_column_is_named(survey):
    refused(survey, [*MEAN, "--weight", "weight"], 3, "weight")


@pytest.mark.parametrize("weight", ["0", "-3", ""])
def test_a_weight_that_is_zero_negative_or_missing_is_refused_with_its_row(survey, weight):
    refused(edited(survey, "3,2,8,0,16", f"3,2,{weight},0,16"), [*MEAN, *DESIGN], 5, "row 5")


def test_a_weight_that_is_text_is_refused(survey):
    refused(survey, [*MEAN, "--weight", "note"], 3, "note", "text")


def test_a_stratum_with_one_cluster_is_refused_with_the_remedy(survey):
    refused(edited(survey, "\n4,2,", "\n3,2,"), [*MEAN, *DESIGN], 5, "2", "single")


def test_a_cluster_in_two_strata_is_refused_without_nest(survey):
    crossed = edited(survey, "\n3,2,", "\n1,2,")
    refused(crossed, [*MEAN, *DESIGN], 5, "nest")
    assert run("estimate", crossed, *MEAN, *DESIGN, "--nest").code == 0


def test_an_empty_stratum_is_refused_with_its_row(survey):
    refused(edited(survey, "\n3,2,8,0,16", "\n3,,8,0,16"), [*MEAN, *DESIGN], 3, "region", "row 5")


def test_text_where_numbers_are_needed_is_refused(survey):
    refused(survey, ["--statistic", "mean", "--variable", "sex", *DESIGN], 3, "sex", "girl", "proportion")


def test_an_empty_domain_is_refused(survey):
    refused(survey, [*MEAN, *DESIGN, "--where", "grade = 12"], 6, "grade = 12")


def test_a_variable_that_nobody_answered_is_refused(survey):
    refused(survey, [*MEAN, *DESIGN, "--where", "smoked is missing"], 6, "smoked")


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
def test_every_engine_refuses_the_same(survey, engine):
    header, *rows = survey.read_text().splitlines()
    survey.write_text("\n".join([f"{header},none", *(f"{row}," for row in rows)]))
    for arguments, code, word in (
        ([*MEAN, *DESIGN, "--where", "grade = 12"], 6, "grade = 12"),
        ([*MEAN, *DESIGN, "--by", "none"], 6, "none"),
        (["--statistic", "mean", "--variable", "none", *DESIGN], 6, "none"),
        (["--statistic", "mean", "--variable", "smokd", *DESIGN], 3, "smoked"),
        ([*MEAN, "--weight", "note"], 3, "note"),
    ):
        refused(survey, [*arguments, "--engine", engine], code, word)


def test_a_condition_that_cannot_be_understood_is_refused(survey):
    refused(survey, [*MEAN, *DESIGN, "--where", "grade >"], 2)


def test_a_condition_is_never_executed(survey):
    refused(survey, [*MEAN, *DESIGN, "--where", "__import__('os').system('true')"], 2)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    refused(tmp_path / "absent.sav", [*MEAN, *DESIGN], 3, "absent.sav")


def test_a_folder_instead_of_a_file_is_refused(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    refused(folder, [*MEAN, *DESIGN], 3, "folder")


def test_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "empty.csv"
    path.touch()
    refused(path, [*MEAN, *DESIGN], 3, "empty")


@pytest.mark.parametrize("name", ["broken.sav", "broken.dta", "broken.xlsx", "broken.parquet"])
def test_a_corrupt_file_is_refused(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 4 if name.endswith("xlsx") else b"\x00\x01\x02" * 300)
    refused(path, [*MEAN, *DESIGN], 3, name)


def test_a_cut_off_parquet_file_is_refused(tmp_path):
    path = tmp_path / "cut.parquet"
    pq.write_table(pa.table({"smoked": [0.0, 1.0] * 1000, "w": [1.0, 2.0] * 1000}), path)
    path.write_bytes(path.read_bytes()[:400])
    refused(path, [*MEAN, "--weight", "w"], 3, "cut.parquet")


def test_a_password_protected_workbook_is_refused(tmp_path):
    path = tmp_path / "locked.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    )
    refused(path, [*MEAN, *DESIGN], 3, "password")


def test_a_wrong_encoding_is_refused_with_the_remedy(survey):
    survey.write_bytes("школа,w,smoked\n1,1,0\n2,1,1\n".encode("cp1251"))
    refused(survey, [*MEAN, "--weight", "w", "--encoding", "utf-8"], 3, "ncoding")


def test_a_cut_off_packed_file_is_refused(tmp_path):
    path = tmp_path / "packed.csv.gz"
    path.write_bytes(gzip.compress(b"w,smoked\n" + b"1,0\n2,1\n" * 5000)[:60])
    refused(path, [*MEAN, "--weight", "w"], 3, "packed.csv.gz")


def test_population_counts_that_do_not_fit_the_file_are_refused(survey, tmp_path):
    counts = tmp_path / "counts.csv"
    counts.write_text("grade,population\n8,100\n")
    refused(survey, [*MEAN, *DESIGN, "--poststratify", counts], 3, "9")
    counts.write_text("grade,population\n8,100\n9,120\n10,90\n")
    refused(survey, [*MEAN, *DESIGN, "--poststratify", counts], 3, "10")
    counts.write_text("grade,population\n8,100\n9,many\n")
    refused(survey, [*MEAN, *DESIGN, "--poststratify", counts], 3, "population")


def test_a_row_without_post_stratum_is_refused(survey, tmp_path):
    counts = tmp_path / "counts.csv"
    counts.write_text("variable,level,population\nsex,girl,100\nsex,boy,100\n")
    refused(survey, [*MEAN, *DESIGN, "--rake", counts], 3, "sex", "row 8")


def test_a_pattern_without_columns_is_refused(survey):
    refused(survey, [*MEAN, "--weight", "w", "--replicate-weights", "rw*", "--replicate-type", "brr"], 2, "rw*")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--statistic", "median", "--variable", "age"], "--statistic"),
        (["--statistic", "mean", "--weight", "w"], "--variable"),
        (["--statistic", "mean", "--variable", "age"], "--weight"),
        (["--statistic", "ratio", "--variable", "age", "--weight", "w"], "--denominator"),
        (["--statistic", "mean", "--variable", "age", "--weight", "w", "--denominator", "w"], "--denominator"),
        (["--statistic", "mean", "--variable", "age", "--weight", "w", "--quantile", ".5"], "--quantile"),
        (["--statistic", "quantile", "--variable", "age", "--weight", "w", "--quantile", "5"], "--quantile"),
        (["--statistic", "mean", "--variable", "age", "--weight", "w", "--level", "many"], "--level"),
        (["--statistic", "mean", "--variable", "age", "--weight", "w", "--level", "95"], "--level"),
        (["--statistic", "mean", "--variable", "age", "--weight", "w", "--by", "n"], "n"),
        (["--statistic", "mean", "--variable", "age", "--weight", "w", "--rscales", "x"], "--replicate-weights"),
        (["--statistic", "mean", "--variable", "age", "--weight", "w", "--poststratify", "a", "--rake", "b"], "--rake"),
        (["--statistic", "mean", "--variable", "age", "--weight", "w", "--lang", "fr"], "--lang"),
        (["--statistic", "mean", "--variable", "age", "--wieght", "w"], "--weight"),
        (["--statistic", "mean", "--variable", "age", "--weight", "w", "more"], "more"),
        (["--statistic", "mean", "--variable"], "--variable"),
    ],
)
def test_a_wrong_command_line_is_refused_and_says_where_help_is(survey, arguments, word):
    outcome = run("estimate", survey, *arguments)
    assert outcome.code == 2
    assert word in outcome.err
    assert "--help" in outcome.err
    assert not outcome.out


def test_an_unknown_command_is_refused_with_its_close_match():
    outcome = run("estimat")
    assert outcome.code == 2
    assert "estimate" in outcome.err


def test_the_input_is_never_the_output(survey):
    before = survey.read_bytes()
    outcome = run("estimate", survey, *MEAN, *DESIGN, "--out", survey)
    assert outcome.code == 2
    assert survey.read_bytes() == before


def test_an_unknown_ending_is_refused_before_the_work(survey, tmp_path):
    outcome = run("estimate", survey, *MEAN, *DESIGN, "--out", tmp_path / "result.doc")
    assert outcome.code == 2
    assert ".xlsx" in outcome.err


@pytest.mark.parametrize("name", ["result.csv", "result.parquet", "result.xlsx", "result.json"])
def test_a_full_disk_leaves_no_file(survey, tmp_path, name):
    """The largest size of a file is limited to some bytes: writing fails in the middle as on a full disk."""
    out = tmp_path / "out" / name
    out.parent.mkdir()
    out.write_text("the result of yesterday")
    script = (
        "import resource, sys; sys.dont_write_bytecode = True; "  # else half a .pyc stays for the next process
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); from hashar.cli import main; main()"
    )
    # The measuring of coverage would write too, and complain.
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-c", script, "estimate", survey, *MEAN, "--by", "grade", *DESIGN, "--out", out],
        capture_output=True,
        text=True,
        check=False,
        env=unmeasured,
    )
    assert done.returncode == 9, done.stderr
    assert "disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in out.parent.iterdir()] == [name]
    assert out.read_text() == "the result of yesterday"


def test_a_full_device_is_one_sentence(survey):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "hashar", "estimate", survey, *MEAN, *DESIGN],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 9, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], [], ["estimate", "--help"]])
def test_help_for_a_full_device_is_one_sentence(arguments):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "hashar", *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 9, done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_interruption_while_the_program_loads_is_quiet(tmp_path):
    (tmp_path / "click.py").write_text("raise KeyboardInterrupt")
    done = subprocess.run(
        [sys.executable, "-m", "hashar", "--help"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_a_weight_that_is_text_is_not_offered_as_shares(survey):
    assert "proportion" not in run("estimate", survey, *MEAN, "--weight", "note").err


def test_a_stratum_with_one_cluster_names_the_option_and_the_setting(survey):
    alone = edited(survey, "4,2,9,1,14,girl,9,7,g\n4,2,9,,13,,8,1,h\n", "4,3,9,1,14,girl,9,7,g\n4,3,9,,13,,8,1,h\n")
    refused(alone, [*MEAN, *DESIGN], 5, "single-psu", "single_psu")


def test_a_reader_that_goes_away_is_not_an_error_to_talk_about(survey):
    command = [sys.executable, "-m", "hashar", "estimate", survey, *MEAN, *DESIGN]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 141
    assert "Error" not in error
    assert "Traceback" not in error


def test_a_file_in_the_way_of_the_folder_is_refused(survey, tmp_path):
    outcome = run("estimate", survey, *MEAN, *DESIGN, "--out", survey / "result.csv")
    assert outcome.code == 9
    assert "Traceback" not in outcome.err


def test_a_folder_in_the_way_of_the_file_is_refused(survey, tmp_path):
    (tmp_path / "result.csv").mkdir()
    outcome = run("estimate", survey, *MEAN, *DESIGN, "--out", tmp_path / "result.csv")
    assert outcome.code == 9


def test_a_program_killed_while_writing_leaves_the_old_file(survey, tmp_path):
    """Killed between writing beside and renaming: the target is as it was."""
    out = tmp_path / "result.csv"
    out.write_text("the result of yesterday")
    script = (
        "import os, signal, pathlib\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # tests in the background ignore it
        "pathlib.Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "from hashar.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", script, "estimate", survey, *MEAN, *DESIGN, "--out", out], check=False)
    assert done.returncode == -9
    assert out.read_text() == "the result of yesterday"


def test_a_program_asked_to_stop_cleans_up(survey, tmp_path):
    out = tmp_path / "out" / "result.csv"
    script = (
        "import os, signal, pathlib\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # tests in the background ignore it
        "pathlib.Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGTERM)\n"
        "from hashar.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "estimate", survey, *MEAN, *DESIGN, "--out", out],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 143, done.stderr
    assert list(out.parent.iterdir()) == []


def test_an_interruption_is_one_sentence(survey, tmp_path):
    script = (
        "import os, signal, pathlib\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # tests in the background ignore it
        "pathlib.Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGINT)\n"
        "from hashar.cli import main; main()"
    )
    out = tmp_path / "out" / "result.csv"
    done = subprocess.run(
        [sys.executable, "-c", script, "estimate", survey, *MEAN, *DESIGN, "--out", out],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 130, done.stderr
    assert "Traceback" not in done.stderr
    assert list(out.parent.iterdir()) == []
