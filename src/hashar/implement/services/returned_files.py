"""Take returned forms in, each by itself, and take one back as a whole."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Protocol

from django.db import transaction

from hashar.errors import Conflict, HasharError, InputError, NotFound
from hashar.i18n import LANGUAGES, N_
from hashar.implement.contracts.collections import AnswerState, FileState, MergeOutcome, StoredFile, TroubleState
from hashar.implement.contracts.progress import Form, Origin, ReturnedForm, Trouble, TroubleKind
from hashar.implement.models import BodyForm, Collection, ReturnedFile, StoredAnswer, StoredTrouble
from hashar.implement.permissions import require_manage
from hashar.implement.queries.forms import form_in
from hashar.implement.queries.rows import the_collection
from hashar.implement.rules.merging import claims_of
from hashar.implement.rules.stored_values import as_text
from hashar.implement.services.collections import lock
from hashar.implement.services.returned_forms import read_key, read_returned
from hashar.implement.services.settling import settle
from hashar.implement.sources.returned_files import MOST_BYTES
from hashar.people.contracts import Actor
from hashar.people.permissions import require_signed_in
from hashar.people.services.audit import record
from hashar.plan.queries.plans import path_of

NO_FILE = N_("There is no such file, or its plan is not shared with you.")
MOST_FILES = 300
LONGEST_NAME = 200
DERIVED = (TroubleKind.CONFLICT, TroubleKind.MISSING_EVIDENCE, TroubleKind.UNANSWERED)
"""Seen from what stands, not from one file."""


class Readable(Protocol):
    """A file as the browser sent it."""

    def read(self, size: int, /) -> bytes:
        """At most so many of its bytes."""


def upload(
    *, actor: Actor, collection: int, files: Sequence[tuple[str, Readable]], now: dt.datetime
) -> tuple[MergeOutcome, ...]:
    """Merge returned forms. A file that cannot be taken in refuses only itself; one that comes twice changes nothing.

    Parameters
    ----------
    actor
        A coordinator or official of the plan's organisation.
    collection
        The open collection.
    files
        Names as the browser gave them, and contents.
    now
        When.

    Returns
    -------
    tuple of MergeOutcome
        What became of each file, in their order.

    Raises
    ------
    NotFound
        There is no such collection for this actor.
    Forbidden
        The actor may not collect this plan's progress.
    Conflict
        The collection is closed.
    InputError
        Too many files at once; none was read.

    """
    person = require_signed_in(actor)
    row = the_collection(actor, collection)
    require_manage(actor, row.plan.organisation_id, path_of(row.plan))
    if len(files) > MOST_FILES:
        raise InputError(N_("Send at most {count} files at once."), count=MOST_FILES)
    with transaction.atomic():
        lock(collection)
    found = []
    for name, content in files:
        shown = (name.replace("\\", "/").rpartition("/")[2] or "form")[-LONGEST_NAME:]
        try:
            found.append(_take_in(actor, person, row, shown, content.read(MOST_BYTES + 1), now))
        except HasharError as error:
            found.append(MergeOutcome(shown, refused=error.stored()))
    return tuple(found)


def _take_in(
    actor: Actor, person: int, collection: Collection, name: str, content: bytes, now: dt.datetime
) -> MergeOutcome:
    form, asked = _form_of(collection, read_key(content=content, name=name))
    returned = read_returned(content=content, name=name, form=asked, today=now.date())
    with transaction.atomic():
        locked = lock(collection.pk)
        if form.files.filter(sha256=returned.sha256, state=FileState.MERGED).exists():
            return MergeOutcome(name, form.body, repeated=True)
        file = _keep(person, form, name, returned, now)
        count = _keep_answers(person, file, asked, returned, now)
        _keep_troubles(file, returned.troubles, now)
        settle(locked, form.body, now)
        _audit(actor, "progress.merge", file, now)
        open_ones = file.troubles.filter(state=TroubleState.OPEN).count()
        waiting = file.answers.filter(state=AnswerState.WAITS).count()
    return MergeOutcome(name, form.body, answers=count - waiting, troubles=open_ones + waiting)


def _form_of(collection: Collection, key: str) -> tuple[BodyForm, Form]:
    """The form by the key in a file: that of the row, and the language it was written in.

    Raises
    ------
    InputError
        It is no form of this collection.

    """
    stem, _, language = key.rpartition("-")
    row = collection.forms.filter(key=stem).first() if stem and language in LANGUAGES else None
    if row is None:
        raise InputError(N_("This is no form of this collection. Send the form that was made for it."))
    return row, form_in(row, collection, language)


def _keep(person: int, form: BodyForm, name: str, returned: ReturnedForm, now: dt.datetime) -> ReturnedFile:
    return ReturnedFile.objects.create(
        form=form,
        file=name,
        sha256=returned.sha256,
        state=FileState.MERGED,
        read=_as_read(returned),
        returned_by=returned.returned_by[:LONGEST_NAME],
        uploaded_by_id=person,
        uploaded_at=now,
    )


def _as_read(returned: ReturnedForm) -> dict[str, Any]:
    answers = [
        {"measure": one.measure, "field": one.field.value, "value": as_text(one.value), "where": one.place.where}
        for one in returned.answers
    ]
    return {"edition": returned.edition, "answers": answers, "troubles": [_plain(asdict(x)) for x in returned.troubles]}


def _plain(value: object) -> Any:  # noqa: ANN401  (whatever the fields hold)
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _keep_answers(person: int, file: ReturnedFile, form: Form, returned: ReturnedForm, now: dt.datetime) -> int:
    rows = [
        StoredAnswer(
            collection_id=file.form.collection_id,
            measure_id=claim.slot.measure,
            body=claim.slot.body,
            field=claim.slot.field,
            value=as_text(claim.value),
            state=AnswerState.WAITS,
            origin=Origin.FILE,
            file=file,
            where=claim.where[:100],
            by_id=person,
            by_name=returned.returned_by[:LONGEST_NAME],
            at=now,
            known=None if claim.known is None else as_text(claim.known),
        )
        for claim in claims_of(form, returned, at=now)
    ]
    return len(StoredAnswer.objects.bulk_create(rows, batch_size=200))


def _keep_troubles(file: ReturnedFile, troubles: Iterable[Trouble], now: dt.datetime) -> None:
    asked = {one["measure"] for one in file.form.asked["measures"]}
    StoredTrouble.objects.bulk_create(
        StoredTrouble(
            collection_id=file.form.collection_id,
            body=file.form.body,
            measure_id=one.measure if one.measure in asked else None,
            field=one.field or "",
            kind=one.kind,
            sentence=one.sentence,
            values=_plain(one.values),
            written=one.written,
            proposed=as_text(one.proposed),
            file=file,
            where=one.place.where[:100] if one.place else "",
            state=TroubleState.OPEN,
            made_at=now,
        )
        for one in troubles
        if one.kind not in DERIVED
    )


def undo(*, actor: Actor, file: int, now: dt.datetime) -> int:
    """Take a merged file back as a whole: what stood without it stands again. Returns the collection's id.

    Raises
    ------
    NotFound
        There is no such file for this actor.
    Forbidden
        The actor may not collect this plan's progress.
    Conflict
        It was undone already, or the collection is closed.

    """
    found, row = _of_manager(actor, file)
    with transaction.atomic():
        locked = lock(row.pk)
        kept = ReturnedFile.objects.select_for_update().get(pk=file)
        if kept.state == FileState.UNDONE:
            raise Conflict(N_("This file was taken back already."))
        kept.state, kept.undone_by_id, kept.undone_at = FileState.UNDONE, actor.person, now
        kept.save(update_fields=["state", "undone_by", "undone_at"])
        settle(locked, found.form.body, now)
        _audit(actor, "progress.undo", kept, now)
    return row.pk


def _of_manager(actor: Actor, file: int) -> tuple[ReturnedFile, Collection]:
    rows = ReturnedFile.objects.select_related("form")
    found = rows.filter(pk=file).first()
    if found is None:
        raise NotFound(NO_FILE)
    try:
        row = the_collection(actor, found.form.collection_id)
    except NotFound:
        raise NotFound(NO_FILE) from None
    require_manage(actor, row.plan.organisation_id, path_of(row.plan))
    return found, row


def require_undo(*, actor: Actor, file: int) -> StoredFile:
    """A file that the actor may take back.

    Raises
    ------
    NotFound, Forbidden
        As for :func:`undo`.

    """
    found, row = _of_manager(actor, file)
    return StoredFile(
        id=found.pk,
        collection=row.pk,
        file=found.file,
        sha256=found.sha256,
        body=found.form.body,
        state=FileState(found.state),
        uploaded_by=found.uploaded_by.name,
        uploaded_at=found.uploaded_at,
        returned_by=found.returned_by,
        answers=found.answers.count(),
        troubles=found.troubles.filter(state=TroubleState.OPEN).count(),
    )


def _audit(actor: Actor, action: str, file: ReturnedFile, now: dt.datetime) -> None:
    details = {"sha256": file.sha256, "collection": file.form.collection_id, "form": file.form_id}
    organisation = file.form.collection.plan.organisation_id
    record(
        actor=actor,
        action=action,
        subject=f"returned_file:{file.pk}",
        organisation=organisation,
        now=now,
        details=details,
    )
