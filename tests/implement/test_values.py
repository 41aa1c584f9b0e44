"""What bodies write by hand is understood as docs/reference/progress-forms.md says, row by row."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.i18n import LANGUAGES, Translator
from hashar.implement.contracts.form_files import Written
from hashar.implement.contracts.progress import Field, Status, TroubleKind
from hashar.implement.contracts.words import STATUS_WORDS, TROUBLE_WORDS
from hashar.implement.rules.amounts import read_amount
from hashar.implement.rules.days import read_day
from hashar.implement.rules.status_words import read_status
from hashar.implement.rules.values import LONGEST, Wrong, is_empty, read_value, shown
from tests.implement.forms import TODAY, small_form
from tests.implement.page import table

UNIT = "тыс. тенге"
ASKS = "**asks**"


@pytest.mark.parametrize(("written", "meant"), table("How far"))
def test_a_status_is_understood_as_the_page_says(written, meant):
    status = read_status(written)
    assert (status.replace("_", " ") if status else ASKS) == meant


@pytest.mark.parametrize(("written", "meant"), table("Days"))
def test_a_day_is_understood_as_the_page_says(written, meant):
    day = read_day(written)
    assert (str(day) if day else ASKS) == meant


@pytest.mark.parametrize(("written", "meant"), table("Amounts"))
def test_an_amount_is_understood_as_the_page_says(written, meant):
    amount = read_amount(written, UNIT)
    assert (ASKS if amount is None else Decimal(meant)) == (amount if amount is not None else meant)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", Status)
def test_the_words_of_the_form_itself_are_understood(language, status):
    word = Translator(language).gettext(STATUS_WORDS[status])
    assert read_status(word) is status
    assert read_status(word.upper()) is status
    assert read_status(status) is status, "the code that the offline form saves"


def test_the_page_explains_every_kind_of_trouble():
    assert [kind for kind, _ in table("What a person is asked to look at")] == list(TroubleKind) == list(TROUBLE_WORDS)


@pytest.mark.parametrize("raw", [True, None, dt.timedelta(1), Decimal("12.5"), Decimal(99_999), "12345.5.1"])
def test_what_is_no_day_is_none(raw):
    assert read_day(raw) is None


def test_a_day_that_the_sheet_knows_is_taken_and_a_serial_number_is_counted_from_1900():
    assert read_day(dt.date(2026, 12, 25)) == read_day(Decimal(46381)) == dt.date(2026, 12, 25)


@pytest.mark.parametrize(
    "raw", [True, None, Decimal(-1), Decimal("NaN"), Decimal(10) ** 15, "9" * 20, "5 млрд сом за год"]
)
def test_what_is_no_amount_is_none(raw):
    assert read_amount(raw, UNIT) is None


@pytest.mark.parametrize(
    ("written", "unit", "amount"),
    [("5 тыс.", "", "5000"), ("5", "", "5"), ("12 тенге", "тенге", "12"), ("1.250.000", UNIT, "1250000")],
)
def test_the_unit_of_the_form_decides(written, unit, amount):
    assert read_amount(written, unit) == Decimal(amount)


@settings(max_examples=60, deadline=None)
@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(LANGUAGES))
def test_every_day_is_read_back_in_every_language_that_writes_it(day, language):
    assert read_day(Translator(language).date(day)) == day
    assert read_day(day.strftime("%d.%m.%Y")) == day
    assert read_day(day.isoformat()) == day


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**11), st.sampled_from(["ru", "kk", "ky"]))
def test_every_sum_of_the_region_is_read_back(cents, language):
    amount = Decimal(cents) / 100
    assert read_amount(Translator(language).decimal(float(amount), 2), UNIT) == amount


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text):
    for read in (read_status, read_day, lambda one: read_amount(one, UNIT)):
        read(text)
    assert is_empty(Written(text, "A1")) == (shown(text).strip("-–—−_.… \n") == "")


@pytest.mark.parametrize("text", ["1" + " " * 99_999 + "x", "исполнено" * 9_999, "1 " * 9_999, "1." * 9_999])
def test_an_endless_text_is_nothing_at_once(text):
    assert (read_status(text), read_day(text), read_amount(text, UNIT)) == (None, None, None)


def value(which, raw, *, known=None, formula=""):
    return read_value(which, Written(raw, "Form!G16", formula), small_form(), known, TODAY)


def test_a_day_after_the_return_and_a_day_outside_of_the_period_are_proposed_and_not_taken():
    coming, before = dt.date(2026, 12, 29), dt.date(2026, 9, 30)
    assert value(Field.DONE_ON, "29.12.2026").proposed == coming
    assert value(Field.DONE_ON, "30.09.2026").proposed == before
    assert value(Field.DONE_ON, "28.12.2026") == TODAY
    assert value(Field.DONE_ON, "30.09.2026", known=before) == before, "it stood there when the form was sent"
    assert value(Field.DONE_ON, "вчера") == Wrong(TroubleKind.WRONG_DATE, "This is not a day. Write it as 25.12.2026.")


def test_an_answer_of_words_is_tidied_and_keeps_its_lines():
    assert value(Field.RESULT, "  Семинары \t проведены\u200b \r\n в  школах ") == "Семинары проведены\nв школах"
    assert value(Field.EVIDENCE, Decimal("45.0")) == "45"
    assert value(Field.NOTE, dt.date(2026, 12, 5)) == "05.12.2026"
    assert value(Field.NOTE, "=1+1") == "=1+1", "a text that begins so is a text"


def test_a_formula_and_an_endless_text_are_not_taken():
    assert value(Field.RESULT, Decimal(5), formula="=A1").kind is TroubleKind.WRONG_VALUE
    assert value(Field.RESULT, "я" * (LONGEST + 1)).kind is TroubleKind.WRONG_VALUE
    assert value(Field.STATUS, "наверное").kind is TroubleKind.WRONG_VALUE
    assert value(Field.SPENT, "много").kind is TroubleKind.WRONG_VALUE
    assert value(Field.SPENT, "0") == 0
