"""What a person has to decide, what was decided, and all that was ever said on a measure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from hashar.errors import NotFound
from hashar.i18n import N_
from hashar.implement.contracts.collections import (
    AnswerRecord,
    AnswerState,
    CollectionState,
    MeasureHistory,
    TroubleRecord,
    TroubleState,
)
from hashar.implement.contracts.progress import Field, TroubleKind
from hashar.implement.models import Collection, StoredAnswer, StoredTrouble
from hashar.implement.queries.rows import manages, record_of, the_collection, the_trouble
from hashar.people.contracts import Actor

ORDER = [
    TroubleKind.CONFLICT,
    TroubleKind.WRONG_DATE,
    TroubleKind.WRONG_VALUE,
    TroubleKind.CONTRADICTION,
    TroubleKind.UNKNOWN_MEASURE,
    TroubleKind.CHANGED_TEXT,
    TroubleKind.MISSING_EVIDENCE,
    TroubleKind.UNANSWERED,
]
"""What needs a person first."""


def troubles(row: Collection, *, manage: bool) -> tuple[tuple[TroubleRecord, ...], tuple[TroubleRecord, ...]]:
    """Open ones, the gravest first, and decided ones, the latest first. Two SQL queries."""
    rows = list(_with_names(row.pk).exclude(state=TroubleState.SETTLED).order_by("measure__position", "body", "pk"))
    choices = _choices(row.pk, [each for each in rows if each.state == TroubleState.OPEN])
    may = manage and row.state == CollectionState.OPEN
    found = [_record(each, choices.get(each.pk, ()), may=may) for each in rows]
    open_ones = sorted((one for one in found if one.state is TroubleState.OPEN), key=lambda one: ORDER.index(one.kind))
    decided = [one for one in found if one.state is TroubleState.DECIDED]
    return tuple(open_ones), tuple(sorted(decided, key=lambda one: str(one.decided_at), reverse=True))


def _with_names(collection: int) -> QuerySet[StoredTrouble]:
    rows = StoredTrouble.objects.filter(collection=collection)
    return rows.select_related("measure", "file", "decided_by", "chosen__by", "chosen__file")


def trouble(actor: Actor, trouble_id: int) -> TroubleRecord:
    """One of them, with all that its sources say.

    Raises
    ------
    NotFound
        There is none for this actor.

    """
    row = the_trouble(actor, trouble_id)
    may = manages(actor, row.collection) and row.collection.state == CollectionState.OPEN
    return _record(row, _choices(row.collection_id, [row]).get(row.pk, ()), may=may)


def _choices(collection: int, rows: Iterable[StoredTrouble]) -> Mapping[int, tuple[AnswerRecord, ...]]:
    """Trouble → what stands for its field first, then what waits."""
    wanted = {(row.measure_id, row.body, row.field): row.pk for row in rows if row.field and row.measure_id}
    measures = {measure for measure, _, _ in wanted}
    found: dict[int, list[AnswerRecord]] = defaultdict(list)
    states = [AnswerState.STANDS, AnswerState.WAITS]
    said = StoredAnswer.objects.filter(collection=collection, measure__in=measures, state__in=states).exclude(value="")
    for each in said.select_related("file", "by").order_by("state", "at", "pk"):
        where = wanted.get((each.measure_id, each.body, each.field))
        if where is not None:
            found[where].append(record_of(each))
    return {where: tuple(records) for where, records in found.items()}


def _record(row: StoredTrouble, choices: tuple[AnswerRecord, ...], *, may: bool) -> TroubleRecord:
    is_open = row.state == TroubleState.OPEN
    chosen = (record_of(row.chosen),) if row.chosen else ()
    return TroubleRecord(
        id=row.pk,
        collection=row.collection_id,
        body=row.body,
        measure=row.measure_id,
        number=row.measure.number if row.measure else "",
        text=row.measure.texts if row.measure else {},
        field=Field(row.field) if row.field else None,
        kind=TroubleKind(row.kind),
        sentence=row.sentence,
        values=row.values,
        written=row.written,
        proposed=row.proposed,
        file=row.file.file if row.file else "",
        where=row.where,
        state=TroubleState(row.state),
        decided_by=row.decided_by.name if row.decided_by else "",
        decided_at=row.decided_at,
        reason=row.reason,
        choices=choices if is_open else chosen,
        may_decide=may and is_open,
    )


def measure_history(actor: Actor, collection: int, measure: int) -> MeasureHistory:
    """All that was ever said on a measure in a collection, the latest first. Four SQL queries.

    Raises
    ------
    NotFound
        There is no such collection for this actor, or it knows nothing of the measure.

    """
    row = the_collection(actor, collection)
    asked = (one for form in row.forms.all() for one in form.asked["measures"] if one["measure"] == measure)
    first = next(asked, None)
    if first is None:
        raise NotFound(N_("This collection does not ask about this measure."))
    said = StoredAnswer.objects.filter(collection=row, measure=measure).select_related("file", "by")
    known = _with_names(row.pk).filter(measure=measure).order_by("-made_at", "-pk")
    return MeasureHistory(
        measure=measure,
        number=first["number"],
        texts=first["text"],
        records=tuple(record_of(each) for each in said.order_by("body", "field", "-at", "-pk")),
        troubles=tuple(_record(each, (), may=False) for each in known),
    )
