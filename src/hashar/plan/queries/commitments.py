"""A measure with its lead, its partners, their commitments and its thread."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Prefetch, QuerySet

from hashar.errors import NotFound
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.plan.contracts.commitments import (
    Audience,
    Commitment,
    CommitmentState,
    HistoryLine,
    MeasurePage,
    Part,
    Participant,
    Participants,
    Post,
    Promise,
    Side,
    Step,
)
from hashar.plan.contracts.plans import ImportState
from hashar.plan.models import Commitment as Row
from hashar.plan.models import CommitmentStep, Measure, MeasureBody, MeasurePost
from hashar.plan.queries.plans import path_of, stored_measure, the_plan
from hashar.plan.rules import commitments as rules
from hashar.plan.rules.threads import may_edit, may_remove

SHOWN_POSTS = 30
MOST_POSTS = 500


def the_measure(actor: Actor, plan: int, measure: int) -> Measure:
    """One measure of a plan that the actor may see, as its row; one that a new edition left out too.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    whole = the_plan(actor, plan)
    rows = whole.measures.select_related("section").prefetch_related(_bodies(), "deadlines", "costs")
    row = rows.filter(pk=measure).first()
    if row is None:
        raise NotFound(N_("There is no such measure in this plan. Choose one on the page of the plan."))
    row.plan = whole
    return row


def _bodies() -> "Prefetch[str, QuerySet[MeasureBody], str]":
    return Prefetch("bodies", MeasureBody.objects.select_related("organisation").order_by("position", "pk"))


def measure_page(actor: Actor, plan: int, measure: int, *, today: dt.date, every_post: bool = False) -> MeasurePage:
    """A measure with all that belongs to working together on it. At most twelve SQL queries.

    Parameters
    ----------
    actor
        Who asks: somebody who sees the plan; posts for members only when they are one.
    plan, measure
        The measure.
    today
        From this day on the next deadline is looked for.
    every_post
        Older posts too.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    row = the_measure(actor, plan, measure)
    rows = list(commitment_rows([row.pk]))
    joined = participants_of(row, rows)
    member = reads_members_posts(actor, row, rows)
    posts, earlier = _posts(actor, row, member=member, every_post=every_post)
    return MeasurePage(
        plan=row.plan_id,
        plan_titles=row.plan.titles,
        organisation=row.plan.organisation_id,
        organisation_name=row.plan.organisation.name,
        section=row.section.titles if row.section else {},
        measure=stored_measure(row, {}, today),
        cost_columns=tuple(each.column for each in sorted(row.costs.all(), key=lambda each: each.position)),
        cost_unit=_unit(row),
        present=row.present,
        participants=joined,
        commitments=tuple(_commitment(actor, each, row, joined) for each in rows),
        posts=posts,
        earlier_posts=earlier,
        member=member,
        may_invite=row.present and rules.acts_for_plan(actor, row.plan.organisation_id, path_of(row.plan)),
        offering=actor.organisations(rules.ACTING) if row.present and actor.scopes is None else {},
        writing=actor.organisations(rules.WRITING) if actor.scopes is None else {},
    )


def _unit(row: Measure) -> str:
    """The unit of the plan's costs, as its last file says."""
    rows = row.plan.imports.filter(state=ImportState.DONE, language=row.plan.language).order_by("-decided_at", "-pk")
    return str(rows.values_list("edition__cost_unit", flat=True).first() or "")


def commitment_rows(measures: Iterable[int]) -> QuerySet[Row]:
    """Commitments of measures with their organisations and steps, in the order in which they were made."""
    steps = CommitmentStep.objects.select_related("by", "organisation").order_by("at", "pk")
    rows = Row.objects.filter(measure__in=list(measures)).select_related("organisation")
    return rows.prefetch_related(Prefetch("steps", steps)).order_by("made_at", "pk")


def participants_of(measure: Measure, rows: Iterable[Row]) -> Participants:
    """Lead and partners of a measure, from its bodies and its commitments (both fetched before)."""
    named = [_named(each) for each in measure.bodies.all()]
    standing = [each for each in rows if each.state in rules.STANDING]
    standing.sort(key=lambda each: each.state != CommitmentState.ACCEPTED)
    return rules.participants(named, [(_committed(each), Part(each.part)) for each in standing])


def _named(row: MeasureBody) -> Participant:
    known = row.organisation
    return Participant(
        name=known.name if known else row.name,
        organisation=row.organisation_id,
        side=rules.side_of(known.kind) if known else None,
        named=True,
        convenes=row.convenes,
        committed=False,
    )


def _committed(row: Row) -> Participant:
    side = rules.side_of(row.organisation.kind)
    return Participant(row.organisation.name, row.organisation_id, side, named=False, convenes=False, committed=True)


def participants_by_measure(actor: Actor, plan: int) -> Mapping[int, Participants]:
    """Lead and partners of every measure of a plan. Four SQL queries.

    Raises
    ------
    NotFound
        There is no such plan, or the actor may not know of it.

    """
    whole = the_plan(actor, plan)
    measures = list(whole.measures.filter(present=True).prefetch_related(_bodies()))
    grouped: defaultdict[int, list[Row]] = defaultdict(list)
    standing = Row.objects.filter(measure__plan=whole, state__in=rules.STANDING)
    for each in standing.select_related("organisation").order_by("made_at", "pk"):
        grouped[each.measure_id].append(each)
    return {each.pk: participants_of(each, grouped[each.pk]) for each in measures}


def reads_members_posts(actor: Actor, measure: Measure, rows: Iterable[Row]) -> bool:
    """Whether somebody reads what only members of the measure read."""
    standing = [each.organisation_id for each in rows if each.state in rules.STANDING]
    return rules.is_member(actor, measure.plan.organisation_id, named_organisations(measure), standing)


def named_organisations(measure: Measure) -> Sequence[int]:
    """Organisations that the plan names for a measure."""
    return [each.organisation_id for each in measure.bodies.all() if each.organisation_id]


def side(kind: str) -> Side:
    """To which side an organisation of this kind belongs."""
    return rules.side_of(kind)


def ground_of(row: Row, measure: Measure, joined: Participants) -> rules.Ground:
    """What decides about a commitment."""
    return rules.Ground(
        plan_organisation=measure.plan.organisation_id,
        territory_path=path_of(measure.plan),
        organisation=row.organisation_id,
        part=Part(row.part),
        lead=joined.lead.organisation if joined.lead else None,
    )


def _commitment(actor: Actor, row: Row, measure: Measure, joined: Participants) -> Commitment:
    state = CommitmentState(row.state)
    steps = rules.steps_for(actor, state, ground_of(row, measure, joined))
    return Commitment(
        id=row.pk,
        measure=row.measure_id,
        organisation=row.organisation_id,
        organisation_name=row.organisation.name,
        side=rules.side_of(row.organisation.kind),
        state=state,
        promise=_promise(row),
        made_at=row.made_at,
        changed_at=row.changed_at,
        history=tuple(_line(each, row) for each in row.steps.all()),
        steps=steps if measure.present else tuple(each for each in steps if each not in rules.BEGINNING),
    )


def _promise(row: Row | CommitmentStep, part: str = "") -> Promise:
    return Promise(Part(part or row.part), row.text, row.until, row.means)  # type: ignore[union-attr]  # a step's is given


def _line(row: CommitmentStep, commitment: Row) -> HistoryLine:
    return HistoryLine(
        step=Step(row.step),
        at=row.at,
        by=row.by.name,
        organisation_name=row.organisation.name,
        reason=row.reason,
        promise=_promise(row, commitment.part),
    )


def _posts(actor: Actor, measure: Measure, *, member: bool, every_post: bool) -> tuple[tuple[Post, ...], int]:
    """The latest posts in the order in which they were written, and how many came before."""
    rows = MeasurePost.objects.filter(measure=measure)
    if not member:
        rows = rows.filter(audience=Audience.PUBLIC)
    shown = MOST_POSTS if every_post else SHOWN_POSTS
    latest = rows.select_related("organisation", "written_by", "removed_by").order_by("-written_at", "-pk")[:shown]
    found = [_post(actor, each, measure) for each in reversed(latest)]
    return tuple(found), max(rows.count() - len(found), 0)


def _post(actor: Actor, row: MeasurePost, measure: Measure) -> Post:
    removed = row.removed_at is not None
    return Post(
        id=row.pk,
        organisation=row.organisation_id,
        organisation_name=row.organisation.name,
        by=row.written_by.name,
        audience=Audience(row.audience),
        text=row.text,
        at=row.written_at,
        edited_at=row.edited_at,
        removed_at=row.removed_at,
        removed_by=row.removed_by.name if row.removed_by else "",
        reason=row.reason,
        may_edit=not removed and may_edit(actor, row.written_by_id, row.organisation_id),
        may_remove=not removed
        and may_remove(
            actor, row.written_by_id, row.organisation_id, measure.plan.organisation_id, path_of(measure.plan)
        ),
    )
