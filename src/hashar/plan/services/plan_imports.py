"""Bring the files of a plan in: upload, answer what was unsure, store, undo."""

import datetime as dt
from collections.abc import Mapping
from typing import BinaryIO

from django.db import transaction

from hashar.errors import Conflict, Forbidden, UsageError
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.people.permissions import require_signed_in
from hashar.people.queries import organisation as the_organisation
from hashar.people.services.audit import record
from hashar.plan.contracts.official import ChangeKind, Doubt, Edition
from hashar.plan.contracts.plans import ImportState, PlanPreview
from hashar.plan.models import Measure, Plan, PlanImport
from hashar.plan.permissions import require_import
from hashar.plan.queries.plans import path_of, standing_edition, standing_imports, the_plan
from hashar.plan.queries.previews import preview, the_import
from hashar.plan.rules.comparing import compare
from hashar.plan.rules.doubts import SENTENCES
from hashar.plan.rules.rights import IMPORTING
from hashar.plan.rules.storing import as_json, doubts_as_json, from_json
from hashar.plan.services.official_plans import MOST_BYTES, read_plan
from hashar.plan.services.plan_writing import places, rebuild

LONGEST_NAME = 200
KEPT = dt.timedelta(days=2)
"""How long a file waits for a decision."""


def upload(*, actor: Actor, organisation: int, plan: int | None, name: str, content: BinaryIO, now: dt.datetime) -> int:
    """Take in a file and understand it; nothing of a plan changes yet. Returns the import's id.

    Parameters
    ----------
    actor
        A coordinator or official of the organisation.
    organisation
        Whose plan it is.
    plan
        The plan it is a new edition or another language of; None: a new plan.
    name
        The file's name as the browser gave it.
    content
        Its bytes, at most ``MOST_BYTES``.
    now
        When.

    Raises
    ------
    NotFound
        There is no such plan or organisation for this actor.
    Forbidden
        The actor may not bring in plans there.
    InputError, TooLarge
        It is no plan that can be read; nothing is kept.

    """
    person = require_signed_in(actor)
    stands = the_plan(actor, plan) if plan is not None else None
    owner = the_organisation(stands.organisation_id if stands else organisation, actor)
    path = path_of(stands) if stands else owner.territory_path
    require_import(actor, owner.id, path)
    shown = (name.replace("\\", "/").rpartition("/")[2] or "plan")[-LONGEST_NAME:]
    reading = read_plan(content=content.read(MOST_BYTES + 1), name=shown)
    doubts = (*reading.doubts, *(_not_joined(stands, reading.edition) if stands else ()))
    with transaction.atomic():
        PlanImport.objects.filter(state=ImportState.PREVIEWED, uploaded_at__lt=now - KEPT).delete()
        made = PlanImport.objects.create(
            organisation_id=owner.id,
            territory_id=stands.territory_id if stands else owner.territory,
            plan=stands,
            file=shown,
            sha256=reading.sha256,
            size=reading.size,
            language=reading.edition.language,
            state=ImportState.PREVIEWED,
            edition=as_json(reading.edition),
            doubts=doubts_as_json(doubts),
            uploaded_by_id=person,
            uploaded_at=now,
        )
        _audit(actor, "plan.upload", made, now)
    return made.pk


def _not_joined(plan: Plan, edition: Edition) -> list[Doubt]:
    """Measures of another language that the plan does not have."""
    main = standing_edition(plan, plan.language)
    if main is None or edition.language == plan.language:
        return []
    known = set(places(main))
    pairs = zip(places(edition), edition.measures, strict=True)
    missing = [one for where, one in pairs if where not in known]
    return [Doubt("P27", SENTENCES["P27"], {"number": one.number}, one.row) for one in missing]


def _waiting(actor: Actor, import_id: int) -> PlanImport:
    row = the_import(actor, import_id)
    require_import(actor, row.organisation_id, path_of(row))
    if row.state != ImportState.PREVIEWED:
        raise Conflict(N_("This import was decided on already. Its page tells what became of it."))
    return row


def answer(
    *,
    actor: Actor,
    import_id: int,
    bodies: Mapping[str, int],
    deadlines: Mapping[int, dt.date],
    same: Mapping[int, bool],
    now: dt.datetime,
) -> None:
    """Keep what a person said about a waiting file.

    Parameters
    ----------
    actor
        Who uploaded it.
    import_id
        The waiting import.
    bodies
        Name in the file → organisation of the site; 0: none of them.
    deadlines
        Row of the file → the day by which the measure is due.
    same
        Index of a measure of the file → whether it is the one it was taken for.
    now
        When.

    Raises
    ------
    NotFound, Forbidden
        As for :func:`store`.
    Conflict
        The import was decided on already.
    UsageError
        An organisation that is not there.

    """
    row = _waiting(actor, import_id)
    found = preview(actor, import_id)
    known = {0, *(each.id for each in found.organisations)}
    if not set(bodies.values()) <= known:
        raise UsageError(N_("Choose an organisation from the list."))
    row.answers = {
        "bodies": {**row.answers.get("bodies", {}), **bodies},
        "deadlines": {
            **row.answers.get("deadlines", {}),
            **{str(at): day.isoformat() for at, day in deadlines.items()},
        },
        "same": {**row.answers.get("same", {}), **{str(at): said for at, said in same.items()}},
    }
    with transaction.atomic():
        row.save(update_fields=["answers"])
        _audit(actor, "plan.answer", row, now)


def store(*, actor: Actor, import_id: int, now: dt.datetime) -> int:
    """Make a waiting file the edition that stands, in one step; returns the plan's id.

    Raises
    ------
    NotFound
        There is no such import for this actor.
    Forbidden
        The actor may not bring in plans there.
    Conflict
        It was decided on already.
    UsageError
        Questions are open without which measures or organisations would be guessed.

    """
    row = _waiting(actor, import_id)
    with transaction.atomic():
        plan = _plan_of(row, actor, now)
        locked = PlanImport.objects.select_for_update().get(pk=import_id)
        if locked.state != ImportState.PREVIEWED:
            raise Conflict(N_("This import was decided on already. Its page tells what became of it."))
        found = preview(actor, import_id)  # now that nobody else can change the plan
        if found.waiting:
            raise UsageError(N_("Answer the questions that are marked first."))
        locked.plan, locked.state, locked.decided_at = plan, ImportState.DONE, now
        locked.counts = _counts(found)
        locked.measures = _identities(plan, locked, found)
        locked.save()
        rebuild(plan, now)
        _audit(actor, "plan.import", locked, now)
    return plan.pk


def _plan_of(row: PlanImport, actor: Actor, now: dt.datetime) -> Plan:
    if row.plan_id is not None:
        return Plan.objects.select_for_update().get(pk=row.plan_id)
    return Plan.objects.create(
        organisation_id=row.organisation_id,
        territory_id=row.territory_id,
        level=the_organisation(row.organisation_id).level,
        language=row.language,
        made_by_id=require_signed_in(actor),
        made_at=now,
        changed_at=now,
    )


def _identities(plan: Plan, row: PlanImport, found: PlanPreview) -> list[int]:
    """For each measure of the file the row that it is; new ones get new rows.

    Where every import was undone, the measures are those of the last one, as far as they are surely the same: promises,
    posts, answers and activities hang on them.
    """
    if row.language != plan.language:
        return []
    before, changes = standing_imports(plan).get(row.language), found.changes
    if before is None:
        undone = plan.imports.filter(state=ImportState.UNDONE, language=row.language)
        before = undone.order_by("-undone_at", "-pk").first()
        again = compare(from_json(before.edition), found.edition) if before else []
        changes = tuple(change for change in again if change.sure)
    known = {
        change.after: before.measures[change.before]
        for change in changes
        if before is not None and change.before is not None and change.after is not None
    }
    count = len(found.edition.measures)
    new = Measure.objects.bulk_create([Measure(plan=plan, present=False) for _ in range(count - len(known))])
    fresh = iter(new)
    return [known[at] if at in known else next(fresh).pk for at in range(count)]


def _counts(found: PlanPreview) -> dict[str, int]:
    kinds = [change.kind for change in found.changes]
    return {
        "measures": len(found.edition.measures),
        **({kind.value: kinds.count(kind) for kind in ChangeKind} if found.before else {}),
    }


def discard(*, actor: Actor, import_id: int, now: dt.datetime) -> None:
    """Throw a waiting file away.

    Raises
    ------
    NotFound, Forbidden, Conflict
        As for :func:`store`.

    """
    row = _waiting(actor, import_id)
    with transaction.atomic():
        _audit(actor, "plan.discard", row, now)
        row.delete()


def undo(*, actor: Actor, import_id: int, now: dt.datetime) -> int:
    """Take a stored import back: what stood before it stands again; later imports stay. Returns the plan's id.

    Raises
    ------
    NotFound, Forbidden
        As for :func:`store`.
    Conflict
        It was undone already, or never stored.

    """
    row = the_import(actor, import_id)
    require_import(actor, row.organisation_id, path_of(row))
    with transaction.atomic():
        locked = PlanImport.objects.select_for_update().get(pk=import_id)
        if locked.state != ImportState.DONE or locked.plan_id is None:
            raise Conflict(N_("Only a stored import can be undone, and only once."))
        plan = Plan.objects.select_for_update().get(pk=locked.plan_id)
        locked.state, locked.undone_by_id, locked.undone_at = ImportState.UNDONE, actor.person, now
        locked.save()
        rebuild(plan, now)
        _audit(actor, "plan.undo", locked, now)
    return plan.pk


def _audit(actor: Actor, action: str, row: PlanImport, now: dt.datetime) -> None:
    details = {"sha256": row.sha256, "plan": row.plan_id, **row.counts}
    record(
        actor=actor,
        action=action,
        subject=f"plan_import:{row.pk}",
        organisation=row.organisation_id,
        now=now,
        details=details,
    )


def may_begin(actor: Actor) -> bool:
    """Whether somebody may bring in plans anywhere."""
    return any(mandate.role in IMPORTING for mandate in actor.mandates)


def require_undo(*, actor: Actor, import_id: int) -> None:
    """Refuse who may not undo an import.

    Raises
    ------
    NotFound, Forbidden
        As for :func:`store`.

    """
    row = the_import(actor, import_id)
    require_import(actor, row.organisation_id, path_of(row))


def importing_organisations(actor: Actor) -> Mapping[int, str]:
    """Organisations for which the actor may bring in plans.

    Raises
    ------
    Forbidden
        There are none.

    """
    found = {m.organisation: m.organisation_name for m in actor.mandates if m.role in IMPORTING}
    if not found:
        raise Forbidden(N_("Coordinators and officials import plans. Ask one of your organisation."))
    return found
