"""Surveys: begun, filled with files, made into profiles; what goes wrong is said beside the field."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hashar.assess.queries import surveys as queries
from hashar.runs.services import work_once
from tests.assess.site import csv

pytestmark = pytest.mark.django_db


def detail(site, survey=None):
    return queries.survey(site.cast.actor("analyst"), survey or site.survey)


def upload(client, site, name, content, survey=None, **headers):
    address = reverse("survey_upload", args=(survey or site.survey,))
    return client.post(address, {"file": SimpleUploadedFile(name, content)}, headers=headers)


def begin(client, site, title="Colleges"):
    site.sign_in(client, "coordinator")
    sent = {"title": title, "organisation": site.cast.centre, "territory": ""}
    return client.post(reverse("survey_new"), sent)


def test_a_survey_goes_from_nothing_to_a_shared_profile(client, site):
    made = begin(client, site).headers["Location"]
    number = int(made.rstrip("/").rsplit("/", 1)[1])
    site.sign_in(client, "analyst")
    assert "Next: the file" in client.get(made).content.decode()
    assert upload(client, site, "colleges_2022.csv", csv(2022), number).status_code == 302
    assert "Next: the codebook" in client.get(made).content.decode()
    drafted = client.post(reverse("codebook_draft", args=(number,)), {"file": detail(site, number).files[0].id})
    assert drafted.status_code == 302
    assert "Next: the profile" in client.get(made).content.decode()
    asked = client.post(reverse("survey_profile", args=(number,)), {"file": detail(site, number).files[0].id})
    run = asked.headers["Location"]
    assert "waits for its turn" in client.get(run).content.decode()
    assert work_once(clock=lambda: dt.datetime.now(dt.UTC))
    done = client.get(run).content.decode()
    release = detail(site, number).releases[0].id
    assert reverse("release", args=(release,)) in done
    assert "Next: share the profile" in client.get(made).content.decode()
    site.sign_in(client, "coordinator")
    client.post(reverse("release_share", args=(release,)))
    assert "Next:" not in client.get(made).content.decode()


def test_a_survey_without_a_title_is_refused_beside_the_field(client, site):
    answer = begin(client, site, title=" ")
    assert answer.status_code == 422
    assert 'id="id_title_error"' in answer.content.decode()


def test_nobody_begins_a_survey_for_another_organisation(client, site):
    site.sign_in(client, "coordinator")
    sent = {"title": "Theirs", "organisation": site.cast.foreign, "territory": ""}
    assert client.post(reverse("survey_new"), sent).status_code == 422


def test_the_limits_are_said_before(client, site):
    site.sign_in(client, "analyst")
    text = client.get(reverse("survey_upload", args=(site.survey,))).content.decode()
    assert "MB" in text
    assert ".sav" in text
    assert "data-limit=" in text


REFUSED = [
    ("empty.csv", b"", 422),
    ("letters.exe", b"MZ", 422),
    ("not.xlsx", b"this is no workbook", 422),
    ("not.sav", b"$FL2 broken", 422),
    ("same_2022.csv", csv(2022), 409),
    ("survey_2022.csv", csv(2020) + b"\n", 409),
]


@pytest.mark.parametrize(("name", "content", "status"), REFUSED)
def test_a_file_that_cannot_be_taken_is_refused_beside_the_field(client, site, name, content, status):
    site.sign_in(client, "analyst")
    before = len(detail(site).files)
    answer = upload(client, site, name, content)
    assert answer.status_code == status
    assert 'id="id_file_error"' in answer.content.decode()
    assert len(detail(site).files) == before


def test_no_file_chosen_is_said(client, site):
    site.sign_in(client, "analyst")
    answer = client.post(reverse("survey_upload", args=(site.survey,)), {})
    assert answer.status_code == 422


def test_the_script_is_told_where_to_go(client, site):
    site.sign_in(client, "analyst")
    answer = upload(client, site, "more_2024.csv", csv(2022) + b"\n", **{"X-Requested-With": "upload"})
    assert answer.status_code in (201, 409, 422)
    assert answer.status_code != 201 or answer.headers["Location"] == reverse("survey", args=(site.survey,))


def test_a_file_is_deleted_only_after_asking(client, site):
    site.sign_in(client, "analyst")
    address = reverse("survey_file_remove", args=(site.survey, site.files[0]))
    assert "survey_2020.csv" in client.get(address).content.decode()
    assert len(detail(site).files) == 2
    client.post(address)
    assert len(detail(site).files) == 1
    assert "keep its fingerprint" in client.get(reverse("survey", args=(site.survey,))).content.decode()
    assert client.get(address).status_code == 404


def test_a_profile_that_cannot_be_made_is_refused_in_words(client, site):
    site.sign_in(client, "analyst")
    client.post(reverse("codebook_text", args=(site.survey,)), {"text": "waves: [", "based_on": "1"})
    page = client.get(reverse("survey_profile", args=(site.survey,))).content.decode()
    assert "The codebook has problems" in page
    answer = client.post(reverse("survey_profile", args=(site.survey,)), {"file": site.files[1]})
    assert answer.status_code == 422


def test_a_run_that_failed_says_what_to_do(client, site):
    site.sign_in(client, "analyst")
    client.post(reverse("survey_profile", args=(site.survey,)), {"file": site.files[1], "by": ["place"]})
    client.post(reverse("survey_file_remove", args=(site.survey, site.files[1])))
    work_once(clock=lambda: dt.datetime.now(dt.UTC))
    runs = client.get(reverse("survey", args=(site.survey,))).content.decode()
    assert "Failed" in runs


def test_htmx_gets_only_what_changes(client, site):
    site.sign_in(client, "analyst")
    whole = client.get(reverse("run", args=(site.run,))).content.decode()
    part = client.get(reverse("run", args=(site.run,)), headers={"HX-Request": "true"}).content.decode()
    assert "<html" in whole
    assert "<html" not in part
    assert 'id="run"' in part


def test_who_opened_the_files_can_be_read_by_the_coordinator(client, site):
    site.sign_in(client, "coordinator")
    text = client.get(reverse("survey_microdata", args=(site.survey,))).content.decode()
    assert "survey_2022.csv" in text
    assert "Analyst" in text


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, "²", "1.5"])
def test_a_nonsense_page_is_the_first(client, site, page):
    site.sign_in(client, "reader")
    assert client.get(reverse("releases"), {"page": page}).status_code == 200


def test_an_upload_is_read_in_pieces(client, site):
    site.sign_in(client, "analyst")
    large = io.BytesIO(b"a,b\n" + b"1,2\n" * 200_000)
    assert upload(client, site, "large_2019.csv", large.getvalue()).status_code == 302
