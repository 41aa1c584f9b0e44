"""Which row is the head of a plan's table, and what each of its columns holds, in any order and in three languages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hashar.plan.contracts.grids import Grid, GridCell, GridRow
from hashar.plan.contracts.official import Column
from hashar.plan.rules.texts import folded

HEADS: Sequence[tuple[Column, str, str]] = (
    (Column.FUNDS, "ru", r"источник|чьих средств"),
    (Column.FUNDS, "kk", r"көзі|көздер"),
    (Column.FUNDS, "en", r"source"),
    (Column.FORM, "ru", r"форма|завершени|вид документа|ожидаемый результат|результат|итоговый документ"),
    (Column.FORM, "kk", r"нысан|күтілетін нәтиже|нәтиже"),
    (Column.FORM, "en", r"form of|output|deliverable|result"),
    (Column.DEADLINE, "ru", r"срок|дата исполнения|дата|период|когда"),
    (Column.DEADLINE, "kk", r"мерзім|күні"),
    (Column.DEADLINE, "en", r"deadline|due|time ?(?:frame|line)|when|date"),
    (Column.BODIES, "ru", r"ответственн|исполнител|исполняющ|соисполнител|кто "),
    (Column.BODIES, "kk", r"жауапты|орындаушы"),
    (Column.BODIES, "en", r"responsib|implement|lead|who"),
    (
        Column.COST,
        "ru",
        r"стоимост|расход|затрат|сумм|объем\w* финансирован|финансирован|деньг|смета|бюджет|тыс\. ?тенге|млн\.? ?тенге",
    ),
    (Column.COST, "kk", r"шығы[сн]|құны|қаржы|қаржыландыру|мың теңге|млн\.? ?теңге|сома"),
    (Column.COST, "en", r"cost|budget|expense|amount|funding"),
    (Column.NOTE, "ru", r"примечан|комментар"),
    (Column.NOTE, "kk", r"ескерт"),
    (Column.NOTE, "en", r"note|remark|comment"),
    (Column.MEASURE, "ru", r"мероприяти|наименовани|содержание|меры|мера|действи|что "),
    (Column.MEASURE, "kk", r"іс-?шара|шара|атауы|мазмұны|іс-қимыл"),
    (Column.MEASURE, "en", r"measure|activit|action|what"),
    (Column.NUMBER, "ru", r"^(?:№|n|no|#)?\.? ?(?:п ?/? ?п|пп|пункт\w*)?\.?$|номер"),
    (Column.NUMBER, "kk", r"^(?:№ ?)?(?:р ?/ ?с|рет\w*)(?: ?№| нөмірі| саны)?\.?$|нөмірі"),
    (Column.NUMBER, "en", r"^(?:no|n|nr|number|#)\.?$"),
)
"""Patterns over folded heads; the first that fits decides, so that “source of costs” is a source."""
_COMPILED = [(role, language, re.compile(rf"(?:^|\b|(?<=\s))(?:{pattern})")) for role, language, pattern in HEADS]
_YEAR = re.compile(r"\b(20\d\d)\b")
_TOTAL = re.compile(r"\b(?:всего|итого|барлығы|жиыны|total)\b")
LONGEST_HEAD = 160
SEARCHED_ROWS = 80
FEWEST_HEADS = 3
MOST_HEAD_ROWS = 4


@dataclass(frozen=True)
class HeadColumn:
    """One column of the table by its head."""

    role: Column | None
    start: int
    span: int
    text: str
    language: str = ""
    key: str = ""
    """For costs: year, ``total`` or nothing."""

    def of(self, row: GridRow) -> GridCell | None:
        """The cell of a row that covers most of this column."""
        best, most = None, 0
        for cell in row.cells:
            shared = min(cell.start + cell.span, self.start + self.span) - max(cell.start, self.start)
            if shared > most:
                best, most = cell, shared
        return best


@dataclass(frozen=True)
class Head:
    """The head of a table."""

    columns: Sequence[HeadColumn]
    first: int
    """Index of the first row below it."""
    top: int
    """Index of its first row."""
    language: str
    lines: frozenset[tuple[str, ...]] = frozenset()
    """The texts of its rows, to know them again after a page break."""

    def column(self, role: Column) -> HeadColumn | None:
        """The first column of a role."""
        return next((each for each in self.columns if each.role is role), None)

    @property
    def costs(self) -> Sequence[HeadColumn]:
        """The columns of costs."""
        return [each for each in self.columns if each.role is Column.COST]


def recognise(text: str) -> tuple[Column | None, str]:
    """What a head means, and in which language."""
    said = folded(text)
    if not said or len(said) > LONGEST_HEAD:
        return None, ""
    return next(((role, language) for role, language, pattern in _COMPILED if pattern.search(said)), (None, ""))


def find_head(grid: Grid) -> Head | None:
    """The head of a table, of one row or several; None where there is none."""
    for at, row in enumerate(grid.rows[:SEARCHED_ROWS]):
        if _roles(row) >= FEWEST_HEADS or (
            at + 1 < len(grid.rows) and len(row.filled) > 1 and _both(row, grid.rows[at + 1]) >= FEWEST_HEADS + 1
        ):
            return _head(grid, at)
    return None


def _roles(row: GridRow) -> int:
    """Different roles among the cells of a row; none where it names no deadline and nobody responsible."""
    found = {recognise(cell.text)[0] for cell in row.filled} - {None}
    return len(found) if found & {Column.DEADLINE, Column.BODIES} else 0


def _both(row: GridRow, below: GridRow) -> int:
    return _roles(GridRow(row.number, [*row.filled, *below.filled])) if any(c.below for c in below.cells) else 0


def is_head(row: GridRow) -> bool:
    """Whether a row further down is a head again (a page break, another sheet)."""
    return _roles(row) >= FEWEST_HEADS and all(len(cell.text) <= LONGEST_HEAD for cell in row.filled)


def is_numbering(row: GridRow) -> bool:
    """Whether a row only numbers the columns (1, 2, 3)."""
    texts = [cell.text.strip("(). ") for cell in row.cells if cell.text]
    return len(texts) >= FEWEST_HEADS and texts == [str(at) for at in range(1, len(texts) + 1)]


def _head(grid: Grid, top: int) -> Head:
    bottom = top
    while bottom + 1 < len(grid.rows) and bottom - top + 1 < MOST_HEAD_ROWS and _goes_on(grid.rows[bottom + 1]):
        bottom += 1
    lines = grid.rows[top : bottom + 1]
    columns = [column for cell in _leaves(lines) for column in [_column(lines, cell)]]
    first = bottom + 1
    while first < len(grid.rows) and (is_numbering(grid.rows[first]) or not grid.rows[first].filled):
        first += 1
    languages = [each.language for each in columns if each.language]
    language = max(set(languages), key=languages.count) if languages else "ru"
    return Head(columns, first, top, language, frozenset(map(texts_of, lines)))


def texts_of(row: GridRow) -> tuple[str, ...]:
    """Its own texts, for comparing rows."""
    return tuple(folded(cell.text) for cell in row.filled)


def _goes_on(row: GridRow) -> bool:
    """Whether a row still belongs to the head: years, “in all”, or heads below merged ones."""
    own = row.filled
    if not own or is_numbering(row):
        return False
    if all(_names_sum(cell.text) for cell in own) and len(own) < len(row.cells):
        return max(len(cell.text) for cell in own) < 30 and not any(
            recognise(cell.text)[0] is Column.DEADLINE for cell in own
        )
    merged = any(cell.below for cell in row.cells)
    return merged and all(recognise(cell.text)[0] or _names_sum(cell.text) for cell in own)


def _names_sum(text: str) -> bool:
    """A year, or “in all”: what stands above one of several columns of costs."""
    return bool(_YEAR.search(text) or _TOTAL.search(folded(text)))


def _leaves(lines: Sequence[GridRow]) -> Sequence[GridCell]:
    """The cells of the last line of the head, a merged one where it is merged from above."""
    return lines[-1].cells if len(lines) > 1 else lines[0].cells


def _column(lines: Sequence[GridRow], cell: GridCell) -> HeadColumn:
    texts = list(dict.fromkeys(text for row in reversed(lines) if (text := row.text(cell.start))))
    role, language = next(((role, lang) for role, lang in map(recognise, texts) if role), (None, ""))
    parent = next((found for found in map(recognise, texts[1:]) if found[0] is Column.COST), None)
    key = ""
    if (
        texts
        and (_YEAR.search(texts[0]) or _TOTAL.search(folded(texts[0])))
        and (parent or role in (None, Column.COST))
    ):
        year = _YEAR.search(texts[0])
        key = year[1] if year else "total"
        role, language = Column.COST, (parent or (None, language))[1]
    return HeadColumn(role, cell.start, cell.span, " ".join(reversed(texts)), language, key)
