"""The report of a plan's progress in the official form: measures body by body, and sums that add up.

Every number counts measures or assignments and says so; nothing is a share, and nothing is called reach.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from hashar.i18n import Translator
from hashar.implement.contracts.collections import (
    BodyReport,
    CollectionState,
    ProgressReport,
    ReportMeasure,
    TroubleRecord,
)
from hashar.implement.contracts.progress import Field, Status, TroubleKind, Value
from hashar.implement.contracts.quarters import quarter_of
from hashar.reports.content.official_plan import FormCell, FormColumn, FormRow, FormRowKind, OfficialForm, written
from hashar.reports.content.report_words import report_words

ORDER: Sequence[Status | None] = (
    Status.DONE,
    Status.UNDER_WAY,
    Status.NOT_STARTED,
    Status.NOT_DONE,
    Status.TAKEN_OFF,
    None,
)
ROMAN = ("I", "II", "III", "IV")
PLAN_FIRST = ("kk", "ky", "uz", "tk")
"""Languages that name the plan before what is told of it."""
EMPTY = FormCell("")
LETTERS = 9


def report_form(report: ProgressReport, language: str) -> OfficialForm:
    """The report as its form, with its summaries after it."""
    return _Report(report, language).form()


class _Report:
    """The report in one language."""

    def __init__(self, report: ProgressReport, language: str) -> None:
        self._it = report
        self._t = Translator(language)
        self._say = report_words(language)
        self._unit = self._t.pick(report.cost_units)
        self._money = any(one.planned is not None or one.spent is not None for one in report.measures)

    def form(self) -> OfficialForm:
        """All of it."""
        it, say = self._it, self._say
        after = [self._by_section(), self._by_body(), self._attention()]
        as_of = say["as_of"].format(date=self._t.date(it.made))
        return OfficialForm(
            language=self._t.language,
            head=[it.organisation, as_of],
            title=self._title(),
            columns=list(self._columns()),
            rows=[*self._rows(), *self._total()],
            notes=(),
            lead=list(self._lead()),
            letters=LETTERS,
            sheet=say["sheet"],
            after=after,
        )

    def _title(self) -> str:
        say = self._say
        plan = f"«{self._t.pick(self._it.plan_titles)}»"
        parts = [plan, say["title"]] if self._t.language in PLAN_FIRST else [say["title"], plan]
        return "\n".join([*parts, self._period()])

    def _period(self) -> str:
        period = self._it.period
        part = quarter_of(period)
        if part is None:
            return f"{self._t.date(period.start)} – {self._t.date(period.end)}"
        return self._say["quarter"].format(part=ROMAN[part - 1], year=period.start.year)

    def _lead(self) -> Iterator[str]:
        it, say = self._it, self._say
        if it.state is CollectionState.OPEN:
            yield say["draft"].format(date=self._t.date(it.return_by))
        counts = Counter(one.overall for one in it.measures)
        parts = "; ".join(f"{self._status(each).casefold()} – {counts[each]}" for each in ORDER)
        late = sum(one.late for one in it.measures)
        yield say["counts"].format(count=len(it.measures), parts=parts, late=late)
        whole = len(it.measures) + it.done_before + it.not_yet
        yield say["whole"].format(count=whole, asked=len(it.measures), before=it.done_before, other=it.not_yet)
        yield say["not_reach"]

    def _status(self, status: Status | None) -> str:
        return self._say[status.value if status else "silent"]

    def _columns(self) -> Iterator[FormColumn]:
        say = self._say
        yield FormColumn(say["number"], 1.1)
        yield FormColumn(say["measure"], 4.2)
        yield FormColumn(say["form"], 2.8)
        yield FormColumn(say["deadline"], 2.8)
        yield FormColumn(say["bodies"], 4.4)
        yield FormColumn(say["progress"], 4.7)
        yield FormColumn(say["evidence"], 2.7)
        if self._money:
            cost = self._cost()
            yield FormColumn(self._planned_word(), 2, cost, end=True)
            yield FormColumn(say["spent"], 2, cost, end=True)
        yield FormColumn(say["status"], 2.7)

    def _cost(self) -> str:
        return self._say["cost"] + (f", {self._unit}" if self._unit else "")

    def _planned_word(self) -> str:
        year = self._it.planned_year
        return self._say["planned_year"].format(year=year) if year else self._say["planned"]

    def _rows(self) -> Iterator[FormRow]:
        standing: int | None = None
        for one in self._it.measures:
            if one.section is not None and one.section != standing:
                yield FormRow(FormRowKind.SECTION, [FormCell(self._section(one.section))])
            standing = one.section
            bodies: Sequence[BodyReport | None] = one.bodies or (None,)
            for at, body in enumerate(bodies):
                yield FormRow(FormRowKind.MEASURE, list(self._cells(one, body, 0 if at else len(bodies))))

    def _section(self, section: int | None) -> str:
        return self._say["no_section"] if section is None else self._t.pick(self._it.sections[section])

    def _cells(self, one: ReportMeasure, body: BodyReport | None, down: int) -> Iterator[FormCell]:
        """One line: what belongs to the measure goes down over all its bodies."""
        pick = self._t.pick
        for text in (one.number, pick(one.texts), pick(one.forms), pick(one.deadlines)):
            yield FormCell(text if down else "", down=down)
        yield FormCell(self._body(body) if body else self._say["no_body"])
        yield FormCell(self._progress(body) if body else "")
        yield FormCell(self._evidence(body) if body else "")
        if self._money:
            yield replace(_sum(one.planned if down else None), down=down)
            yield _sum(_spent(body) if body else None)
        yield FormCell(self._overall(one) if down else "", down=down)

    def _body(self, body: BodyReport) -> str:
        return self._t.pick(body.texts) or body.name

    def _progress(self, body: BodyReport) -> str:
        said = body.answers
        first = self._status(body.status)
        if body.status is not None and Field.DONE_ON in said:
            first += f", {self._written(said[Field.DONE_ON])}"
        lines = [first]
        if Field.RESULT in said:
            lines.append(self._written(said[Field.RESULT]))
        if Field.NOTE in said:
            lines.append(f"{self._say['note']}: {self._written(said[Field.NOTE])}")
        if body.troubles:
            lines.append(f"({self._say['undecided'].format(count=body.troubles)})")
        return "\n".join(lines)

    def _evidence(self, body: BodyReport) -> str:
        shown = body.answers.get(Field.EVIDENCE)
        if shown is not None:
            return self._written(shown)
        return self._say["no_evidence"] if body.status is Status.DONE else ""

    def _written(self, value: Value) -> str:
        if isinstance(value, Status):
            return self._status(value)
        if isinstance(value, Decimal):
            return written(value)
        return self._t.date(value) if isinstance(value, dt.date) else value

    def _overall(self, one: ReportMeasure) -> str:
        return self._status(one.overall) + (f"\n({self._say['late']})" if one.late else "")

    def _total(self) -> Iterator[FormRow]:
        if self._money:
            planned = _together(one.planned for one in self._it.measures)
            spent = _together(one.spent for one in self._it.measures)
            cells = [FormCell(self._say["sum"]), *[EMPTY] * 6, _sum(planned), _sum(spent), EMPTY]
            yield FormRow(FormRowKind.TOTAL, cells)

    def _count_columns(self, first: str, whole: str) -> list[FormColumn]:
        say = self._say
        columns = [FormColumn(first, 3.8, words=True), FormColumn(whole, 2.9, end=True)]
        columns += [
            FormColumn(self._status(each), width, say["of_them"], end=True)
            for each, width in zip(ORDER, (2.6, 2.9, 2.7, 3, 2.8, 2.2), strict=True)
        ]
        return [*columns, FormColumn(say["late_column"], 2.3, end=True)]

    def _by_section(self) -> OfficialForm:
        say, it = self._say, self._it
        columns = self._count_columns(say["section"], say["measures"])
        if self._money:
            columns += [
                FormColumn(self._planned_word(), 2.2, self._cost(), end=True),
                FormColumn(say["spent"], 2.2, self._cost(), end=True),
            ]
        named = dict.fromkeys(one.section for one in it.measures)
        lines = [(self._section(each), [one for one in it.measures if one.section == each]) for each in named]
        rows = [FormRow(FormRowKind.MEASURE, self._section_cells(title, part)) for title, part in lines]
        rows.append(FormRow(FormRowKind.TOTAL, self._section_cells(say["sum"], it.measures)))
        return self._more(say["by_section"], columns, rows, say["sheet_sections"])

    def _section_cells(self, title: str, part: Sequence[ReportMeasure]) -> list[FormCell]:
        cells = [FormCell(title), *_counts([one.overall for one in part]), _count(sum(one.late for one in part))]
        if self._money:
            cells += [_sum(_together(one.planned for one in part)), _sum(_together(one.spent for one in part))]
        return cells

    def _by_body(self) -> OfficialForm:
        say = self._say
        columns = self._count_columns(say["body"], say["assignments"])
        if self._money:
            columns.append(FormColumn(f"{say['spent']}, {self._unit}".rstrip(", "), 2.4, end=True))
        pairs: dict[str, list[tuple[ReportMeasure, BodyReport]]] = {}
        for one in self._it.measures:
            for body in one.bodies:
                pairs.setdefault(body.name, []).append((one, body))
        rows = [FormRow(FormRowKind.MEASURE, self._body_cells(self._body(part[0][1]), part)) for part in pairs.values()]
        every = [pair for part in pairs.values() for pair in part]
        rows.append(FormRow(FormRowKind.TOTAL, self._body_cells(say["sum"], every)))
        return self._more(say["by_body"], columns, rows, say["sheet_bodies"], [say["assignments_note"]])

    def _body_cells(self, title: str, pairs: Sequence[tuple[ReportMeasure, BodyReport]]) -> list[FormCell]:
        late = sum(one.late and body.status not in (Status.DONE, Status.TAKEN_OFF) for one, body in pairs)
        cells = [FormCell(title), *_counts([body.status for _, body in pairs]), _count(late)]
        return cells + ([_sum(_together(_spent(body) for _, body in pairs))] if self._money else [])

    def _attention(self) -> OfficialForm:
        """What is late, unanswered, undecided, each by name."""
        say, it = self._say, self._it
        columns = [
            FormColumn(say["number"], 1.2),
            FormColumn(say["measure"], 8),
            FormColumn(say["body"], 4),
            FormColumn(say["what"], 8),
        ]
        late = [(one, self._late_bodies(one), self._late_since(one)) for one in it.measures if one.late]
        silent = [(one, self._silent_bodies(one), self._status(None)) for one in it.measures]
        silent = [line for line in silent if line[1]]
        rows = [
            *self._group(say["group_late"], [_line(one, self._t, *rest) for one, *rest in late]),
            *self._group(say["group_silent"], [_line(one, self._t, *rest) for one, *rest in silent]),
            *self._group(say["group_decide"], [self._undecided(one) for one in it.troubles]),
        ]
        notes = [] if rows else [say["nothing"]]
        return self._more(say["attention"], columns, rows, say["sheet_attention"], notes)

    def _group(self, title: str, lines: Sequence[list[FormCell]]) -> Iterator[FormRow]:
        if lines:
            yield FormRow(FormRowKind.SECTION, [FormCell(f"{title} ({len(lines)})")])
        for cells in lines:
            yield FormRow(FormRowKind.MEASURE, cells)

    def _late_bodies(self, one: ReportMeasure) -> str:
        behind = [each for each in one.bodies if each.status not in (Status.DONE, Status.TAKEN_OFF)]
        return ", ".join(self._body(each) for each in behind) or self._say["no_body"]

    def _silent_bodies(self, one: ReportMeasure) -> str:
        if not one.bodies:
            return self._say["no_body"]
        return ", ".join(self._body(each) for each in one.bodies if each.status is None)

    def _late_since(self, one: ReportMeasure) -> str:
        passed = [day for day in one.due if day < self._it.made]
        return f"{self._say['deadline']}: {', '.join(self._t.date(day) for day in passed)}"

    def _undecided(self, one: TroubleRecord) -> list[FormCell]:
        sentence = self._t.gettext(one.sentence, **one.values)
        several = one.choices if one.kind is TroubleKind.CONFLICT else ()
        words = [self._written(each.value) for each in several if each.value is not None] or [one.written]
        said = " ".join([sentence, ", ".join(f"«{each}»" for each in words if each)]).strip()
        return [FormCell(one.number), FormCell(self._t.pick(one.text)), FormCell(one.body), FormCell(said)]

    def _more(
        self,
        title: str,
        columns: Sequence[FormColumn],
        rows: Sequence[FormRow],
        sheet: str,
        notes: Sequence[str] = (),
    ) -> OfficialForm:
        return OfficialForm(self._t.language, (), title, columns, rows, notes, letters=LETTERS, sheet=sheet)


def _line(one: ReportMeasure, t: Translator, body: str, what: str) -> list[FormCell]:
    return [FormCell(one.number), FormCell(t.pick(one.texts)), FormCell(body), FormCell(what)]


def _sum(amount: Decimal | None) -> FormCell:
    return EMPTY if amount is None else FormCell(written(amount), amount)


def _count(number: int) -> FormCell:
    return FormCell(str(number), Decimal(number))


def _counts(statuses: Sequence[Status | None]) -> list[FormCell]:
    """All, then each status in the order of the columns."""
    counts: Mapping[Status | None, int] = Counter(statuses)
    return [_count(len(statuses)), *(_count(counts[each]) for each in ORDER)]


def _together(amounts: Iterable[Decimal | None]) -> Decimal | None:
    named = [each for each in amounts if each is not None]
    return sum(named, Decimal(0)) if named else None


def _spent(body: BodyReport) -> Decimal | None:
    said = body.answers.get(Field.SPENT)
    return said if isinstance(said, Decimal) else None
