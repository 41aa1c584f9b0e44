"""Rows of progress that an actor may see, for the other queries and the services of this step."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from django.db.models import QuerySet

from hashar.errors import NotFound
from hashar.i18n import N_
from hashar.implement.contracts.collections import AnswerRecord, AnswerState
from hashar.implement.contracts.progress import Field, Origin, Period, Standing, Value
from hashar.implement.models import BodyForm, Collection, StoredAnswer, StoredTrouble
from hashar.implement.rules.rights import may_answer
from hashar.implement.rules.stored_values import from_text
from hashar.people.contracts import Actor
from hashar.plan.permissions import may_import
from hashar.plan.queries.plans import path_of, visible_plans

Said: TypeAlias = Mapping[int, Mapping[str, Mapping[Field, Value]]]
"""Measure → body → field → value."""


def visible_collections(actor: Actor) -> QuerySet[Collection]:
    """Collections of the plans that the actor may see."""
    rows = Collection.objects.filter(plan__in=visible_plans(actor))
    return rows.select_related("plan__organisation", "plan__territory", "made_by")


def the_collection(actor: Actor, collection: int) -> Collection:
    """One collection of a plan that the actor may see.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    row = visible_collections(actor).filter(pk=collection).first()
    if row is None:
        raise NotFound(N_("There is no such collection of progress, or its plan is not shared with you."))
    return row


def the_form(actor: Actor, form: int) -> BodyForm:
    """One form: of a plan that the actor may see, or of a body that the actor answers for.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    rows = BodyForm.objects.select_related("collection__plan__organisation", "collection__plan__territory")
    row = rows.filter(pk=form).first()
    if row is None or not (may_answer(actor, row.organisation_id) or sees_plan_of(actor, row.collection)):
        raise NotFound(N_("There is no such form, or it is for another organisation."))
    return row


def the_trouble(actor: Actor, trouble: int) -> StoredTrouble:
    """One trouble of a collection that the actor may see.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    rows = StoredTrouble.objects.filter(collection__plan__in=visible_plans(actor))
    rows = rows.select_related("collection__plan__organisation", "collection__plan__territory", "measure", "file")
    row = rows.select_related("decided_by").filter(pk=trouble).first()
    if row is None:
        raise NotFound(N_("There is nothing like that to decide, or its plan is not shared with you."))
    return row


def sees_plan_of(actor: Actor, row: Collection) -> bool:
    """Whether the actor may see the plan of a collection."""
    return visible_plans(actor).filter(pk=row.plan_id).exists()


def manages(actor: Actor, row: Collection) -> bool:
    """Whether the actor collects this plan's progress."""
    return may_import(actor, row.plan.organisation_id, path_of(row.plan))


def period_of(row: Collection) -> Period:
    """The time it asks about."""
    return Period(row.start, row.end)


def standing_rows(collections: Iterable[int]) -> QuerySet[StoredAnswer]:
    """Answers that stand; one that was taken away is none."""
    rows = StoredAnswer.objects.filter(collection__in=collections, state=AnswerState.STANDS).exclude(value="")
    return rows.select_related("file", "by")


def standings(collection: int) -> Mapping[int, Mapping[str, Mapping[Field, Standing]]]:
    """Measure → body → field → what stands. One SQL query."""
    found: dict[int, dict[str, dict[Field, Standing]]] = defaultdict(lambda: defaultdict(dict))
    for row in standing_rows([collection]):
        one = standing_of(row)
        if one is not None:
            found[row.measure_id][row.body][Field(row.field)] = one
    return found


def standing_of(row: StoredAnswer) -> Standing | None:
    """What a row says; None where an answer was taken away."""
    value = from_text(Field(row.field), row.value)
    if value is None:
        return None
    return Standing(value, Origin(row.origin), row.file.file if row.file else "", row.where, written_by(row), row.at)


def record_of(row: StoredAnswer) -> AnswerRecord:
    """A row with all its provenance."""
    return AnswerRecord(
        id=row.pk,
        body=row.body,
        field=Field(row.field),
        value=from_text(Field(row.field), row.value),
        state=AnswerState(row.state),
        origin=Origin(row.origin),
        file=row.file.file if row.file else "",
        where=row.where,
        by=written_by(row),
        at=row.at,
    )


def written_by(row: StoredAnswer) -> str:
    """Who said it: the name in the file, else who brought it in."""
    return row.by_name or row.by.name


def values_of(said: Mapping[Field, Standing]) -> Mapping[Field, Value]:
    """What stands without its provenance."""
    return {field: one.value for field, one in said.items()}
