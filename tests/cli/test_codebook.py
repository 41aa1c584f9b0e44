"""``hashar codebook``: a draft can be checked as it is; every problem is listed at once."""

from hashar.flows.demonstration import survey as shipped
from tests.cli.command import run


def test_a_draft_passes_its_own_check(survey, tmp_path):
    book = tmp_path / "codebook.yaml"
    assert run("codebook", "draft", survey, "-o", book).code == 0
    checked = run("codebook", "check", book, survey)
    assert checked.code == 0, checked.err
    assert "no problems found" in checked.err


def test_a_draft_can_be_printed(survey, tmp_path):
    book = tmp_path / "codebook.yaml"
    run("codebook", "draft", survey, "-o", book)
    assert run("codebook", "draft", survey).out == book.read_text()


def test_the_order_of_codebook_and_file_does_not_matter():
    files = shipped()
    assert run("codebook", "check", files.file, files.codebook).code == 0


def test_a_codebook_that_is_there_is_not_replaced_unless_asked(survey, tmp_path):
    book = tmp_path / "codebook.yaml"
    book.write_text("a week of work")
    outcome = run("codebook", "draft", survey, "-o", book)
    assert outcome.code == 2
    assert "--force" in outcome.err
    assert book.read_text() == "a week of work"
    assert run("codebook", "draft", survey, "-o", book, "--force").code == 0


def test_a_draft_is_never_written_over_the_survey(survey):
    before = survey.read_bytes()
    assert run("codebook", "draft", survey, "-o", survey, "--force").code == 2
    assert survey.read_bytes() == before


def test_every_problem_is_listed_at_once_with_its_place(survey, tmp_path):
    book = tmp_path / "codebook.yaml"
    run("codebook", "draft", survey, "-o", book)
    book.write_text(book.read_text().replace('weight: ""', "weight: absent").replace("[school]", "[klass]"))
    outcome = run("codebook", "check", book, survey)
    assert outcome.code == 4
    assert "absent" in outcome.err
    assert "klass" in outcome.err
    assert outcome.err.count("line") >= 2


def test_a_codebook_that_is_not_there_is_refused(tmp_path):
    outcome = run("codebook", "check", tmp_path / "absent.yaml")
    assert outcome.code == 4
    assert "absent.yaml" in outcome.err


def test_text_that_is_not_yaml_is_refused_with_its_line(tmp_path):
    book = tmp_path / "codebook.yaml"
    book.write_text("title: [unclosed\nwaves: {")
    outcome = run("codebook", "check", book)
    assert outcome.code == 4
    assert "line" in outcome.err
