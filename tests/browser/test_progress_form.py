"""The offline form of a responsible body, opened from a file: filled in, kept, saved, read back."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from hashar.implement.contracts.progress import Field, Status
from hashar.implement.services.returned_forms import read_returned
from hashar.reports.progress_forms import form_file
from tests.browser.checks import axe_faults, runs_over
from tests.implement.forms import TODAY, small_form

NOON = dt.datetime(2026, 12, 20, 12, tzinfo=dt.UTC)
FORM = small_form(language="en")
FIRST, SECOND = (each.measure for each in FORM.measures[:2])


@pytest.fixture
def open_form(chromium, tmp_path):
    """Open the form from the disk, as from a messenger, in a window that has no network."""
    path = tmp_path / "form.html"
    path.write_bytes(form_file(FORM, "html"))
    opened = []

    def open_window(**context):
        window = chromium.new_context(offline=True, accept_downloads=True, **context)
        page = window.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda line: page.faults.append(line.text) if line.type == "error" else None)
        page.clock.set_fixed_time(NOON)
        opened.append((window, page))
        page.goto(path.as_uri())
        return page

    yield open_window
    faults = [fault for _, page in opened for fault in page.faults]
    for window, _ in opened:
        window.close()
    assert faults == []


def field(page, measure, name):
    return page.locator(f'[data-measure="{measure}"] [data-field="{name}"]')


def test_a_body_fills_in_the_form_and_what_it_saved_is_read_back(open_form):
    page = open_form(viewport={"width": 360, "height": 740})
    page.fill("#returned_by", "Асель, +7 701")
    assert not field(page, FIRST, "result").is_visible(), "four fields of sixty measures would hide the list"
    field(page, FIRST, "status").select_option(label="Carried out")
    field(page, FIRST, "done_on").fill("2026-12-21")
    assert page.get_by_text("This day is still to come.").is_visible()
    field(page, FIRST, "done_on").fill("2026-09-30")
    assert page.get_by_text("Write a day from 01.10.2026 to 31.12.2026.").is_visible()
    field(page, FIRST, "done_on").fill("2026-12-05")
    assert page.get_by_text("Name the document: its number and date.").is_visible()
    assert page.locator("#open").inner_text() == "To look at: 1"
    field(page, FIRST, "evidence").fill("=Приказ № 5")
    field(page, FIRST, "spent").fill("много")
    assert page.get_by_text("Write one number, such as 1250.5.").is_visible()
    field(page, FIRST, "spent").fill("1 250,5")
    field(page, SECOND, "result").evaluate("each => each.closest('.measure').querySelector('select').focus()")
    field(page, SECOND, "result").fill("Две\nстроки </script>")
    assert page.locator("#open").inner_text() == ""
    assert page.locator("#answered").inner_text() == "Answered: 2 of 4"
    assert axe_faults(page) == []
    assert runs_over(page) == []
    with page.expect_download() as saved:
        page.click("#save")
    name, content = saved.value.suggested_filename, Path(saved.value.path()).read_bytes()
    assert name == "progress-МЗ-2026-12-31-answers.json"
    assert page.locator("#saved").inner_text() == f"Saved as {name}. Send that file."
    returned = read_returned(content=content, name=name, form=FORM, today=TODAY)
    assert {(one.measure, one.field): one.value for one in returned.answers} == {
        (FIRST, Field.STATUS): Status.DONE,
        (FIRST, Field.DONE_ON): dt.date(2026, 12, 5),
        (FIRST, Field.EVIDENCE): "=Приказ № 5",
        (FIRST, Field.SPENT): Decimal("1250.5"),
        (SECOND, Field.RESULT): "Две\nстроки </script>",
    }
    assert returned.returned_by == "Асель, +7 701"
    whole = read_returned(content=page.content().encode(), name="saved.html", form=FORM, today=TODAY)
    assert [one.value for one in whole.answers] == [one.value for one in returned.answers]
    message = page.locator("#text").input_value()
    assert message.encode() == content, "the text to copy is the file"


def test_what_was_typed_is_there_again_after_the_phone_closed_the_page(open_form):
    page = open_form(viewport={"width": 1440, "height": 900}, color_scheme="dark")
    field(page, FIRST, "status").select_option("under_way")
    field(page, FIRST, "note").fill("жду приказа")
    page.reload()
    assert field(page, FIRST, "note").input_value() == "жду приказа"
    assert page.locator("#keeping").inner_text().startswith("What you write is kept on this device")
    assert axe_faults(page) == []
    assert runs_over(page) == []
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("#clear")
    page.reload()
    assert field(page, FIRST, "status").input_value() == ""
    assert page.locator("#answered").inner_text() == "Answered: 0 of 4"


def test_a_browser_that_keeps_nothing_says_so(open_form):
    page = open_form()
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})")
    page.reload()
    assert page.locator("#keeping").inner_text().startswith("This device keeps nothing")
    field(page, FIRST, "status").select_option("under_way")
    assert page.locator("#answered").inner_text() == "Answered: 1 of 4"


def test_without_a_script_the_whole_form_can_be_read_and_printed(open_form):
    page = open_form(java_script_enabled=False)
    assert page.get_by_text("This form cannot be saved here.").is_visible()
    assert field(page, FIRST, "result").is_visible()
    assert not page.locator("#save").is_visible()
