"""Surveys and their files: what is taken, what is kept, and that a refusal leaves nothing."""

import datetime as dt
import io
import os
import stat
import zipfile

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
import xlsxwriter

from hashar.assess.models import Survey, SurveyFile
from hashar.assess.queries.surveys import microdata_audit
from hashar.assess.queries.surveys import survey as survey_of
from hashar.assess.services import surveys
from hashar.assess.sources import inspection
from hashar.errors import Conflict, Forbidden, InputError, NotFound, OutputError, TooLarge, UsageError
from hashar.people.queries import audit_trail
from hashar.runs.queries import runs_about
from hashar.runs.services import work_once
from tests.assess.site import csv, make_survey
from tests.people.cast import NOW

pytestmark = pytest.mark.django_db
SMALL = b"id,alcohol\n1,2\n2,1\n3,1\n"


def workbook(rows=((1, 2), (3, 4)), far=None):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["id", "alcohol"])
    for at, row in enumerate(rows, start=1):
        sheet.write_row(at, 0, row)
    if far:
        sheet.write(*far, 1)
    book.close()
    return out.getvalue()


def with_member(content, name, data):
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def parquet():
    out = io.BytesIO()
    pq.write_table(pa.table({"id": [1, 2], "alcohol": [2, 1]}), out)
    return out.getvalue()


def labelled(tmp_path, suffix):
    path = tmp_path / f"made{suffix}"
    frame = pd.DataFrame({"id": [1.0, 2.0], "alcohol": [2.0, 1.0]})
    if suffix == ".dta":
        pyreadstat.write_dta(frame, str(path))
    else:
        pyreadstat.write_sav(frame, str(path), compress=suffix == ".zsav")
    return path.read_bytes()


def trail(cast, action):
    return list(audit_trail(cast.actor("coordinator"), organisation=cast.centre, action=action).items)


def test_a_coordinator_creates_a_survey_of_the_organisations_territory(cast, data):
    survey = make_survey(cast, data, title="  Almaty \n 2022 ")
    told = survey.detail("coordinator").summary
    assert (told.title, told.territory, told.territory_path) == ("Almaty 2022", cast.city, "KZ/KZ-75/")
    assert [entry.subject for entry in trail(cast, "survey.create")] == [f"survey:{survey.id}"]


@pytest.mark.parametrize("name", ["official", "analyst", "reader", "colleague", "stranger", "manager", "operator"])
def test_nobody_else_creates_one(cast, data, name):
    with pytest.raises(Forbidden):
        surveys.create_survey(actor=cast.actor(name), organisation=cast.centre, title="x", territory=None, now=NOW)
    assert not Survey.objects.exists()


def test_a_coordinator_creates_none_about_a_territory_beyond_theirs(cast, data):
    for territory in (cast.country, cast.elsewhere):
        with pytest.raises(Forbidden):
            surveys.create_survey(
                actor=cast.actor("coordinator"), organisation=cast.centre, title="x", territory=territory, now=NOW
            )


@pytest.mark.parametrize("title", ["", "  ", "a" * 201, "a\0b", "a\u202eb"])
def test_a_survey_needs_a_title_that_can_be_read(cast, data, title):
    with pytest.raises(UsageError):
        make_survey(cast, data, title=title)


def test_an_uploaded_file_is_kept_outside_the_database_for_the_sites_own_account_alone(survey, data):
    file = survey.upload("Опрос 2022.csv", SMALL)
    (kept,) = survey.kept()
    assert kept == data / "microdata" / str(survey.id) / file.sha256 / "Опрос 2022.csv"
    assert kept.read_bytes() == SMALL
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    folders = [folder for folder in kept.parents if folder.is_relative_to(data / "microdata")]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}
    assert (file.name, file.rows, file.columns, file.size) == ("Опрос 2022.csv", 3, 2, len(SMALL))


def test_an_upload_is_in_the_audit_trail(survey, cast):
    file = survey.upload("a.csv", SMALL)
    (entry,) = trail(cast, "survey.upload")
    assert (entry.person, entry.subject) == (cast.people["analyst"], f"survey:{survey.id}")
    assert entry.details == {"file": file.id, "sha256": file.sha256}


@pytest.mark.parametrize("name", ["coordinator", "official"])
def test_those_who_prepare_but_are_no_analysts_cannot_upload(survey, name):
    with pytest.raises(Forbidden):
        survey.upload(by=name)
    assert survey.kept() == []


@pytest.mark.parametrize("name", ["reader", "colleague", "stranger", "manager", "operator"])
def test_for_all_others_there_is_no_such_survey(survey, name):
    with pytest.raises(NotFound):
        survey.upload(by=name)
    with pytest.raises(NotFound):
        survey.detail(by=name)
    assert survey.kept() == []


@pytest.mark.parametrize("suffix", [".sav", ".zsav", ".dta"])
def test_labelled_files_are_taken(survey, tmp_path, suffix):
    file = survey.upload(f"a{suffix}", labelled(tmp_path, suffix))
    assert (file.rows, file.columns) == (2, 2)


@pytest.mark.parametrize(
    ("name", "content"), [("a.xlsx", workbook()), ("a.parquet", parquet()), ("a.tsv", b"id\talcohol\n1\t2\n3\t4\n")]
)
def test_other_survey_files_are_taken(survey, name, content):
    file = survey.upload(name, content)
    assert (file.rows, file.columns) == (2, 2)


def test_what_the_reader_had_to_decide_is_kept_with_the_file(survey):
    survey.upload("a.csv", "id,город\n1,Алматы\n2,Шу\n".encode("cp1251"))
    (file,) = survey.detail().files
    assert any("cp1251" in str(note.values) for note in file.notes)


HARMFUL = {
    "empty": ("a.csv", b"", "empty"),
    "no rows": ("a.csv", b"id,alcohol\n", "no rows"),
    "binary": ("a.csv", b"id,\0\0\1\2\n" * 50, "."),
    "another kind": ("a.sav", parquet(), "parquet"),
    "a workbook named csv": ("a.csv", workbook(), "xlsx"),
    "a text named xlsx": ("a.xlsx", SMALL, "."),
    "macros by name": ("a.xlsm", workbook(), "macros"),
    "macros inside": ("a.xlsx", with_member(workbook(), "xl/vbaProject.bin", b"x"), "macros"),
    "old macros inside": ("a.xlsx", with_member(workbook(), "xl/macrosheets/sheet1.xml", b"<x/>"), "macros"),
    "an archive": ("a.xlsx", with_member(b"", "survey.csv", SMALL), "ZIP"),
    "a bomb": ("a.xlsx", with_member(workbook(), "xl/worksheets/sheet9.xml", bytes(200_000_000)), "unpack"),
    "far cells": ("a.xlsx", workbook(far=(1_048_575, 16_383)), "reach to row"),
    "encrypted": (
        "a.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
    "cut short": ("a.parquet", parquet()[:-30], "damaged"),
    "a cut workbook": ("a.xlsx", workbook()[:-300], "damaged"),
    "an encrypted sav": ("a.sav", b"\x1c\x00\x00\x00\x00\x00\x00\x00ENCRYPTEDSAV" + bytes(100), "password"),
    "an unpacked script": ("a.php", b"<?php ?>", "only survey files"),
}


@pytest.mark.parametrize(("name", "content", "says"), HARMFUL.values(), ids=HARMFUL)
def test_what_is_harmful_or_broken_is_refused_and_leaves_nothing(survey, data, name, content, says):
    with pytest.raises(InputError, match=says):
        survey.upload(name, content)
    assert not SurveyFile.objects.exists()
    assert survey.kept() == []
    assert not any((data / "uploads").glob("*")) if (data / "uploads").exists() else True


def test_a_file_with_too_many_columns_is_refused(survey):
    wide = (",".join(f"v{at}" for at in range(5001)) + "\n" + ",".join("1" * 5001) + "\n").encode()
    with pytest.raises(TooLarge):
        survey.upload("a.csv", wide)
    assert survey.kept() == []


def test_a_file_above_the_sites_limit_is_refused_while_it_arrives(survey, settings):
    settings.UPLOAD_LIMIT = 1000

    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            Endless.given += size
            return b"1,2\n" * (size // 4)

    with pytest.raises(TooLarge):
        surveys.add_file(actor=survey.cast.actor("analyst"), survey=survey.id, name="a.csv", content=Endless(), now=NOW)
    assert Endless.given <= 2 << 20
    assert survey.kept() == []


def test_an_upload_that_breaks_off_leaves_nothing(survey):
    class Broken(io.RawIOBase):
        def read(self, size=-1):
            raise ConnectionResetError

    with pytest.raises(InputError, match="did not arrive whole"):
        surveys.add_file(actor=survey.cast.actor("analyst"), survey=survey.id, name="a.csv", content=Broken(), now=NOW)
    assert survey.kept() == []


def test_the_same_file_is_not_stored_twice_whatever_its_name(survey):
    survey.upload("a.csv", SMALL)
    with pytest.raises(Conflict, match=r"as a\.csv"):
        survey.upload("b.csv", SMALL)
    assert len(survey.kept()) == SurveyFile.objects.count() == 1


def test_another_file_of_the_same_name_is_refused(survey):
    survey.upload("a.csv", SMALL)
    with pytest.raises(Conflict, match="another file named"):
        survey.upload("folder/a.csv", SMALL + b"4,1\n")
    assert len(survey.kept()) == 1


def test_two_surveys_keep_their_files_apart(survey, cast, data):
    other = make_survey(cast, data, title="Another")
    survey.upload("a.csv", SMALL)
    other.upload("a.csv", SMALL)
    file = survey.detail().files[0]
    surveys.remove_file(actor=cast.actor("analyst"), survey=survey.id, file=file.id, now=NOW)
    assert len(other.detail().files) == 1


def test_a_removed_file_leaves_its_fingerprint(survey, cast, django_capture_on_commit_callbacks):
    file = survey.upload("a.csv", SMALL)
    with django_capture_on_commit_callbacks(execute=True):
        surveys.remove_file(actor=cast.actor("analyst"), survey=survey.id, file=file.id, now=NOW)
    told = survey.detail()
    assert told.files == ()
    assert [(one.sha256, one.removed_at) for one in told.removed_files] == [(file.sha256, NOW)]
    assert survey.kept() == []
    assert len(trail(cast, "survey.remove_file")) == 1


def test_a_removed_file_can_come_back(survey, cast, django_capture_on_commit_callbacks):
    file = survey.upload("a.csv", SMALL)
    with django_capture_on_commit_callbacks(execute=True):
        surveys.remove_file(actor=cast.actor("analyst"), survey=survey.id, file=file.id, now=NOW)
    assert survey.upload("a.csv", SMALL).id != file.id
    assert len(survey.kept()) == 1


@pytest.mark.parametrize("name", ["coordinator", "official", "reader", "colleague", "stranger"])
def test_only_an_analyst_removes_files(survey, cast, name):
    file = survey.upload("a.csv", SMALL)
    with pytest.raises((Forbidden, NotFound)):
        surveys.remove_file(actor=cast.actor(name), survey=survey.id, file=file.id, now=NOW)
    assert len(survey.kept()) == 1


@pytest.mark.parametrize("file", [0, -1, 10**6, 2**70])
def test_a_file_that_is_not_there_cannot_be_removed(survey, cast, file):
    with pytest.raises(NotFound):
        surveys.remove_file(actor=cast.actor("analyst"), survey=survey.id, file=file, now=NOW)


@pytest.mark.parametrize("number", [0, -1, 10**6, 2**70])
def test_a_survey_that_is_not_there_is_not_found(survey, cast, number):
    with pytest.raises(NotFound):
        survey_of(cast.actor("analyst"), number)


def large(monkeypatch):
    monkeypatch.setattr(surveys, "AT_ONCE_BYTES", 10)


def test_a_large_file_is_looked_through_by_a_run(survey, cast, monkeypatch):
    large(monkeypatch)
    file = survey.upload("a.csv", SMALL)
    assert (file.rows, file.columns) == (None, None)
    assert [run.kind for run in runs_about(f"survey:{survey.id}")] == ["inspect"]
    assert work_once(clock=lambda: NOW)
    (file,) = survey.detail().files
    assert (file.rows, file.columns, file.problem) == (3, 2, None)
    (access,) = microdata_audit(cast.actor("coordinator"), survey.id).items
    assert (access.by, access.file_name, access.purpose) == ("Analyst", "a.csv", "inspect")


def test_a_large_file_that_cannot_be_read_says_so_and_can_be_removed(survey, cast, monkeypatch):
    large(monkeypatch)
    file = survey.upload("a.csv", b"id,alcohol\n1,2,3\n")
    assert work_once(clock=lambda: NOW)
    (told,) = survey.detail().files
    assert told.problem is not None
    assert told.problem.values["line"] == "2"
    with pytest.raises(InputError):
        survey.ask(file.id) if survey.save() else None
    surveys.remove_file(actor=cast.actor("analyst"), survey=survey.id, file=file.id, now=NOW)


def test_a_large_file_removed_before_its_turn_fails_plainly(survey, cast, monkeypatch):
    large(monkeypatch)
    file = survey.upload("a.csv", SMALL)
    surveys.remove_file(actor=cast.actor("analyst"), survey=survey.id, file=file.id, now=NOW)
    assert work_once(clock=lambda: NOW)
    (run,) = runs_about(f"survey:{survey.id}")
    assert (run.state, "removed" in run.message) == ("failed", True)


def test_only_coordinators_read_who_opened_the_microdata(survey, cast):
    with pytest.raises(Forbidden):
        microdata_audit(cast.actor("analyst"), survey.id)
    with pytest.raises(NotFound):
        microdata_audit(cast.actor("stranger"), survey.id)


def test_a_file_that_vanished_from_the_disk_says_so(survey, data):
    file = survey.upload("a.csv", SMALL)
    survey.kept()[0].unlink()
    with pytest.raises(InputError, match="no longer in the data folder"):
        surveys.store().path(survey.id, file.sha256, file.name)


def test_what_a_power_cut_left_goes_after_a_day_and_nothing_else(survey, cast, data):
    survey.upload("a.csv", SMALL)
    (kept,) = survey.kept()
    for place in (data / "microdata" / str(survey.id) / ("0" * 64), data / "uploads" / "half"):
        place.mkdir()
        (place / "half.csv").write_bytes(b"1,2")
        os.utime(place, (0, 0))
    os.utime(kept.parent, (0, 0))
    fresh = data / "uploads" / "arriving"
    fresh.mkdir()
    (fresh / "now.csv").write_bytes(b"1")
    today = dt.datetime.fromtimestamp(fresh.stat().st_mtime, dt.UTC)
    assert surveys.sweep(now=today) == 2
    assert survey.kept() == [kept, fresh / "now.csv"]


def test_the_made_up_survey_is_read_at_once(survey):
    file = survey.upload(content=csv())
    assert (file.rows, file.columns) == (610, np.size(list(csv().split(b"\n")[0].split(b","))))


def test_a_data_folder_that_cannot_take_the_file_leaves_neither_row_nor_bytes(survey, data):
    (data / "microdata").write_text("in the way")
    with pytest.raises(OutputError, match="cannot be written"):
        survey.upload("a.csv", SMALL)
    assert not SurveyFile.objects.exists()
    assert [path.name for path in survey.kept()] == ["microdata"]


def test_a_parquet_file_that_unpacks_to_too_much_is_refused_unread(survey, monkeypatch):
    monkeypatch.setattr(inspection, "MOST_UNPACKED", 10)
    with pytest.raises(TooLarge, match="unpack"):
        survey.upload("a.parquet", parquet())


def test_a_workbook_without_its_index_is_damaged(survey):
    with zipfile.ZipFile(out := io.BytesIO(), "w") as archive:
        archive.writestr("xl/other.xml", "<x/>")
    with pytest.raises(InputError, match="damaged"):
        survey.upload("a.xlsx", out.getvalue())
