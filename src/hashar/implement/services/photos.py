"""Photos of activities: in the data folder, without what the camera wrote into them, for the organisations concerned.

``photos/<activity>/<sha256>.<kind>``; a photo is there whole or not at all, and backups hold it like every other file.
"""

import contextlib
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from hashar.errors import NotFound, OutputError, TooLarge
from hashar.i18n import N_
from hashar.implement.queries.activity_rows import organisations_of, the_activity
from hashar.implement.rules.activity_rights import concerned
from hashar.intake.pictures import without_metadata
from hashar.people.contracts import Actor

MOST_BYTES = 12_000_000


@dataclass(frozen=True)
class Taken:
    """A photo as it will be kept."""

    kind: str
    content: bytes
    sha256: str
    came: str
    """Fingerprint of the file as it was sent."""


def taken(photo: BinaryIO | None) -> Taken | None:
    """Read a photo and leave all but the picture behind; None where there is none.

    Raises
    ------
    TooLarge
        It has more bytes than this site takes.
    InputError
        It is of another kind, or damaged.

    """
    if photo is None:
        return None
    sent = photo.read(MOST_BYTES + 1)
    if len(sent) > MOST_BYTES:
        raise TooLarge(
            N_("The photo is larger than {limit} MB. Send a smaller one, or none."), limit=MOST_BYTES // 1_000_000
        )
    kind, content = without_metadata(sent)
    return Taken(kind, content, hashlib.sha256(content).hexdigest(), hashlib.sha256(sent).hexdigest())


def keep(activity: int, photo: Taken | None) -> None:
    """Write a photo where it stays. Call it last in the transaction: what fails here undoes the rest.

    Raises
    ------
    OutputError
        The disk is full, or may not be written.

    """
    if photo is None:
        return
    target = _path(activity, photo.sha256, photo.kind)
    part = target.with_suffix(".part")
    try:
        for folder in (target.parent.parent, target.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(photo.content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise OutputError(N_("The photo cannot be kept: the disk is full or may not be written.")) from error


def remove(activity: int, sha256: str, kind: str) -> None:
    """Delete a photo; what is gone already is gone."""
    with contextlib.suppress(OSError):
        _path(activity, sha256, kind).unlink(missing_ok=True)


def photo(actor: Actor, activity: int) -> tuple[str, bytes]:
    """Kind and content of an activity's photo, for members of the organisations concerned.

    Raises
    ------
    NotFound
        There is none, or the actor belongs to no organisation concerned.

    """
    row = the_activity(actor, activity)
    if row.photo and concerned(actor, organisations_of(row)):
        with contextlib.suppress(OSError):
            return row.photo_kind, _path(row.pk, row.photo, row.photo_kind).read_bytes()
    raise NotFound(N_("There is no photo, or only members of the organisations concerned see it."))


def _path(activity: int, sha256: str, kind: str) -> Path:
    return Path(settings.DATA) / "photos" / str(activity) / f"{sha256}.{kind}"
