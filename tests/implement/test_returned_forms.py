"""A form comes back: what people and programs do to files on the way, and what is read all the same."""

import dataclasses
import datetime as dt
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hashar.errors import HasharError, InputError
from hashar.i18n import LANGUAGES
from hashar.implement.contracts.progress import Field, Form, Status, TroubleKind
from hashar.implement.services.returned_forms import read_key, read_returned
from hashar.reports.progress_forms import form_file
from tests.implement.forms import (
    MEASURES,
    SHEET,
    TODAY,
    answer_file,
    asked,
    edited,
    filled,
    form_of,
    rewritten,
    small_form,
)

FORM = small_form()
FIRST, SECOND, THIRD, FOURTH = (each.measure for each in FORM.measures)
ANSWERS = {
    FIRST: {
        Field.STATUS: "Исполнено",
        Field.DONE_ON: dt.date(2026, 12, 5),
        Field.RESULT: "Проведено 3 семинара",
        Field.EVIDENCE: "Приказ № 5 от 01.12.2026",
        Field.SPENT: 1250.5,
        Field.NOTE: "-1 школа",
    },
    SECOND: {Field.STATUS: "В работе"},
}
SAID = {
    (FIRST, Field.STATUS): Status.DONE,
    (FIRST, Field.DONE_ON): dt.date(2026, 12, 5),
    (FIRST, Field.RESULT): "Проведено 3 семинара",
    (FIRST, Field.EVIDENCE): "Приказ № 5 от 01.12.2026",
    (FIRST, Field.SPENT): Decimal("1250.5"),
    (FIRST, Field.NOTE): "-1 школа",
    (SECOND, Field.STATUS): Status.UNDER_WAY,
}
BOOK = filled(FORM, ANSWERS, returned_by="Асель, +7 701 000")


def read(content, form=FORM, name="МЗ.xlsx"):
    return read_returned(content=content, name=name, form=form, today=TODAY)


def said(returned):
    return {(one.measure, one.field): one.value for one in returned.answers}


def kinds(returned):
    return [one.kind for one in returned.troubles]


def moved(change):
    """The book with the rows of its first sheet changed."""
    return rewritten(BOOK, lambda name, rows: (name, change(rows) if name != "hashar" else rows))


def at_row(rows, measure):
    return next(at for at, row in enumerate(rows) if str(row[0]).endswith(f":{measure}"))


def test_what_was_written_into_the_workbook_is_read_back():
    returned = read(BOOK)
    assert said(returned) == SAID
    assert returned.troubles == ()
    assert (returned.key, returned.edition, returned.returned_by) == (FORM.key, FORM.edition, "Асель, +7 701 000")
    assert returned.answers[0].place.file == "МЗ.xlsx"
    assert returned.answers[0].place.where.endswith("!G16")
    assert read_key(content=BOOK, name="МЗ.xlsx") == FORM.key


def test_what_was_written_on_the_page_is_read_back():
    typed = {FIRST: ANSWERS[FIRST] | {Field.DONE_ON: "2026-12-05", Field.SPENT: "1 250,5"}, SECOND: ANSWERS[SECOND]}
    content = answer_file(FORM, typed, returned_by="Асель")
    returned = read(content, name="ответ.json")
    assert said(returned) == SAID
    assert returned.returned_by == "Асель"
    assert returned.answers[0].place.where == "2: status"
    assert read_key(content=content, name="ответ.json") == FORM.key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_in_each_language_comes_back(language):
    form = small_form(language=language)
    assert said(read(filled(form, ANSWERS), form)) == SAID


# what people and programs do to a workbook


def test_another_program_saved_it_without_anything_hidden():
    assert said(read(moved(lambda rows: rows))) == SAID


def test_sheets_are_renamed_and_in_another_order():
    names = {"hashar": "Лист2"}
    book = rewritten(BOOK, lambda name, rows: (names.get(name, "Мои ответы"), rows), sheets=lambda one: one[::-1])
    returned = read(book)
    assert said(returned) == SAID
    assert returned.answers[0].place.where == "Мои ответы!G16"


def test_the_hidden_sheet_is_gone_and_the_keys_beside_the_measures_are_enough():
    book = rewritten(BOOK, sheets=lambda found: found[:1])
    assert read_key(content=book, name="МЗ.xlsx") == FORM.key
    assert said(read(book)) == SAID


def test_the_hidden_column_is_gone_and_the_wording_is_enough():
    assert said(read(moved(lambda rows: [row[1:] for row in rows]))) == SAID


def test_the_hidden_row_is_gone_and_the_heads_are_enough():
    def without(rows):
        return [row for row in rows if "hashar:column:status" not in row]

    returned = read(moved(without))
    assert said(returned) == SAID
    assert returned.troubles == ()


def test_columns_are_moved():
    assert said(read(moved(lambda rows: [[*row[6:], *row[:6]] for row in rows]))) == SAID


def test_rows_are_inserted_above_and_between_and_sorted():
    def change(rows):
        at = at_row(rows, FIRST)
        return [["заметка"], *rows[:at], [""] * 5, *rows[at:][::-1]]

    returned = read(moved(change))
    assert said(returned) == SAID
    assert returned.troubles == ()


def test_the_heads_stand_again_after_a_page_break():
    def change(rows):
        at = at_row(rows, SECOND)
        heads = next(row for row in rows if row[0] == "hashar:heads")
        return [*rows[:at], ["", *heads[1:]], *rows[at:]]

    returned = read(moved(change))
    assert said(returned) == SAID
    assert returned.troubles == ()


def test_days_and_amounts_are_texts_now():
    typed = {FIRST: {Field.STATUS: "исполненно", Field.DONE_ON: "5 декабря 2026 г.", Field.SPENT: "1 250,5 тыс."}}
    typed[FIRST] |= {Field.EVIDENCE: "Приказ № 5"}
    found = said(read(filled(FORM, typed)))
    assert found[FIRST, Field.DONE_ON] == dt.date(2026, 12, 5)
    assert found[FIRST, Field.SPENT] == Decimal("1250.5")


def test_a_day_lost_its_format():
    assert said(read(filled(FORM, {FIRST: {Field.DONE_ON: 46361.0}})))[FIRST, Field.DONE_ON] == dt.date(2026, 12, 5)


def test_a_sheet_was_copied_and_the_copy_was_filled_in():
    def copied(found):
        (name, rows), keys = found[0], found[1]
        blank = [[*row[:6], *[""] * 6] if str(row[0]).startswith(f"hashar:{FORM.key}") else row for row in rows]
        return [(name, blank), ("Копия", rows), keys]

    assert said(read(rewritten(BOOK, sheets=copied))) == SAID


def test_a_book_saved_by_libreoffice_is_read():
    """A filled form that LibreOffice 7.4 opened and saved as .xlsx (data/README.md)."""
    content = (Path(__file__).parent / "data" / "saved-by-libreoffice.xlsx").read_bytes()
    returned = read(content)
    assert said(returned) == SAID
    assert returned.returned_by == "Асель, +7 701 000"


# nothing is dropped


def test_a_formula_is_not_an_answer_even_where_its_result_looks_like_one():
    returned = read(filled(FORM, {FIRST: {Field.SPENT: ("SUM(A1:A3)", 1250.5), Field.RESULT: ("CHAR(65)", 0)}}))
    assert returned.answers == ()
    wrong = [one for one in returned.troubles if one.kind is TroubleKind.WRONG_VALUE]
    assert [(one.field, one.written) for one in wrong] == [
        (Field.RESULT, "=CHAR(65)"),
        (Field.SPENT, "=SUM(A1:A3)"),
    ]
    assert wrong[0].place.where.endswith("!I16")


def test_an_error_value_is_reported():
    book = edited(
        BOOK,
        {SHEET: lambda text: text.replace("<v>1250.5</v>", "<v>#REF!</v>").replace('<c r="K16" ', '<c r="K16" t="e" ')},
    )
    assert [(one.kind, one.written) for one in read(book).troubles] == [(TroubleKind.WRONG_VALUE, "#REF!")]


def change_row(measure, column, value):
    def change(rows):
        rows = [list(row) for row in rows]
        rows[at_row(rows, measure)][column] = value
        return rows

    return moved(change)


@pytest.mark.parametrize("key", ["hashar:k1-Zq_9:9999", "hashar:k1-Zq_9:", "9999", "hashar:k1-Zq_9:10O2", "удалено"])
def test_an_edited_key_leaves_the_answers_to_a_person(key):
    returned = read(change_row(FIRST, 0, key))
    assert said(returned) == {place: value for place, value in SAID.items() if place[0] == SECOND}
    lost = [one for one in returned.troubles if one.kind is TroubleKind.UNKNOWN_MEASURE and one.field]
    assert {one.field: one.proposed for one in lost} == {
        field: value for (at, field), value in SAID.items() if at == FIRST
    }
    assert {one.measure for one in lost} == {FIRST}, "its wording says which measure it may be"


def test_a_row_of_another_form_is_not_taken():
    returned = read(change_row(FIRST, 0, f"hashar:k9-Zq_9:{FIRST}"))
    assert {measure for measure, _ in said(returned)} == {SECOND}
    assert {one.measure for one in returned.troubles if one.kind is TroubleKind.UNKNOWN_MEASURE} == {None}
    assert "Проведено 3 семинара" in [one.written for one in returned.troubles]


def test_an_added_row_is_shown():
    def change(rows):
        row = ["", "99", "Новое мероприятие", "", "", "", "Исполнено", "31.02.2026", "", "", "", ""]
        return [*rows, row, ["", "", "просто текст"]]

    returned = read(moved(change))
    assert said(returned) == SAID
    assert [(one.kind, one.field, one.written) for one in returned.troubles] == [
        (TroubleKind.UNKNOWN_MEASURE, None, "99 Новое мероприятие"),
        (TroubleKind.UNKNOWN_MEASURE, Field.STATUS, "Исполнено"),
        (TroubleKind.WRONG_DATE, Field.DONE_ON, "31.02.2026"),
    ]


def test_a_changed_wording_is_shown_and_the_answers_are_taken():
    returned = read(change_row(FIRST, 2, "Организовать обучение всех"))
    assert said(returned) == SAID
    assert [(one.kind, one.measure, one.written) for one in returned.troubles] == [
        (TroubleKind.CHANGED_TEXT, FIRST, "2 Организовать обучение всех")
    ]


def test_rows_that_moved_without_their_keys_are_read_by_their_wording():
    def swap(rows):
        rows = [list(row) for row in rows]
        first, second = at_row(rows, FIRST), at_row(rows, SECOND)
        rows[first][1:], rows[second][1:] = rows[second][1:], rows[first][1:]
        return rows

    returned = read(moved(swap))
    assert said(returned) == SAID
    assert kinds(returned) == [TroubleKind.CHANGED_TEXT] * 2


def test_a_measure_in_two_rows_gives_both_answers():
    def twice(rows):
        row = list(rows[at_row(rows, SECOND)])
        row[6] = "Не начато"
        return [*rows, row]

    returned = read(moved(twice))
    assert [one.value for one in returned.answers if one.measure == SECOND] == [Status.UNDER_WAY, Status.NOT_STARTED]


def test_two_measures_of_one_wording_are_told_apart_by_their_keys_alone():
    same = [asked(dataclasses.replace(one, text="Отчёт", number="1"), "МЗ") for one in MEASURES[:1]] * 2
    form = small_form(measures=(same[0], dataclasses.replace(same[1], measure=2000)))
    answers = {2000: {Field.STATUS: "В работе"}}
    assert said(read(filled(form, answers), form)) == {(2000, Field.STATUS): Status.UNDER_WAY}


# what does not fit together


def troubles(answers, **changes):
    return [
        (one.kind, one.field) for one in read(filled(small_form(**changes), answers)).troubles if one.measure == FOURTH
    ]


EVIDENCE = {Field.EVIDENCE: "Приказ"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({Field.STATUS: "Исполнено"}, [(TroubleKind.MISSING_EVIDENCE, Field.EVIDENCE)]),
        ({Field.STATUS: "Исполнено", Field.EVIDENCE: "—"}, [(TroubleKind.MISSING_EVIDENCE, Field.EVIDENCE)]),
        ({Field.STATUS: "Исполнено", **EVIDENCE}, []),
        ({Field.STATUS: "Исполнено", Field.EVIDENCE: ("A1", 0)}, [(TroubleKind.WRONG_VALUE, Field.EVIDENCE)]),
        ({Field.DONE_ON: "05.12.2026"}, [(TroubleKind.CONTRADICTION, Field.STATUS)]),
        ({Field.STATUS: "В работе", Field.DONE_ON: "05.12.2026"}, [(TroubleKind.CONTRADICTION, Field.STATUS)]),
        ({Field.STATUS: "что-то", Field.DONE_ON: "05.12.2026"}, [(TroubleKind.WRONG_VALUE, Field.STATUS)]),
        (
            {Field.STATUS: "В работе", Field.DONE_ON: "32.12.2026"},
            [(TroubleKind.CONTRADICTION, Field.STATUS), (TroubleKind.WRONG_DATE, Field.DONE_ON)],
        ),
        (
            {Field.STATUS: "Не начато", Field.RESULT: "Начали", **EVIDENCE, Field.SPENT: 5},
            [(TroubleKind.CONTRADICTION, which) for which in (Field.RESULT, Field.EVIDENCE, Field.SPENT)],
        ),
        ({Field.STATUS: "Не начато", Field.SPENT: 0, Field.NOTE: "в 2027 году"}, []),
        ({Field.STATUS: "Снято с контроля"}, []),
    ],
)
def test_answers_of_one_measure_have_to_fit(fields, expected):
    assert troubles({FOURTH: fields}) == expected


def test_what_is_due_and_was_not_answered_is_listed_unless_it_is_done_already():
    returned = read(filled(FORM, {THIRD: {Field.STATUS: "В работе"}}))
    assert [(one.kind, one.measure) for one in returned.troubles] == [
        (TroubleKind.UNANSWERED, FIRST),
        (TroubleKind.UNANSWERED, SECOND),
    ]
    known = {Field.STATUS: Status.DONE, Field.EVIDENCE: "Приказ"}
    done = small_form(measures=tuple(dataclasses.replace(each, known=known) for each in FORM.measures))
    assert read(filled(done, {THIRD: {Field.NOTE: "да"}}), done).troubles == ()


# forms that do not belong here, and files that are no forms


OTHERS: list[tuple[Form, str]] = [
    (small_form(plan=4, plan_title="Другой план"), "another plan, “Другой план”"),
    (small_form(body="МП"), "МЗ.xlsx is the form of МП. Choose the form of МЗ."),
    (small_form(collection=8), "belongs to another period, 2026-10-01 – 2026-12-31"),
    (small_form(edition="0" * 64), "made for another edition of the plan. Send МЗ the new form."),
    (small_form(key="k8-Zq_9"), "another form than the one that was sent to МЗ"),
]


@pytest.mark.parametrize(("other", "sentence"), OTHERS, ids=["plan", "body", "period", "edition", "key"])
def test_a_form_that_belongs_elsewhere_says_where(other, sentence):
    with pytest.raises(InputError) as found:
        read(filled(other, ANSWERS))
    assert sentence in str(found.value)
    with pytest.raises(InputError) as found:
        read(answer_file(other, {FIRST: {Field.STATUS: "done"}}))
    assert sentence in str(found.value)


@pytest.mark.parametrize("kind", ["xlsx", "html"])
def test_a_form_that_says_nothing_asks_to_be_filled_in(kind):
    content = form_file(FORM, kind)
    assert read_key(content=content, name="МЗ") == FORM.key
    with pytest.raises(InputError, match="holds no answers"):
        read(content)


def test_a_page_saved_with_its_answers_is_read():
    page = form_file(FORM, "html").decode()
    answers = answer_file(FORM, {FIRST: {Field.STATUS: "under_way"}}).decode()
    start = page.index('id="hashar-answers">') + len('id="hashar-answers">')
    saved = page[:start] + answers + page[page.index("</script>", start) :]
    assert said(read(saved.encode(), name="МЗ.html")) == {(FIRST, Field.STATUS): Status.UNDER_WAY}


def test_the_text_of_an_answer_file_in_a_message_is_read():
    answers = answer_file(FORM, {FIRST: {Field.STATUS: "done", Field.EVIDENCE: "Приказ"}}).decode()
    message = f"Добрый день!\n{answers}\nС уважением".encode("utf-16")
    assert said(read(message, name="сообщение.txt"))[FIRST, Field.STATUS] is Status.DONE


def broken(**changes):
    return answer_file(FORM, {}, **changes)


DAMAGED = {
    "empty": (b"", "is empty"),
    "spaces": (b" \n ", "is empty"),
    "picture": (b"\xff\xd8\xff\xe0" + b"0" * 100, "is a picture or a PDF"),
    "phone picture": (b"\x00\x00\x00\x18ftypheic" + b"0" * 100, "is a picture or a PDF"),
    "pdf": (b"%PDF-1.7 ...", "is a picture or a PDF"),
    "locked": (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "password"),
    "old": (bytes.fromhex("d0cf11e0a1b11ae1") + b"0" * 100, "old format of Office"),
    "cut": (BOOK[: len(BOOK) // 2], "damaged or cut short"),
    "not zip": (b"PK\x03\x04 nothing", "damaged or cut short"),
    "noise": (bytes(range(128, 256)), "is not the form"),
    "another text": ("Отчёт за год".encode(), "its hidden keys are missing"),
    "cut json": (answer_file(FORM, {})[:-40], "damaged or cut short"),
    "deep json": (b'{"format": "hashar-progress-answers", "x":' + b"[" * 100_000, "damaged or cut short"),
    "list": (b'{"a": ["hashar-progress-answers"]}', "damaged or cut short"),
    "no key": (broken(key=""), "damaged or cut short"),
    "measures no list": (broken(measures={}), "damaged or cut short"),
    "measure no object": (broken(measures=[5]), "damaged or cut short"),
    "answers no object": (broken(measures=[{"measure": 1, "answers": []}]), "damaged or cut short"),
    "far too many": (broken(measures=[{}] * 5001), "damaged or cut short"),
}


@pytest.mark.parametrize(("content", "sentence"), DAMAGED.values(), ids=DAMAGED)
def test_a_file_that_is_no_form_gets_one_clear_sentence(content, sentence):
    with pytest.raises(InputError, match=sentence):
        read_key(content=content, name="файл")


def test_a_word_file_and_a_foreign_workbook_are_no_forms(tmp_path):
    word = edited(BOOK, {})
    renamed = word.replace(b"xl/", b"xx/")
    with pytest.raises(InputError, match=r"no \.xlsx, \.html or \.json"):
        read_key(content=renamed, name="файл.docx")
    foreign = rewritten(BOOK, lambda name, rows: (name, [["Отчёт", "за год"]]))
    with pytest.raises(InputError, match="hidden keys are missing"):
        read_key(content=foreign, name="отчёт.xlsx")


def test_a_workbook_of_which_only_the_hidden_sheet_is_left_has_no_table():
    with pytest.raises(InputError, match="no table with measures"):
        read(rewritten(BOOK, sheets=lambda found: found[1:]))


def with_part(name, content="x"):
    buffer = io.BytesIO(BOOK)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


RELATIONS = "xl/_rels/workbook.xml.rels"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_macros_and_damaged_and_missing_and_doubled_parts_are_refused():
    with pytest.raises(InputError, match="with macros"):
        read(with_part("xl/vbaProject.bin"))
    for book in (
        edited(BOOK, {SHEET: lambda text: text[: len(text) // 2]}),
        edited(BOOK, {RELATIONS: lambda text: text.replace("sheet1.xml", "sheet7.xml")}),
        edited(BOOK, {RELATIONS: lambda text: text.replace("/worksheet", "/chartsheet")}),
        with_part(SHEET, "<worksheet/>"),
    ):
        with pytest.raises(InputError, match="damaged"):
            read(book)


def test_an_empty_sheet_is_passed_over_and_numbers_and_times_are_read_as_they_are_seen():
    def change(found):
        name, rows = found[0]
        rows = [list(row) for row in rows]
        at = at_row(rows, FIRST)
        rows[at][1] = 2.0
        return [(name, rows), found[1], ("Лист3", [])]

    assert said(read(rewritten(BOOK, sheets=change))) == SAID
    night = {FIRST: {Field.NOTE: 0.5, Field.DONE_ON: 46361.75}}
    assert said(read(filled(FORM, night))) == {(FIRST, Field.DONE_ON): dt.date(2026, 12, 5), (FIRST, Field.NOTE): "0.5"}
    book = filled(FORM, {FIRST: {Field.SPENT: 0.5}})
    clock = edited(book, {"xl/styles.xml": lambda text: text.replace('numFmtId="4"', 'numFmtId="20"')})
    wrong = [one for one in read(clock).troubles if one.field is Field.SPENT]
    assert [(one.kind, one.written) for one in wrong] == [(TroubleKind.WRONG_VALUE, "12:00:00")]


def test_without_keys_and_without_a_column_of_wordings_every_answer_is_left_to_a_person():
    def change(rows):
        rows = [row for row in rows if "hashar:column:status" not in row]
        return [[row[1], *row[6:]] for row in rows]

    returned = read(moved(change))
    assert returned.answers == ()
    assert {one.written for one in returned.troubles} >= {"Проведено 3 семинара", "Исполнено", "В работе"}


def test_an_edited_key_of_an_empty_row_is_nothing():
    returned = read(change_row(THIRD, 0, "hashar:k1-Zq_9:77"))
    assert said(returned) == SAID
    assert returned.troubles == ()


def test_a_workbook_with_an_entity_bomb_is_not_unfolded():
    bomb = '<!DOCTYPE a [<!ENTITY a "' + "x" * 1000 + '"><!ENTITY b "' + "&a;" * 1000 + '">]>'
    book = edited(BOOK, {SHEET: lambda text: text.replace("?>", f"?>{bomb}", 1).replace("<v>1250.5</v>", "<v>&b;</v>")})
    with pytest.raises(InputError):
        read(book)


def test_a_huge_file_and_a_huge_sheet_are_refused():
    with pytest.raises(HasharError, match="larger than 10 MB"):
        read(b"PK" + b"0" * 10_000_001)
    wide = rewritten(BOOK, lambda name, rows: (name, [*rows, [""] * 300 + ["x"]]))
    with pytest.raises(InputError, match="far larger than a form"):
        read(wide)


def test_values_of_any_kind_in_an_answer_file_are_shown_and_not_trusted():
    fields = {
        "status": True,
        "done_on": 20261205,
        "result": {"a": [1]},
        "spent": 5.5,
        "note": None,
        "evidence": 10**300,
    }
    data = json.loads(answer_file(FORM, {}))
    data["measures"] = [{"measure": FIRST, "number": 2, "text": FORM.measures[0].text, "answers": fields}]
    returned = read(json.dumps(data).encode(), name="x.json")
    assert said(returned)[FIRST, Field.RESULT] == '{"a": [1]}'
    assert said(returned)[FIRST, Field.SPENT] == Decimal("5.5")
    assert {(one.kind, one.field) for one in returned.troubles if one.measure == FIRST} >= {
        (TroubleKind.WRONG_VALUE, Field.STATUS),
        (TroubleKind.WRONG_DATE, Field.DONE_ON),
    }


# fuzz


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=200), st.integers(0, len(BOOK) - 1))
def test_no_damage_to_a_file_breaks_the_reader(noise, place):
    for content in (noise, b"PK" + noise, BOOK[:place] + noise + BOOK[place + len(noise) :]):
        try:
            returned = read(content)
        except HasharError:
            continue
        assert {one.measure for one in returned.answers} <= {each.measure for each in FORM.measures}


CELLS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30),
    st.integers(-(10**9), 10**9),
    st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)),
    st.just(("A1", "5")),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(Field), CELLS, min_size=1))
def test_whatever_is_typed_is_an_answer_or_a_trouble(fields):
    form = form_of("МЗ", known={})
    form = dataclasses.replace(form, measures=form.measures[:1])
    try:
        returned = read(filled(form, {FIRST: fields}), form)
    except InputError:
        returned = None  # it holds no answers
    if returned is None:
        assert not any(map(str.isalnum, "".join(str(value) for value in fields.values())))
        return
    seen = {one.field for one in returned.answers} | {one.field for one in returned.troubles}
    empty = {which for which, value in fields.items() if isinstance(value, str) and not value.strip(" \u00a0-–—−_.…")}
    assert set(fields) - empty - seen <= {
        which for which, value in fields.items() if isinstance(value, str) and not any(map(str.isalnum, value))
    }
