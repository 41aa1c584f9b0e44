"""Forms: as files ask them, and as pages of the site."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from hashar.errors import NotFound
from hashar.i18n import LANGUAGES, N_, Translator
from hashar.implement.contracts.collections import (
    AnswerRecord,
    AnswerState,
    CollectionState,
    FormInvitation,
    FormMeasure,
    FormPage,
)
from hashar.implement.contracts.progress import Field, Form
from hashar.implement.models import BodyForm, Collection, StoredAnswer
from hashar.implement.queries.rows import manages, period_of, record_of, sees_plan_of, the_collection, the_form
from hashar.implement.rules.rights import may_answer
from hashar.implement.rules.snapshots import from_json, in_language
from hashar.people.contracts import PREPARING, Actor


def form_in(row: BodyForm, collection: Collection, language: str) -> Form:
    """A form in one language; its key says which one it is."""
    pick = Translator(language).pick
    return Form(
        key=f"{row.key}-{language}",
        collection=collection.pk,
        plan=collection.plan_id,
        plan_title=pick(collection.plan.titles),
        edition=row.edition,
        body=row.body,
        body_full=row.full or pick(row.texts),
        period=period_of(collection),
        return_by=collection.return_by,
        language=language,
        cost_unit=pick(row.asked["cost_units"]),
        measures=tuple(in_language(one, language) for one in from_json(row.asked)),
    )


def forms(actor: Actor, collection: int, language: str) -> Sequence[Form]:
    """All forms of a collection that stand, in one language, by body. Three SQL queries.

    Raises
    ------
    NotFound
        There is no such collection for this actor, or no such language.

    """
    row = the_collection(actor, collection)
    rows = row.forms.filter(stands=True).order_by("body", "pk")
    found = [form_in(each, row, _language(language)) for each in rows]
    if not found:
        raise NotFound(N_("No body is asked any more. Make the forms anew."))
    return found


def form(actor: Actor, form_id: int, language: str) -> Form:
    """One form in one language, for its body and for who sees the plan.

    Raises
    ------
    NotFound
        There is no such form for this actor, or no such language.

    """
    row = the_form(actor, form_id)
    return form_in(row, row.collection, _language(language))


def _language(code: str) -> str:
    if code not in LANGUAGES:
        raise NotFound(N_("There is no such language. Go back and choose another."))
    return code


def form_page(actor: Actor, form_id: int) -> FormPage:
    """A form as a page: what is asked and what stands. Five SQL queries, however many measures.

    Raises
    ------
    NotFound
        There is no such form for this actor.

    """
    row = the_form(actor, form_id)
    collection = row.collection
    stands, waiting = _said(row)
    asked = from_json(row.asked)
    manage = manages(actor, collection)
    return FormPage(
        id=row.pk,
        collection=collection.pk,
        plan=collection.plan_id,
        plan_titles=collection.plan.titles,
        body=row.body,
        texts=row.texts,
        full=row.full,
        period=period_of(collection),
        return_by=collection.return_by,
        state=CollectionState(collection.state),
        cost_units=row.asked["cost_units"],
        measures=tuple(
            FormMeasure(
                measure=one.measure,
                number=one.number,
                section=one.section,
                text=one.text,
                form=one.form,
                deadline=one.deadline,
                due=(*one.overdue, *one.due),
                partners=tuple(next(iter(each.values()), "") for each in one.partners),
                answers=stands.get(one.measure, {}),
                waiting=waiting.get(one.measure, 0),
                known=one.known,
            )
            for one in asked
        ),
        may_answer=row.stands
        and collection.state == CollectionState.OPEN
        and (manage or may_answer(actor, row.organisation_id)),
        sees_plan=manage or sees_plan_of(actor, collection),
    )


def _said(row: BodyForm) -> tuple[Mapping[int, Mapping[Field, AnswerRecord]], Mapping[int, int]]:
    """Measure → field → what stands; measure → how many answers wait."""
    stands: dict[int, dict[Field, AnswerRecord]] = defaultdict(dict)
    waiting: dict[int, int] = defaultdict(int)
    rows = StoredAnswer.objects.filter(collection=row.collection_id, body=row.body).select_related("file", "by")
    for each in rows.filter(state__in=[AnswerState.STANDS, AnswerState.WAITS]):
        if each.state == AnswerState.STANDS:
            stands[each.measure_id][Field(each.field)] = record_of(each)
        else:
            waiting[each.measure_id] += 1
    return stands, waiting


def invitations(actor: Actor, today: dt.date) -> tuple[FormInvitation, ...]:
    """Forms of open collections that wait for an organisation of the actor. Two SQL queries.

    Parameters
    ----------
    actor
        Who asks; only organisations for which they may answer.
    today
        Forms of collections whose period has not begun are not shown yet.

    """
    mine = actor.organisations(PREPARING)
    rows = BodyForm.objects.filter(organisation__in=mine, stands=True, collection__state=CollectionState.OPEN)
    rows = (
        rows.filter(collection__start__lte=today)
        .select_related("collection__plan")
        .order_by("collection__return_by", "pk")
    )
    found = list(rows)
    said = answered(each.collection_id for each in found)
    return tuple(
        FormInvitation(
            form=each.pk,
            plan_titles=each.collection.plan.titles,
            body=each.texts or {"": each.body},
            period=period_of(each.collection),
            return_by=each.collection.return_by,
            asked=len(each.asked["measures"]),
            answered=len(said.get((each.collection_id, each.body), set()) & _measures(each)),
        )
        for each in found
    )


def _measures(row: BodyForm) -> set[int]:
    return {one["measure"] for one in row.asked["measures"]}


def answered(collections: Iterable[int]) -> Mapping[tuple[int, str], set[int]]:
    """Collection and body → measures whose status stands. One SQL query."""
    found: dict[tuple[int, str], set[int]] = defaultdict(set)
    rows = StoredAnswer.objects.filter(collection__in=list(collections), state=AnswerState.STANDS, field=Field.STATUS)
    for collection, body, measure in rows.exclude(value="").values_list("collection_id", "body", "measure_id"):
        found[collection, body].add(measure)
    return found
