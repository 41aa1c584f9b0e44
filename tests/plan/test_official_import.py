"""Plans come in as their truth says, go out in the same form, and come in again as the same plan."""

import dataclasses
import io
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.errors import InputError, TooLarge, UsageError
from hashar.plan.contracts.official import CostKind, Edition, Measure, Section
from hashar.plan.rules.bodies import read_bodies
from hashar.plan.rules.costs import read_cost, read_funds
from hashar.plan.rules.deadlines import read_deadlines
from hashar.plan.rules.texts import tidy
from hashar.plan.services.official_plans import read_plan, read_plan_at
from hashar.reports.official import plan_document
from tests.plan.notation import one_deadline
from tests.plan.other_hands import FILES, workbook
from tests.plan.samples import APPROVED, SAMPLES, SECTIONS, TITLES
from tests.plan.word_file import cell, paragraph, row, table, word_file

HEAD = row("№", "Мероприятие", "Срок", "Ответственные")


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request):
    make, truth, language = SAMPLES[request.param]
    return read_plan(content=make(language), name=request.param), truth(language), language


def due_in_words(measure):
    said = []
    for one in measure.deadlines:
        words = one_deadline(one)
        for before, after in ((" … ", " "), ("by ", "date "), ("every ", "repeated "), ("half-year", "half_year")):
            words = words.replace(before, after)
        words = words.replace("date ", "date ", 1) if one.kind == "date" else words.replace("date ", "")
        said.append(f"period {words}" if one.kind == "period" else words.replace("as needed", "as_needed"))
    return "; ".join(said)


def test_a_sample_is_read_as_its_truth_says(sample):
    reading, truth, language = sample
    edition = reading.edition
    assert (edition.language, edition.title) == (language, TITLES[language])
    assert edition.head == tuple(APPROVED[language])
    assert [section.title for section in edition.sections] == [pair[language == "kk"] for pair in SECTIONS]
    assert edition.years == (2026, 2028)
    for measure, one in zip(edition.measures, truth, strict=True):
        assert (measure.number, measure.section, measure.text) == (one.number, one.section, one.text)
        assert (measure.form, measure.deadline, measure.funds) == (one.form, one.deadline, one.funds)
        assert due_in_words(measure) == one.due
        assert [body.text for body in measure.bodies] == list(one.bodies)
        assert tuple(cost.total for cost in measure.costs if cost.kind is CostKind.AMOUNT) == one.sums
        assert tuple(cost.text for cost in measure.costs) == one.costs


def test_abbreviations_of_a_sample_are_explained(sample):
    reading, _, language = sample
    lead = reading.edition.measures[0].bodies[0]
    name, full = ("МВД", "Министерство внутренних дел") if language == "ru" else ("ІІМ", "Ішкі істер министрлігі")
    assert (lead.name, lead.full, lead.convenes) == (name, full, True)


def test_a_sample_leaves_no_doubt_but_its_open_changes(sample):
    reading, _, _ = sample
    assert {doubt.code for doubt in reading.doubts} == ({"P20"} if reading.file.endswith(".docx") else set())


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_import_export_import_of_a_sample_gives_the_same_plan(sample, kind):
    edition = sample[0].edition
    again = read_plan(content=plan_document(edition, kind), name=f"again.{kind}")
    assert again.edition == edition
    assert again.doubts == ()
    assert any(again.edition.totals)  # the totals it prints are what its measures add up to


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize("name", FILES)
def test_import_export_import_of_other_hands_gives_the_same_plan(name, kind):
    edition = read_plan(content=FILES[name](), name=name).edition
    assert read_plan(content=plan_document(edition, kind), name=f"again.{kind}").edition == edition


OTHERS = {
    "plain.docx": """1|Родительские собрания|ежеквартально|Школа № 5
2|Спортивный фестиваль|до 1 июня 2027 года|Школа № 5/Дом молодёжи""",
    "dates.xlsx": """1|Рейды у магазинов|01.03.2027|ДП
2|Лекции|30.09.2027|УЗ/УО""",
    "rows.docx": """1|Проверка аптек|I квартал 2026 года; II квартал 2026 года|УЗ/ДП
2|Обучение волонтёров|2026–2027 годы|УМП""",
    "heads.xlsx": """1.1|Открыть кабинеты|IV квартал 2026 г.|УО
1.2|Оснастить кабинеты|2027 год|УО/УЗ""",
    "numbered.docx": """1|Ата-аналар жиналысы|жыл сайын, 25 желтоқсанға дейін|мектептер
2|Жаттығулар өткізу|2027 жылғы II тоқсан|ДСМ/ІІМ""",
    "english.xlsx": """1|Train teachers|by 1 June 2027|City education department
2|Check kiosks|annually, by 25 December|Police""",
}


@pytest.mark.parametrize("name", FILES)
def test_a_plan_in_another_hand_is_read(name):
    measures = read_plan(content=FILES[name](), name=name).edition.measures
    found = [f"{m.number}|{m.text}|{m.deadline}|{'/'.join(body.text for body in m.bodies)}" for m in measures]
    assert [line.replace("\n", "; ") for line in found[:2]] == OTHERS[name].split("\n")
    assert all(measure.deadlines for measure in measures)


def test_costs_by_year_are_read_with_their_unit():
    edition = read_plan(content=FILES["heads.xlsx"](), name="heads.xlsx").edition
    assert (edition.cost_columns, edition.cost_unit) == (("2026", "2027", "total"), "млн тенге")
    assert edition.measures[0].costs[0].amounts == ((2026, Decimal("1.5")),)


def codes(*rows, name="a.docx", title="План на 2026 год", head=HEAD):
    return [
        doubt.code for doubt in read_plan(content=word_file(paragraph(title), table([head, *rows])), name=name).doubts
    ]


GOOD = row("1", "Дело", "IV квартал 2026 года", "МВД")
ALL = row("Итого", "", "", "", "11", "", "")
TOGETHER = [
    row("1", "А", "2026 год", "МВД", cell("10", merge="restart"), "", ""),
    row("2", "Б", "2026 год", "МВД", cell(merge="continue"), "", ""),
]
COSTS = row("№", "Мероприятие", "Срок", "Ответственные", "Стоимость", "Источник", "Вес")
BY_YEAR = row("№", "Мероприятие", "Срок", "Ответственные", "Сумма, 2026", "Сумма, 2027")


@pytest.mark.parametrize(
    ("expected", "rows", "more"),
    [
        ([], [GOOD], {}),
        (["P01"], [GOOD], {"title": "Без названия"}),
        (["P02"], [row("Дело", "IV квартал 2026 года", "МВД")], {"head": row("Мероприятие", "Срок", "Ответственные")}),
        (["P03"], [GOOD, row("", "Ещё дело", "2026 год", "МЗ")], {}),
        (["P04"], [GOOD, row("3", "Ещё", "2026 год", "МЗ")], {}),
        (["P05"], [GOOD, row("1", "Ещё", "2026 год", "МЗ")], {}),
        (["P04", "P06"], [GOOD, row("3", "Ещё", "2026 год", "МЗ"), row("2", "И ещё", "2026 год", "МЗ")], {}),
        (["P07"], [row("1", "Дело", "", "МВД")], {}),
        (["P07"] * 3, [row(str(at), "Дело", "", "МВД") for at in range(1, 4)], {}),
        (["P08"], [row("1", "Дело", "после принятия закона", "МВД")], {}),
        (["P09"], [row("1", "Дело", "IV квартал", "МВД")], {"title": "План на 2026–2027 годы"}),
        (["P10"], [row("1", "Дело", "IV квартал", "МВД")], {}),
        (["P11"], [row("1", "Дело", "2026 год", "")], {}),
        (["P15", "P12", "P13"], [row("1", "Дело", "2026 год", "МВД", "позже", "фонд", "7")], {"head": COSTS}),
        (["P15", "P24"], [row("1", "Дело", "2026 год", "МВД", "10", "РБ", "7")], {"head": COSTS}),
        (["P15", "P14", "P24"], [row("1", "Дело", "2026 год", "МВД", "10", "", ""), ALL], {"head": COSTS}),
        (["P16"], [GOOD], {"head": row("№", "Тема", "Срок", "Ответственные")}),
        (["P17"], [GOOD, row("", "и его продолжение", "", "")], {}),
        (["P17"], [GOOD, row("", "", "", "МЗ")], {}),
        (["P18"], [row("", "Раздел без объединения", "", ""), GOOD], {}),
        (["P15", "P19", "P24"], TOGETHER, {"head": COSTS}),
        (["P19", "P24"], [row("1", "А", "2026 год", "МВД", cell("10", span=2))], {"head": BY_YEAR}),
        (["P23"], [row("1", "Дело", "МВД", "IV квартал 2026 года")], {}),
        (["P25"], [GOOD, row("2", "", "2026 год", "МЗ")], {}),
        (["P25"], [row("1", "2026 год", "МВД")], {"head": row("№", "Срок", "Ответственные")}),
        (["P26"], [row("1", "Дело", "2031 год", "МВД")], {}),
    ],
)
def test_what_is_unsure_is_told(expected, rows, more):
    assert sorted(codes(*rows, **more)) == sorted(expected)


def test_a_sum_over_two_years_counts_once():
    rows = [BY_YEAR, row("1", "А", "2026 год", "МВД", cell("10", span=2))]
    (measure,) = read_plan(content=word_file(table(rows)), name="a.docx").edition.measures
    assert [cost.text for cost in measure.costs] == ["10", ""]


def test_a_heading_with_its_number_in_a_cell_of_its_own_is_a_section():
    rows = [HEAD, row("I.", cell("Профилактика", span=3)), GOOD]
    edition = read_plan(content=word_file(table(rows)), name="a.docx").edition
    assert [section.title for section in edition.sections] == ["I. Профилактика"]
    assert len(edition.measures) == 1


def test_costs_of_a_row_that_goes_on_join_those_above():
    first = row("1", cell("А", merge="restart"), "2026 год", "МВД", "2026: 10", "", "")
    more = [row("", cell(merge="continue"), "", body, cost, "", "") for body, cost in (("МЗ", ""), ("МП", "2027: 5"))]
    late = row("2", cell("Б", merge="restart"), "2026 год", "МВД", "", "", "")
    end = row("", cell(merge="continue"), "", "МЗ", "7", "", "")
    edition = read_plan(content=word_file(table([COSTS, first, *more, late, end])), name="a.docx").edition
    assert [cost.text for measure in edition.measures for cost in measure.costs] == ["2026: 10\n2027: 5", "7"]
    assert edition.measures[0].costs[0].amounts == ((2026, Decimal(10)), (2027, Decimal(5)))


def test_a_table_that_is_no_plan_and_one_in_another_language_are_left_out():
    kazakh = row("№", "Іс-шара", "Мерзімі", "Жауаптылар")
    file = word_file(
        paragraph("План на 2026 год"),
        table([HEAD, GOOD]),
        table([row("Согласовано", "Подпись", "Число"), row("Иванов", "", "1")]),
        table([kazakh, row("1", "Іс", "2026 жыл", "ІІМ")]),
    )
    reading = read_plan(content=file, name="a.docx")
    assert [doubt.code for doubt in reading.doubts] == ["P21", "P22"]
    assert read_plan(content=file, name="a.docx", language="kk").edition.language == "kk"


def test_every_sentence_of_doubt_fills_its_places():
    file = word_file(paragraph("План"), table([COSTS, row("1", "Дело", "позже", "", "потом", "фонд", "7")]))
    for doubt in read_plan(content=file, name="a.docx").doubts:
        assert "{" not in doubt.sentence.format(**doubt.values)


def refused(content, name="plan.docx"):
    with pytest.raises((InputError, TooLarge)) as caught:
        read_plan(content=content, name=name)
    sentence = str(caught.value)
    assert name in sentence
    assert "{" not in sentence
    return sentence


def test_shifted_columns_are_refused_with_place_and_remedy():
    rows = [row(str(at), "Дело", "МВД", f"{at} июня 2026 года") for at in range(1, 6)]
    sentence = refused(word_file(paragraph("План"), table([HEAD, *rows])))
    assert "In row 2 “МВД” stands under the deadlines" in sentence


def test_a_scanned_picture_is_refused_with_the_remedy():
    blip = '<w:r><w:drawing><a:blip xmlns:a="a"/></w:drawing></w:r>'
    assert "picture of the plan" in refused(word_file(f"<w:p>{blip}</w:p>"))


def test_a_table_without_heads_says_what_stands_there():
    assert "“Иванов | 5”" in refused(word_file(table([row("Иванов", "5"), row("Петров", "4")])))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7", "PDF"),
        (b"just text", "no Word or Excel file"),
        (b"PK\x03\x04 cut short", "damaged"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "WordDocument".encode("utf-16-le"), "old format of Word"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "password"),
        (word_file(), "no table"),
        (word_file(table([HEAD])), "no measures"),
        (word_file(table([HEAD, GOOD]), extra={"word/vbaProject.bin": b"x"}), "macros"),
        (word_file(prolog='<!DOCTYPE a [<!ENTITY b "c">]>'), "declarations"),
        (word_file(prolog='<!DOCTYPE a SYSTEM "file:///etc/passwd">'), "declarations"),
        (word_file()[:-40], "damaged"),
        (word_file(extra={"word/media/a.bin": b"\0" * 250_000_000}), "would unpack to 250 MB"),
        (word_file("<w:tbl>"), "damaged"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value,
)
def test_a_file_that_cannot_be_a_plan_is_refused_in_one_sentence(content, words):
    assert words in refused(content)


def test_deep_and_endless_xml_is_refused():
    assert "damaged" in refused(word_file("<w:p>" * 5000 + "</w:p>" * 5000))
    bomb = "".join(f'<!ENTITY x{at} "&x{at - 1};&x{at - 1};">' for at in range(1, 40))
    assert refused(word_file(prolog=f'<!DOCTYPE a [<!ENTITY x0 "ha">{bomb}]>'))


def test_a_package_that_is_no_word_file_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("_rels/.rels", "<Relationships/>")
    assert "no Word file" in refused(buffer.getvalue())
    with zipfile.ZipFile(buffer := io.BytesIO(), "w") as archive:
        archive.writestr("a.txt", "a")
    assert "damaged" in refused(buffer.getvalue())


def test_a_workbook_far_too_wide_is_refused():
    content = workbook(lambda sheet, _: sheet.write_row(0, 0, ["a"] * 100))
    assert "100 columns" in refused(content, "plan.xlsx")


def test_a_workbook_with_formulas_is_read_by_their_results():
    def write(sheet, _):
        sheet.write_row(0, 0, ["№", "Мероприятие", "Срок", "Ответственные"])
        sheet.write_row(1, 0, [1, "Дело", "2026 год", "МВД"])
        sheet.write_formula(2, 0, "=A2+1", None, 2)
        sheet.write_row(2, 1, ["=HYPERLINK(1)", "2026 год", "МЗ"])

    edition = read_plan(content=workbook(write), name="plan.xlsx").edition
    assert edition.measures[1].number == "2"


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(InputError, match=r"gone\.docx"):
        read_plan_at(path=tmp_path / "gone.docx")


def test_a_format_that_is_not_there_is_refused():
    edition = read_plan(content=FILES["plain.docx"](), name="a.docx").edition
    with pytest.raises(UsageError, match="docx, xlsx"):
        plan_document(edition, "pdf")


def test_the_word_form_lies_across_and_repeats_its_head():
    edition = read_plan(content=SAMPLES["national-ru.docx"][0]("ru"), name="a.docx").edition
    with zipfile.ZipFile(io.BytesIO(plan_document(edition, "docx"))) as archive:
        text = archive.read("word/document.xml").decode()
    assert 'w:orient="landscape"' in text
    assert text.count("<w:tblHeader/>") == 3  # two lines of heads and the numbers of the columns
    assert text.count('<w:gridSpan w:val="9"/>') == len(edition.sections)


words = st.text("абвгд ежз", min_size=1, max_size=12).map(tidy).filter(bool).map(str.capitalize)
sums = st.decimals(0, 10**9, places=2).map(lambda value: f"{value}")
deadlines = st.sampled_from(["IV квартал 2026 года", "ежегодно, к 25 декабря", "постоянно", "", "когда получится"])


@st.composite
def editions(draw):
    columns = draw(st.sampled_from([(), ("",), ("2026", "2027"), ("2026", "total")]))
    sections = tuple(Section(f"Раздел {at}. {draw(words)}") for at in range(draw(st.integers(0, 2))))
    count = draw(st.integers(max(1, len(sections)), 6))
    measures = []
    for at in range(count):
        deadline, funds = draw(deadlines), draw(st.sampled_from(["", "РБ", "местный бюджет"]))
        costs = [
            draw(st.one_of(sums, st.sampled_from(["", "не требуется", "в пределах выделенных средств"])))
            for _ in columns
        ]
        bodies = ", ".join(
            draw(st.lists(st.sampled_from(["МВД (созыв)", "МЗ", "АО «А, б»", "Дом молодёжи"]), max_size=3))
        )
        measures.append(
            Measure(
                number=str(at + 1),
                text=tidy("\n".join(draw(st.lists(words, min_size=1, max_size=2)))),
                form=draw(words),
                deadline=deadline,
                bodies=read_bodies(bodies, {}),
                costs=tuple(
                    read_cost(text, int(key) if key.isdigit() else None)
                    for text, key in zip(costs, columns, strict=True)
                ),
                funds=funds,
                fund_kinds=read_funds(funds)[0],
                deadlines=read_deadlines(deadline, (2026, 2027)).deadlines,
                section=min(at, len(sections) - 1) if sections else None,
            )
        )
    return Edition("ru", "План на 2026–2027 годы", sections, tuple(measures), columns, years=(2026, 2027))


@settings(max_examples=20, deadline=None)
@given(editions(), st.sampled_from(["docx", "xlsx"]))
def test_what_is_exported_is_imported_as_the_same_plan(edition, kind):
    again = read_plan(content=plan_document(edition, kind), name=f"again.{kind}").edition
    assert dataclasses.replace(again, cost_unit=edition.cost_unit) == edition


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_asked_and_never_breaks(text):
    reading = read_deadlines(text, (2026, 2028))
    assert all(one.end is None or one.start is None or one.start <= one.end or one.every for one in reading.deadlines)
    read_bodies(text, {})
    read_cost(tidy(text), None)
    read_funds(text)
