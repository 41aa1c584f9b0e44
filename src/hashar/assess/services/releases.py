"""Releases of profiles: ask for one, share it, withdraw it."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from hashar.assess.contracts.surveys import ReleaseState
from hashar.assess.models import CodebookVersion, Release, Survey, SurveyFile
from hashar.assess.permissions import require_share
from hashar.assess.queries.surveys import latest_codebook, wave_name
from hashar.assess.queries.visible import path_of, the_release
from hashar.assess.rules.waves import no_wave
from hashar.assess.services.codebook_versions import still_wrong
from hashar.assess.services.surveys import workable
from hashar.errors import CodebookError, Conflict, InputError, NotFound, UsageError
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.people.services.audit import record
from hashar.runs.contracts import Run
from hashar.runs.services import ask

PROFILE = "profile"
"""Kind of the run that makes a profile."""
MOST_EARLIER = 20


def ask_profile(
    *,
    actor: Actor,
    survey: int,
    file: int,
    earlier: Sequence[int] = (),
    by: Sequence[str] | None = None,
    now: dt.datetime,
) -> Run:
    """Queue the making of a profile by the present version of the codebook.

    Parameters
    ----------
    actor
        An analyst of the owning organisation.
    survey
        The survey.
    file
        Which of its files the profile is about.
    earlier
        Files of earlier waves to compare with.
    by
        Groups to break down by, as :func:`hashar.assess.services.profiles.make_profile` takes them.
    now
        When.

    Raises
    ------
    NotFound
        There is no such survey or file for this actor.
    Forbidden
        The actor is no analyst of the organisation that owns it.
    CodebookError
        There is no codebook, it has problems, or no wave fits a file.
    UsageError
        A file is asked for twice, or two of one wave.

    """
    row = workable(actor, survey)
    codebook = _usable_codebook(row)
    files = _files(row, [file, *earlier])
    _require_waves(files, codebook)
    parameters = {
        "codebook": codebook.number,
        "files": [one.pk for one in files],
        "by": None if by is None else [str(group)[:200] for group in by][:50],
    }
    with transaction.atomic():
        run = ask(
            actor=actor,
            kind=PROFILE,
            organisation=row.organisation_id,
            subject=f"survey:{row.pk}",
            parameters=parameters,
            now=now,
        )
        record(
            actor=actor,
            action="profile.ask",
            subject=f"survey:{row.pk}",
            organisation=row.organisation_id,
            now=now,
            details={"run": run.id, **parameters},
        )
    return run


def _usable_codebook(survey: Survey) -> CodebookVersion:
    codebook = latest_codebook(survey)
    if codebook is None:
        raise CodebookError(N_("The survey has no codebook yet; draft one from its file first."))
    if still_wrong(codebook):
        raise CodebookError(
            N_("The codebook (version {number}) has {count} problems; open it and correct each of them."),
            number=codebook.number,
            count=codebook.problems,
        )
    return codebook


def _files(survey: Survey, wanted: Sequence[int]) -> list[SurveyFile]:
    """The files asked for, in that order, all present and readable."""
    if len(set(wanted)) < len(wanted) or len(wanted) > MOST_EARLIER + 1:
        raise UsageError(N_("Choose each file once, and at most {most} earlier ones."), most=MOST_EARLIER)
    known = {row.pk: row for row in survey.files.filter(removed_at__isnull=True)}
    if any(file not in known for file in wanted):
        raise NotFound(N_("The survey has no such file (any more). Choose one from its list."))
    files = [known[file] for file in wanted]
    for row in files:
        if row.problem:
            raise InputError(row.problem["message"], **row.problem["values"])
    return files


def _require_waves(files: Sequence[SurveyFile], codebook: CodebookVersion) -> None:
    waves = [wave_name(row.name, codebook) for row in files]
    for row, wave in zip(files, waves, strict=True):
        if not wave:
            raise no_wave(row.name, codebook.waves)
    order = [name for name, _ in codebook.waves]
    if len(set(waves)) < len(waves) or any(order.index(wave) > order.index(waves[0]) for wave in waves):
        raise UsageError(
            N_("Choose files of different waves, and only earlier ones to compare with; these are {waves}."),
            waves=", ".join(waves),
        )


def share(*, actor: Actor, release: int, now: dt.datetime) -> None:
    """Let everyone see a release who may: the owning organisation, and all whose territory holds the survey's.

    Sharing what is shared changes nothing; a withdrawn release can be shared again.

    Raises
    ------
    NotFound
        There is no such release for this actor.
    Forbidden
        The actor is no coordinator of the organisation that owns it.

    """
    with transaction.atomic():
        row = _lock(actor, release)
        if row.state == ReleaseState.SHARED:
            return
        row.state, row.shared_at, row.shared_by_id = ReleaseState.SHARED, now, actor.person
        row.withdrawn_at, row.withdrawn_by_id = None, None
        _save(actor, row, "release.share", now)


def withdraw(*, actor: Actor, release: int, now: dt.datetime) -> None:
    """Take a shared release back: from now on only those who prepared it see it.

    Raises
    ------
    NotFound
        There is no such release for this actor.
    Forbidden
        The actor is no coordinator of the organisation that owns it.
    Conflict
        It was never shared.

    """
    with transaction.atomic():
        row = _lock(actor, release)
        if row.state == ReleaseState.WITHDRAWN:
            return
        if row.state == ReleaseState.DRAFT:
            raise Conflict(N_("This release is a draft that nobody else sees; there is nothing to withdraw."))
        row.state, row.withdrawn_at, row.withdrawn_by_id = ReleaseState.WITHDRAWN, now, actor.person
        _save(actor, row, "release.withdraw", now)


def _lock(actor: Actor, release: int) -> Release:
    """The release, held against others until the transaction ends, for a coordinator of its owner."""
    seen = the_release(actor, release)
    require_share(actor, seen.survey.organisation_id, path_of(seen))
    return Release.objects.select_for_update().select_related("survey").defer("profile").get(pk=seen.pk)


def _save(actor: Actor, row: Release, action: str, now: dt.datetime) -> None:
    row.save(update_fields=["state", "shared_at", "shared_by", "withdrawn_at", "withdrawn_by"])
    record(
        actor=actor,
        action=action,
        subject=f"release:{row.pk}",
        organisation=row.survey.organisation_id,
        now=now,
        details={"survey": row.survey_id, "number": row.number},
    )
