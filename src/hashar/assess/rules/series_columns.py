"""Guess what the columns of a register file are: where the header ends, territories, periods, values, breakdowns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from hashar.assess.contracts.series import Measure
from hashar.assess.contracts.series_import import Cell, ColumnUse, FileMapping, Grid, Use
from hashar.assess.rules.series_numbers import number
from hashar.assess.rules.series_periods import looks_like_period
from hashar.assess.rules.series_words import BREAKDOWNS, HEADERS, fold, is_total, text_of

SEARCHED = 30
"""A header further down than this is not looked for."""
SAMPLE = 400
"""Rows that a guess looks at."""
MOST_LEVELS = 60
"""A breakdown with more levels than this is none."""
MOST = 0.6
"""Share of a column's cells that have to be of one kind."""

Known = Callable[[str], bool]
"""Whether a text names a territory."""


@dataclass(frozen=True)
class Head:
    """Where the header stands: rows from 1."""

    row: int
    rows: int
    first: int


def guess_mapping(
    grid: Grid, *, measure: Measure, known: Known, head: tuple[int, int, int] | None = None
) -> FileMapping:
    """The most likely mapping of a sheet. A person corrects it; nothing is stored by a guess alone.

    ``head`` is the header's first row, its rows, and the first row of data, where a person said them.
    """
    return _guess(grid, Head(*head) if head else guess_head(grid), measure, known)


def _guess(grid: Grid, head: Head, measure: Measure, known: Known) -> FileMapping:
    headers = headers_of(grid, head)
    lined = [_sample(grid, head.first, column) for column in range(len(headers))]
    cells = [[cell for cell in column if cell != ""] for column in lined]
    uses = _uses(headers, cells, known)
    columns = tuple(_use(header, use) for header, use in zip(headers, uses, strict=True))
    columns = _side_by_side(columns)
    columns = _breakdowns(columns, lined, wide=sum(each.use is Use.VALUE for each in columns) > 1)
    values = [cell for each, part in zip(columns, cells, strict=True) if each.use is Use.VALUE for cell in part]
    return FileMapping(
        sheet=grid.sheet,
        header_row=head.row,
        header_rows=head.rows,
        first_row=head.first,
        columns=columns,
        level_key="group" if any(each.level for each in columns) else "",
        fractions=measure is Measure.SHARE and _fractions(values),
    )


def guess_head(grid: Grid) -> Head:
    """The header: the first row that is about as wide as the table and does not hold its values."""
    filled = [sum(cell != "" for cell in row) for row in grid.rows[: SEARCHED + 20]]
    wide = sorted(filled)[-max(1, len(filled) // 2)] if filled else 0
    row = next((at for at, count in enumerate(filled[:SEARCHED], start=1) if count >= max(2, wide * MOST)), 1)
    rows = 1
    if _has_gaps(grid, row) and row < len(grid.rows) and _is_heading(grid.rows[row]):
        rows = 2
    first = row + rows
    if first <= len(grid.rows) and _is_numbering(grid.rows[first - 1]):
        first += 1
    return Head(row, rows, first)


def headers_of(grid: Grid, head: Head) -> list[str]:
    """One text for each column; two header rows are joined by “ | ”, a merged cell counts for all that it spans."""
    rows = []
    for at in range(head.row, min(head.row + head.rows, len(grid.rows) + 1)):
        cells = [text_of(grid.cell(at, column)) for column in range(grid.width)]
        for column in range(1, len(cells) if at < head.row + head.rows - 1 else 0):
            cells[column] = cells[column] or cells[column - 1]
        rows.append(cells)
    return [" | ".join(dict.fromkeys(part for part in parts if part)) for parts in zip(*rows, strict=True)]


def letter(column: int) -> str:
    """A column's letter as spreadsheets show it: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def remember(mapping: FileMapping, columns: Sequence[str]) -> tuple[ColumnUse, ...] | None:
    """The uses of the last file's columns for a file with these headers; None if one of them is missing or new twice.

    Headers that both files have several times are told apart by their order.
    """
    used = _numbered([each.header for each in mapping.columns])
    wanted = {key for key, each in zip(used, mapping.columns, strict=True) if each.use is not Use.IGNORE}
    if not wanted <= set(_numbered(columns)):
        return None
    before = dict(zip(used, mapping.columns, strict=True))
    return tuple(before.get(key, ColumnUse(header)) for key, header in zip(_numbered(columns), columns, strict=True))


def _numbered(headers: Sequence[str]) -> list[tuple[str, int]]:
    seen: dict[str, int] = {}
    found = []
    for header in headers:
        seen[header] = seen.get(header, 0) + 1
        found.append((fold(header), seen[header]))
    return found


def _sample(grid: Grid, first: int, column: int) -> list[Cell]:
    last = min(len(grid.rows), first + SAMPLE - 1)
    return [grid.cell(row, column) for row in range(first, last + 1)]


def _has_gaps(grid: Grid, row: int) -> bool:
    return any(grid.cell(row, column) == "" for column in range(grid.width))


def _is_heading(row: Sequence[Cell]) -> bool:
    """Whether a row below a header with gaps belongs to it: words and periods, no other numbers."""
    filled = [cell for cell in row if cell != ""]
    return len(filled) > 1 and all(looks_like_period(cell) or not _is_number(cell) for cell in filled) and row[0] == ""


def _is_numbering(row: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns: А, Б, 1, 2, 3."""
    texts = [text_of(cell) for cell in row if cell != ""]
    numbers = [int(text) for text in texts if text.isdecimal()]
    letters = [text for text in texts if not text.isdecimal()]
    counted = (
        len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] in (1, 2)
    )
    return counted and all(len(text) == 1 for text in letters)


def _is_number(cell: Cell) -> bool:
    found = number(cell)
    return not found.nothing and not found.problem


def _share(cells: Sequence[Cell], test: Callable[[Cell], bool]) -> float:
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def _uses(headers: Sequence[str], cells: Sequence[Sequence[Cell]], known: Known) -> list[Use]:
    uses = [Use.IGNORE] * len(headers)
    named = [_named(header) for header in headers]
    _choose(uses, Use.TERRITORY, [_territory_score(*each, known) for each in zip(named, cells, strict=True)])
    _choose(uses, Use.PERIOD, [_period_score(*each) for each in zip(named, cells, strict=True)])
    if Use.PERIOD in uses:
        _choose(uses, Use.PART, [float(name == "part" and bool(part)) for name, part in zip(named, cells, strict=True)])
    for at, name in enumerate(named):
        if uses[at] is Use.IGNORE and name in ("flag", "note") and cells[at]:
            uses[at] = Use(name)
    _values(uses, headers, named, cells)
    return uses


def _choose(uses: list[Use], use: Use, scores: Sequence[float]) -> None:
    """Give ``use`` to the free column with the highest score above 0; the first of equals."""
    free = [score if uses[at] is Use.IGNORE else 0.0 for at, score in enumerate(scores)]
    best = max(free, default=0.0)
    if best > 0:
        uses[free.index(best)] = use


def _named(header: str) -> str:
    """Which kind of column a header names; empty for none."""
    folded = fold(header.replace("_", " "))
    return next((kind for kind, words in HEADERS.items() if folded in map(fold, words)), "")


def _territory_score(name: str, cells: Sequence[Cell], known: Known) -> float:
    share = _share(cells, lambda cell: isinstance(cell, str) and (known(cell) or is_total(cell)))
    texts = _share(cells, lambda cell: isinstance(cell, str) and not _is_number(cell))
    if share >= MOST:
        return share + (0.5 if name == "territory" else 0.0)
    return 0.3 if name == "territory" and texts >= MOST else 0.0


def _period_score(name: str, cells: Sequence[Cell]) -> float:
    share = _share(cells, looks_like_period)
    if name == "period":
        return 1.0 + share
    return share if share >= 0.9 and name != "value" else 0.0


def _values(uses: list[Use], headers: Sequence[str], named: Sequence[str], cells: Sequence[Sequence[Cell]]) -> None:
    """Columns headed by periods are all values; else one column of numbers, by its name if one says so."""
    numeric = [uses[at] is Use.IGNORE and _share(part, _holds_number) >= MOST for at, part in enumerate(cells)]
    periods = [at for at, header in enumerate(headers) if numeric[at] and _period_in(header)[0]]
    if len(periods) > 1 or (periods and Use.PERIOD not in uses):
        for at in periods:
            uses[at] = Use.VALUE
        return
    best = [
        float(numeric[at]) * (2.0 if named[at] == "value" else 1.0 if not _breakdown_key(headers[at]) else 0.1)
        for at in range(len(uses))
    ]
    _choose(uses, Use.VALUE, best)


def _holds_number(cell: Cell) -> bool:
    found = number(cell)
    return not found.problem


def _period_in(header: str) -> tuple[str, str]:
    """The part of a header that is a period, and the rest."""
    parts = header.split(" | ")
    period = next((part for part in parts if looks_like_period(part)), "")
    return period, " | ".join(part for part in parts if part != period)


def _use(header: str, use: Use) -> ColumnUse:
    if use is not Use.VALUE:
        return ColumnUse(header, use)
    period, level = _period_in(header)
    return ColumnUse(header, use, period=period, level=level if period else "")


def _side_by_side(columns: tuple[ColumnUse, ...]) -> tuple[ColumnUse, ...]:
    """Levels in the headers tell only where they differ."""
    levels = {each.level for each in columns if each.use is Use.VALUE}
    if len(levels) > 1:
        return columns
    return tuple(replace(each, level="") for each in columns)


def _breakdown_key(header: str) -> str:
    """The usual name of a breakdown that a header names; empty for none."""
    folded = fold(header.replace("_", " "))
    return next((key for key, words in BREAKDOWNS.items() if folded in map(fold, words)), "")


def _breakdowns(
    columns: tuple[ColumnUse, ...], cells: Sequence[Sequence[Cell]], *, wide: bool
) -> tuple[ColumnUse, ...]:
    """Columns without which the same territory and period would come twice: named ones first, then from the left."""
    found = list(columns)
    keyed = [Use.TERRITORY, Use.PERIOD, Use.PART, Use.BREAKDOWN]
    free = [at for at, each in enumerate(columns) if each.use is Use.IGNORE and _is_level_column(cells[at])]
    free.sort(key=lambda at: (not _breakdown_key(columns[at].header), _share(cells[at], _is_number), at))
    for at in free:
        key = _breakdown_key(columns[at].header)
        before = _different([cells[each] for each in range(len(found)) if found[each].use in keyed])
        after = _different([cells[each] for each in range(len(found)) if found[each].use in keyed or each == at])
        if after > before and (not wide or key):
            found[at] = replace(found[at], use=Use.BREAKDOWN, key=key or fold(found[at].header).replace(" ", "_")[:30])
    return tuple(found)


def _is_level_column(cells: Sequence[Cell]) -> bool:
    return 1 < len(set(cells)) <= MOST_LEVELS


def _different(columns: Sequence[Sequence[Cell]]) -> int:
    return len(set(zip(*columns, strict=False))) if columns else 1


def _fractions(values: Sequence[Cell]) -> bool:
    """Whether shares stand as 0–1: all numbers of a workbook, none above one, and not all whole."""
    numbers = [cell for cell in values if isinstance(cell, float)]
    return bool(numbers) and all(0 <= each <= 1 for each in numbers) and any(0 < each < 1 for each in numbers)
