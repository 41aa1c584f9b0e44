"""The official plan as a form: sections, numbers, sums. Its words are the form's own and are not translated."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from hashar.plan.contracts.official import CostKind, Edition, Measure


class FormRowKind(StrEnum):
    """What a row of the form is."""

    SECTION = "section"
    MEASURE = "measure"
    TOTAL = "total"


@dataclass(frozen=True)
class FormColumn:
    """One column; those with the same ``group`` stand below one common head."""

    title: str
    width: float
    group: str = ""
    end: bool = False
    """Numbers: aligned at the end."""
    words: bool = False
    """Words, also where it is the first column, which else holds numbers in its middle."""


@dataclass(frozen=True)
class FormCell:
    """A text, and the number where it is one."""

    text: str
    number: Decimal | None = None
    down: int = 1
    """Lines that it goes down over; 0: the cell above goes down over this one."""


@dataclass(frozen=True)
class FormRow:
    """One row; a section has a single cell over all columns."""

    kind: FormRowKind
    cells: Sequence[FormCell]


@dataclass(frozen=True)
class OfficialForm:
    """What the renderers of the form know."""

    language: str
    head: Sequence[str]
    title: str
    columns: Sequence[FormColumn]
    rows: Sequence[FormRow]
    notes: Sequence[str]
    lead: Sequence[str] = ()
    """Paragraphs between the title and the table."""
    letters: int = 10
    """Size of the letters in its tables, in points."""
    sheet: str = ""
    """What its sheet is called in a workbook; empty: as plans call it."""
    after: Sequence["OfficialForm"] = ()
    """Further tables: below it on paper, sheets of their own in a workbook."""

    @property
    def grouped(self) -> bool:
        """Whether the head has two lines."""
        return any(column.group for column in self.columns)

    @property
    def groups(self) -> Sequence[tuple[str, Sequence[int]]]:
        """Neighbours under one head: its text and the columns; a column of its own has no text."""
        numbered = list(enumerate(self.columns))
        found = []
        for key, part in groupby(numbered, key=lambda one: one[1].group or one[0]):
            places = [at for at, _ in part]
            found.append((key if isinstance(key, str) else "", places))
        return found


WORDS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "number": "№ п/п",
        "measure": "Мероприятие",
        "form": "Форма завершения",
        "deadline": "Срок исполнения",
        "bodies": "Ответственные за исполнение",
        "cost": "Предполагаемые расходы",
        "funds": "Источники финансирования",
        "note": "Примечание",
        "year": "{year} год",
        "total": "всего",
        "sum": "Итого",
    },
    "kk": {
        "number": "Р/с №",
        "measure": "Іс-шара",
        "form": "Аяқталу нысаны",
        "deadline": "Орындалу мерзімі",
        "bodies": "Орындауға жауаптылар",
        "cost": "Болжамды шығыстар",
        "funds": "Қаржыландыру көздері",
        "note": "Ескертпе",
        "year": "{year} жыл",
        "total": "барлығы",
        "sum": "Жиыны",
    },
    "en": {
        "number": "No.",
        "measure": "Measure",
        "form": "Form of completion",
        "deadline": "Deadline",
        "bodies": "Responsible",
        "cost": "Expected cost",
        "funds": "Source of funds",
        "note": "Note",
        "year": "{year}",
        "total": "total",
        "sum": "Total",
    },
}
"""The heads of the form as plans of the region print them: fixed by the form, like its columns."""


def official_form(edition: Edition) -> OfficialForm:
    """A plan as its form."""
    say = WORDS[edition.language]
    return OfficialForm(
        language=edition.language,
        head=edition.head,
        title=edition.title,
        columns=list(_columns(edition, say)),
        rows=[*_rows(edition), *_total(edition, say)],
        notes=edition.notes,
    )


def _columns(edition: Edition, say: Mapping[str, str]) -> Iterator[FormColumn]:
    yield FormColumn(say["number"], 1.3)
    yield FormColumn(say["measure"], 6.5)
    if edition.has_form:
        yield FormColumn(say["form"], 3.2)
    yield FormColumn(say["deadline"], 3.2)
    yield FormColumn(say["bodies"], 4)
    cost = say["cost"] + (f", {edition.cost_unit}" if edition.cost_unit else "")
    for key in edition.cost_columns:
        if key:
            yield FormColumn(say["total"] if key == "total" else say["year"].format(year=key), 2.3, cost, end=True)
        else:
            yield FormColumn(cost, 2.8, end=True)
    if edition.has_funds:
        yield FormColumn(say["funds"], 3)
    if edition.has_note:
        yield FormColumn(say["note"], 2.6)


def _rows(edition: Edition) -> Iterator[FormRow]:
    following = -1
    for measure in edition.measures:
        while measure.section is not None and following < measure.section:
            following += 1
            yield FormRow(FormRowKind.SECTION, [FormCell(edition.sections[following].title)])
        yield FormRow(FormRowKind.MEASURE, list(_cells(measure, edition)))


def _cells(measure: Measure, edition: Edition) -> Iterator[FormCell]:
    yield FormCell(measure.number)
    yield FormCell(measure.text)
    if edition.has_form:
        yield FormCell(measure.form)
    yield FormCell(measure.deadline)
    yield FormCell(", ".join(body.text for body in measure.bodies))
    for cost in measure.costs:
        pure = cost.kind is CostKind.AMOUNT and len(cost.amounts) == 1 and not any(map(str.isalpha, cost.text))
        yield FormCell(cost.text, cost.amounts[0][1] if pure else None)
    if edition.has_funds:
        yield FormCell(measure.funds)
    if edition.has_note:
        yield FormCell(measure.note)


def _total(edition: Edition, say: Mapping[str, str]) -> Iterator[FormRow]:
    """The sums under the columns of costs; no row where no measure names a sum."""
    sums = [
        [cost for measure in edition.measures for cost in measure.costs[at : at + 1] if cost.kind is CostKind.AMOUNT]
        for at in range(len(edition.cost_columns))
    ]
    if not any(sums):
        return
    before = 4 + edition.has_form
    cells = [FormCell(say["sum"]), *[FormCell("")] * (before - 1)]
    for costs in sums:
        total = sum((cost.total for cost in costs), Decimal(0))
        cells.append(FormCell(written(total), total) if costs else FormCell(""))
    cells += [FormCell("")] * (edition.has_funds + edition.has_note)
    yield FormRow(FormRowKind.TOTAL, cells)


def written(amount: Decimal) -> str:
    """A sum as the form writes it: «12 345,6»."""
    whole, _, digits = f"{amount.normalize():f}".partition(".")
    return f"{int(whole):,}".replace(",", " ") + (f",{digits}" if digits else "")
