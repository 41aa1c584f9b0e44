"""Restore a backup into an empty site: checked first, then all of it or nothing."""

import contextlib
import datetime as dt
import errno
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from hashar.errors import Conflict, InputError
from hashar.i18n import N_
from hashar.operations.backups import folder as data
from hashar.operations.backups import rows
from hashar.operations.backups.manifest import CHUNK, FILES, ROWS, Manifest, digest_of
from hashar.operations.backups.reading import opened
from hashar.operations.backups.target import empty_database, migrate_to, refuse_occupied
from hashar.operations.errors import database_away
from hashar.operations.migrations import DEFAULT, latest, models_at, refuse_newer
from hashar.operations.preparing import prepare
from hashar.people.contracts import ANONYMOUS
from hashar.people.services import audit
from hashar.reports.render.files import output_error

KEY = "secret-key"

Progress = Callable[[str, int, int], None]


def restore_backup(*, source: Path, target: Path, now: dt.datetime, progress: Progress) -> Manifest:
    """Put a backup into an empty data folder and an empty database, of either kind, and bring it to this version.

    The files come first and the database last, in one step: until then the site is as empty as before, and restoring
    again does the rest.

    Parameters
    ----------
    source
        The backup.
    target
        The data folder.
    now
        What time it is.
    progress
        Told how far it is.

    Raises
    ------
    InputError
        The backup is damaged, or a row does not fit the database.
    Conflict
        There is a site already, or the backup is of a newer version.
    OutputError
        Disk full, no permission.
    EngineError
        The database does not answer.

    """
    progress(N_("Checking the backup"), 0, 1)
    with opened(source) as (archive, manifest), database_away():
        refuse_newer(MigrationLoader(None), set(manifest.migrations))
        refuse_occupied(DEFAULT)
        _refuse_files(target, manifest)
        try:
            with _staged(archive, manifest, target, progress) as stage, empty_database(DEFAULT, target) as alias:
                _fill(archive, manifest, alias, progress)
                _move_in(stage, target)
        except OSError as error:
            raise output_error(error, target) from error
        prepare(now=now)
        audit.record(actor=ANONYMOUS, action="site.restore", subject="site", organisation=None, now=now)
    progress("", 1, 1)
    return manifest


def _refuse_files(target: Path, manifest: Manifest) -> None:
    """Files in the way are somebody's; those of this very backup are what an interrupted restore left."""
    for path in data.kept(target):
        name = path.relative_to(target).as_posix()
        part = manifest.parts.get(FILES + name)
        with path.open("rb") as content:
            ours = part is not None and path.stat().st_size == part.size and digest_of(content) == part.sha256
        if name != KEY and not ours:
            raise Conflict(
                N_("There is “{path}” in the data folder already. Name an empty one with --data."), path=path
            )


@contextlib.contextmanager
def _staged(archive: zipfile.ZipFile, manifest: Manifest, target: Path, progress: Progress) -> Iterator[Path]:
    """The files of the backup in a folder beside their place."""
    names = [name for name in manifest.parts if name.startswith(FILES)]
    wanted = sum(manifest.parts[name].size for name in manifest.parts)
    if shutil.disk_usage(target).free < wanted:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=target) as scratch:
        stage = Path(scratch)
        for done, name in enumerate(names):
            progress(N_("Files"), done, len(names))
            path = stage / _inside(name, archive)
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with archive.open(name) as content, os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
                shutil.copyfileobj(content, file, CHUNK)
                file.flush()
                os.fsync(file.fileno())
        yield stage


def _inside(name: str, archive: zipfile.ZipFile) -> PurePosixPath:
    """The file's place in the data folder; a name that leads out of it was not written by us."""
    path = PurePosixPath(name.removeprefix(FILES))
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
        raise InputError(N_("“{path}” is not a backup of Hashar, or it is damaged."), path=archive.filename)
    return path


def _move_in(stage: Path, target: Path) -> None:
    for path in sorted(stage.rglob("*")):
        place = target / path.relative_to(stage)
        if path.is_dir():
            place.mkdir(mode=0o700, exist_ok=True)
        else:
            path.replace(place)


def _fill(archive: zipfile.ZipFile, manifest: Manifest, using: str, progress: Progress) -> None:
    """Every row, into tables as they were when the backup was made."""
    steps = list(manifest.migrations)
    migrate_to(latest(steps), using)
    models = [model for model in rows.tables(models_at(steps)) if model._meta.label in manifest.rows]
    with transaction.atomic(using=using):
        rows.defer_references(using)
        for done, model in enumerate(models):
            progress(N_("Rows"), done, len(models))
            rows.clear(model, using)
            with archive.open(f"{ROWS}{model._meta.label}.jsonl") as lines:
                found = _fitting(model, lines, using)
            if found != manifest.rows[model._meta.label]:
                raise InputError(N_("“{path}” is not a backup of Hashar, or it is damaged."), path=archive.filename)
        rows.set_last_numbers(models, manifest.sequences, using)
        rows.check_references(using)


def _fitting(model: type[Model], lines: Iterable[bytes], using: str) -> int:
    try:
        return rows.load(model, lines, using)
    except (DataError, IntegrityError, ValueError, ValidationError) as error:
        raise rows.misfit(model, error) from error
