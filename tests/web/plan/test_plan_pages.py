"""Plans on the pages: import, look, answer, store, narrow, download, undo, without JavaScript."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hashar.plan.services.official_plans import read_plan
from tests.plan.test_plans import FIRST, SECOND, file
from tests.plan.word_file import paragraph, row, table, word_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(cast, client):
    return cast.sign_in(client, "official")


def address(name, *args):
    return reverse(name, args=args).replace("/ru/", "/en/").replace("/kk/", "/en/")


def text(response):
    return response.content.decode()


def send(client, cast, measures, plan=None):
    sent = SimpleUploadedFile("plan.docx", file(measures).read())
    target = address("plan_upload", plan) if plan else address("plan_new")
    return client.post(target, {"organisation": cast.centre, "file": sent})


def stored(client, cast, measures, plan=None):
    page = send(client, cast, measures, plan).url
    return client.post(f"{page}store/").url, page


def test_a_plan_is_imported_looked_at_and_stored(cast, official):
    assert "No plans yet" in text(official.get(address("plans")))
    answer = send(official, cast, FIRST)
    assert answer.status_code == 302
    page = text(official.get(answer.url))
    assert "the words “когда получится” were not understood" in page
    assert 'name="day-5"' in page
    official.post(answer.url, {"day-5": "2027-05-01", "body-0": "999999999999999999999", "same-0": "perhaps"})
    assert 'value="2027-05-01"' in text(official.get(answer.url))
    done = official.post(f"{answer.url}store/")
    page = text(official.get(done.url))
    assert "План профилактики на 2026–2027 годы" in page
    assert "until May 1, 2027" in page or "until 1 May 2027" in page
    assert "План профилактики" in text(official.get(address("plans")))


def test_measures_are_narrowed_by_an_address_that_can_be_sent_on(cast, official):
    plan, _ = stored(official, cast, FIRST)
    page = text(official.get(plan, {"body": "МЗ"}))
    assert FIRST[1][1] in page
    assert FIRST[0][1] not in page
    assert FIRST[0][1] in text(official.get(plan, {"before": "nonsense"}))


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_the_form_is_downloaded_and_is_the_same_plan(cast, official, kind):
    plan, _ = stored(official, cast, FIRST)
    answer = official.get(f"{plan}files/ru/{kind}/")
    assert "attachment" in answer["Content-Disposition"]
    edition = read_plan(content=answer.content, name=f"a.{kind}").edition
    assert [measure.text for measure in edition.measures] == [one[1] for one in FIRST]
    assert official.get(f"{plan}files/ru/pdf/").status_code == 404
    assert official.get(f"{plan}files/kk/docx/").status_code == 404


def test_a_new_edition_shows_what_changes_before_it_is_stored(cast, official):
    plan, _ = stored(official, cast, FIRST)
    number = int(plan.strip("/").rsplit("/", 1)[1])
    waiting = send(official, cast, SECOND, number).url
    page = text(official.get(waiting))
    assert "Compared with the edition that stands" in page
    assert "<del>IV квартал 2026 года</del>" in page
    assert "Removed" in page
    official.post(f"{waiting}store/")
    assert "Compared with the edition before" in text(official.get(waiting))


def test_a_sum_stands_beside_its_year_also_where_the_year_before_has_none(cast, official):
    head = row("№", "Мероприятие", "Срок", "Ответственные", "Сумма, тыс. тенге, 2026", "Сумма, тыс. тенге, 2027")
    content = word_file(paragraph("План на 2026–2027 годы"), table([head, row("1", "А", "постоянно", "МЗ", "", "70")]))
    sent = SimpleUploadedFile("plan.docx", content)
    page = official.post(address("plan_new"), {"organisation": cast.centre, "file": sent}).url
    shown = text(official.get(official.post(f"{page}store/").url))
    assert '<span class="detail">2027: 70</span>' in shown


def test_what_is_understood_is_not_said_twice(cast, official):
    plan, _ = stored(official, cast, [("1", "Обучить психологов", "отчёт", "every year", "МЗ", "100")])
    page = text(official.get(plan))
    assert page.count("every year") == 1
    assert "Русский" in page.split('id="imports"')[1]


def test_an_open_question_stops_the_import_and_keeps_the_page(cast, official):
    plan, _ = stored(official, cast, FIRST)
    number = int(plan.strip("/").rsplit("/", 1)[1])
    rewritten = [("4", "Обучить психологов колледжей приёмам помощи", *FIRST[1][2:])]
    waiting = send(official, cast, rewritten, number).url
    refused = official.post(f"{waiting}store/")
    assert refused.status_code >= 400
    assert "Answer the questions that are marked first." in text(refused)
    assert "Is this the measure that stood as" in text(refused)
    official.post(waiting, {"same-0": "yes"})
    assert official.post(f"{waiting}store/").status_code == 302


def test_an_import_is_undone_after_a_question(cast, official):
    plan, page = stored(official, cast, FIRST)
    assert "Undo the whole import?" in text(official.get(f"{page}undo/"))
    assert official.post(f"{page}undo/").url == plan
    assert "No edition stands" in text(official.get(plan))


def test_a_waiting_file_is_thrown_away(cast, official):
    page = send(official, cast, FIRST).url
    assert official.post(f"{page}discard/").url == address("plans")
    assert official.get(page).status_code == 404


def test_a_file_that_is_no_plan_is_told_beside_the_field(cast, official):
    sent = SimpleUploadedFile("scan.pdf", b"%PDF-1.7")
    answer = official.post(address("plan_new"), {"organisation": cast.centre, "file": sent})
    assert answer.status_code >= 400
    assert "scan.pdf is a PDF" in text(answer)
    assert official.post(address("plan_new"), {}).status_code == 422


def test_a_reader_sees_plans_and_imports_none(cast, official, client):
    plan, page = stored(official, cast, FIRST)
    cast.sign_in(client, "reader")
    assert "Import a new edition" not in text(client.get(plan))
    assert client.get(address("plan_new")).status_code == 403
    assert client.post(f"{page}undo/").status_code == 403


def test_a_name_in_a_file_is_never_code(cast, official):
    bad = [("1", "<script>alert(1)</script> дело", "отчёт", "2026 год", "<b>МВД</b>", "1")]
    plan, page = stored(official, cast, bad)
    for shown in (plan, page):
        assert b"<script>alert" not in official.get(shown).content
        assert b"<b>" not in official.get(shown).content
    assert isinstance(file(bad), io.BytesIO)
