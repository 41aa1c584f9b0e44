"""Twelve bodies answer for sixty measures; the merge is what docs/reference/progress-forms.md says, field by field."""

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest

from hashar.implement.contracts.merging import Slot
from hashar.implement.contracts.progress import Field, Origin, Standing, Status, TroubleKind
from hashar.implement.rules.merging import claims_of, merge
from hashar.implement.services.returned_forms import read_key, read_returned
from tests.implement.forms import NAMES, TODAY, answer_file, filled, form_of
from tests.implement.page import tables

ROWS, TOTALS = tables("A collection of twelve bodies and sixty measures")
HEADING = ("body", "measure", "field", "sent", "here", "first", "second", "came", "stands")
SENT = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
ENTERED = dt.datetime(2026, 12, 12, tzinfo=dt.UTC)
RETURNED = dt.datetime(2026, 12, 28, 9, tzinfo=dt.UTC)
NOTHING = "–"


def rows():
    for cells in ROWS:
        row = dict(zip(HEADING, cells, strict=True))
        yield row | {"slot": Slot(row["body"], 1000 + int(row["measure"]), Field(row["field"]))}


def typed(which, text):
    """A word of the table as the value of its field."""
    if which is Field.STATUS:
        return Status(text)
    return dt.date.fromisoformat(text) if which is Field.DONE_ON else text


def known():
    """What stood when the forms were sent: body → measure → field."""
    found = {}
    for row in rows():
        if row["sent"] != NOTHING:
            slot = row["slot"]
            found.setdefault(slot.body, {}).setdefault(slot.measure, {})[slot.field] = typed(slot.field, row["sent"])
    return found


def base():
    """What stands without the files when they come back."""
    found = {}
    for row in rows():
        text = row["here"] if row["here"] != NOTHING else row["sent"]
        if text != NOTHING:
            at = ENTERED if row["here"] != NOTHING else SENT
            found[row["slot"]] = Standing(typed(row["slot"].field, text), Origin.SITE, "", "", "Болат", at)
    return found


def written(form, column):
    """What a body writes: the rule for all, and its rows of the table."""
    answers = {}
    for measure in form.measures:
        if measure.due:
            letter = f"Письмо № {measure.number}"
            answers[measure.measure] = {Field.STATUS: "Исполнено", Field.DONE_ON: "10.12.2026", Field.EVIDENCE: letter}
        else:
            answers[measure.measure] = {Field.STATUS: "В работе"}
    for row in rows():
        slot = row["slot"]
        if slot.body == form.body:
            text = row[column] if row[column] != NOTHING else row["first"]
            answers[slot.measure].pop(slot.field, None)
            if text != "empty":
                answers[slot.measure][slot.field] = text
    return answers


def sheet_answers(answers):
    """As they stand in cells: a day as a day where it is one, a formula with its last result."""
    found = {}
    for measure, fields in answers.items():
        found[measure] = {which: ("120+5", 125) if text.startswith("=") else text for which, text in fields.items()}
    return found


@pytest.fixture(scope="module")
def files():
    """Every returned file: its form, name and content."""
    found = []
    for at, body in enumerate(NAMES):
        form = form_of(body, known=known().get(body))
        columns = ["first", *["second" for row in rows() if row["body"] == body and row["second"] != NOTHING]]
        for copy, column in enumerate(columns, start=1):
            answers = written(form, column)
            if at % 2:
                found.append((form, f"{at}-{copy}.xlsx", filled(form, sheet_answers(answers), returned_by="Асель")))
            else:
                found.append((form, f"{at}-{copy}.json", answer_file(form, answers, returned_by="Асель")))
    return found


@pytest.fixture(scope="module")
def returned(files):
    for form, name, content in files:
        assert read_key(content=content, name=name) == form.key
    return [(form, read_returned(content=content, name=name, form=form, today=TODAY)) for form, name, content in files]


def all_claims(returned):
    return [claim for form, one in returned for claim in claims_of(form, one, at=RETURNED)]


def test_sixty_measures_are_asked_of_twelve_bodies(files):
    assert len({form.body for form, _, _ in files}) == 12
    assert len({measure.measure for form, _, _ in files for measure in form.measures}) == 60


def test_the_collection_is_merged_as_the_table_says(returned):
    merged = merge(base(), all_claims(returned))
    troubles = {(one.kind, form.body, one.measure, one.field) for form, each in returned for one in each.troubles}
    came, stands = {}, {}
    for row in rows():
        slot = row["slot"]
        wrong = [str(kind) for kind, *rest in troubles if rest == [slot.body, slot.measure, slot.field]]
        verdicts = {str(verdict) for claim, verdict in merged.verdicts.items() if claim.slot == slot}
        came[slot] = (wrong or sorted(verdicts) or ["stays"])[0]
        stands[slot] = str(merged.standing[slot].value) if slot in merged.standing else NOTHING
    assert came == {row["slot"]: row["came"] for row in rows()}
    assert stands == {row["slot"]: row["stands"] for row in rows()}


def test_every_other_field_stands_as_it_was_written(returned):
    merged = merge(base(), all_claims(returned))
    excepted = {row["slot"] for row in rows()}
    expected = {}
    for form, _ in returned:
        for measure in form.measures:
            due = bool(measure.due)
            expected[Slot(form.body, measure.measure, Field.STATUS)] = Status.DONE if due else Status.UNDER_WAY
            if due:
                expected[Slot(form.body, measure.measure, Field.DONE_ON)] = dt.date(2026, 12, 10)
                expected[Slot(form.body, measure.measure, Field.EVIDENCE)] = f"Письмо № {measure.number}"
    rest = {slot: standing.value for slot, standing in merged.standing.items() if slot not in excepted}
    assert rest == {slot: value for slot, value in expected.items() if slot not in excepted}


def test_the_totals_are_those_of_the_page(returned):
    merged = merge(base(), all_claims(returned))
    troubles = Counter(one.kind for _, each in returned for one in each.troubles)
    found = {"answers": len(all_claims(returned)), **Counter(str(verdict) for verdict in merged.verdicts.values())}
    found |= {"conflicts to decide": len(merged.conflicts), "wrong dates": troubles.pop(TroubleKind.WRONG_DATE)}
    found |= {"other troubles": sum(troubles.values()), "fields that stand": len(merged.standing)}
    assert {name: str(count) for name, count in found.items()} == dict(map(tuple, TOTALS))


def test_neither_the_order_of_the_files_nor_a_file_sent_twice_makes_a_difference(returned):
    once = merge(base(), all_claims(returned))
    assert merge(base(), all_claims([*reversed(returned), *returned[3:5]])) == once


def test_every_field_says_where_it_comes_from(returned):
    merged = merge(base(), all_claims(returned))
    sheet = merged.standing[Slot("МЗ", 1002, Field.STATUS)]
    page = merged.standing[Slot("МП", 1002, Field.STATUS)]
    assert (sheet.origin, sheet.source, sheet.by, sheet.at) == (Origin.FILE, "1-1.xlsx", "Асель", RETURNED)
    assert sheet.where.endswith("!G16")
    assert (page.source, page.where) == ("2-1.json", "2: status")


def test_money_of_the_collection_is_a_decimal(files):
    form = form_of("МЗ")
    answers = {form.measures[0].measure: {Field.SPENT: 1250.1}}
    one = read_returned(content=filled(form, answers), name="a.xlsx", form=form, today=TODAY)
    assert one.answers[0].value == Decimal("1250.1")
