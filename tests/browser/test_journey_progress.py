"""The way of a quarter on a phone: ask, send, take in, decide, answer, report."""

import io
import re
import zipfile

import docx
from django.urls import reverse

from hashar.implement.contracts.progress import Field
from hashar.implement.queries import collections as queries
from hashar.implement.queries import forms
from tests.browser.checks import axe_faults, runs_over
from tests.implement.collecting import Collecting
from tests.implement.forms import filled

PHONE = {"width": 360, "height": 740}


def press(page, name):
    page.get_by_role("button", name=name).first.click()


def fine(page):
    """The page is accessible and within its window."""
    assert axe_faults(page) + runs_over(page) == []


def test_a_quarter_from_the_question_to_the_report(visit, cast, tmp_path):
    collecting = Collecting(cast)
    page = visit("/en" + reverse("progress", args=[collecting.plan])[3:], "official", **PHONE)
    page.get_by_role("link", name="Ask about a period").first.click()
    page.get_by_label("Period").select_option("2026-1")
    page.get_by_label("Return by").fill("2026-04-10")
    fine(page)
    press(page, "Make the forms")
    page.get_by_role("heading", name="Progress: 2026, quarter 1").wait_for()
    made = int(re.search(r"/progress/(\d+)/", page.url)[1])

    with page.expect_download() as got:
        page.get_by_role("link", name="Excel (ru)", exact=True).last.click()
    names = zipfile.ZipFile(got.value.path()).namelist()
    assert "МВД.xlsx" in names
    form = forms.form(collecting.official, collecting.form(made, "МВД"), "ru")
    one = form.measures[0].measure
    for name, said in (("first", "Опрошено 600"), ("second", "Опрошено 900")):
        content = filled(form, {one: {Field.STATUS: "Исполнено", Field.RESULT: said, Field.EVIDENCE: "№ 5"}})
        (tmp_path / f"{name}.xlsx").write_bytes(content)
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")

    page.get_by_role("link", name="Take in returned forms").click()
    page.locator("input[type=file]").set_input_files(
        [tmp_path / f"{each}" for each in ("first.xlsx", "second.xlsx", "photo.jpg")]
    )
    press(page, "Check and take in")
    page.get_by_role("heading", name="What became of each file").wait_for()
    assert page.get_by_text("not taken in").count() == 1
    fine(page)
    page.get_by_role("link", name="Go to the collection").click()
    page.get_by_role("heading", name="1 thing to decide").wait_for()
    fine(page)

    page.get_by_role("link", name="Conflict").click()
    page.get_by_role("radio", name="Опрошено 900").check()
    page.get_by_label("Why").fill("Проверено по журналу")
    fine(page)
    press(page, "Keep this decision")
    page.get_by_text("Your decision is kept, with its reason.").wait_for()
    assert page.get_by_text("thing to decide").count() == 0

    with page.expect_download() as got:
        page.get_by_role("link", name="Word (ru)", exact=True).first.click()
    report = docx.Document(io.BytesIO(got.value.path().read_bytes()))
    assert any("Опрошено 900" in cell.text for row in report.tables[0].rows for cell in row.cells)
    assert [each.state.value for each in queries.collections(collecting.official, collecting.plan)] == ["open"]


def test_a_body_answers_with_a_thumb(visit, cast):
    collecting = Collecting(cast)
    made = collecting.open()
    page = visit("/en/plan/", "colleague", **PHONE)
    page.get_by_role("link", name="Almaty youth: 2026, quarter 1").click()
    fine(page)
    page.get_by_role("link", name="1. Провести опрос школьников").click()
    page.get_by_label("How far").select_option("done")
    page.get_by_label("What was done").fill("Опрошено 600")
    fine(page)
    press(page, "Keep and go on")
    page.get_by_role("heading", name="Measure 4").wait_for()
    assert collecting.standing(made, "Almaty youth", "1")["result"] == "Опрошено 600"
