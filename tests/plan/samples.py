"""Official plans whose truth is known: 64 measures of a region, 112 of a country, in Russian and Kazakh.

The texts are made up. The irregularities are those of real plans: an approval above the title, heads of two lines with
years, numbered columns, heads repeated after page breaks, sections, cells merged downwards, footnotes, changes that
nobody accepted, a table broken into several, abbreviations explained below, sums as text.

    python -m tests.plan.samples FOLDER    writes them to look at
"""

import io
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from tests.plan.word_file import cell, deleted, inserted, note, paragraph, row, run, table, word_file

DEADLINES = [
    ("IV квартал 2026 года", "2026 жылғы IV тоқсан", "period 2026-10-01 2026-12-31"),
    ("ежегодно, к 25 декабря", "жыл сайын, 25 желтоқсанға дейін", "repeated year 12-25"),
    ("2026–2028 годы", "2026–2028 жылдар", "period 2026-01-01 2028-12-31"),
    ("до 1 июля 2027 г.", "2027 жылғы 1 шілдеге дейін", "date 2027-07-01"),
    ("постоянно", "тұрақты", "always"),
    ("по мере необходимости", "қажеттілігіне қарай", "as_needed"),
    ("раз в полугодие", "жарты жылда бір рет", "repeated half_year"),
    ("ежеквартально", "тоқсан сайын", "repeated quarter"),
    ("декабрь 2027 года", "2027 жылғы желтоқсан", "period 2027-12-01 2027-12-31"),
    ("первое полугодие 2028 года", "2028 жылғы бірінші жартыжылдық", "period 2028-01-01 2028-06-30"),
    (
        "II, IV кварталы 2027 года",
        "2027 жылғы II, IV тоқсан",
        "period 2027-04-01 2027-06-30; period 2027-10-01 2027-12-31",
    ),
    ("в течение 2027 года", "2027 жыл ішінде", "period 2027-01-01 2027-12-31"),
]
BODIES = [
    ("МВД (созыв)", "ІІМ (жинақтау)"),
    ("МЗ", "ДСМ"),
    ("МП", "ОАМ"),
    (
        "акиматы областей, городов Астаны, Алматы и Шымкента",
        "облыстардың, Астана, Алматы және Шымкент қалаларының әкімдіктері",
    ),
    ("МТСЗН", "ЕХӘҚМ"),
    ("АО «Центр развития, науки и практики»", "«Даму, ғылым және практика орталығы» АҚ"),
    ("МКИ", "МАМ"),
    ("КНБ (по согласованию)", "ҰҚК (келісім бойынша)"),
    ("НПО", "ҮЕҰ"),
    ("Управление внутренней политики, культуры и развития языков", "Ішкі саясат басқармасы"),
    ("МФ", "ҚМ"),
    ("ГП (по согласованию)", "БП (келісім бойынша)"),
]
FULL = {
    "ru": "МВД – Министерство внутренних дел; МЗ – Министерство здравоохранения; МП – Министерство просвещения;\n"
    "МТСЗН – Министерство труда и социальной защиты населения; МКИ – Министерство культуры и информации;\n"
    "КНБ – Комитет национальной безопасности; НПО – неправительственные организации; МФ – Министерство финансов;\n"
    "ГП – Генеральная прокуратура",
    "kk": "ІІМ – Ішкі істер министрлігі; ДСМ – Денсаулық сақтау министрлігі; ОАМ – Оқу-ағарту министрлігі;\n"
    "ЕХӘҚМ – Еңбек және халықты әлеуметтік қорғау министрлігі; МАМ – Мәдениет және ақпарат министрлігі;\n"
    "ҰҚК – Ұлттық қауіпсіздік комитеті; ҮЕҰ – үкіметтік емес ұйымдар; ҚМ – Қаржы министрлігі; БП – Бас прокуратура",
}
ACTIONS = [
    ("Провести мониторинг {}", "{} мониторинг жүргізу"),
    ("Организовать обучение {}", "{} оқытуды ұйымдастыру"),
    ("Разработать методические рекомендации для {}", "{} арналған әдістемелік ұсынымдар әзірлеу"),
    ("Обеспечить работу {}", "{} жұмысын қамтамасыз ету"),
]
SUBJECTS = [
    ("школьных психологов", "мектеп психологтарының"),
    ("социальных педагогов", "әлеуметтік педагогтердің"),
    ("родительских комитетов", "ата-аналар комитеттерінің"),
    ("центров поддержки молодёжи", "жастарды қолдау орталықтарының"),
    ("участковых инспекторов", "учаскелік инспекторлардың"),
    ("аптек и аптечных пунктов", "дәріханалар мен дәріхана пункттерінің"),
    ("групп взаимопомощи", "өзара көмек топтарының"),
]
FORMS = [
    ("информация в Правительство", "Үкіметке ақпарат"),
    ("приказ", "бұйрық"),
    ("отчёт", "есеп"),
    ("протокол", "хаттама"),
]
FUNDS = [
    ("РБ", "РБ"),
    ("местный бюджет", "жергілікті бюджет"),
    ("не требуется", "талап етілмейді"),
    ("РБ, МБ", "РБ, ЖБ"),
]
MEANS = ("в пределах выделенных средств", "бөлінген қаражат шегінде")
NOTHING = ("не требуется", "талап етілмейді")
SECTIONS = [
    ("1. Совершенствование законодательства", "1. Заңнаманы жетілдіру"),
    ("2. Профилактика среди несовершеннолетних", "2. Кәмелетке толмағандар арасындағы профилактика"),
    ("3. Лечение и реабилитация", "3. Емдеу және оңалту"),
    ("4. Информационная работа", "4. Ақпараттық жұмыс"),
]
YEARS = ("2026", "2027", "2028")
HEADS = {
    "ru": [
        "№ п/п",
        "Мероприятие",
        "Форма завершения",
        "Срок исполнения",
        "Ответственные за исполнение",
        "Предполагаемые расходы (тыс. тенге)",
        "Источник финансирования",
    ],
    "kk": [
        "Р/с №",
        "Іс-шара",
        "Аяқталу нысаны",
        "Орындалу мерзімі",
        "Жауапты орындаушылар",
        "Болжамды шығыстар (мың теңге)",
        "Қаржыландыру көзі",
    ],
}
TITLES = {
    "ru": "Комплексный план по профилактике употребления психоактивных веществ на 2026–2028 годы",
    "kk": "Психобелсенді заттарды қолданудың профилактикасы бойынша 2026–2028 жылдарға арналған кешенді жоспар",
}
APPROVED = {
    "ru": ["Утверждён", "постановлением Правительства", "от «15» января 2026 года № 100"],
    "kk": ["Үкіметтің", "2026 жылғы 15 қаңтардағы № 100 қаулысымен", "бекітілген"],
}


@dataclass(frozen=True)
class Truth:
    """One measure as it is meant."""

    number: str
    section: int
    text: str
    form: str
    deadline: str
    due: str
    bodies: tuple[str, ...]
    costs: tuple[str, ...]
    sums: tuple[Decimal, ...]
    funds: str


def truths(count, language, years=YEARS):
    """The measures of a plan; the same ones in both languages."""
    side = 0 if language == "ru" else 1
    made = []
    for at in range(count):
        action, subject = ACTIONS[at % len(ACTIONS)][side], SUBJECTS[at % len(SUBJECTS)][side]
        text = action.format(subject)
        text = f"{text} ({at + 1}-топ)" if side else f"{text} (группа {at + 1})"
        deadline = DEADLINES[at % len(DEADLINES)]
        bodies = tuple(BODIES[(at + step) % len(BODIES)][side] for step in range(1 + at % 12))
        costs, sums = _costs(at, side, len(years))
        section = min(at * len(SECTIONS) // count, len(SECTIONS) - 1)
        funds = FUNDS[at % len(FUNDS)][side]
        number = str(at + 1)
        made.append(
            Truth(number, section, text, FORMS[at % 4][side], deadline[side], deadline[2], bodies, costs, sums, funds)
        )
    return made


def _costs(at, side, columns):
    if at % 3 == 1:
        return (MEANS[side],) * columns, ()
    if at % 3 == 2:
        return (NOTHING[side],) * columns, ()
    sums = tuple(Decimal(1000 + 37 * at) + Decimal(step) / 2 for step in range(columns))
    return tuple(f"{int(s):,}".replace(",", " ") + (",5" if s % 1 else "") for s in sums), sums


def national_word(language):
    """112 measures: two lines of heads, three tables, page breaks, footnotes, changes, merged cells."""
    made = truths(112, language)
    heads = HEADS[language]
    upper = (
        [cell(heads[at], merge="restart") for at in range(5)]
        + [cell(heads[5], span=3)]
        + [cell(heads[6], merge="restart")]
    )
    lower = (
        [cell(merge="continue")] * 5
        + [cell(f"{year} год" if language == "ru" else f"{year} жыл") for year in YEARS]
        + [cell(merge="continue")]
    )
    head = [row(*upper, head=True), row(*lower, head=True)]
    numbers = row(*(str(at) for at in range(1, 10)))
    tables, rows = [], [*head, numbers]
    for at, one in enumerate(made):
        if at in (40, 80):
            tables.append(rows)
            rows = [*head, numbers] if at == 40 else []
        if not at or made[at - 1].section != one.section:
            rows.append(row(cell(SECTIONS[one.section][language == "kk"], span=9)))
        if at in (20, 60):
            rows += [*head, numbers]
        rows.append(_word_row(at, one, made))
    total = [sum((one.sums[at] for one in made if one.sums), Decimal(0)) for at in range(3)]
    last = [
        cell("Итого" if language == "ru" else "Жиыны", span=5),
        *(f"{value:f}".replace(".", ",") for value in total),
        cell(""),
    ]
    tables.append([*rows, row(*last)])
    lines = [paragraph(line) for line in APPROVED[language]] + [paragraph(TITLES[language])]
    between = [part for each in tables for part in (table(each), paragraph())]
    head_note = (
        "Примечание: расшифровка аббревиатур:" if language == "ru" else "Ескертпе: аббревиатуралардың толық жазылуы:"
    )
    notes = [paragraph(head_note), *(paragraph(line) for line in FULL[language].split("\n"))]
    foot = "По итогам года." if language == "ru" else "Жыл қорытындысы бойынша."
    return word_file(*lines, *between, *notes, footnotes={4: foot})


def _word_row(at, one, made):
    text = one.text
    if at == 5:  # a change that nobody accepted yet
        text = f"<w:p>{deleted('Старое: ')}{inserted(text[:9])}{run(text[9:])}</w:p>"
        text = text.removeprefix("<w:p>").removesuffix("</w:p>")
    if at == 7:
        text = run(text) + note(4)
    number = f"{one.number}." if at % 2 else one.number
    deadline = cell(one.deadline)
    if at == 30:
        deadline = cell(one.deadline, merge="restart")
    if at == 31:  # merged downwards: the deadline of both
        deadline = cell("", merge="continue")
    bodies = ",\n".join(one.bodies) if at % 5 == 0 else ", ".join(one.bodies)
    return row(number, cell(text), one.form, deadline, bodies, *one.costs, one.funds)


def national_truths(language):
    """The truth of :func:`national_word`: two measures share a deadline, one has a footnote."""
    made = truths(112, language)
    made[31] = Truth(**{**made[31].__dict__, "deadline": made[30].deadline, "due": made[30].due})
    made[7] = Truth(**{**made[7].__dict__, "text": made[7].text + "¹"})
    return made


def regional_excel(language):
    """64 measures: title rows, a head in row 7, merged sections, sums as numbers and as text, notes below."""
    made = truths(64, language, years=("",))
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("План")
    for at, line in enumerate(APPROVED[language]):
        sheet.write_string(at, 5, line)
    sheet.merge_range(4, 0, 4, 6, TITLES[language])
    for at, head in enumerate(HEADS[language]):
        sheet.write_string(6, at, head)
        sheet.write_number(7, at, at + 1)
    place = 8
    for at, one in enumerate(made):
        if not at or made[at - 1].section != one.section:
            title = SECTIONS[one.section][language == "kk"]
            if one.section % 2:
                sheet.merge_range(place, 0, place, 6, title)
            else:
                sheet.write_string(place, 0, title)
            place += 1
        (sheet.write_string if at % 2 else lambda r, c, text: sheet.write_number(r, c, int(text)))(place, 0, one.number)
        values = [one.text, one.form, one.deadline, ", ".join(one.bodies), one.costs[0], one.funds]
        for column, value in enumerate(values, start=1):
            if column == 5 and one.sums and at % 2 == 0:
                sheet.write_number(place, column, float(one.sums[0]))
            else:
                sheet.write_string(place, column, value)
        place += 1
    place += 1
    head_note = (
        "Примечание: расшифровка аббревиатур:" if language == "ru" else "Ескертпе: аббревиатуралардың толық жазылуы:"
    )
    for line in [head_note, *FULL[language].split("\n")]:
        sheet.write_string(place, 0, line)
        place += 1
    book.close()
    return buffer.getvalue()


def regional_truths(language):
    """The truth of :func:`regional_excel`."""
    return truths(64, language, years=("",))


SAMPLES = {
    "national-ru.docx": (national_word, national_truths, "ru"),
    "national-kk.docx": (national_word, national_truths, "kk"),
    "regional-ru.xlsx": (regional_excel, regional_truths, "ru"),
    "regional-kk.xlsx": (regional_excel, regional_truths, "kk"),
}


def main(folder):
    """Write the samples."""
    for name, (make, _, language) in SAMPLES.items():
        (Path(folder) / name).write_bytes(make(language))


if __name__ == "__main__":
    main(sys.argv[1])
