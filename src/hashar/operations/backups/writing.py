"""Write a backup: whole or not at all, and never over another file."""

import contextlib
import datetime as dt
import errno
import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from pathlib import Path

from django.db import connections

from hashar.errors import Conflict, EngineError, NotFound, UsageError
from hashar.i18n import N_
from hashar.operations.backups import folder as data
from hashar.operations.backups import rows
from hashar.operations.backups.manifest import CHUNK, FILES, FORMAT, MANIFEST, ROWS, Manifest, Part
from hashar.operations.backups.snapshot import snapshot
from hashar.operations.errors import database_away
from hashar.operations.migrations import DEFAULT, applied, models_at
from hashar.people.contracts import ANONYMOUS
from hashar.people.services import audit
from hashar.reports.render.files import check_folder, output_error

PACKED = {".parquet", ".zip", ".xlsx", ".docx", ".pdf", ".png", ".zsav", ".gz"}
"""Files that do not get smaller."""
TRIES = 3
NOTE = "last-backup"

Progress = Callable[[str, int, int], None]


def write_backup(*, target: Path, source: Path, now: dt.datetime, progress: Progress, using: str = DEFAULT) -> Manifest:
    """Write everything of the site into one new file, while the site goes on.

    Parameters
    ----------
    target
        The file; it must not be there yet.
    source
        The data folder.
    now
        What time it is.
    progress
        Told how far it is.
    using
        The database.

    Raises
    ------
    UsageError
        The target is there already, or lies where the next backup would swallow it.
    OutputError
        Disk full, no permission.
    EngineError
        The database does not answer; the data folder changes all the time.

    """
    _check_target(target, source)
    part: Path | None = None
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", suffix=".part", dir=target.parent)
        part = Path(name)
        os.close(descriptor)
        with database_away():
            manifest = _steady(part, source, now, progress, using)
            audit.record(actor=ANONYMOUS, action="site.backup", subject="site", organisation=None, now=now)
        _publish(part, target)
    except (OSError, sqlite3.Error) as error:
        raise output_error(error if isinstance(error, OSError) else OSError(errno.ENOSPC, ""), target) from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)
    _note(source, target, now)
    return manifest


def _check_target(target: Path, source: Path) -> None:
    if target.exists():
        raise UsageError(
            N_("“{path}” is there already; a backup never replaces a file. Give another name."), path=target
        )
    inside = target.absolute()
    if inside.is_relative_to(source.absolute()) and not inside.is_relative_to(source.absolute() / "backups"):
        raise UsageError(
            N_("“{path}” lies in the data folder itself. Write the backup to another disk, or to “backups” there."),
            path=target,
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise output_error(error, target) from error
    check_folder(target.parent)


def _steady(part: Path, source: Path, now: dt.datetime, progress: Progress, using: str) -> Manifest:
    """Rows and files that belong together: when files went meanwhile, begin again."""
    for _ in range(TRIES):
        before = set(data.kept(source))
        with contextlib.suppress(FileNotFoundError), snapshot(using, source) as still:
            files = list(data.kept(source))
            if before <= set(files):
                return _write(part, source, files, now, progress, still)
    raise EngineError(N_("Files of the site were deleted while they were backed up. Try again in a minute."))


def _write(part: Path, source: Path, files: list[Path], now: dt.datetime, progress: Progress, using: str) -> Manifest:
    steps = applied(using)
    if not steps:
        raise NotFound(N_("There is no site here yet. “hashar serve” makes one; --data names another folder."))
    models = rows.tables(models_at(steps))
    parts: dict[str, Part] = {}
    counts: dict[str, int] = {}
    whole = len(models) + len(files)
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for done, model in enumerate(models):
            progress(N_("Rows"), done, whole)
            label = model._meta.label
            name = f"{ROWS}{label}.jsonl"
            counter = _Counter(rows.lines(model, using))
            parts[name] = _put(archive, name, counter, packed=False)
            counts[label] = counter.count
        for done, path in enumerate(files, start=len(models)):
            progress(N_("Files"), done, whole)
            name = FILES + path.relative_to(source).as_posix()
            parts[name] = _put(archive, name, _pieces(path), packed=path.suffix in PACKED)
        manifest = Manifest(
            format=FORMAT,
            version=metadata.version("hashar"),
            made_at=now.isoformat(),
            database=connections[using].vendor,
            migrations=tuple(steps),
            rows=counts,
            sequences=rows.last_numbers(models, using),
            parts=parts,
        )
        archive.writestr(MANIFEST, manifest.text())
    progress("", whole, whole)
    return manifest


class _Counter:
    """Counts what passes through."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self.count = 0
        self._lines = lines

    def __iter__(self) -> Iterator[bytes]:
        for line in self._lines:
            self.count += 1
            yield line


def _put(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes], *, packed: bool) -> Part:
    """Add one part as it comes; its size and digest."""
    size, digest = 0, hashlib.sha256()
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    with archive.open(info, "w", force_zip64=True) as member:
        for piece in pieces:
            member.write(piece)
            digest.update(piece)
            size += len(piece)
    return Part(size, digest.hexdigest())


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece


def _publish(part: Path, target: Path) -> None:
    """Give the finished file its name, unless something has that name by now."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    try:
        os.link(part, target)
    except FileExistsError as error:
        raise Conflict(N_("“{path}” appeared in the meantime. Give another name."), path=target) from error
    except OSError:  # a disk without links (FAT on a stick)
        part.replace(target)


def _note(source: Path, target: Path, now: dt.datetime) -> None:
    """Remember when and where, for the doctor."""
    with contextlib.suppress(OSError):
        text = json.dumps({"at": now.isoformat(), "path": str(target.absolute())})
        (source / NOTE).write_text(text, encoding="utf-8")
