"""Logic models of the site: begin, save, share, and look at one with everything the compiler says of it."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from functools import lru_cache

from django.db import transaction

from hashar.errors import HasharError, InputError, NotFound, UsageError
from hashar.i18n import N_
from hashar.people.contracts import PREPARING, Actor
from hashar.people.permissions import require_signed_in
from hashar.people.queries import organisation as the_organisation
from hashar.people.services.audit import record
from hashar.places.queries import territory_by_id
from hashar.plan.contracts.logic_model import Diagnostic, Indicator, LogicModel, Severity
from hashar.plan.contracts.stored_models import (
    MOST_LETTERS,
    ModelDetail,
    ModelState,
    ModelVersion,
    NewerModel,
    Origin,
)
from hashar.plan.models import LogicModelVersion, StoredLogicModel
from hashar.plan.permissions import require_share_model, require_write_model
from hashar.plan.queries import logic_models as queries
from hashar.plan.queries.grounds import practice_facts
from hashar.plan.rules.model_rights import may_share_model, may_write_model
from hashar.plan.rules.model_text import write_model
from hashar.plan.services.logic_models import compile_model
from hashar.plan.sources.logic_model import parse_logic_model

FILE = "model.yaml"
"""What a model is called in messages about its text."""
LONGEST_TITLE = 300
NEAR = 1e-9
Found = tuple[LogicModel | None, tuple[HasharError, ...], tuple[Diagnostic, ...]]


def create_model(
    *, actor: Actor, organisation: int, territory: int | None, title: str, text: str = "", now: dt.datetime
) -> int:
    """Begin a model, from a text (YAML) or empty; returns its id.

    Parameters
    ----------
    actor
        A coordinator, official or analyst of the organisation.
    organisation
        Whose model it is.
    territory
        For which place; None: the organisation's own.
    title
        Its name, where the text has none.
    text
        YAML; one with mistakes is kept too, and they are shown.
    now
        When.

    Raises
    ------
    NotFound
        There is no such organisation or place.
    Forbidden
        The actor may not write models there.
    InputError
        The text cannot be kept: too long, or not text.

    """
    person = require_signed_in(actor)
    owner = the_organisation(organisation, actor)
    place = territory_by_id(territory) if territory is not None else None
    require_write_model(actor, owner.id, place.path if place else owner.territory_path)
    text = clean(text) if text.strip() else write_model(LogicModel(title=title))
    found = understood(actor, text, now.date())
    with transaction.atomic():
        row = StoredLogicModel.objects.create(
            organisation_id=owner.id,
            territory_id=place.id if place else owner.territory,
            state=ModelState.DRAFT,
            title=title[:LONGEST_TITLE],
            made_by_id=person,
            made_at=now,
            changed_at=now,
        )
        keep_version(actor, row, text, 0, found, now)
        audit(actor, "logic_model.create", row, now)
    return row.pk


def writing_organisations(actor: Actor) -> Mapping[int, str]:
    """Organisations for which the actor may write models; empty for who only reads."""
    return actor.organisations(PREPARING) if actor.scopes is None else {}


def save_text(*, actor: Actor, model: int, text: str, based_on: int, now: dt.datetime) -> ModelVersion:
    """Keep a text as the next version, also one with mistakes: work in progress is not lost.

    Parameters
    ----------
    actor
        A coordinator, official or analyst of the organisation.
    model
        The model.
    text
        YAML.
    based_on
        Number of the version that was edited.
    now
        When.

    Raises
    ------
    NotFound
        There is no such model for this actor.
    Forbidden
        The actor may not write it.
    NewerModel
        Somebody saved in between; nothing is stored, and ``newer`` holds their version.
    InputError
        The text cannot be kept: too long, or not text.

    """
    row = writable(actor, model)
    text = clean(text)
    found = understood(actor, text, now.date())  # before the lock: reading takes a moment
    with transaction.atomic():
        version = keep_version(actor, row, text, based_on, found, now)
    return queries.version_of(version)


def keep_version(
    actor: Actor, row: StoredLogicModel, text: str, based_on: int, found: Found, now: dt.datetime
) -> LogicModelVersion:
    """The next version, inside the caller's transaction; the version that stands already is no new one."""
    locked = StoredLogicModel.objects.select_for_update(of=("self",)).get(pk=row.pk)
    stands = queries.latest(locked) if locked.number else None
    if stands is not None and stands.text == text:
        return stands
    if stands is not None and stands.number != based_on:
        raise newer(queries.version_of(stands))
    model, problems, findings = found
    errors = sum(one.severity is Severity.ERROR for one in findings)
    locked.number = based_on + 1
    locked.errors, locked.warnings = errors + len(problems), len(findings) - errors
    locked.title = ((model.title if model else "") or locked.title)[:LONGEST_TITLE]
    locked.changed_at = now
    locked.save()
    version = LogicModelVersion.objects.create(
        model=locked,
        number=locked.number,
        based_on=based_on,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        made_by_id=require_signed_in(actor),
        made_at=now,
    )
    audit(actor, "logic_model.save", locked, now, number=version.number, errors=locked.errors)
    return version


def newer(stands: ModelVersion) -> NewerModel:
    """The refusal of what was edited on an older version."""
    return NewerModel(
        N_(
            "{by} saved version {number} of this logic model in the meantime. Yours is not stored: compare, save again."
        ),
        newer=stands,
    )


def writable(actor: Actor, model: int) -> StoredLogicModel:
    """The row of a model that the actor may write.

    Raises
    ------
    NotFound, Forbidden
        As for :func:`save_text`.

    """
    row = queries.the_model(actor, model)
    require_write_model(actor, row.organisation_id, queries.path_of(row))
    return row


def clean(text: str) -> str:
    """A text as it is kept.

    Raises
    ------
    InputError
        Too long, or not text.

    """
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    if len(text) > MOST_LETTERS:
        raise InputError(
            N_("The logic model has {count} letters; this site takes {most}. Leave out what is not of this plan."),
            count=len(text),
            most=MOST_LETTERS,
        )
    if "\0" in text or any(0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        raise InputError(N_("{file} is not plain text; save it in UTF-8."), file=FILE)
    return text


def understood(actor: Actor, text: str, today: dt.date) -> Found:
    """A text as a model, or why it is none, and what the compiler finds."""
    model, problems = read(text, today)
    if model is None:
        return None, problems, ()
    return model, (), tuple(compile_model(model=model, practices=practice_facts(actor, model)))


@lru_cache(maxsize=8)
def read(text: str, today: dt.date) -> tuple[LogicModel | None, tuple[HasharError, ...]]:
    """A text as a model, or all that is wrong with it; the same text reads the same, so it is kept a while."""
    try:
        return parse_logic_model(text, file=FILE, today=today), ()
    except InputError as error:
        return None, tuple(error.problems) or (error,)


def look(*, actor: Actor, model: int, now: dt.datetime) -> ModelDetail:
    """A model with everything that is wrong with it today.

    Raises
    ------
    NotFound
        There is no such model, or it is not shared with the actor.

    """
    row = queries.the_model(actor, model)
    version = queries.version_of(queries.latest(row))
    whole, problems, findings = understood(actor, version.text, now.date())
    path = queries.path_of(row)
    return ModelDetail(
        summary=queries.summary_of(row),
        version=version,
        model=whole,
        problems=problems,
        findings=findings,
        origins={} if whole is None else _standing(whole, queries.origins(actor, row)),
        may_write=may_write_model(actor, row.organisation_id, path),
        may_share=may_share_model(actor, row.organisation_id, path),
    )


def _standing(model: LogicModel, origins: tuple[Origin, ...]) -> dict[str, Origin]:
    """Those whose number still stands in the model."""
    baselines: dict[str, Indicator] = {one.code: one for one in model.indicators}
    return {
        one.indicator: one
        for one in origins
        if one.indicator in baselines and abs((baselines[one.indicator].baseline or 0.0) - one.baseline) < NEAR
    }


def share(*, actor: Actor, model: int, shared: bool, now: dt.datetime) -> None:
    """Let everybody of the organisation and of its territory see a model, or take that back.

    Parameters
    ----------
    actor
        A coordinator of the organisation.
    model
        The model.
    shared
        Whether it is to be seen.
    now
        When.

    Raises
    ------
    NotFound
        There is no such model for this actor.
    Forbidden
        The actor does not coordinate the organisation.
    UsageError
        Its text is no logic model yet.

    """
    row = queries.the_model(actor, model)
    require_share_model(actor, row.organisation_id, queries.path_of(row))
    if shared and read(queries.latest(row).text, now.date())[0] is None:
        raise UsageError(N_("Correct the text first; as it is it cannot be shared."))
    with transaction.atomic():
        locked = StoredLogicModel.objects.select_for_update(of=("self",)).get(pk=row.pk)
        locked.state = ModelState.SHARED if shared else ModelState.DRAFT
        locked.shared_at = now if shared else None
        locked.save(update_fields=["state", "shared_at"])
        audit(actor, "logic_model.share" if shared else "logic_model.unshare", locked, now)


def audit(actor: Actor, action: str, row: StoredLogicModel, now: dt.datetime, **details: object) -> None:
    """The line in the audit trail."""
    record(
        actor=actor,
        action=action,
        subject=f"logic_model:{row.pk}",
        organisation=row.organisation_id,
        now=now,
        details=details,
    )


def model_of(detail: ModelDetail) -> LogicModel:
    """The model of a detail.

    Raises
    ------
    NotFound
        Its text is no logic model.

    """
    if detail.model is None:
        raise NotFound(N_("The text has mistakes; correct it before you use forms or the picture."))
    return detail.model
