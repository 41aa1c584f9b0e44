"""From tables of text to an understood plan, with everything that was unsure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hashar.errors import InputError
from hashar.i18n import N_
from hashar.plan.contracts.grids import Grid, GridFile
from hashar.plan.contracts.official import Column, Doubt, Edition, Measure, PlanReading, Section
from hashar.plan.rules.bodies import read_abbreviations, read_bodies
from hashar.plan.rules.checking import check
from hashar.plan.rules.columns import Head, HeadColumn, find_head
from hashar.plan.rules.costs import read_cost, read_funds, unit_of
from hashar.plan.rules.deadlines import read_deadlines
from hashar.plan.rules.doubts import doubt
from hashar.plan.rules.numbering import measure_number
from hashar.plan.rules.rows import Record, RowKind, records
from hashar.plan.rules.texts import folded

TITLE = re.compile(r"(?:^|.*\b)(?:план|жоспар|plan\b|programme|дорожн\w+ карт)")
NO_TITLE = re.compile(
    r"(?:утвержд|приложение|қосымша|бекіт|approved|annex|к (?:приказ|постановл|решени)|об утверждении)"
)
YEARS = re.compile(r"\b(20\d\d)\s*(?:год\w*|жыл\w*|гг?\.?)?\s*[–—-]\s*(20\d\d)\b|\b(20\d\d)\b")
KAZAKH = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
LANGUAGES = ("ru", "kk", "en")


@dataclass
class _Draft:
    """A measure while its rows pass."""

    number: str
    row: int
    texts: dict[Column, str]
    costs: list[str]
    section: int | None


@dataclass
class _Work:
    """A plan while its tables pass."""

    head: Head
    language: str
    drafts: list[_Draft] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def read_edition(file: GridFile, language: str = "") -> PlanReading:
    """The plan of a file.

    Parameters
    ----------
    file
        Its tables.
    language
        Read only tables in this language; empty: that of the first table.

    Raises
    ------
    InputError
        It holds no table of a plan, or one whose columns are shifted.

    """
    heads = [(grid, find_head(grid)) for grid in file.grids]
    first = next((head for _, head in heads if head and language in ("", head.language)), None)
    if first is None:
        raise _no_plan(file)
    work = _Work(first, first.language)
    if file.tracked:
        work.doubts.append(doubt("P20"))
    before, after = _walk(file, heads, work)
    if not work.drafts:
        raise InputError(N_("{file}: the table of the plan holds no measures; choose the full plan."), file=file.name)
    return PlanReading(file.name, file.sha256, file.size, *_finish(file, work, before, after))


def _no_plan(file: GridFile) -> InputError:
    if file.pictures and not any(len(grid.rows) > 1 for grid in file.grids):
        return InputError(
            N_("{file} holds a picture of the plan and not its text; ask for the Word or Excel file it was made from."),
            file=file.name,
        )
    if not file.grids:
        return InputError(N_("{file} holds no table; choose the file with the table of the plan."), file=file.name)
    widest = max(file.grids, key=lambda grid: len(grid.rows))
    row = next((row for row in widest.rows if len(row.filled) > 1), widest.rows[0] if widest.rows else None)
    return InputError(
        N_(
            "{file}, table {table}: no row names the columns of a plan (measure, deadline, responsible). The first row "
            "says “{row}”. Write the names above the columns."
        ),
        file=file.name,
        table=widest.name or widest.number,
        row=" | ".join(cell.text for cell in row.filled)[:120] if row else "",
    )


def _walk(file: GridFile, heads: Sequence[tuple[Grid, Head | None]], work: _Work) -> tuple[list[str], list[str]]:
    """Read all tables; returns the lines before the first of the plan, and those after."""
    before: list[str] = []
    after: list[str] = []
    known = {id(grid): head for grid, head in heads}
    begun: Grid | None = None
    for part in file.flow:
        if isinstance(part, str):
            (after if begun else before).append(part)
            continue
        head = known[id(part)]
        if head is None and begun and part.width == begun.width and len(part.rows) > 0:
            head = replace(work.head, first=0, top=0)
        if head is None:
            lines = [cell.text for row in part.rows for cell in row.filled]
            (after if begun else before).extend(lines)
            if begun and len(part.rows) > 1 and part.width > 2:
                work.doubts.append(doubt("P21", table=part.name or part.number))
        elif head.language != work.language:
            work.doubts.append(doubt("P22", table=part.name or part.number))
        else:
            before += [cell.text for row in part.rows[: head.top] for cell in row.filled] if not begun else []
            begun = begun or part
            _table(part, _mended(part, head, work), work)
    return before, after


def _mended(grid: Grid, head: Head, work: _Work) -> Head:
    """A head in which the measures are found: where no column says so, the one with the longest texts."""
    for each in head.columns:
        if each.role is None and each.text and head.column(Column.MEASURE):
            work.doubts.append(doubt("P15", row=grid.rows[head.top].number, column=each.text))
    if head.column(Column.MEASURE):
        return head

    def length(column: HeadColumn) -> int:
        return sum(len(row.text(column.start)) for row in grid.rows[head.first :] if len(row.filled) > 1)

    free = [each for each in head.columns if each.role is None]
    if not free:
        return head
    chosen = max(free, key=length)
    work.doubts.append(doubt("P16", row=grid.rows[head.top].number, column=chosen.text or "–"))
    return replace(head, columns=[replace(c, role=Column.MEASURE) if c is chosen else c for c in head.columns])


def _table(grid: Grid, head: Head, work: _Work) -> None:
    for one in records(grid, head):
        match one.kind:
            case RowKind.SECTION:
                work.sections.append(one.text)
                if not one.sure:
                    work.doubts.append(doubt("P18", row=one.row, text=one.text[:80]))
            case RowKind.TOTAL:
                work.totals = list(one.costs)
            case RowKind.NOTE:
                work.notes.append(one.text)
            case RowKind.MORE if work.drafts:
                _join(work, one)
            case _:
                _begin(work, one)


def _begin(work: _Work, one: Record) -> None:
    number = measure_number(one.texts.get(Column.NUMBER, ""))
    if Column.NUMBER not in one.texts:
        number = str(len(work.drafts) + 1)
    section = len(work.sections) - 1 if work.sections else None
    work.drafts.append(_Draft(number, one.row, dict(one.texts), list(one.costs), section))
    if one.shared_cost:
        work.doubts.append(doubt("P19", row=one.row, number=number))


def _join(work: _Work, one: Record) -> None:
    """A row that goes on with the measure above it: page breaks, one body to a row."""
    draft = work.drafts[-1]
    for role, text in one.texts.items():
        before = draft.texts.get(role, "")
        if text and text != before:
            glue = " " if role is Column.MEASURE or (text[:1].islower() and role is not Column.BODIES) else "\n"
            draft.texts[role] = f"{before}{glue}{text}" if before else text
    for at, text in enumerate(one.costs):
        if text and at < len(draft.costs):
            draft.costs[at] = f"{draft.costs[at]}\n{text}" if draft.costs[at] else text
    if not one.sure:
        work.doubts.append(doubt("P17", row=one.row, number=draft.number))


def _finish(file: GridFile, work: _Work, before: list[str], after: list[str]) -> tuple[Edition, tuple[Doubt, ...]]:
    title, lines = _title(before)
    if not title:
        work.doubts.insert(0, doubt("P01"))
        title = lines[-1] if lines else re.sub(r"\.\w+$", "", file.name)
        lines = lines[:-1]
    notes = [*work.notes, *after, *(f"{mark} {text}" for mark, text in file.footnotes)]
    columns = tuple(each.key for each in work.head.costs)
    unit = next((unit for each in work.head.costs if (unit := unit_of(each.text))), "") or _unit_in(work)
    years = _years(title) or _years(" ".join(key for key in columns if key.isdigit()))
    abbreviations = read_abbreviations(notes)
    edition = Edition(
        language=_language(work),
        title=title,
        sections=tuple(Section(text, _depth(text)) for text in work.sections),
        measures=tuple(_measure(draft, columns, unit, years, dict(abbreviations)) for draft in work.drafts),
        cost_columns=columns,
        cost_unit=unit,
        has_form=work.head.column(Column.FORM) is not None,
        has_funds=work.head.column(Column.FUNDS) is not None,
        has_note=work.head.column(Column.NOTE) is not None,
        head=tuple(lines),
        notes=tuple(notes),
        abbreviations=abbreviations,
        years=years,
        totals=tuple(read_cost(text, None).total if text else None for text in work.totals),
    )
    if work.head.column(Column.NUMBER) is None:
        work.doubts.append(doubt("P02"))
    return edition, (*work.doubts, *check(edition, file.name))


def _title(lines: Iterable[str]) -> tuple[str, list[str]]:
    """The title, and the lines above it."""
    said = [line for text in lines for line in text.split("\n")]
    at = next((at for at, line in enumerate(said) if _is_title(folded(line))), None)
    return ("", said) if at is None else (" ".join(said[at:]), said[:at])


def _is_title(line: str) -> bool:
    return bool(TITLE.match(line)) and not NO_TITLE.match(line)


def _years(text: str) -> tuple[int, int] | None:
    """First and last year that a text names."""
    found = [int(year) for match in YEARS.finditer(text) for year in match.groups() if year]
    return (min(found), max(found)) if found else None


def _language(work: _Work) -> str:
    """By the head; by the letters of the measures where they say otherwise."""
    text = " ".join(draft.texts.get(Column.MEASURE, "") for draft in work.drafts[:40])
    if not CYRILLIC.search(text):
        return "en"
    return "kk" if len(KAZAKH.findall(text)) > len(text) / 40 else "ru"


def _depth(title: str) -> int:
    return 1 if re.match(r"\s*\d+\.\d+", title) else 0


def _unit_in(work: _Work) -> str:
    """The unit that the cells name, where the head does not and they agree."""
    found = {unit for draft in work.drafts for text in draft.costs if (unit := unit_of(text))}
    return found.pop() if len(found) == 1 else ""


def _measure(
    draft: _Draft,
    columns: Sequence[str],
    unit: str,
    years: tuple[int, int] | None,
    explained: Mapping[str, str],
) -> Measure:
    texts = draft.texts
    funds = texts.get(Column.FUNDS, "")
    deadline = texts.get(Column.DEADLINE, "")
    costs = zip(draft.costs, columns, strict=False)
    return Measure(
        number=draft.number,
        text=texts.get(Column.MEASURE, ""),
        form=texts.get(Column.FORM, ""),
        deadline=deadline,
        bodies=read_bodies(texts.get(Column.BODIES, ""), explained),
        costs=tuple(read_cost(text, int(key) if key.isdigit() else None, unit) for text, key in costs),
        funds=funds,
        fund_kinds=read_funds(funds)[0],
        note=texts.get(Column.NOTE, ""),
        deadlines=read_deadlines(deadline, years).deadlines,
        section=draft.section,
        row=draft.row,
    )
