"""The two forms that are sent: what is in them, and what is not."""

import base64
import dataclasses
import hashlib
import io
import json
import re
import zipfile
from decimal import Decimal

import pytest
from lxml import etree

from hashar.errors import UsageError
from hashar.i18n import LANGUAGES
from hashar.implement.contracts.progress import Field, Status
from hashar.reports.content.progress_form import progress_form
from hashar.reports.progress_forms import form_file, form_name
from tests.implement.forms import SHEET, form_of, places_of, small_form

EVIL = ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "<script>alert(1)</script>", "</script><b>&amp;", "{{ 7 }}"]
SPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def evil_form():
    """Every text that comes from outside tries to be something else."""
    first = small_form().measures[0]
    measures = tuple(
        dataclasses.replace(
            first,
            measure=at,
            number=text[:9],
            text=text,
            form=text,
            deadline=text,
            section=text,
            partners=(text,),
            known={Field.RESULT: text, Field.STATUS: Status.UNDER_WAY, Field.SPENT: Decimal(5)},
        )
        for at, text in enumerate(EVIL, start=1)
    )
    return small_form(measures=measures, body=EVIL[4], body_full=EVIL[0], plan_title=EVIL[5])


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_no_text_becomes_a_formula_or_a_link():
    content = form_file(evil_form(), "xlsx")
    sheet = etree.fromstring(part(content, SHEET).encode())
    assert sheet.findall(".//m:f", SPACE) == []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if "sheet1.xml.rels" in name]


def test_only_the_answers_can_be_typed_into_and_there_is_no_password():
    content = form_file(small_form(), "xlsx")
    sheet = etree.fromstring(part(content, SHEET).encode())
    protection = sheet.find("m:sheetProtection", SPACE)
    assert protection.get("sheet") == "1"
    assert protection.get("password") is None
    styles = etree.fromstring(part(content, "xl/styles.xml").encode())
    unlocked = {
        str(at)
        for at, look in enumerate(styles.find("m:cellXfs", SPACE))
        if look.find("m:protection[@locked='0']", SPACE) is not None
    }
    open_cells = {cell.get("r") for cell in sheet.iter("{*}c") if cell.get("s") in unlocked}
    assert set(places_of(content).values()) <= open_cells
    rest = open_cells - set(places_of(content).values())
    assert {re.sub(r"\D", "", cell) for cell in rest} == {places_of(content)["returned_by"][1:]}, (
        "the merged name field"
    )


def test_keys_are_hidden_and_texts_are_typed_as_texts():
    content = form_file(small_form(), "xlsx")
    sheet = etree.fromstring(part(content, SHEET).encode())
    assert sheet.find("m:cols/m:col[@min='1']", SPACE).get("hidden") == "1"
    assert 'sheetId="2" state="hidden"' in part(content, "xl/workbook.xml")
    assert sum(row.get("hidden") == "1" for row in sheet.iter("{*}row")) == 1
    styles = etree.fromstring(part(content, "xl/styles.xml").encode())
    formats = [look.get("numFmtId") for look in styles.find("m:cellXfs", SPACE)]
    looks = {cell.get("r"): formats[int(cell.get("s"))] for cell in sheet.iter("{*}c") if cell.get("s")}
    place = places_of(content)
    assert looks[place[1002, Field.RESULT]] == looks[place[1002, Field.EVIDENCE]] == "49", "text"
    assert looks[place[1002, Field.SPENT]] == "4"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_and_the_checks_are_there_in_every_language(language):
    form = small_form(language=language)
    sheet = etree.fromstring(part(form_file(form, "xlsx"), SHEET).encode())
    rules = {rule.get("sqref")[0]: rule for rule in sheet.iter("{*}dataValidation")}
    assert sorted(rules) == ["G", "H", "K"]
    words = list(progress_form(form).statuses.values())
    listed = rules["G"].findtext("m:formula1", namespaces=SPACE)
    assert listed == '"' + ",".join(words) + '"'
    assert len(listed) <= 257
    assert rules["H"].findtext("m:formula1", namespaces=SPACE) == "46296"
    assert len(set(words)) == len(Status)


def test_the_form_prints_on_a4_across_with_its_heads_on_each_page():
    sheet = etree.fromstring(part(form_file(small_form(), "xlsx"), SHEET).encode())
    setup = sheet.find("m:pageSetup", SPACE)
    assert (setup.get("paperSize"), setup.get("orientation"), setup.get("fitToHeight")) == ("9", "landscape", "0")
    names = part(form_file(small_form(), "xlsx"), "xl/workbook.xml")
    assert "Print_Titles" in names
    assert "Print_Area" in names


def page(form):
    return form_file(form, "html").decode()


def test_the_page_fetches_nothing_and_runs_only_its_own_script():
    text = page(small_form())
    assert re.findall(r"url\(|@import|https?:|fetch\(|XMLHttp|WebSocket|import\(", text) == []
    assert re.findall(r"(?:src|href|action|srcset)=", text) == []
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1].replace("&#39;", "'")
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    script = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert len(script) == 1
    for source in (style, script[0]):
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_no_text_of_the_plan_becomes_a_tag_of_the_page():
    form = evil_form()
    text = page(form)
    assert "<script>alert" not in text
    assert text.count("<script") == 3
    block = re.search(r'id="hashar-answers">(.*?)</script>', text, re.DOTALL)[1]
    data = json.loads(block)
    assert [each["text"] for each in data["measures"]] == EVIL
    assert (data["key"], data["body"], data["format"]) == (form.key, form.body, "hashar-progress-answers")


def test_the_page_says_what_to_do_without_a_script():
    text = page(small_form(language="en"))
    assert "This form cannot be saved here." in text.partition("<script")[0], "until the script says something else"
    assert 'id="sending" hidden' in text, "a button that does nothing is not shown"


def test_what_is_known_stands_beside_the_empty_fields():
    line = progress_form(small_form(language="en")).lines[0]
    assert list(line.known) == [
        "Due: December 25, 2026",
        "Together with: МП",
        "How far: Under way",
        "Spent: 120.5 тыс. тенге",
    ]
    assert progress_form(small_form(cost_unit="", language="en")).heads[Field.SPENT] == "Spent"
    form = form_of("МЗ", known={1002: {Field.DONE_ON: small_form().return_by}}, language="en")
    assert "Carried out on: December 25, 2026" in progress_form(form).lines[0].known


def test_a_section_is_named_once():
    sections = [line.section for line in progress_form(form_of("МЗ")).lines]
    assert len([each for each in sections if each]) == 4


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("МЗ", "progress-МЗ-2026-12-31.xlsx"),
        ("../../etc", "progress-etc-2026-12-31.xlsx"),
        ("«»", "progress-body-2026-12-31.xlsx"),
        ("Управление внутренней политики, культуры и развития языков", None),
    ],
)
def test_a_file_has_a_name_that_every_system_takes(body, name):
    given = form_name(small_form(body=body), "xlsx")
    assert re.fullmatch(r"[\w-]{1,70}\.xlsx", given)
    assert name in (None, given)


@pytest.mark.parametrize("make", [form_file, form_name])
def test_there_is_no_third_format(make):
    with pytest.raises(UsageError, match=r"There is no format “pdf”. Use any of: xlsx, html\."):
        make(small_form(), "pdf")
