"""Open a backup and find it whole, before anything is done with it; needs no site."""

import contextlib
import zipfile
from collections.abc import Iterator
from pathlib import Path

from hashar.errors import InputError
from hashar.i18n import N_
from hashar.operations.backups.manifest import Manifest, read_manifest, verify


@contextlib.contextmanager
def opened(source: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """A backup that was found whole.

    Raises
    ------
    InputError
        There is no such file, it is no backup, it is damaged.

    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = read_manifest(archive)
            verify(archive, manifest)
            yield archive, manifest
    except FileNotFoundError as error:
        raise InputError(N_("There is no file “{path}”."), path=source) from error
    except (zipfile.BadZipFile, EOFError, IsADirectoryError, PermissionError) as error:
        raise InputError(N_("“{path}” is not a backup of Hashar, or it is damaged."), path=source) from error
