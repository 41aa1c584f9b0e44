"""Days as an iCalendar file (RFC 5545), so that any calendar program reminds of them. It knows days, not plans."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_LINE = 75
"""Bytes of a line, its end not counted; longer ones are folded (3.1)."""
END = "\r\n"
TYPE = "text/calendar; charset=utf-8"
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Day:
    """One day on which something is due."""

    uid: str
    """The same whenever the same thing is exported again."""
    on: dt.date
    title: str
    text: str = ""
    address: str = ""
    notice: int = 0
    """Days before it on which the program reminds; 0: no reminder."""


def calendar(name: str, days: Iterable[Day], *, made: dt.datetime) -> bytes:
    """The file, in UTF-8.

    Parameters
    ----------
    name
        What the calendar is called.
    days
        What stands in it.
    made
        When, with its zone.

    """
    stamp = made.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Hashar//Deadlines//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for day in days:
        lines += _event(day, stamp)
    lines.append("END:VCALENDAR")
    return "".join(folded(line) + END for line in lines).encode()


def _event(day: Day, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(day.uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day.on + dt.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(day.title)}"
    if day.text:
        yield f"DESCRIPTION:{escaped(day.text)}"
    if day.address:
        yield f"URL:{day.address}"
    yield "TRANSP:TRANSPARENT"
    if day.notice:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-P{day.notice}D")
        yield f"DESCRIPTION:{escaped(day.title)}"
        yield "END:VALARM"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """A text as a value (3.3.11): backslash, semicolon, comma and line break are escaped, other controls left out."""
    plain = "".join(letter for letter in text if letter in "\n\t" or (ord(letter) >= ord(" ") and letter != "\x7f"))
    return plain.translate(_ESCAPED)


def folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, each further one after a space (3.1); no letter is cut in two."""
    pieces, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST_LINE:
            pieces.append(" ")
            size = 1
        pieces[-1] += letter
        size += width
    return END.join(pieces)
