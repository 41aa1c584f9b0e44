"""Write what stands of a plan: its rows are made anew from the imports that are done; measures keep their ids."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from hashar.plan.contracts.official import Confidence, Deadline, DeadlineKind, Edition, Match
from hashar.plan.contracts.official import Measure as Read
from hashar.plan.models import Measure, MeasureBody, MeasureCost, MeasureDeadline, Plan, PlanImport, Section
from hashar.plan.queries.plans import standing_imports
from hashar.plan.queries.previews import known_organisations
from hashar.plan.rules.bodies import Matcher
from hashar.plan.rules.storing import from_json

AT_ONCE = 500


@dataclass(frozen=True)
class _Source:
    """One import that stands."""

    row: PlanImport
    edition: Edition

    @property
    def language(self) -> str:
        return self.row.language


def rebuild(plan: Plan, now: dt.datetime) -> None:
    """Make the plan what its standing imports say; call it inside a transaction."""
    sources = [_Source(row, from_json(row.edition)) for row in standing_imports(plan).values()]
    main = next((each for each in sources if each.language == plan.language), None)
    others = [each for each in sources if each is not main]
    MeasureBody.objects.filter(measure__plan=plan).delete()
    MeasureDeadline.objects.filter(measure__plan=plan).delete()
    MeasureCost.objects.filter(measure__plan=plan).delete()
    plan.measures.update(present=False, section=None)
    plan.sections.all().delete()
    if main is not None:
        _write(plan, main, others)
        plan.titles = {each.language: each.edition.title for each in (main, *others)}
        years = main.edition.years
        plan.first_year, plan.last_year = years or (None, None)
    plan.changed_at = now
    plan.save()


def _write(plan: Plan, main: _Source, others: Sequence[_Source]) -> None:
    sections = _sections(plan, main, others)
    by_place = [dict(zip(places(each.edition), each.edition.measures, strict=True)) for each in others]
    own = places(main.edition)
    rows = {row.pk: row for row in plan.measures.all()}
    writer = _Children(main)
    changed = []
    for at, one in enumerate(main.edition.measures):
        row = rows[main.row.measures[at]]
        found = {main.language: one}
        for each, known in zip(others, by_place, strict=True):
            other = known.get(own[at])
            if other is not None:
                found[each.language] = other
        row.section = sections[one.section] if one.section is not None else None
        row.position, row.number, row.present = at, one.number, True
        row.texts = {language: each.text for language, each in found.items()}
        row.forms = {language: each.form for language, each in found.items()}
        row.deadline_texts = {language: each.deadline for language, each in found.items()}
        row.funds = {language: each.funds for language, each in found.items()}
        row.notes = {language: each.note for language, each in found.items()}
        changed.append(row)
        writer.add(row, found)
    fields = ["section", "position", "number", "present", "texts", "forms", "deadline_texts", "funds", "notes"]
    Measure.objects.bulk_update(changed, fields, batch_size=100)
    writer.write()


def places(edition: Edition) -> list[tuple[str, int | None]]:
    """By what measures of two languages are joined: the number, and the section where numbers begin anew."""
    counts = Counter(one.number for one in edition.measures)
    return [(one.number, None if counts[one.number] == 1 else one.section) for one in edition.measures]


def _sections(plan: Plan, main: _Source, others: Sequence[_Source]) -> list[Section]:
    titles = [{main.language: each.title} for each in main.edition.sections]
    for other in others:
        if len(other.edition.sections) == len(titles):
            for said, each in zip(titles, other.edition.sections, strict=True):
                said[other.language] = each.title
    rows = [
        Section(plan=plan, position=at, depth=each.depth, titles=titles[at])
        for at, each in enumerate(main.edition.sections)
    ]
    return Section.objects.bulk_create(rows, batch_size=AT_ONCE)


class _Children:
    """Bodies, deadlines and costs of many measures, written at once."""

    def __init__(self, main: _Source) -> None:
        self._main = main
        self._matcher = Matcher(known_organisations())
        self._answers: Mapping[str, int] = main.row.answers.get("bodies", {})
        self._days: Mapping[str, str] = main.row.answers.get("deadlines", {})
        self._bodies: list[MeasureBody] = []
        self._deadlines: list[MeasureDeadline] = []
        self._costs: list[MeasureCost] = []

    def add(self, row: Measure, found: Mapping[str, Read]) -> None:
        """What belongs to one measure; ``found`` is the measure by language."""
        language = self._main.language
        one = found[language]
        bodies = list(zip_longest(*(each.bodies for each in found.values())))
        same = all(len(each.bodies) == len(one.bodies) for each in found.values())
        for at, body in enumerate(one.bodies):
            match = self._match(body.name, self._matcher.match(body))
            texts = {lang: each.text for lang, each in zip(found, bodies[at], strict=True)} if same else {}
            self._bodies.append(
                MeasureBody(
                    measure=row,
                    position=at,
                    texts=texts or {language: body.text},
                    name=body.name,
                    full=body.full,
                    convenes=body.convenes,
                    confidence=match.confidence,
                    organisation_id=match.organisation,
                )
            )
        for at, deadline in enumerate(self._deadlines_of(one)):
            self._deadlines.append(_deadline(row, at, deadline))
        for at, (cost, column) in enumerate(zip(one.costs, self._main.edition.cost_columns, strict=False)):
            amounts = [[year, str(amount)] for year, amount in cost.amounts]
            texts = {lang: each.costs[at].text for lang, each in found.items() if at < len(each.costs)}
            self._costs.append(
                MeasureCost(measure=row, position=at, column=column, kind=cost.kind, texts=texts, amounts=amounts)
            )

    def _match(self, name: str, match: Match) -> Match:
        """What a person said; what was only nearly the same and nobody confirmed is unknown."""
        if name in self._answers:
            answer = self._answers[name]
            return Match(Confidence.EXACT, answer) if answer else Match(Confidence.UNKNOWN)
        return match if match.confidence is Confidence.EXACT else Match(Confidence.UNKNOWN)

    def _deadlines_of(self, one: Read) -> tuple[Deadline, ...]:
        said = self._days.get(str(one.row))
        if said:
            return (Deadline(DeadlineKind.DATE, end=dt.date.fromisoformat(said)),)
        return one.deadlines

    def write(self) -> None:
        """All of them."""
        MeasureBody.objects.bulk_create(self._bodies, batch_size=AT_ONCE)
        MeasureDeadline.objects.bulk_create(self._deadlines, batch_size=AT_ONCE)
        MeasureCost.objects.bulk_create(self._costs, batch_size=AT_ONCE)


def _deadline(row: Measure, at: int, one: Deadline) -> MeasureDeadline:
    days = [list(day) for day in one.days]
    return MeasureDeadline(
        measure=row, position=at, kind=one.kind, start=one.start, end=one.end, every=one.every or "", days=days
    )
