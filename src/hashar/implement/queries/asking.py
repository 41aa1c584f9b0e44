"""What a collection asks each body, by the plan's standing edition and by what earlier collections left."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hashar.i18n import Text
from hashar.implement.contracts.progress import Field, Standing, Value
from hashar.implement.models import Collection
from hashar.implement.queries.earlier import earlier, finished
from hashar.implement.queries.rows import Said, period_of, standings, values_of
from hashar.implement.rules.asking import asked, once, overdue
from hashar.implement.rules.snapshots import Asked
from hashar.people.contracts import Actor
from hashar.plan.contracts.plans import PlanDetail, StoredBody, StoredMeasure
from hashar.plan.queries.calendar import due_days
from hashar.plan.queries.plans import edition


@dataclass(frozen=True)
class MeasureAsked:
    """A measure that is asked about, with its days."""

    measure: StoredMeasure
    due: tuple[dt.date, ...]
    overdue: tuple[dt.date, ...]
    known: Mapping[str, Mapping[Field, Value]]
    """Body → what stands, here or in an earlier collection."""


@dataclass(frozen=True)
class Parts:
    """A plan in three parts, as a collection sees it: each measure is in one of them."""

    asked: tuple[MeasureAsked, ...]
    done_before: int
    not_yet: int


def asked_measures(plan: PlanDetail, row: Collection) -> Sequence[MeasureAsked]:
    """The measures of a collection, in the order of the plan."""
    return parts(plan, row).asked


def parts(plan: PlanDetail, row: Collection) -> Parts:
    """What is asked, what was done earlier, what does not fall into the period."""
    period = period_of(row)
    before = earlier(row.plan_id, period)
    done = finished(plan.measures, before)
    here = standings(row.pk)
    found, finished_before, not_yet = [], 0, 0
    for one in plan.measures:
        due = due_days(one.deadlines, period.start, period.end)
        if row.whole or one.id in here or asked(one.deadlines, due, period, finished=one.id in done):
            late = () if one.id in done else overdue(one.deadlines, period)
            found.append(MeasureAsked(one, due, late, _known(one, before, here.get(one.id, {}))))
        elif one.id in done:
            finished_before += 1
        else:
            not_yet += 1
    return Parts(tuple(found), finished_before, not_yet)


def _known(
    one: StoredMeasure, before: Said, here: Mapping[str, Mapping[Field, Standing]]
) -> Mapping[str, Mapping[Field, Value]]:
    left = before.get(one.id, {}) if once(one.deadlines) else {}
    return {each.name: {**left.get(each.name, {}), **values_of(here.get(each.name, {}))} for each in one.bodies}


def bodies_of(measures: Sequence[MeasureAsked]) -> Mapping[str, StoredBody]:
    """Bodies that are asked, by name, as the first measure that names them does."""
    found: dict[str, StoredBody] = {}
    for one in measures:
        for body in one.measure.bodies:
            found.setdefault(body.name, body)
    return found


def form_of_body(plan: PlanDetail, body: str, measures: Sequence[MeasureAsked]) -> Sequence[Asked]:
    """What one body is asked."""
    return [
        Asked(
            measure=each.measure.id,
            number=each.measure.number,
            section=plan.sections[each.measure.section] if each.measure.section is not None else {},
            text=each.measure.texts,
            form=each.measure.forms,
            deadline=each.measure.deadline_texts,
            due=each.due,
            overdue=each.overdue,
            partners=tuple(one.texts for one in each.measure.bodies if one.name != body),
            known=each.known.get(body, {}),
        )
        for each in measures
        if any(one.name == body for one in each.measure.bodies)
    ]


def cost_units(actor: Actor, plan: PlanDetail) -> Text:
    """The unit of the plan's costs in each of its languages."""
    found = {each: edition(actor, plan.summary.id, each).cost_unit for each in plan.summary.languages}
    return {language: unit for language, unit in found.items() if unit}


def edition_of(plan: PlanDetail) -> str:
    """Fingerprint of the edition that stands in the plan's language."""
    return next((one.sha256 for one in plan.imports if one.stands and one.language == plan.summary.language), "")
