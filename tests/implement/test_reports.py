"""The report of a period: its sums add up in the files themselves, and nothing open or missing is hidden."""

import datetime as dt
import io
import re
import string
from decimal import Decimal

import docx
import pytest
from python_calamine import CalamineWorkbook

from hashar.errors import NotFound
from hashar.flows.period_report import PeriodReport
from hashar.implement.contracts.collections import CollectionState
from hashar.implement.contracts.progress import Period, Status
from hashar.implement.queries.collections import collections as listed
from hashar.implement.queries.reports import progress_report
from hashar.implement.rules.planned import planned, planned_year
from hashar.implement.services import collections
from hashar.plan.contracts.official import Cost, CostKind
from hashar.reports.content.report_words import report_words
from hashar.reports.official import report_document
from tests.implement.collecting import DONE, MEASURES, collecting, send_back

__all__ = ["collecting"]
STATUSES = ("done", "under_way", "not_started", "not_done", "taken_off", "silent")
LANGUAGES = ("ru", "kk", "en", "ky", "uz", "tg", "tk")


@pytest.fixture
def report(collecting):
    """Two measures answered on, one of them in full; a conflict, a wrong date, a missing answer, a late measure."""
    made = collecting.open()
    collecting.say(made, "МВД", "1", **DONE, spent=Decimal("40.5"))
    collecting.say(made, "Almaty youth", "1", **{**DONE, "spent": Decimal(9), "note": "вместе с <вузом>"})
    collecting.say(made, "МЗ", "2", status=Status.DONE, spent=Decimal(200))
    send_back(collecting, made, "МЗ", {"3": {"status": "Исполняется", "done_on": "вчера"}}, name="a.json")
    collecting.say(made, "МВД", "3", status=Status.TAKEN_OFF)
    return progress_report(collecting.official, made, today=collecting.now.date())


def word_tables(report, language="ru"):
    """The tables of the Word file as texts; a cell that goes down stands once."""
    file = docx.Document(io.BytesIO(report_document(PeriodReport(report, (), ()), language, "docx")))
    found = []
    for table in file.tables:
        seen = set()
        rows = []
        for row in table.rows:
            cells = []
            for cell in row.cells:
                again = cell._tc in seen
                seen.add(cell._tc)
                cells.append("" if again else cell.text.replace("\u202f", " "))
            rows.append(cells)
        found.append(rows)
    return found


def sheets(report, language="ru"):
    """The sheets of the workbook."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(report_document(PeriodReport(report, (), ()), language, "xlsx")))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def number(text):
    return Decimal(text.replace(" ", "").replace(",", ".") or 0)


def body_rows(rows, first):
    """Rows between the line of column numbers and the sums, and the sums."""
    start = next(at for at, row in enumerate(rows) if row[:3] == ["1", "2", "3"]) + 1
    end = next(at for at, row in enumerate(rows) if row[0] == first)
    return rows[start:end], rows[end]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ru", "kk"])
def test_the_sums_of_the_word_file_add_up(report, language):
    say = report_words(language)
    main, sections, bodies, _ = word_tables(report, language)
    measures, total = body_rows(main, say["sum"])
    for column in (7, 8):
        assert sum(number(row[column]) for row in measures if len(set(row)) > 1) == number(total[column])
    assert number(total[7]) == Decimal("330.5")
    assert number(total[8]) == Decimal("249.5")
    parts, whole = body_rows(sections, say["sum"])
    for at in range(1, len(whole)):
        assert sum(number(row[at]) for row in parts) == number(whole[at])
    for row in [*parts, whole]:
        assert sum(map(number, row[2:8])) == number(row[1])
    assert number(whole[1]) == len(report.measures) == 5
    assert (number(whole[9]), number(whole[10])) == (number(total[7]), number(total[8]))
    parts, whole = body_rows(bodies, say["sum"])
    for row in [*parts, whole]:
        assert sum(map(number, row[2:8])) == number(row[1])
    for at in range(1, len(whole)):
        assert sum(number(row[at]) for row in parts) == number(whole[at])
    assert number(whole[1]) == sum(len(one.bodies) for one in report.measures)
    assert number(whole[9]) == number(total[8])


@pytest.mark.django_db
def test_the_workbook_says_the_same_as_numbers(report):
    main, sections, bodies, *_ = sheets(report)
    _, word_sections, word_bodies, _ = word_tables(report)
    last = next(each for each in main if each[0] == "Итого")
    assert (last[7], last[8]) == (330.5, 249.5)
    for sheet, table in ((sections, word_sections), (bodies, word_bodies)):
        whole = next(row for row in sheet if row[0] == "Итого")
        said = next(row for row in table if row[0] == "Итого")
        assert [float(number(each)) for each in said[1:]] == [float(each or 0) for each in whole[1:]]


@pytest.mark.django_db
def test_what_is_late_missing_or_undecided_is_named(report):
    *_, attention = word_tables(report)
    lines = {row[0] for row in attention}
    assert "Не исполнено в срок (1)" in lines
    assert "Ответ не представлен (2)" in lines
    assert "Требует решения (3)" in lines
    late = next(row for row in attention if row[1] == MEASURES["ru"][5][1])
    assert late[2] == "МП"
    assert "1 февраля 2026 г." in late[3]
    silent = [row[0] for row in attention if row[3] == "Нет ответа"]
    assert silent == ["4", "6"]
    assert any("вчера" in row[3] for row in attention)


@pytest.mark.django_db
def test_a_conflict_is_told_in_words(collecting):
    made = collecting.open()
    for name, status in (("a.json", "Исполняется"), ("b.json", "Исполнено")):
        send_back(collecting, made, "МЗ", {"3": {"status": status}}, name=name)
    *_, attention = word_tables(progress_report(collecting.official, made, today=collecting.now.date()))
    told = next(row[3] for row in attention if row[0] == "3" and "«" in row[3])
    assert {"«Исполняется»", "«Исполнено»"} <= set(re.findall("«[^»]*»", told))


@pytest.mark.django_db
def test_each_body_has_its_line_with_what_shows_it(report):
    main, *_ = word_tables(report)
    lines = {(row[0], row[4]): row for row in main}
    lead = lines["1", "МВД (созыв)"]
    assert lead[5].startswith("Исполнено, 10 марта 2026 г.\nОпрошено 600")
    assert lead[6] == "приказ № 5"
    assert lead[9] == "Исполнено"
    partner = lines["", "Almaty youth"]
    assert "Примечание: вместе с <вузом>" in partner[5]
    second = lines["2", "МЗ"]
    assert second[6] == "не представлено"
    assert "требует решения: 1" in second[5]
    assert lines["6", "МП"][9] == "Нет ответа\n(срок нарушен)"


@pytest.mark.django_db
def test_its_head_counts_measures_and_says_so(collecting, report):
    file = docx.Document(io.BytesIO(report_document(PeriodReport(report, (), ()), "ru", "docx")))
    said = "\n".join(each.text for each in file.paragraphs)
    assert "за I квартал 2026 года" in said
    assert "ПРЕДВАРИТЕЛЬНАЯ" in said
    assert "Мероприятий в отчёте: 5. Из них: исполнено – 2; исполняется – 1; не начато – 0;" in said
    assert "Всего в плане: 6. Вошло в отчёт: 5; исполнено или снято с контроля ранее: 0; приходится на другие" in said
    assert "не говорят, сколько людей охвачено" in said
    assert "%" not in said
    made = collections_of(collecting)
    collections.set_state(
        actor=collecting.official, collection=made, state=CollectionState.CLOSED, now=collecting.tick()
    )
    closed = progress_report(collecting.official, made, today=collecting.now.date())
    file = docx.Document(io.BytesIO(report_document(PeriodReport(closed, (), ()), "ru", "docx")))
    assert not any("ПРЕДВАРИТЕЛЬНАЯ" in each.text for each in file.paragraphs)


def collections_of(collecting):
    return listed(collecting.official, collecting.plan)[0].id


@pytest.mark.django_db
def test_it_is_written_in_every_language(report):
    for language in LANGUAGES:
        assert sheets(report, language)
        main, *_ = word_tables(report, language)
        assert main[0][1] == report_words(language)["measure"]


def test_every_language_has_all_words_with_their_places():
    def places(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for language in LANGUAGES:
        found = report_words(language)
        assert found.keys() == report_words("ru").keys()
        for key, words in found.items():
            assert places(words) == places(report_words("ru")[key]), (language, key)
            assert not key.startswith("sheet") or len(words) <= 31


@pytest.mark.django_db
def test_when_nothing_is_open_the_report_says_so(collecting):
    made = collecting.open(Period(dt.date(2026, 1, 1), dt.date(2026, 3, 31)))
    answers = {"МВД": ("1", "3"), "Almaty youth": ("1", "4"), "МЗ": ("2", "3"), "МП": ("6",)}
    for body, numbers in answers.items():
        for one in numbers:
            collecting.say(made, body, one, **DONE)
    report = progress_report(collecting.official, made, today=collecting.now.date())
    assert len(word_tables(report)) == 3
    file = docx.Document(io.BytesIO(report_document(PeriodReport(report, (), ()), "ru", "docx")))
    assert any("нерешённых вопросов нет" in each.text for each in file.paragraphs)


@pytest.mark.django_db
def test_a_stranger_gets_no_report(collecting):
    made = collecting.open()
    with pytest.raises(NotFound):
        progress_report(collecting.cast.actor("stranger"), made, today=collecting.now.date())
    report = progress_report(collecting.cast.actor("reader"), made, today=collecting.now.date())
    assert [one.number for one in report.measures] == ["1", "2", "3", "4", "6"]


def cost(*amounts):
    return Cost("", CostKind.AMOUNT, tuple((year, Decimal(sum_)) for year, sum_ in amounts))


NOTHING = Cost("не требуется", CostKind.NONE)


@pytest.mark.parametrize(
    ("columns", "costs", "year", "expected"),
    [
        (("",), (cost((None, 100)),), None, 100),
        (("",), (NOTHING,), None, None),
        (("2026", "2027", "total"), (cost((2026, 10)), cost((2027, 20)), cost((None, 30))), 2026, 10),
        (("2026", "2027", "total"), (cost((2026, 10)), NOTHING, cost((None, 10))), 2027, None),
        (("total", "2030"), (cost((None, 30)), cost((2030, 30))), None, 30),
        (("",), (cost((2026, 5), (2027, 6)),), 2027, 6),
    ],
)
def test_planned_sums_are_counted_once(columns, costs, year, expected):
    assert planned_year([costs], columns, 2026 if year is None else year) == year or year == 2027
    assert planned(costs, columns, year) == expected
