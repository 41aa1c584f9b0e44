"""All of a period, for the report in the official form."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from hashar.implement.contracts.collections import (
    BodyReport,
    CollectionState,
    ProgressReport,
    ReportMeasure,
    TroubleRecord,
)
from hashar.implement.contracts.progress import Field, Value
from hashar.implement.models import Collection
from hashar.implement.queries.asking import MeasureAsked, cost_units, parts
from hashar.implement.queries.collections import is_late
from hashar.implement.queries.earlier import convening
from hashar.implement.queries.rows import period_of, standings, the_collection, values_of
from hashar.implement.queries.troubles import troubles
from hashar.implement.rules.overall import overall, wording
from hashar.implement.rules.planned import planned, planned_year
from hashar.people.contracts import Actor
from hashar.plan.contracts.plans import StoredMeasure
from hashar.plan.queries import plans as plan_queries


def progress_report(actor: Actor, collection: int, *, today: dt.date) -> ProgressReport:
    """Everything that the report of a collection says; nothing that is open or missing is left out.

    Raises
    ------
    NotFound
        There is no such collection for this actor.

    """
    row = the_collection(actor, collection)
    plan = plan_queries.plan(actor, row.plan_id, today=today)
    found = parts(plan, row)
    open_ones, _ = troubles(row, manage=False)
    said = {
        measure: {body: values_of(fields) for body, fields in bodies.items()}
        for measure, bodies in standings(row.pk).items()
    }
    year = planned_year([one.costs for one in plan.measures], plan.cost_columns, row.end.year)
    measures = [
        _measure(
            row, one, _bodies(one.measure, said.get(one.measure.id, {}), open_ones), plan.cost_columns, year, today
        )
        for one in found.asked
    ]
    return ProgressReport(
        plan=row.plan_id,
        plan_titles=plan.summary.titles,
        organisation=plan.summary.organisation_name,
        period=period_of(row),
        made=today,
        state=CollectionState(row.state),
        return_by=row.return_by,
        sections=plan.sections,
        measures=tuple(measures),
        cost_units=cost_units(actor, plan),
        planned_year=year,
        done_before=found.done_before,
        not_yet=found.not_yet,
        troubles=open_ones,
        languages=plan.summary.languages,
    )


def _measure(
    row: Collection,
    one: MeasureAsked,
    bodies: tuple[BodyReport, ...],
    columns: Sequence[str],
    year: int | None,
    today: dt.date,
) -> ReportMeasure:
    joined = overall({each.name: each.status for each in bodies}, convening(one.measure))
    return ReportMeasure(
        measure=one.measure.id,
        number=one.measure.number,
        section=one.measure.section,
        texts=one.measure.texts,
        forms=one.measure.forms,
        deadlines=one.measure.deadline_texts,
        bodies=bodies,
        overall=joined if any(each.status is not None for each in bodies) else None,
        due=(*one.overdue, *one.due),
        late=is_late(row, one, joined, today),
        planned=planned(one.measure.costs, columns, year),
        spent=_spent(bodies),
    )


def _bodies(
    measure: StoredMeasure, said: Mapping[str, Mapping[Field, Value]], open_ones: Sequence[TroubleRecord]
) -> tuple[BodyReport, ...]:
    texts = {each.name: each.texts for each in measure.bodies}
    return tuple(
        BodyReport(
            name=name,
            texts=texts[name],
            answers=said.get(name, {}),
            troubles=sum(one.measure == measure.id and one.body == name for one in open_ones),
        )
        for name in wording(texts, convening(measure))
    )


def _spent(bodies: Iterable[BodyReport]) -> Decimal | None:
    """What all bodies say together; None where none says anything."""
    said = [value for each in bodies if isinstance(value := each.answers.get(Field.SPENT), Decimal)]
    return sum(said, Decimal(0)) if said else None
