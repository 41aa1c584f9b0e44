"""Forms of a collection on the 64-measure sample plan, and what a body writes into them."""

import dataclasses
import datetime as dt
import io
import json
import re
import zipfile
from decimal import Decimal

import python_calamine as calamine
import xlsxwriter

from hashar.implement.contracts.progress import AskedMeasure, Field, Form, Period, Status
from hashar.reports.progress_forms import form_file
from tests.plan.samples import BODIES, SECTIONS, TITLES, truths

PERIOD = Period(dt.date(2026, 10, 1), dt.date(2026, 12, 31))
RETURN_BY = dt.date(2026, 12, 25)
TODAY = dt.date(2026, 12, 28)
EDITION = "5f2c" * 16
MEASURES = truths(64, "ru", years=("",))
NAMES = [re.sub(r" \(.*\)$", "", ru) for ru, _ in BODIES]
"""The twelve bodies without «(созыв)» and «(по согласованию)»."""
CONVENING = NAMES[0]


def due_in(truth):
    """Days in the period on which something of a measure of the sample is due."""
    found = {
        "period 2026-10-01 2026-12-31": (dt.date(2026, 12, 31),),
        "repeated year 12-25": (dt.date(2026, 12, 25),),
        "repeated half_year": (dt.date(2026, 12, 31),),
        "repeated quarter": (dt.date(2026, 12, 31),),
    }
    return found.get(truth.due, ())


def asked(truth, body, known=None):
    names = [re.sub(r" \(.*\)$", "", each) for each in truth.bodies]
    return AskedMeasure(
        measure=1000 + int(truth.number),
        number=truth.number,
        section=SECTIONS[truth.section][0],
        text=truth.text,
        form=truth.form,
        deadline=truth.deadline,
        due=due_in(truth),
        partners=tuple(name for name in names if name != body),
        known=known or {},
    )


def form_of(body, measures=MEASURES[:60], *, known=None, language="ru", **changes):
    """The form of a body of the sample plan: its measures among the first sixty."""
    known = known or {}
    own = [one for one in measures if body in [re.sub(r" \(.*\)$", "", each) for each in one.bodies]]
    form = Form(
        key=f"k{NAMES.index(body) if body in NAMES else 99}-Zq_9",
        collection=7,
        plan=3,
        plan_title=TITLES["ru"],
        edition=EDITION,
        body=body,
        body_full="",
        period=PERIOD,
        return_by=RETURN_BY,
        language=language,
        cost_unit="тыс. тенге",
        measures=tuple(asked(one, body, known.get(1000 + int(one.number))) for one in own),
    )
    return dataclasses.replace(form, **changes)


def small_form(**changes):
    """Four measures of the ministry of health, one with something known."""
    known = {1002: {Field.STATUS: Status.UNDER_WAY, Field.SPENT: Decimal("120.5")}}
    form = form_of("МЗ", known=known)
    return dataclasses.replace(form, **{"measures": form.measures[:4], **changes})


_BLANK = re.compile(r'<c r="([A-Z]+)(\d+)" s="(\d+)"\s*/>')
SHEET = "xl/worksheets/sheet1.xml"


def places_of(content):
    """Where the inputs of a form are: (measure, field) → «G14»; and where its writer's name goes."""
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    heads = next(row for row in rows if "hashar:column:status" in row)
    columns = {which: chr(ord("A") + heads.index(f"hashar:column:{which}")) for which in Field}
    found = {}
    for at, row in enumerate(rows, start=1):
        tag = re.fullmatch(r"hashar:[^:]+:(\d+)", str(row[0]))
        if tag:
            found |= {(int(tag[1]), which): f"{column}{at}" for which, column in columns.items()}
        elif row[0] == "hashar:returned-by":
            found["returned_by"] = f"D{at}"
    return found


def cell_xml(reference, style, value):
    """A cell as a spreadsheet program writes it; ("=…", cached value) is a formula."""
    start = f'<c r="{reference}" s="{style}"'
    if isinstance(value, tuple):
        return f"{start}><f>{value[0].removeprefix('=')}</f><v>{value[1]}</v></c>"
    if isinstance(value, dt.date):
        return f"{start}><v>{(value - dt.date(1899, 12, 30)).days}</v></c>"
    if isinstance(value, int | float | Decimal):
        return f"{start}><v>{value}</v></c>"
    text = value.replace("&", "&amp;").replace("<", "&lt;")
    return f'{start} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def filled(form, answers, *, returned_by=""):
    """The form's workbook with answers: {measure: {field: what was typed}}."""
    content = form_file(form, "xlsx")
    places = places_of(content)
    wanted = {places[measure, which]: value for measure, one in answers.items() for which, value in one.items()}
    wanted |= {places["returned_by"]: returned_by} if returned_by else {}

    def fill(match):
        reference = match[1] + match[2]
        return cell_xml(reference, match[3], wanted.pop(reference)) if reference in wanted else match[0]

    changed = edited(content, {SHEET: lambda text: _BLANK.sub(fill, text)})
    assert wanted == {}
    return changed


def edited(content, changes):
    """A workbook with some of its parts rewritten."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name in changes:
                part = changes[name](part.decode()).encode()
            target.writestr(name, part)
    return buffer.getvalue()


def rewritten(content, change=lambda name, rows: (name, rows), *, sheets=lambda found: found):
    """The same cells in a new workbook, as another program may save them: no styles, nothing hidden, nothing locked."""
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    found = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    buffer = io.BytesIO()
    new = xlsxwriter.Workbook(buffer, {"in_memory": True})
    day = new.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets(found):
        title, cells = change(name, rows)
        sheet = new.add_worksheet(title)
        for at, row in enumerate(cells):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(at, column, dt.datetime.combine(cell, dt.time()), day)
                elif isinstance(cell, float):
                    sheet.write_number(at, column, cell)
                elif cell != "":
                    sheet.write_string(at, column, str(cell))
    new.close()
    return buffer.getvalue()


def answer_file(form, answers, *, returned_by="", **changes):
    """The file that the offline form saves."""
    page = form_file(form, "html").decode()
    block = re.search(r'id="hashar-answers">(.*?)</script>', page, re.DOTALL)[1]
    data = json.loads(block) | {"returned_by": returned_by}
    for measure in data["measures"]:
        measure["answers"] = {str(which): value for which, value in answers.get(measure["measure"], {}).items()}
    return json.dumps(data | changes, ensure_ascii=False).encode()
