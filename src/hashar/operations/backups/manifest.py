"""What is in a backup, and whether it is still what was put in."""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import IO

from hashar.errors import InputError
from hashar.i18n import N_

FORMAT = 1
MANIFEST = "manifest.json"
ROWS = "rows/"
FILES = "files/"
CHUNK = 1 << 20


@dataclass(frozen=True)
class Part:
    """One part of the backup."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """Everything needed to judge a backup before it is restored."""

    format: int
    version: str
    """Of the program that wrote it."""
    made_at: str
    database: str
    """Which database the rows came from; they fit either."""
    migrations: tuple[tuple[str, str], ...]
    rows: Mapping[str, int]
    """Rows of each model, by its label."""
    sequences: Mapping[str, int]
    """The last number given out in each table, so that no number is given twice."""
    parts: Mapping[str, Part]

    def text(self) -> str:
        """As it is written."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """The manifest of a backup.

    Raises
    ------
    InputError
        It is no backup, or of a newer form.

    """
    try:
        found = json.loads(archive.read(MANIFEST))
        if found["format"] > FORMAT:
            raise InputError(
                N_("This backup was made by a newer Hashar ({version}). Install that version to restore it."),
                version=found["version"],
            )
        return Manifest(
            **{
                **found,
                "migrations": tuple((app, name) for app, name in found["migrations"]),
                "parts": {name: Part(**part) for name, part in found["parts"].items()},
            }
        )
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile, EOFError) as error:
        raise InputError(N_("“{path}” is not a backup of Hashar, or it is damaged."), path=archive.filename) from error


def verify(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Read every part and compare it with what was written.

    Raises
    ------
    InputError
        A part is missing, too much, or changed.

    """
    inside = {name for name in archive.namelist() if name != MANIFEST}
    wrong = sorted(inside ^ set(manifest.parts))
    for name, part in manifest.parts.items():
        if name in inside and not _same(archive, name, part):
            wrong.append(name)
    if wrong:
        raise InputError(
            N_("The backup “{path}” is damaged at “{part}”. Nothing was restored. Use another copy of it."),
            path=archive.filename,
            part=wrong[0],
        )


def _same(archive: zipfile.ZipFile, name: str, part: Part) -> bool:
    if archive.getinfo(name).file_size != part.size:
        return False
    try:
        with archive.open(name) as content:
            return digest_of(content) == part.sha256
    except (zipfile.BadZipFile, EOFError, OSError, ValueError):
        return False


def digest_of(content: IO[bytes]) -> str:
    """SHA-256 of what is left to read."""
    digest = hashlib.sha256()
    while piece := content.read(CHUNK):
        digest.update(piece)
    return digest.hexdigest()
