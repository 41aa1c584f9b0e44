"""The report of a period tells whom the plan's activities reached, once, and what is claimed, with verdicts."""

import datetime as dt
import io
import re

import docx
import pytest
from python_calamine import CalamineWorkbook

from hashar.errors import NotFound
from hashar.evaluate.services import kept, reports
from hashar.flows.period_report import period_report
from hashar.implement.contracts.activities import State
from hashar.plan.queries.measures import measures_to_serve
from hashar.reports.content.report_words import report_words
from hashar.reports.official import report_document
from tests.evaluate.conftest import FELL, LATER, STATED, printed
from tests.implement.activities import log
from tests.implement.collecting import NOW, collecting
from tests.implement.test_reach import bring_in

__all__ = ["collecting"]
pytestmark = pytest.mark.django_db
CLAIM = {"ru": "Школьники стали пить реже.", "kk": "Оқушылар азырақ іше бастады."}
REASON = "Управление просило оставить фразу."
LANGUAGES = ("ru", "kk", "en", "ky", "uz", "tg", "tk")


def made(collecting, who="official"):
    collection = collecting.open()
    return period_report(collecting.cast.actor(who), collection, today=collecting.now.date())


def tables(report, language):
    """Title → cells and notes of the Word file's parts."""
    file = docx.Document(io.BytesIO(report_document(report, language, "docx")))
    found, title, before = {}, "", ""
    for block in file.iter_inner_content():
        if isinstance(block, docx.table.Table):
            title = before
            found[title] = [[cell.text for cell in row.cells] for row in block.rows]
        elif block.text:
            before = block.text
    return found, [each.text for each in file.paragraphs]


def sheet(report, language, name):
    content = report_document(report, language, "xlsx")
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name).to_python()


@pytest.fixture
def worked(collecting):
    """Two activities for two measures of the plan, one for none of them, one of the next quarter; a claim."""
    cast = collecting.cast
    bring_in(cast, "KZ-75,2025,12,17,200", "KZ-75,2025,0,11,300", "KZ-75,2025,18,120,1500")
    first, second = collecting.numbers["1"], collecting.numbers["2"]
    assert {first, second} <= {each.id for each in measures_to_serve(collecting.official, cast.centre, NOW.date())}
    log(cast, now=NOW, measures=(first, second), contacts=40)
    log(cast, now=NOW, measures=(first,), contacts=25, title="Other", place="School 14")
    log(cast, now=NOW, contacts=500, title="Not of this plan")
    log(cast, now=NOW, measures=(first,), date=dt.date(2026, 4, 2), contacts=700, title="Next quarter")
    log(cast, now=NOW, measures=(first,), date=dt.date(2026, 4, 9), state=State.PLANNED, contacts=None, title="Later")
    report = reports.open_report(
        actor=cast.actor("coordinator"), organisation=cast.centre, title="Year", now=NOW, plan=collecting.plan
    )
    claim = kept.keep(
        actor=cast.actor("analyst"), report=report, sentence=CLAIM, claim=FELL, source=STATED, typed=printed(), now=NOW
    )
    kept.override(actor=cast.actor("coordinator"), claim=claim, judgement=1, reason=REASON, now=LATER)
    return collecting


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_reach_stands_in_word_and_excel_once_with_its_share_and_source(worked, language):
    report, say = made(worked), report_words(language)
    found, paragraphs = tables(report, language)
    head, _, young, everybody = found[say["reach"]]
    assert len(head) == 7
    assert young[1:] == ["2", "65", "40", "65", "200", young[6]]
    assert re.findall(r"\d+", young[6]) == ["20", "32"]  # 40 and 65 of 200 people, in percent
    assert everybody[1:3] == ["2", "65"]
    assert any("City office" in each and "2025" in each for each in paragraphs)
    assert any(each == say["reach_note"] for each in paragraphs)
    rows = sheet(report, language, say["sheet_reach"])
    assert next(row for row in rows if row[1:3] == [2, 65])[1:6] == [2, 65, 40, 65, 200]


def test_contacts_are_never_a_share(worked):
    found, _ = tables(made(worked), "en")
    _, _, *rows = found[report_words("en")["reach"]]
    assert [("%" in cell) for cell in rows[0]] == [False] * 6 + [True]
    for title, cells in found.items():
        if title != report_words("en")["reach"]:
            assert not any("contacts" in cell.casefold() for row in cells for cell in row), title


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_claims_stand_with_verdict_numbers_source_and_who_overrode_it(worked, language):
    report, say = made(worked), report_words(language)
    found, _ = tables(report, language)
    (line,) = [row for cells in found.values() for row in cells if row[1] == CLAIM[language]]
    rows = sheet(report, language, say["sheet_claims"])
    (same,) = [row for row in rows if len(row) > 1 and row[1] == CLAIM[language]]
    assert [cell.replace("\r", "") for cell in same[1:]] == line[1:]
    verdict = {"ru": "Не показано", "kk": "Көрсетілмеген"}[language]
    assert line[2].startswith(verdict)
    assert f": {REASON}\n(Coordinator, " in line[2]
    assert "10,0" in line[4]
    assert "8,0" in line[4]
    assert STATED.stated in line[5]
    assert "[" in line[3]


def test_who_belongs_to_no_organisation_of_the_claims_reads_none(worked):
    report = made(worked, "manager")
    assert (report.claims, report.reach[0].whole.contacts) == ((), 65)
    assert (
        report_words("ru")["sheet_claims"]
        not in CalamineWorkbook.from_filelike(io.BytesIO(report_document(report, "ru", "xlsx"))).sheet_names
    )


def test_small_numbers_leave_the_organisation_with_nobody(collecting):
    log(collecting.cast, now=NOW, measures=(collecting.numbers["1"],), contacts=3)
    report = made(collecting)
    (young, _) = report.reach
    assert (young.whole.contacts, young.whole.hidden) == (0, 1)
    _, paragraphs = tables(report, "en")
    assert any("fewer than 5 people is not in the contacts" in each for each in paragraphs)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_activities_it_says_so_in_every_language(collecting, language):
    report = made(collecting)
    _, paragraphs = tables(report, language)
    assert report_words(language)["reach_nothing"] in paragraphs
    rows = sheet(report, language, report_words(language)["sheet_reach"])
    assert any(report_words(language)["reach_nothing"] in row for row in rows)


def test_a_stranger_gets_none_of_it(worked):
    collection = worked.open()
    with pytest.raises(NotFound):
        period_report(worked.cast.actor("stranger"), collection, today=worked.now.date())
