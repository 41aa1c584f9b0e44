"""Activities: entered once, changed with their history kept, cancelled."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import BinaryIO

from django.db import transaction
from django.utils.timezone import localdate

from hashar.errors import Conflict, Forbidden, NotFound, UsageError
from hashar.exchange.queries.practices import practice as the_practice
from hashar.i18n import N_
from hashar.implement.contracts.activities import Draft, State
from hashar.implement.models import Activity, ActivityEdition, ActivityMeasure, ActivityPartner, ActivityPeople
from hashar.implement.queries.activity_rows import draft_of, path_of, the_activity
from hashar.implement.rules.activity_checks import checked, content_of, fingerprint, tidied
from hashar.implement.rules.activity_rights import may_log
from hashar.implement.services import photos
from hashar.people.contracts import Actor
from hashar.people.permissions import require_signed_in
from hashar.people.queries import organisation as the_organisation
from hashar.people.services.audit import record
from hashar.places.queries import territory_by_id
from hashar.plan.queries.measures import measures as known_measures
from hashar.reference.queries import strategies

STALE = N_("Somebody else changed this entry in between. Look at it and change it again.")


def require_log(actor: Actor, organisation: int, territory_path: str) -> int:
    """The id of the person.

    Raises
    ------
    Forbidden
        The actor is neither coordinator nor official of the organisation in this territory.

    """
    person = require_signed_in(actor)
    if not may_log(actor, organisation, territory_path):
        raise Forbidden(N_("Only coordinators and officials of the organisation enter its activities there."))
    return person


def log(*, actor: Actor, key: uuid.UUID, draft: Draft, now: dt.datetime, photo: BinaryIO | None = None) -> int:
    """Enter an activity; returns its id. What is sent again with the same key is not stored again.

    An answer may be lost, and a right or a measure end before the same person sends the same once more: that is
    recognised before anything else is asked.

    Parameters
    ----------
    actor
        A coordinator or official of the leading organisation.
    key
        Of this entry alone, made where it was written.
    draft
        The entry; without a territory, that of the organisation.
    now
        When.
    photo
        A photo in JPEG or PNG; it is kept without what the camera wrote into it.

    Raises
    ------
    Forbidden
        The actor may not enter activities of this organisation there.
    NotFound
        There is no such organisation, territory, measure or practice for the actor.
    UsageError
        Something in the entry cannot be.
    InputError
        The photo is of another kind, damaged or too large.
    Conflict
        Another entry was stored under this key.
    OutputError
        The disk is full; nothing is stored.

    """
    again, taken = _sent_again(actor, key, draft, photo)
    if again is not None:
        return again
    draft, path = _placed(draft)
    person = require_log(actor, draft.organisation, path)
    told = checked(draft, strategies(), localdate(now))
    taken = taken or photos.taken(photo)
    sent = fingerprint(told, taken.came if taken else "")
    stored = Activity.objects.filter(key=key).first()
    if stored is None:
        _require_known(actor, told, None)
        with transaction.atomic():
            # Two sendings at once: the second waits for the first, and then finds it.
            stored, made = Activity.objects.get_or_create(
                key=key,
                defaults={
                    "sent": sent,
                    "organisation_id": told.organisation,
                    "date": told.date,
                    "made_by_id": person,
                    "made_at": now,
                    "changed_at": now,
                },
            )
            if made:
                _write(stored, told, person, now, taken)
                _record(actor, "activity.log", stored, now)
                photos.keep(stored.pk, taken)
    if stored.sent != sent or stored.made_by_id != person:
        raise Conflict(N_("Another entry was sent with this key already. Open a new form and send this one again."))
    return stored.pk


def entered_before(*, actor: Actor, key: uuid.UUID, draft: Draft, photo: BinaryIO | None = None) -> int | None:
    """The id of the very same entry by the same person, whatever they may still do or choose; None: there is none.

    Raises
    ------
    InputError
        The photo is of another kind, damaged or too large.

    """
    return _sent_again(actor, key, draft, photo)[0]


def _sent_again(
    actor: Actor, key: uuid.UUID, draft: Draft, photo: BinaryIO | None
) -> tuple[int | None, photos.Taken | None]:
    """The same entry, and the photo if it had to be read for that."""
    before = _own_entry(actor, key)
    if before is None:
        return None, None
    taken = photos.taken(photo)
    same = before.sent == fingerprint(_as_then(before, draft), taken.came if taken else "")
    return (before.pk if same else None), taken


def _own_entry(actor: Actor, key: uuid.UUID) -> Activity | None:
    """What the same person entered under this key before."""
    if actor.person is None or actor.scopes is not None:
        return None
    return Activity.objects.filter(key=key, made_by=actor.person).first()


def _as_then(row: Activity, draft: Draft) -> Draft:
    """The entry as it is compared with what was sent first; without a territory, that of the organisation then."""
    if draft.territory is None:
        draft = replace(draft, territory=row.editions.get(number=1).content["territory"])
    return tidied(draft)


def change(
    *,
    actor: Actor,
    activity: int,
    draft: Draft,
    based_on: int,
    now: dt.datetime,
    photo: BinaryIO | None = None,
    without_photo: bool = False,
) -> None:
    """Change an entry; how it stood before is kept.

    Parameters
    ----------
    actor
        A coordinator or official of the organisation that entered it.
    activity
        The entry.
    draft
        All of it as it shall stand.
    based_on
        Number of the edition that the actor saw.
    now
        When.
    photo
        One that takes the place of the present one.
    without_photo
        Delete the present one.

    Raises
    ------
    Forbidden
        The actor may not change it, or not to this organisation or territory.
    NotFound
        There is no such entry, organisation, territory, measure or practice for the actor.
    UsageError
        Something in the entry cannot be.
    InputError
        The photo is of another kind, damaged or too large.
    Conflict
        Somebody changed it in between.
    OutputError
        The disk is full; nothing is changed.

    """
    draft, path = _placed(draft)
    taken = photos.taken(photo)
    with transaction.atomic():
        row = _own(actor, activity)
        person = require_log(actor, draft.organisation, path)
        told = checked(draft, strategies(), localdate(now))
        if row.edition != based_on:
            raise Conflict(STALE)
        _require_known(actor, told, draft_of(row))
        before = row.photo, row.photo_kind
        if without_photo:
            row.photo, row.photo_kind, row.photo_size = "", "", 0
        if taken or without_photo or content_of(told) != content_of(draft_of(row)):
            row.edition += 1
            _write(row, told, person, now, taken)
            _record(actor, "activity.change", row, now)
            photos.keep(row.pk, taken)
        if before[0] not in ("", row.photo):
            transaction.on_commit(lambda: photos.remove(row.pk, *before))


def cancel(*, actor: Actor, activity: int, now: dt.datetime) -> None:
    """Say that an activity did not, or will not, take place; it no longer counts.

    Raises
    ------
    Forbidden
        The actor may not change it.
    NotFound
        There is no such entry for the actor.
    Conflict
        It is cancelled already, or counts for another entry of the same event.

    """
    with transaction.atomic():
        row = _own(actor, activity)
        if row.state == State.CANCELLED:
            raise Conflict(N_("The activity is cancelled already."))
        if row.doubles.exists():
            raise Conflict(N_("This entry counts for another one of the same event. Take that back first."))
        row.state, row.edition, row.changed_at = State.CANCELLED, row.edition + 1, now
        row.save(update_fields=["state", "edition", "changed_at"])
        _keep_edition(row, draft_of(row), require_signed_in(actor), now)
        _record(actor, "activity.cancel", row, now)


def _own(actor: Actor, activity: int) -> Activity:
    """The row, locked, of an entry that the actor may change."""
    seen = the_activity(actor, activity)
    require_log(actor, seen.organisation_id, path_of(seen))
    return Activity.objects.select_for_update().get(pk=seen.pk)


def _placed(draft: Draft) -> tuple[Draft, str]:
    """The entry with its territory, and the territory's path."""
    if not 0 < draft.organisation < 2**63:
        raise NotFound(N_("There is no such organisation. Look for it in the list of organisations."))
    home = the_organisation(draft.organisation)
    territory = home.territory if draft.territory is None else draft.territory
    if territory is None:
        return draft, ""
    return replace(draft, territory=territory), territory_by_id(territory).path


def _require_known(actor: Actor, draft: Draft, before: Draft | None) -> None:
    """Refuse what the actor may not know of; what stood in the entry before may stay."""
    new = set(draft.measures) - set(before.measures if before else ())
    if new - set(known_measures(actor, new)):
        raise NotFound(N_("There is no such measure, or its plan is not shared with you. Choose one from the list."))
    if draft.practice and (before is None or before.practice != draft.practice):
        the_practice(actor, draft.practice)
    for partner in set(draft.partners) - set(before.partners if before else ()):
        if not 0 < partner < 2**63:
            raise NotFound(N_("There is no such organisation. Look for it in the list of organisations."))
        if the_organisation(partner).closed_at is not None:
            raise UsageError(N_("An organisation that is closed carries nothing out. Take it out of the list."))


def _write(row: Activity, draft: Draft, person: int, now: dt.datetime, photo: photos.Taken | None = None) -> None:
    if photo:
        row.photo, row.photo_kind, row.photo_size = photo.sha256, photo.kind, len(photo.content)
    for name in ("title", "date", "strategy", "place", "time", "state", "practice", "contacts", "people"):
        setattr(row, name, getattr(draft, name))
    for name in ("sessions", "minutes", "group", "school_class", "fidelity_note", "note"):
        setattr(row, name, getattr(draft, name))
    row.organisation_id, row.territory_id = draft.organisation, draft.territory
    row.age_from, row.age_to = draft.ages.first, draft.ages.end
    row.components = [{"name": each.name, "kept": each.kept.value} for each in draft.components]
    row.changed_at = now
    row.save()
    row.served.all().delete()
    ActivityMeasure.objects.bulk_create(ActivityMeasure(activity=row, measure_id=each) for each in draft.measures)
    row.partners.all().delete()
    ActivityPartner.objects.bulk_create(ActivityPartner(activity=row, organisation_id=each) for each in draft.partners)
    row.by_age.all().delete()
    ActivityPeople.objects.bulk_create(
        ActivityPeople(activity=row, age_from=each.ages.first, age_to=each.ages.end, sex=each.sex, count=each.count)
        for each in draft.by_age
    )
    _keep_edition(row, draft, person, now)


def _keep_edition(row: Activity, draft: Draft, person: int, now: dt.datetime) -> None:
    ActivityEdition.objects.create(
        activity=row, number=row.edition, content=content_of(draft), made_by_id=person, made_at=now
    )


def _record(actor: Actor, action: str, row: Activity, now: dt.datetime) -> None:
    subject = f"activity:{row.pk}"
    record(actor=actor, action=action, subject=subject, organisation=row.organisation_id, now=now, details={})
