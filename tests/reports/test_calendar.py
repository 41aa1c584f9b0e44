"""iCalendar files (RFC 5545): folding, escaping, whole days, and what a calendar program reads back."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.reports.render.calendar import Day, calendar, escaped, folded

MADE = dt.datetime(2026, 3, 2, 14, 0, tzinfo=dt.timezone(dt.timedelta(hours=5)))
DAY = Day("m-1@hashar", dt.date(2026, 12, 31), "Отчёт", "Text", "http://x/1/", notice=14)


def unfolded(content):
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_a_day_is_written_as_the_standard_says():
    lines = unfolded(calendar("Сроки, МВД", [DAY], made=MADE))
    assert lines == [
        *["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hashar//Deadlines//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"],
        *["X-WR-CALNAME:Сроки\\, МВД", "BEGIN:VEVENT", "UID:m-1@hashar", "DTSTAMP:20260302T090000Z"],
        *["DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "SUMMARY:Отчёт", "DESCRIPTION:Text"],
        *["URL:http://x/1/", "TRANSP:TRANSPARENT", "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P14D"],
        *["DESCRIPTION:Отчёт", "END:VALARM", "END:VEVENT", "END:VCALENDAR", ""],
    ]


def test_what_is_not_there_is_not_written():
    text = calendar("x", [Day("u", dt.date(2026, 1, 1), "t")], made=MADE).decode()
    assert [word for word in ("DESCRIPTION", "URL", "VALARM") if word in text] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a;b,c\\d", "a\\;b\\,c\\\\d"),
        ("one\ntwo", "one\\ntwo"),
        ("one\r\ntwo", "one\\ntwo"),
        ("END:VEVENT\r\nBEGIN:VEVENT", "END:VEVENT\\nBEGIN:VEVENT"),
        ("nul\x00bell\x07tab\tdel\x7f", "nulbelltab\tdel"),
        ("", ""),
    ],
)
def test_a_text_is_escaped(text, value):
    assert escaped(text) == value


def test_lines_are_folded_at_75_bytes_and_no_letter_is_cut():
    assert folded("x" * 75) == "x" * 75
    assert folded("x" * 76) == "x" * 75 + "\r\n x"
    assert folded("ж" * 40) == "ж" * 37 + "\r\n " + "ж" * 3
    assert folded("x" + "😀" * 20).split("\r\n ")[0] == "x" + "😀" * 18


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_whatever_is_written_is_read_back_and_no_line_is_too_long(text):
    line = f"SUMMARY:{escaped(text)}"
    pieces = folded(line).split("\r\n")
    assert all(len(piece.encode(errors="replace")) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert "\n" not in escaped(text)
