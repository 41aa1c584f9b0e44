"""Small plans as other hands format them: other words above the columns, no numbers, no sections, real dates."""

import datetime as dt
import io

import xlsxwriter

from tests.plan.word_file import cell, paragraph, row, table, word_file


def workbook(write, name="Лист1"):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    write(book.add_worksheet(name), book)
    book.close()
    return buffer.getvalue()


def plain_words():
    """Everyday words, another order, no form of completion, no sections."""
    return word_file(
        paragraph("План работы коалиции на 2027 год"),
        table(
            [
                row("№", "Кто отвечает", "Что делаем", "Когда", "Бюджет, тенге"),
                row("1", "Школа № 5", "Родительские собрания", "ежеквартально", "50000"),
                row("2", "Школа № 5; Дом молодёжи", "Спортивный фестиваль", "до 1 июня 2027 года", "120 000"),
                row("3", "Дом молодёжи", "Тренинги для лидеров", "в течение года", "нет"),
            ]
        ),
    )


def real_dates():
    """No column of numbers; deadlines are days of Excel; the head is in row 4."""

    def write(sheet, book):
        sheet.write(0, 0, "План мероприятий по профилактике на 2027 год")
        for at, head in enumerate(["Наименование мероприятия", "Дата исполнения", "Исполнители", "Сумма, тыс. тенге"]):
            sheet.write(3, at, head)
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        rows = [("Рейды у магазинов", dt.date(2027, 3, 1), "ДП", 10.5), ("Лекции", dt.date(2027, 9, 30), "УЗ, УО", 0)]
        for place, (text, due, bodies, cost) in enumerate(rows, start=4):
            sheet.write(place, 0, text)
            sheet.write_datetime(place, 1, dt.datetime.combine(due, dt.time()), day)
            sheet.write(place, 2, bodies)
            sheet.write(place, 3, cost)

    return workbook(write)


def one_body_a_row():
    """Number and measure are merged downwards, each body has a row with its own deadline."""
    return word_file(
        paragraph("План профилактики города на 2026–2027 годы"),
        table(
            [
                row("№", "Мероприятия", "Сроки", "Ответственные исполнители"),
                row(cell("1", merge="restart"), cell("Проверка аптек", merge="restart"), "I квартал 2026 года", "УЗ"),
                row(cell(merge="continue"), cell(merge="continue"), "II квартал 2026 года", "ДП"),
                row("2", "Обучение волонтёров", "2026–2027 годы", "УМП"),
            ]
        ),
    )


def two_heads():
    """Two lines of heads in Excel, one of them over “who and when”; years below the costs."""

    def write(sheet, book):
        sheet.merge_range(0, 0, 0, 6, "Дорожная карта на 2026–2027 годы")
        for at, head in enumerate(["№ п/п", "Мероприятие"]):
            sheet.merge_range(2, at, 3, at, head)
        sheet.merge_range(2, 2, 2, 3, "Исполнение")
        sheet.write(3, 2, "Срок")
        sheet.write(3, 3, "Ответственный")
        sheet.merge_range(2, 4, 2, 6, "Затраты, млн тенге")
        for at, head in enumerate(["2026", "2027", "Всего"], start=4):
            sheet.write(3, at, head)
        sheet.write_row(4, 0, ["1.1", "Открыть кабинеты", "IV квартал 2026 г.", "УО", 1.5, 2, 3.5])
        sheet.write_row(5, 0, ["1.2", "Оснастить кабинеты", "2027 год", "УО, УЗ", "-", 2, 2])
        sheet.write_row(6, 0, ["Итого", "", "", "", 1.5, 4, 5.5])

    return workbook(write)


def numbered_by_word():
    """Kazakh; the numbers are those of a list of Word, an empty row stands between."""
    return word_file(
        paragraph("2027 жылға арналған іс-шаралар жоспары"),
        table(
            [
                row("№", "Іс-шаралар атауы", "Орындау мерзімі", "Жауаптылар"),
                row(cell(numbered=True), "Ата-аналар жиналысы", "жыл сайын, 25 желтоқсанға дейін", "мектептер"),
                row("", "", "", ""),
                row(cell(numbered=True), "Жаттығулар өткізу", "2027 жылғы II тоқсан", "ДСМ, ІІМ"),
            ]
        ),
        numbering=True,
    )


def english():
    """English words in an order of their own; sections are only bold lines in the first column."""

    def write(sheet, _):
        sheet.write(0, 0, "Prevention plan of the city for 2027")
        sheet.write_row(2, 0, ["No.", "Deadline", "Responsible", "Activity", "Output", "Source of funds"])
        sheet.write(3, 0, "I. Schools")
        sheet.write_row(
            4, 0, [1, "by 1 June 2027", "City education department", "Train teachers", "report", "local budget"]
        )
        sheet.write(5, 0, "II. Streets")
        sheet.write_row(6, 0, [2, "annually, by 25 December", "Police", "Check kiosks", "protocol", "not required"])

    return workbook(write, "Plan")


FILES = {
    "plain.docx": plain_words,
    "dates.xlsx": real_dates,
    "rows.docx": one_body_a_row,
    "heads.xlsx": two_heads,
    "numbered.docx": numbered_by_word,
    "english.xlsx": english,
}
