"""Codebooks of surveys: drafted, checked, saved; two people never overwrite each other; no text does harm."""

import time

import pytest

from hashar.assess.contracts.surveys import NewerCodebook
from hashar.assess.models import CodebookVersion
from hashar.assess.queries.surveys import codebook_version, microdata_audit
from hashar.assess.services import surveys
from hashar.assess.services.codebook_versions import check_against_files, check_codebook, draft_codebook
from hashar.errors import CodebookError, Conflict, Forbidden, NotFound, TooLarge, UsageError
from hashar.people.queries import audit_trail
from tests.assess import small_survey
from tests.assess.site import csv
from tests.people.cast import NOW

pytestmark = pytest.mark.django_db
GOOD = small_survey.CODEBOOK
BAD = GOOD.replace("variable: alc,", "variabel: alc,").replace("cut: first_wave", "cut: firstwave")


def check(survey, text, by="analyst"):
    return check_codebook(actor=survey.cast.actor(by), survey=survey.id, text=text)


def draft(survey, file, by="analyst", **options):
    return draft_codebook(actor=survey.cast.actor(by), survey=survey.id, file=file, now=NOW, **options)


def test_a_draft_becomes_the_first_version_and_fits_its_file(survey):
    file = survey.upload()
    made = draft(survey, file.id, language="ru")
    assert (made.number, made.problems, made.made_by) == (1, 0, "Analyst")
    assert "# check:" in made.text
    assert "проверьте" in made.text.lower() or "вес" in made.text.lower()
    assert survey.detail().files[0].wave != ""


def test_a_draft_is_a_look_at_microdata(survey, cast):
    file = survey.upload()
    draft(survey, file.id)
    (access,) = microdata_audit(cast.actor("coordinator"), survey.id).items
    assert (access.file, access.purpose) == (file.id, "draft")


def test_a_draft_puts_no_codebook_aside_unless_told_to(survey):
    file = survey.upload()
    survey.save()
    with pytest.raises(Conflict, match="version 1"):
        draft(survey, file.id)
    assert draft(survey, file.id, replace=True).number == 2
    assert codebook_version(survey.cast.actor("analyst"), survey.id, 1).text == GOOD


def test_a_file_too_large_to_wait_for_is_not_drafted(survey, monkeypatch):
    monkeypatch.setattr(surveys, "AT_ONCE_CELLS", 100)
    file = survey.upload()
    with pytest.raises(TooLarge):
        draft(survey, file.id)


@pytest.mark.parametrize("name", ["coordinator", "official", "reader", "colleague", "stranger"])
def test_only_an_analyst_of_the_owner_touches_the_codebook(survey, name):
    file = survey.upload()
    for do in (
        lambda: draft(survey, file.id, by=name),
        lambda: survey.save(by=name),
        lambda: check(survey, GOOD, by=name),
        lambda: check_against_files(actor=survey.cast.actor(name), survey=survey.id, text=GOOD, now=NOW),
    ):
        with pytest.raises((Forbidden, NotFound)):
            do()
    assert not CodebookVersion.objects.exists()


def test_every_version_is_kept(survey, cast):
    survey.save("title: one\n")
    survey.save("title: two\n", based_on=1)
    survey.save(GOOD, based_on=2)
    assert [head.number for head in survey.detail().versions] == [3, 2, 1]
    assert [head.problems > 0 for head in survey.detail().versions] == [False, True, True]
    assert codebook_version(cast.actor("official"), survey.id, 2).text == "title: two\n"
    assert survey.detail().codebook.text == GOOD
    entries = audit_trail(cast.actor("coordinator"), organisation=cast.centre, action="codebook.save").items
    assert [entry.details["number"] for entry in entries] == [3, 2, 1]


@pytest.mark.parametrize("number", [0, -1, 2, 2**64])
def test_a_version_that_is_not_there_is_not_found(survey, cast, number):
    survey.save()
    with pytest.raises(NotFound):
        codebook_version(cast.actor("analyst"), survey.id, number)


def test_saving_without_a_change_makes_no_version(survey):
    survey.save()
    assert survey.save(GOOD.replace("\n", "\r\n"), based_on=1).number == 1
    assert survey.save(GOOD, based_on=0).number == 1


def test_the_second_of_two_editors_sees_the_first_ones_version_and_overwrites_nothing(survey, cast):
    survey.save()
    survey.save(GOOD + "# theirs\n", based_on=1)
    with pytest.raises(NewerCodebook) as refused:
        survey.save(GOOD + "# mine\n", based_on=1)
    assert refused.value.newer.text == GOOD + "# theirs\n"
    assert (refused.value.values["number"], refused.value.values["by"]) == (2, "Analyst")
    assert survey.detail().codebook.text == GOOD + "# theirs\n"
    assert survey.save(GOOD + "# both\n", based_on=2).number == 3


def test_a_version_can_be_based_on_none_that_is_not_there(survey):
    with pytest.raises(UsageError):
        survey.save(GOOD, based_on=3)


def test_all_problems_come_with_their_place(survey):
    found = check(survey, BAD)
    places = [(one.values["path"], BAD.splitlines()[one.values["line"] - 1]) for one in found]
    assert [path for path, _ in places] == ["indicators.alcohol", "scales.F-R1.cut", "indicators.alcohol"] or {
        path for path, _ in places
    } >= {"indicators.alcohol", "scales.F-R1.cut"}
    assert any("variabel" in line for _, line in places)
    assert all(one.values["column"] >= 1 for one in found)


def test_a_codebook_without_problems_has_none(survey):
    assert check(survey, GOOD) == []


def test_a_codebook_is_checked_against_every_file(survey, cast):
    survey.upload("survey_2020.csv", csv(2020))
    survey.upload()
    text = GOOD.replace("variable: alc,", "variable: alk,")
    found = check_against_files(actor=cast.actor("analyst"), survey=survey.id, text=text, now=NOW)
    told = [(one.values["data"], one.values["name"]) for one in found.problems if one.values.get("name") == "alk"]
    assert told == [("survey_2020.csv", "alk"), ("survey_2022.csv", "alk")]
    assert all(one.values["path"].startswith("indicators.alcohol") for one in found.problems)
    assert microdata_audit(cast.actor("coordinator"), survey.id).total == 2


def test_a_file_that_fits_no_wave_is_a_problem_of_the_waves(survey, cast):
    survey.upload("other.csv", csv(2022))
    found = check_against_files(actor=cast.actor("analyst"), survey=survey.id, text=GOOD, now=NOW)
    assert [one.values["path"] for one in found.problems] == ["waves"]


def test_a_wrong_codebook_opens_no_microdata(survey, cast):
    survey.upload()
    assert check_against_files(actor=cast.actor("analyst"), survey=survey.id, text=BAD, now=NOW).problems
    assert microdata_audit(cast.actor("coordinator"), survey.id).total == 0


def test_a_file_too_large_to_wait_for_is_a_remark(survey, cast, monkeypatch):
    survey.upload()
    monkeypatch.setattr(surveys, "AT_ONCE_CELLS", 100)
    found = check_against_files(actor=cast.actor("analyst"), survey=survey.id, text=GOOD, now=NOW)
    assert (found.problems, len(found.remarks)) == ((), 1)


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "a billion laughs": LAUGHS,
    "laughs in a setting": "waves:\n- &w {name: a, files: [a]}\n" + "- *w\n" * 40_000,
    "a part that holds itself": "waves: &a [*a, *a]\n",
    "deep nesting": "[" * 50_000,
    "deep flow": "waves: " + "{a: " * 5_000,
    "too many codes": "indicators:\n- {name: a, yes: [" + "1..10000, " * 2_000 + "1]}\n",
    "half a million letters": "title: " + "a" * 700_000,
    "not text": "title: \0",
    "a python object": "title: !!python/object/apply:os.system ['true']\n",
    "a tag": "title: !include /etc/passwd\n",
    "half a letter": "title: \ud800",
    "a tab": "\ttitle: x",
    "nothing": "",
    "a list": "- a\n",
    "merge of itself": "waves: &a {<<: *a}\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_does_harm(survey, text):
    begin = time.process_time()
    problems = check(survey, text)
    assert problems
    assert all(str(one) for one in problems)
    assert time.process_time() - begin < 20


def test_what_is_no_text_is_not_kept(survey):
    for text in ("title: \0", "title: \ud800", "a" * 700_000):
        with pytest.raises(CodebookError):
            survey.save(text)
    assert not CodebookVersion.objects.exists()


def test_work_in_progress_is_kept_with_its_problems(survey):
    assert survey.save("waves: [").problems == 1
    assert survey.save(BAD, based_on=1).problems == len(check(survey, BAD))


def test_patterns_of_file_names_reach_no_file_of_the_server(survey, tmp_path):
    (tmp_path / "secret.csv").write_bytes(csv())
    text = GOOD.replace('files: ["*2022*"]', f'files: ["{tmp_path}/secret.csv", "../**", "/etc/*"]')
    file = survey.upload()
    survey.save(text)
    with pytest.raises(CodebookError, match="fits no wave"):
        survey.ask(file.id)
