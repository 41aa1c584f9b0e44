"""Progress on the pages: open, answer, send forms back, decide, close, report, without JavaScript."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hashar.implement.contracts.progress import Field, Status
from hashar.implement.queries import collections as queries
from hashar.implement.queries import forms as form_queries
from tests.implement.collecting import FIRST_QUARTER, SECOND_QUARTER, collecting, send_back
from tests.implement.forms import answer_file

__all__ = ["collecting"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def official(cast, client):
    return cast.sign_in(client, "official")


def address(name, *args):
    return "/en/" + reverse(name, args=args).split("/", 2)[2]


def text(response):
    return response.content.decode()


def form_of(collecting, made, body="МВД", language="ru"):
    return form_queries.form(collecting.official, collecting.form(made, body), language)


def returned(collecting, form, answers, name="МВД.json"):
    typed = {
        collecting.numbers[number]: {Field(which): value for which, value in said.items()}
        for number, said in answers.items()
    }
    return SimpleUploadedFile(name, answer_file(form, typed))


def test_an_empty_list_teaches_and_a_collection_is_opened(collecting, official):
    page = text(official.get(address("progress", collecting.plan)))
    assert "Nothing was asked yet" in page
    assert "Ask about a period" in page
    begin = address("progress_new", collecting.plan)
    assert "2026, quarter 1" in text(official.get(begin))
    answer = official.post(begin, {"period": "2026-1", "return_by": "2026-04-10"})
    assert answer.status_code == 302
    page = text(official.get(answer.url))
    assert "Progress: 2026, quarter 1" in page
    assert "0 of 4" in page
    assert "МВД" in page
    again = official.post(begin, {"period": "2026-1", "return_by": "2026-04-10"})
    assert again.status_code == 422
    assert "already asked about this period" in text(again)
    assert official.post(begin, {"period": "1999-9"}).status_code == 422
    assert "2026, quarter 1" in text(official.get(address("progress", collecting.plan)))


def test_the_plan_shows_how_far_a_measure_is_and_leads_to_who_said_so(collecting, official):
    plan = address("plan", collecting.plan)
    assert address("progress", collecting.plan) in text(official.get(plan))
    made = collecting.open()
    collecting.say(made, "МЗ", "2", status=Status.UNDER_WAY, result="Обучено 12")
    page = text(official.get(plan))
    history = address("progress_measure", made, collecting.numbers["2"])
    assert history in page
    assert "Under way" in page
    page = text(official.get(history))
    assert "Обучено 12" in page
    assert "on this site · Official" in page
    assert official.get(address("progress_measure", made, 10**9)).status_code == 404


def test_all_forms_come_in_one_archive_named_after_their_bodies(collecting, official):
    made = collecting.open()
    answer = official.get(address("progress_archive", made, "kk", "html"))
    assert answer["Content-Type"] == "application/zip"
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert sorted(names) == ["Almaty youth.html", "МВД.html", "МЗ.html", "МП.html"]
    assert official.get(address("progress_archive", made, "ru", "pdf")).status_code == 404
    one = official.get(address("progress_file", collecting.form(made, "МЗ"), "ru", "xlsx"))
    assert one.content[:2] == b"PK"
    assert "attachment" in one["Content-Disposition"]
    assert official.get(address("progress_file", collecting.form(made, "МЗ"), "de", "xlsx")).status_code == 404
    assert official.post(address("progress_sent", made)).status_code == 302
    assert "sent " in text(official.get(address("progress_collection", made)))


def test_several_files_are_taken_in_at_once_and_a_bad_one_refuses_only_itself(collecting, official):
    made = collecting.open()
    target = address("progress_upload", made)
    good = returned(collecting, form_of(collecting, made), {"1": {"status": "Исполнено", "done_on": "вчера"}})
    bad = SimpleUploadedFile("<b>фото</b>.jpg", b"\xff\xd8\xff\xe0")
    page = text(official.post(target, {"returned": [good, bad]}))
    assert page.count("not taken in") == 1
    assert page.count("taken in</span>") == 2
    assert "<b>фото" not in page
    good.seek(0)
    assert "the same file" in text(official.post(target, {"returned": [good]}))
    assert official.post(target, {}).status_code == 422
    page = text(official.get(address("progress_collection", made)))
    assert "2 things to decide" in page
    assert "Wrong date" in page


def test_two_sources_stand_side_by_side_and_a_person_decides(collecting, official):
    made = collecting.open()
    form = form_of(collecting, made)
    send_back(collecting, made, "МВД", {"1": {"result": "Опрошено 600"}}, form=form, name="a.json")
    send_back(collecting, made, "МВД", {"1": {"result": "Опрошено 900"}}, form=form, name="b.json")
    trouble = collecting.detail(made).troubles[0]
    page_of = address("progress_trouble", trouble.id)
    page = text(official.get(page_of))
    assert "a.json" in page
    assert "b.json" in page
    chosen = trouble.choices[1].id
    bad = official.post(page_of, {"choice": str(chosen), "reason": ""})
    assert bad.status_code == 422
    assert official.post(page_of, {"choice": "999999", "reason": "так"}).status_code == 422
    assert official.post(page_of, {"choice": "own", "reason": "так"}).status_code == 422
    done = official.post(page_of, {"choice": str(chosen), "reason": "Проверено"})
    assert done.url.endswith(f"/progress/{made}/")
    assert "Проверено" in text(official.get(page_of))
    assert official.post(page_of, {"choice": str(chosen), "reason": "Ещё"}).status_code == 409
    page = text(official.get(address("progress_collection", made)))
    assert "1 decision" in page


def test_what_stays_as_it_is_needs_a_reason_too(collecting, official):
    made = collecting.open()
    collecting.say(made, "МВД", "1", status=Status.DONE)
    page_of = address("progress_trouble", collecting.detail(made).troubles[0].id)
    assert official.post(page_of, {"choice": "stays", "reason": "Видел"}).status_code == 302
    assert "It stays as it is" in text(official.get(page_of))


def test_a_file_is_taken_back_after_a_question(collecting, official):
    made = collecting.open()
    send_back(collecting, made, "МВД", {"1": {"result": "Опрошено 600"}})
    target = address("progress_undo", collecting.detail(made).files[0].id)
    assert "Take the whole file back?" in text(official.get(target))
    assert official.post(target).status_code == 302
    assert "taken back" in text(official.get(address("progress_collection", made)))
    assert official.post(target).status_code == 409
    assert official.get(address("progress_undo", 10**9)).status_code == 404


def test_a_body_answers_for_itself_and_for_nobody_else(collecting, client):
    made = collecting.open()
    colleague = collecting.cast.sign_in(client, "colleague")
    own = collecting.form(made, "Almaty youth")
    plans = text(colleague.get(address("plans")))
    assert address("progress_form", own) in plans
    page = text(colleague.get(address("progress_form", own)))
    assert "2 without an answer" in page
    entry = address("progress_answer", own, collecting.numbers["1"])
    assert 'name="status"' in text(colleague.get(entry))
    sent = {"status": "done", "done_on": "2026-03-10", "result": "Опрошено 600", "spent": "1 090,5"}
    assert colleague.post(entry, {**sent, "spent": "много"}).status_code == 422
    answer = colleague.post(entry, sent)
    assert answer.url == address("progress_answer", own, collecting.numbers["4"])
    assert str(collecting.standing(made, "Almaty youth", "1")["spent"]) == "1090.5"
    other = collecting.form(made, "МВД")
    refused = address("progress_answer", other, collecting.numbers["1"])
    assert 'name="status"' not in text(colleague.get(refused))
    assert colleague.post(refused, sent).status_code in (403, 422)
    assert collecting.standing(made, "МВД", "1") == {}
    assert colleague.get(address("progress_answer", own, collecting.numbers["2"])).status_code == 404


def test_who_answers_too_late_sees_what_stands_and_keeps_what_was_typed(collecting, official):
    made = collecting.open()
    entry = address("progress_answer", collecting.form(made, "МВД"), collecting.numbers["1"])
    collecting.say(made, "МВД", "1", result="Опрошено 600")
    late = official.post(entry, {"result": "Опрошено 900"})
    assert late.status_code == 409
    assert "Somebody answered in between" in text(late)
    assert "Опрошено 600" in text(late)
    assert "Опрошено 900" in text(late)
    seen = text(late).split('name="seen_result" value="')[1].split('"')[0]
    assert official.post(entry, {"result": "Опрошено 900", "seen_result": seen}).status_code == 302
    assert collecting.standing(made, "МВД", "1") == {"result": "Опрошено 900"}


def test_a_collection_is_closed_and_opened_again(collecting, official):
    made = collecting.open()
    page = address("progress_collection", made)
    assert "Close this collection?" in text(official.get(page))
    official.post(address("progress_state", made))
    shown = text(official.get(page))
    assert "Open it again" in shown
    assert "Take in returned forms" not in shown
    good = returned(collecting, form_of(collecting, made), {"1": {"status": "Исполнено"}})
    assert official.post(address("progress_upload", made), {"returned": [good]}).status_code == 409
    official.post(address("progress_state", made), {"state": "open"})
    assert "Take in returned forms" in text(official.get(page))


def test_forms_are_made_anew_after_a_new_edition(collecting, official):
    from tests.implement.collecting import MEASURES, plan_file

    made = collecting.open()
    collecting.import_plan(plan_file(measures=MEASURES["ru"][:5]), collecting.plan)
    page = address("progress_collection", made)
    assert "newer edition" in text(official.get(page))
    assert official.post(address("progress_anew", made)).status_code == 302
    shown = text(official.get(page))
    assert "newer edition" not in shown
    assert "МП" not in [each.name for each in collecting.detail(made).bodies]


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_the_report_comes_out_with_one_button(collecting, official, kind):
    made = collecting.open()
    page = text(official.get(address("progress_collection", made)))
    for language in ("ru", "kk"):
        target = address("progress_report", made, language, kind)
        assert target in page
        answer = official.get(target)
        assert answer.content[:2] == b"PK"
        assert f".{language}.{kind}" in answer["Content-Disposition"]
    assert official.get(address("progress_report", made, "ru", "pdf")).status_code == 404
    assert official.get(address("progress_report", made, "de", "docx")).status_code == 404


def test_a_stranger_meets_nothing(collecting, client):
    made = collecting.open()
    stranger = collecting.cast.sign_in(client, "stranger")
    form = collecting.form(made, "МВД")
    pages = [
        address("progress", collecting.plan),
        address("progress_collection", made),
        address("progress_form", form),
        address("progress_answer", form, collecting.numbers["1"]),
        address("progress_report", made, "ru", "docx"),
        address("progress_archive", made, "ru", "xlsx"),
    ]
    for page in pages:
        answer = stranger.get(page)
        assert answer.status_code == 404
        assert "МВД" not in text(answer)


def test_a_reader_looks_and_changes_nothing(collecting, client):
    made = collecting.open()
    reader = collecting.cast.sign_in(client, "reader")
    page = text(reader.get(address("progress_collection", made)))
    assert "Close this collection?" not in page
    assert "Take in returned forms" not in page
    assert reader.get(address("progress_new", collecting.plan)).status_code == 403
    assert reader.get(address("progress_upload", made)).status_code == 403
    assert reader.post(address("progress_state", made)).status_code == 403
    assert reader.post(address("progress_anew", made)).status_code == 403
    assert reader.post(address("progress_sent", made)).status_code == 403
    found = queries.collections(collecting.official, collecting.plan)
    assert [(one.period, one.state.value) for one in found] == [(FIRST_QUARTER, "open")]
    collecting.open(SECOND_QUARTER)


def test_a_form_that_waits_stands_on_the_home_page(collecting, cast, client):
    made = collecting.open(FIRST_QUARTER)
    page = text(cast.sign_in(client, "colleague").get("/en/"))
    form = address("progress_form", collecting.form(made, "Almaty youth"))
    assert f'href="{form}"' in page
    assert "Forms that wait for your answers: 2026, quarter 1" in page
    assert "Forms that wait" not in text(cast.sign_in(client, "stranger").get("/en/"))
