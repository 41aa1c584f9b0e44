"""A returned workbook as it was written: its rows found by hidden keys, or else by the heads of its columns."""

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

import python_calamine as calamine
from lxml import etree

from hashar.errors import InputError
from hashar.i18n import LANGUAGES, N_, Translator
from hashar.i18n.spelling import fold
from hashar.implement.contracts.form_files import (
    COLUMN_TAG,
    FORM_MARK,
    HEADS,
    RETURNED_BY,
    ROW_TAG,
    Fact,
    Printed,
    Raw,
    Written,
    WrittenForm,
    WrittenRow,
)
from hashar.implement.contracts.progress import Field
from hashar.implement.contracts.words import FIELD_WORDS, PRINTED_WORDS
from hashar.implement.sources.formulas import Cell, computed_cells
from hashar.intake.containers import check_container, damaged, has_macros

UNPACKED_LIMIT = 60_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 200
LETTERS = 26
LONGEST_HEAD = 100
LEAST_HEADS = 3
"""Words of heads in one row that make it the row of heads."""


@dataclass(frozen=True)
class _Sheet:
    """One sheet: its cells, and where it only looks as if something were written."""

    name: str
    rows: Sequence[Sequence[Raw]]
    computed: Mapping[Cell, str]

    def text(self, row: int, column: int | None) -> str:
        """A cell as one line of text."""
        if column is None or row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return _line(self.rows[row][column])

    def where(self, row: int, column: int) -> str:
        """«Progress!E12»."""
        letters, rest = "", column + 1
        while rest:
            rest, letter = divmod(rest - 1, LETTERS)
            letters = chr(ord("A") + letter) + letters
        return f"{self.name}!{letters}{row + 1}"


def read_sheets(content: bytes, name: str, sha256: str) -> WrittenForm:
    """The form of a workbook.

    Raises
    ------
    InputError
        It is damaged, locked, a trap, holds macros, or is no form.

    """
    sheets = _open(content, name)
    facts, tagged = _facts(sheets), [(sheet, _tags(sheet)) for sheet in sheets]
    if not facts and not any(tags for _, tags in tagged):
        raise InputError(
            N_("{file} is no form of this site: its hidden keys are missing. Fill in the file that was sent."),
            file=name,
        )
    rows: list[WrittenRow] = []
    for sheet, tags in tagged:
        rows += _rows(sheet, tags)
    if not rows:
        raise InputError(
            N_("{file}: no table with measures and answers was found. Fill in the file that was sent."), file=name
        )
    key = facts.get(Fact.KEY) or next((row.key for row in rows if row.key), "")
    return WrittenForm(name, sha256, {**facts, Fact.KEY: key}, _returned_by(sheets), tuple(rows))


def _open(content: bytes, name: str) -> list[_Sheet]:
    file = io.BytesIO(content)
    check_container(file, name, limit=UNPACKED_LIMIT)
    if has_macros(file):
        raise InputError(N_("{file} is a workbook with macros; save it as .xlsx without macros."), file=name)
    try:
        computed = computed_cells(content)
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return [_sheet(name, book.get_sheet_by_name(each), computed) for each in book.sheet_names]
    except (calamine.CalamineError, etree.LxmlError, OSError, ValueError, KeyError, IndexError):
        raise damaged(name) from None


def _sheet(name: str, sheet: calamine.CalamineSheet, computed: Mapping[str, Mapping[Cell, str]]) -> _Sheet:
    """A sheet with content; one whose formulas cannot be seen is damaged (KeyError)."""
    if sheet.start is None:
        return _Sheet(sheet.name, [], {})
    if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
        raise InputError(
            N_("{file}: sheet “{sheet}” is far larger than a form. Keep only the rows of the form."),
            file=name,
            sheet=sheet.name,
        )
    rows = [[_raw(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    return _Sheet(sheet.name, rows, computed[sheet.name])


def _raw(cell: object) -> Raw:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, bool | dt.date | str):
        return cell
    if isinstance(cell, float | int):
        return Decimal(repr(round(cell, 9))) if abs(cell) < 1e300 else str(cell)
    return str(cell)


def _line(raw: Raw) -> str:
    if isinstance(raw, Decimal):
        return f"{raw.normalize():f}"
    return " ".join(str(raw).split())


def _facts(sheets: Sequence[_Sheet]) -> dict[Fact, str]:
    """What the hidden sheet says, wherever it is now and whatever it is called."""
    for sheet in sheets:
        for top, row in enumerate(sheet.rows):
            for left, cell in enumerate(row):
                if cell == FORM_MARK:
                    pairs = {sheet.text(at, left): sheet.text(at, left + 1) for at in range(top + 1, len(sheet.rows))}
                    return {fact: pairs[fact] for fact in Fact if pairs.get(fact)}
    return {}


_Tags = Mapping[int, tuple[int, str, str]]
"""Row → column of its tag, key of the form, id of the measure."""


def _tags(sheet: _Sheet) -> _Tags:
    """The hidden tags of rows; an edited one is one that stands in their column and is not as it was."""
    whole: dict[int, tuple[int, str, str]] = {}
    for at, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            found = ROW_TAG.fullmatch(cell.strip()) if isinstance(cell, str) else None
            if found and found[1] != "column":
                whole.setdefault(at, (column, found[1], found[2]))
    columns = {column for column, _, _ in whole.values()}
    for at in range(len(sheet.rows)):
        for column in columns - {whole[at][0]} if at in whole else columns:
            text = sheet.text(at, column)
            if at not in whole and text and text not in (RETURNED_BY, HEADS) and not COLUMN_TAG.fullmatch(text):
                whole[at] = (column, "", text)
    return whole


def _rows(sheet: _Sheet, tags: _Tags) -> Iterator[WrittenRow]:
    """Every row below the heads; those that are neither tagged nor filled in are left out."""
    top, columns = _columns(sheet)
    inputs = {which: columns[which] for which in Field if which in columns}
    if not inputs:
        return
    for at in range(top + 1, len(sheet.rows)):
        fields = {which: one for which, column in inputs.items() if (one := _written(sheet, at, column))}
        tag = tags.get(at, (0, "", ""))
        if at in tags or (fields and not _is_head(sheet.rows[at])):
            yield WrittenRow(
                where=sheet.where(at, min(columns.values())),
                key=tag[1],
                measure=tag[2],
                number=sheet.text(at, columns.get(Printed.NUMBER)),
                text=sheet.text(at, columns.get(Printed.TEXT)),
                fields=fields,
            )


def _written(sheet: _Sheet, row: int, column: int) -> Written | None:
    formula = sheet.computed.get((row, column), "")
    raw = sheet.rows[row][column] if column < len(sheet.rows[row]) else ""
    return Written(raw, sheet.where(row, column), formula) if formula or raw != "" else None


_Columns = dict[Printed | Field, int]


def _columns(sheet: _Sheet) -> tuple[int, _Columns]:
    """Row of the heads and the column of each part: by hidden tags, or else by words in any of the languages."""
    best: tuple[int, _Columns] = (0, {})
    for at, row in enumerate(sheet.rows):
        tagged: _Columns = {}
        worded: _Columns = {}
        for column, cell in enumerate(row):
            if not isinstance(cell, str) or not cell:
                continue
            if (found := COLUMN_TAG.fullmatch(cell.strip())) and found[1] in _NAMES:
                tagged.setdefault(_NAMES[found[1]], column)
            elif (part := _head(cell)) is not None:
                worded.setdefault(part, column)
        if tagged and any(part in tagged for part in Field):
            return at, tagged
        if any(part in worded for part in Field) and len(worded) >= max(LEAST_HEADS, len(best[1]) + 1):
            best = at, worded
    return best


_NAMES: Mapping[str, Printed | Field] = {str(part): part for part in (*Printed, *Field)}


def _is_head(row: Sequence[Raw]) -> bool:
    """The row of heads, again or below its hidden tags."""
    return HEADS in row or sum(_head(cell) is not None for cell in row if isinstance(cell, str)) >= LEAST_HEADS


@lru_cache(maxsize=1024)
def _head(cell: str) -> Printed | Field | None:
    """The part that a head names; the money's unit may follow it."""
    if len(cell) > LONGEST_HEAD:
        return None
    return _heads().get(fold(cell)) or _heads().get(fold(cell.partition(",")[0]))


@cache
def _heads() -> Mapping[str, Printed | Field]:
    """The heads of forms in all languages, folded."""
    words: list[tuple[Printed | Field, str]] = [*PRINTED_WORDS.items(), *FIELD_WORDS.items()]
    return {fold(Translator(language).gettext(word)): part for language in LANGUAGES for part, word in words}


def _returned_by(sheets: Sequence[_Sheet]) -> str:
    """What stands in the field for the writer's name: the last filled cell of the row with its tag."""
    for sheet in sheets:
        for row in sheet.rows:
            if RETURNED_BY in row:
                texts = [_line(cell) for cell in row[row.index(RETURNED_BY) + 1 :] if cell != ""]
                return texts[-1][:200] if len(texts) > 1 else ""
    return ""
