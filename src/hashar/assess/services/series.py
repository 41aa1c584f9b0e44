"""Create, describe and share registers and monitoring series."""

import dataclasses
import datetime as dt

from django.db import IntegrityError, transaction

from hashar.assess.contracts.series_draft import SeriesDraft
from hashar.assess.models import Series
from hashar.assess.permissions import require_import_series, require_share_series
from hashar.assess.queries.series import the_series
from hashar.assess.rules.series_draft import checked_draft
from hashar.assess.services.series_release import decide_suppression
from hashar.errors import Conflict
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.people.permissions import require_signed_in
from hashar.people.services.audit import record
from hashar.places.queries import territory
from hashar.reference.queries.own import indicator


def create_series(
    *, actor: Actor, organisation: int, draft: SeriesDraft, now: dt.datetime, sample: bool = False
) -> int:
    """Begin a series; returns its id.

    Parameters
    ----------
    actor
        A coordinator, official or analyst of the organisation, for the territory.
    organisation
        Who owns it.
    draft
        What it counts.
    now
        When.
    sample
        It holds sample data of the demonstration; every page about it says so.

    Raises
    ------
    Forbidden
        The actor may not bring in series there.
    UsageError
        Something in the draft cannot be; all of it is listed.
    NotFound
        There is no such territory.
    Conflict
        The organisation has a series of this title.

    """
    place = territory(draft.territory)
    require_import_series(actor, organisation, place.path)
    values = _values(actor, draft)
    try:
        with transaction.atomic():
            row = Series.objects.create(
                organisation_id=organisation,
                territory_id=place.id,
                made_by_id=require_signed_in(actor),
                made_at=now,
                changed_at=now,
                sample=sample,
                **values,
            )
            record(actor=actor, action="series.create", subject=f"series:{row.pk}", organisation=organisation, now=now)
    except IntegrityError:
        raise _taken(draft.title) from None
    return row.pk


def describe_series(*, actor: Actor, series: int, draft: SeriesDraft, now: dt.datetime) -> None:
    """Correct what a series says of itself. Measure, periods, level and territory stay once it holds numbers.

    Raises
    ------
    NotFound
        There is no such series for this actor.
    Forbidden
        The actor may not bring in series there.
    UsageError
        Something in the draft cannot be.
    Conflict
        Numbers stand that were counted in another way, or the title is taken.

    """
    row = the_series(actor, series)
    require_import_series(actor, row.organisation_id, row.territory.path)
    place = territory(draft.territory)
    require_import_series(actor, row.organisation_id, place.path)
    values = _values(actor, draft)
    fixed = ("measure", "period_kind", "level")
    moved = place.id != row.territory_id or any(values[name] != getattr(row, name) for name in fixed)
    if moved and row.imports.exclude(decided_at=None).exists():
        raise Conflict(
            N_("This series holds numbers: what is counted, where and for which periods stays. Make a new series.")
        )
    try:
        with transaction.atomic():
            Series.objects.filter(pk=row.pk).update(territory_id=place.id, changed_at=now, **values)
            record(
                actor=actor,
                action="series.describe",
                subject=f"series:{row.pk}",
                organisation=row.organisation_id,
                now=now,
            )
    except IntegrityError:
        raise _taken(draft.title) from None


def share_series(*, actor: Actor, series: int, now: dt.datetime) -> None:
    """Let others of the organisation and of the territory see the series, small counts hidden.

    Raises
    ------
    NotFound
        There is no such series for this actor.
    Forbidden
        The actor is no coordinator of the organisation.
    Conflict
        It holds no numbers yet.

    """
    row = the_series(actor, series)
    require_share_series(actor, row.organisation_id, row.territory.path)
    if not row.observations.filter(current=True).exists():
        raise Conflict(N_("This series holds no numbers yet. Import a file first, then share it."))
    with transaction.atomic():
        decide_suppression(Series.objects.select_for_update().get(pk=row.pk))
        Series.objects.filter(pk=row.pk).update(shared_at=now, shared_by_id=actor.person)
        record(
            actor=actor, action="series.share", subject=f"series:{row.pk}", organisation=row.organisation_id, now=now
        )


def unshare_series(*, actor: Actor, series: int, now: dt.datetime) -> None:
    """Show the series to those only who prepare it.

    Raises
    ------
    NotFound
        There is no such series for this actor.
    Forbidden
        The actor is no coordinator of the organisation.

    """
    row = the_series(actor, series)
    require_share_series(actor, row.organisation_id, row.territory.path)
    with transaction.atomic():
        Series.objects.filter(pk=row.pk).update(shared_at=None, shared_by=None)
        record(
            actor=actor, action="series.unshare", subject=f"series:{row.pk}", organisation=row.organisation_id, now=now
        )


def _values(actor: Actor, draft: SeriesDraft) -> dict[str, object]:
    """The draft as columns; an indicator of the reference list says itself what is measured."""
    if draft.indicator:
        draft = dataclasses.replace(draft, kind=indicator(draft.indicator, actor).kind)
    values = dataclasses.asdict(checked_draft(draft))
    del values["territory"]
    return values


def _taken(title: str) -> Conflict:
    return Conflict(
        N_("Your organisation has a series called “{title}”. Open that one, or choose another title."), title=title
    )
