"""Storing a large register file is long work: a worker does it."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from hashar.assess.contracts.series import ImportState
from hashar.assess.queries.series_sources import the_import
from hashar.assess.services import series_imports
from hashar.assess.services.series_preview import waiting_row
from hashar.people.contracts import Actor
from hashar.runs.contracts import Run
from hashar.runs.services import ask

STORE = "series.import"
SUBJECT = "series_import"
LARGE = 50_000
"""Bytes of a file that is stored within a request: some two thousand rows. Twenty thousand take eight seconds, most of
them for what must be hidden from others."""


def store(*, actor: Actor, import_id: int, digest: str, good_only: bool, now: dt.datetime) -> Run | None:
    """Store what the preview showed, or ask a worker to where the file is large; the run, None when it is stored.

    Raises
    ------
    NotFound, Forbidden, Conflict, UsageError
        As :func:`hashar.assess.services.series_imports.store`; what a worker meets stands at the run.

    """
    row = waiting_row(actor, import_id)
    if row.size <= LARGE:
        series_imports.store(actor=actor, import_id=import_id, digest=digest, good_only=good_only, now=now)
        return None
    with transaction.atomic():
        return ask(
            actor=actor,
            kind=STORE,
            organisation=row.series.organisation_id,
            subject=f"{SUBJECT}:{row.pk}",
            parameters={"digest": digest[:100], "good_only": good_only},
            now=now,
        )


def carry_out(*, run: Run, actor: Actor, now: dt.datetime) -> Mapping[str, object]:
    """Do what a run asks for, with the rights that the person has now; what is stored already stays."""
    number = int(run.subject.partition(":")[2])
    if the_import(actor, number).state == ImportState.PREVIEWED:
        series_imports.store(
            actor=actor,
            import_id=number,
            digest=str(run.parameters["digest"]),
            good_only=bool(run.parameters["good_only"]),
            now=now,
            run=run,
        )
    return {"import": number}
