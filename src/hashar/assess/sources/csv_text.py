"""What a CSV file does not say of itself: its encoding, its separator and its column names."""

import codecs
import csv
import gzip
import io
import itertools
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from hashar.assess.contracts.table import Note
from hashar.assess.sources.raw import unique_names
from hashar.assess.sources.words import numbers
from hashar.errors import InputError
from hashar.i18n import N_

CHUNK = 1 << 20
SAMPLE = 1 << 18
SEPARATORS = (",", ";", "\t", "|")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_COMMON = frozenset("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё")


@dataclass(frozen=True)
class Form:
    """How a CSV file is written. ``skip_lines`` is how many lines come before the first row of data."""

    encoding: str
    separator: str
    names: Sequence[str]
    skip_lines: int
    notes: Sequence[Note] = ()


def open_bytes(path: Path) -> IO[bytes]:
    """The bytes of the file, unpacked when it is a gzip file."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else path.open("rb")  # type: ignore[return-value]  # GzipFile reads bytes too


def form_of(path: Path, encoding: str | None) -> Form:
    """Find out how the file is written; what had to be guessed is noted."""
    notes: list[Note] = []
    if encoding:
        _check_forced(path, encoding)
        chosen = encoding
    else:
        chosen = guess_encoding(path)
        if chosen not in ("utf-8", "utf-8-sig"):
            note = N_('The encoding was guessed as {encoding}; if letters look wrong, name it with "--encoding".')
            notes.append(Note(note, {"encoding": chosen}))
    separator, start = _separator(path, chosen)
    names, skip = _header(path, chosen, separator, start)
    names, unnamed = _complete(names)
    if unnamed:
        note = N_("Columns without a name were called {names}.")
        notes.append(Note(note, {"names": ", ".join(unnamed)}))
    unique_names(path.name, names)
    return Form(encoding=chosen, separator=separator, names=names, skip_lines=skip, notes=notes)


def records(path: Path, encoding: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Number of the line where the record ends, and its cells; blank lines are passed over."""
    with open_bytes(path) as raw, io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="") as text:
        reader = csv.reader(text, delimiter=separator)
        try:
            for cells in reader:
                if cells:
                    yield reader.line_num, cells
        except csv.Error:
            raise unclosed(path, reader.line_num) from None
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise damaged(path) from None


def unclosed(path: Path, line: int) -> InputError:
    """The sentence for rows that run into each other."""
    return InputError(
        N_(
            "{file}, line {line}: rows cannot be told apart, perhaps a quotation mark is not closed; correct that line."
        ),
        file=path.name,
        line=line,
    )


def damaged(path: Path) -> InputError:
    """The sentence for a gzip file that cannot be unpacked."""
    return InputError(N_("{file} is damaged or cut short; copy it again from its source."), file=path.name)


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with open_bytes(path) as raw:
            while piece := raw.read(CHUNK):
                yield piece
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise damaged(path) from None


def _check_forced(path: Path, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    line = 1
    for piece in _pieces(path):
        try:
            line += decoder.decode(piece).count("\n")
        except UnicodeError as error:
            line += piece[: getattr(error, "start", 0)].count(b"\n")
            raise InputError(
                N_("{file}, line {line}: the text is not in {encoding}; leave out --encoding to have it guessed."),
                file=path.name,
                line=line,
                encoding=encoding,
            ) from None


def guess_encoding(path: Path) -> str:
    """The encoding of a text file by its bytes."""
    with open_bytes(path) as raw:
        try:
            head = raw.read(SAMPLE)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise damaged(path) from None
    marked = next((name for mark, name in _BOMS if head.startswith(mark)), "")
    if marked and marked != "utf-8-sig":
        return marked
    if b"\0" in head:
        return _without_mark(path, head)
    foreign = _foreign(path)
    if foreign is None:
        return marked or "utf-8"
    if marked or foreign.after_utf8 or _mostly_utf8(foreign.sample):
        raise InputError(
            N_(
                "{file}, line {line}: letters here are not in UTF-8, though the rest of the file is; correct this "
                "line, or save the whole file in UTF-8."
            ),
            file=path.name,
            line=foreign.line,
        )
    return _eight_bit(foreign.sample)


@dataclass(frozen=True)
class _Foreign:
    """The first line that is not UTF-8, bytes around it, and whether letters in UTF-8 came long before."""

    line: int
    sample: bytes
    after_utf8: bool


def _foreign(path: Path) -> _Foreign | None:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    line, letters = 1, False
    for piece in itertools.chain(_pieces(path), [b""]):
        try:
            text = decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            return _Foreign(line, error.object[max(0, error.start - CHUNK // 2) :], letters)
        line += text.count("\n")
        letters = letters or not text.isascii()
    return None


def _mostly_utf8(sample: bytes) -> bool:
    """Whether more letters are UTF-8 than not; in 8-bit Cyrillic few pairs of letters happen to be."""
    text = sample.decode("utf-8", errors="replace")
    foreign = text.count("\ufffd")
    return sum(letter > "\x7f" for letter in text) - foreign > foreign


def _without_mark(path: Path, head: bytes) -> str:
    """UTF-16 without its mark has a zero in every second byte of Latin letters, digits and separators."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 8 and even == 0:
        return "utf-16-le"
    if even > len(head) // 8 and odd == 0:
        return "utf-16-be"
    raise InputError(
        N_("{file} is not a text file, nor in a format that can be read: .sav, .dta, .csv, .xlsx, .parquet."),
        file=path.name,
    )


def _eight_bit(sample: bytes) -> str:
    """The 8-bit encoding in which most non-ASCII letters are frequent small Cyrillic ones, else cp1252."""
    high = bytes(byte for byte in sample if byte > 0x7F)
    scores = {}
    for encoding in ("cp1251", "cp866", "koi8-r"):
        text = high.decode(encoding, errors="replace")
        scores[encoding] = sum(letter in _COMMON for letter in text) / len(text)
    best = max(scores, key=lambda encoding: scores[encoding])
    runs = sum(first > 0x7F and second > 0x7F for first, second in itertools.pairwise(sample))
    return best if scores[best] > 0.5 and runs > len(high) / 3 else "cp1252"


def _separator(path: Path, encoding: str) -> tuple[str, int]:
    """The separator, and how many lines ("sep=;" of Excel) come before the header."""
    with open_bytes(path) as raw, io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="") as text:
        lines = [line for _, line in zip(range(50), text, strict=False)]
    first = lines[0].strip().strip("\ufeff") if lines else ""
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], 1
    if not any(line.strip() for line in lines):
        raise InputError(N_("{file} holds nothing but empty lines; choose the file with the data."), file=path.name)
    return max(SEPARATORS, key=lambda separator: _regular(lines, separator)), 0


def _regular(lines: Sequence[str], separator: str) -> tuple[float, int]:
    """Share of rows as wide as the first one, and that width: the right separator has the most of both."""
    try:
        rows = [cells for cells in csv.reader(lines, delimiter=separator) if cells]
    except csv.Error:
        return (0.0, 0)
    width = len(rows[0])
    if width == 1:
        return (0.0, 1)
    return (sum(len(cells) == width for cells in rows) / len(rows), width)


def _header(path: Path, encoding: str, separator: str, start: int) -> tuple[list[str], int]:
    line, cells = next(record for record in records(path, encoding, separator) if record[0] > start)
    names = [cell.strip().strip("\ufeff").strip() for cell in cells]
    if not any(names) or numbers(name for name in names if name) is not None:
        raise InputError(
            N_("{file}, line {line}: the first row holds values, not column names; add a row of names above it."),
            file=path.name,
            line=line,
        )
    return names, line


def _complete(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Names for the columns that have none (R writes its row names so)."""
    complete = [name or f"column_{position}" for position, name in enumerate(names, start=1)]
    return complete, [new for new, name in zip(complete, names, strict=True) if not name]
