"""Make the profile that a run asks for, and keep it with all its figures: everything at once, or nothing.

Loaded by the worker when it has such a run: the numbers take a second to load, and the web does not need them.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from django.db import transaction

from hashar.assess.analysis.provenance import Origin
from hashar.assess.contracts.profile import Profile
from hashar.assess.contracts.stored import profile_text
from hashar.assess.contracts.table import Fingerprint
from hashar.assess.models import CodebookVersion, Finding, Release, ReleaseSource, Survey, SurveyFile
from hashar.assess.permissions import require_work
from hashar.assess.queries.surveys import wave_name
from hashar.assess.queries.visible import path_of
from hashar.assess.services.codebook_territories import placed
from hashar.assess.services.codebook_versions import FILE
from hashar.assess.services.profiles import MEMORY, profile_of
from hashar.assess.services.stored_findings import finding_rows
from hashar.assess.services.surveys import note_read, store
from hashar.assess.sources.codebook import parse_codebook
from hashar.errors import InputError, NotFound
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.people.services.audit import record
from hashar.runs.contracts import Progress, Run
from hashar.runs.services import still_mine

BATCH = 500


@dataclass(frozen=True)
class _Order:
    """What a run asks for, as rows."""

    survey: Survey
    codebook: CodebookVersion
    files: Sequence[SurveyFile]
    """The file the profile is about, then the earlier ones."""
    by: Sequence[str] | None


def make_release(*, run: Run, actor: Actor, progress: Progress, now: dt.datetime) -> dict[str, object]:
    """Compute the profile and store the release. Doing it again for the same run changes nothing.

    Parameters
    ----------
    run
        The claimed run.
    actor
        The person who asked, with the mandates they have *now*.
    progress
        Told each step.
    now
        When.

    Raises
    ------
    HasharError
        As :func:`hashar.assess.services.profiles.make_profile`, and when a file was removed or the person may not do
        this any more.

    """
    made = Release.objects.filter(run_id=run.id).values_list("pk", flat=True).first()
    if made is not None:
        return {"release": made}
    order = _order(run)
    require_work(actor, order.survey.organisation_id, path_of(order.survey))
    for file in order.files:
        note_read(actor=actor, file=file, purpose="profile", now=now)
    profile = _compute(order, run, progress, now)
    return {"release": _keep(order, run, actor, profile, now)}


def _order(run: Run) -> _Order:
    wanted = cast("list[int]", run.parameters["files"])
    survey = Survey.objects.select_related("organisation", "territory").get(pk=int(run.subject.removeprefix("survey:")))
    present = {row.pk: row for row in survey.files.filter(removed_at__isnull=True).select_related("survey")}
    if any(file not in present for file in wanted):
        raise NotFound(N_("A file of this profile was removed in the meantime. Choose others and start again."))
    return _Order(
        survey=survey,
        codebook=survey.codebooks.get(number=int(str(run.parameters["codebook"]))),
        files=[present[file] for file in wanted],
        by=cast("list[str] | None", run.parameters["by"]),
    )


def _compute(order: _Order, run: Run, progress: Progress, now: dt.datetime) -> Profile:
    book = order.codebook
    data = book.text.encode()
    origin = Origin(
        codebook=Fingerprint(FILE, book.sha256, len(data), data.count(b"\n"), 0),
        now=now,
        operator=f"person:{run.asked_by}",
        engine=MEMORY,
        seed=str(seed_for(order.codebook.sha256, [file.sha256 for file in order.files])),
    )
    paths = [store().path(file.survey_id, file.sha256, file.name) for file in order.files]
    return profile_of(
        placed(parse_codebook(book.text, FILE)),
        file=paths[0],
        earlier=paths[1:],
        by=order.by,
        origin=origin,
        rng=np.random.default_rng(int(origin.seed)),
        progress=progress,
    )


def seed_for(codebook: str, files: Sequence[str]) -> int:
    """The seed of the draws behind the ranking: the same content gives the same numbers, here and with ``--seed``."""
    return int(hashlib.sha256(" ".join((codebook, *files)).encode()).hexdigest()[:12], 16)


def _keep(order: _Order, run: Run, actor: Actor, profile: Profile, now: dt.datetime) -> int:
    """Release, sources, figures and audit row in one transaction, while the run is still this worker's."""
    text = profile_text(profile)
    with transaction.atomic():
        still_mine(run)
        Survey.objects.select_for_update().get(pk=order.survey.pk)
        latest = order.survey.releases.order_by("-number").values_list("number", flat=True).first()
        release = Release.objects.create(
            survey=order.survey,
            number=(latest or 0) + 1,
            run_id=run.id,
            codebook=order.codebook,
            territory=order.survey.territory,
            title=dict(profile.title),
            place=dict(profile.place),
            wave=profile.wave,
            profile=text,
            digest=hashlib.sha256(text.encode()).hexdigest(),
            made_by_id=run.asked_by,
            made_at=now,
        )
        sources = _sources(release, order, profile)
        Finding.objects.bulk_create(finding_rows(release, profile, sources), batch_size=BATCH)
        record(
            actor=actor,
            action="release.make",
            subject=f"release:{release.pk}",
            organisation=order.survey.organisation_id,
            now=now,
            details={"survey": order.survey.pk, "number": release.number, "run": run.id},
        )
    return release.pk


def _sources(release: Release, order: _Order, profile: Profile) -> dict[str, ReleaseSource]:
    """The files by wave, as the profile read them: a file that changed on the disk is caught here."""
    files = {file.sha256: file for file in order.files}
    found = {}
    for position, print_ in enumerate(profile.provenance.sources):
        file = files.get(print_.sha256)
        if file is None:
            raise InputError(
                N_("{file} is not the file any more that was uploaded; remove it and upload it again."),
                file=print_.name,
            )
        wave = wave_name(file.name, order.codebook)
        found[wave] = ReleaseSource.objects.create(
            release=release,
            position=position,
            wave=wave,
            file=file,
            name=print_.name,
            sha256=print_.sha256,
            size=print_.size,
            rows=print_.rows,
            columns=print_.columns,
        )
    return found
