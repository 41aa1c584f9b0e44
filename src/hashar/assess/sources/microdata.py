"""Where uploaded survey files live: in the data folder, outside the database, readable by the site's own account alone.

``uploads/`` holds what is still arriving, ``microdata/<survey>/<sha256>/<name>`` what is kept. A file is there whole or
not at all; its name and folder never change, and nothing ever writes to it again.
"""

import contextlib
import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from hashar.errors import InputError, OutputError, TooLarge
from hashar.i18n import N_

CHUNK = 1 << 20
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True)
class Arrived:
    """A file that arrived whole."""

    path: Path
    sha256: str
    size: int


@dataclass(frozen=True)
class Store:
    """The folders of microdata below the data folder."""

    data: Path

    @contextlib.contextmanager
    def arriving(self, content: BinaryIO, name: str, limit: int) -> Iterator[Arrived]:
        """Write ``content`` into a folder of its own under its own name, at most ``limit`` bytes; gone at the end.

        Raises
        ------
        InputError
            There is nothing in it, or it broke off.
        TooLarge
            There is more in it.
        OutputError
            The disk is full, or may not be written.

        """
        place = None
        try:
            with _written():
                place = Path(tempfile.mkdtemp(prefix="", dir=_private(self.data / "uploads")))
                arrived = _receive(content, place / name, limit)
            yield arrived
        finally:
            if place is not None:
                shutil.rmtree(place, ignore_errors=True)

    def keep(self, arrived: Arrived, survey: int) -> Path:
        """Move a file that arrived to where it stays, in one step.

        Raises
        ------
        OutputError
            The disk is full, or may not be written.

        """
        with _written():
            _private(_private(self.data / "microdata") / str(survey))
            home = _private(self.home(survey, arrived.sha256))
            kept = home / arrived.path.name
            arrived.path.replace(kept)
            _sync(home)
            return kept

    def home(self, survey: int, sha256: str) -> Path:
        """The folder of one file."""
        return self.data / "microdata" / str(survey) / sha256

    def path(self, survey: int, sha256: str, name: str) -> Path:
        """Where a file is kept.

        Raises
        ------
        InputError
            It is not there: the data folder was restored without it, say.

        """
        path = self.home(survey, sha256) / name
        if not path.is_file():
            raise InputError(N_("{file} is no longer in the data folder of this site; upload it again."), file=name)
        return path

    def remove(self, survey: int, sha256: str) -> None:
        """Delete a file; what is gone already is gone."""
        shutil.rmtree(self.home(survey, sha256), ignore_errors=True)
        with contextlib.suppress(OSError):
            (self.data / "microdata" / str(survey)).rmdir()

    def sweep(self, known: Iterable[tuple[int, str]], before: float) -> list[Path]:
        """Delete what a power cut left; returns the folders.

        These are uploads that never arrived whole, and files that were moved to their place but whose row was never
        written (``known`` are the survey and fingerprint of all present rows). Only what lies there since ``before``
        (seconds since 1970), so that nothing is taken from under an upload that is going on.
        """
        wanted = {(str(survey), sha256) for survey, sha256 in known}
        kept = [path for path in self._folders("microdata/*/*") if (path.parent.name, path.name) not in wanted]
        found = [path for path in [*self._folders("uploads/*"), *kept] if path.stat().st_mtime < before]
        for path in found:
            shutil.rmtree(path, ignore_errors=True)
        return found

    def _folders(self, pattern: str) -> list[Path]:
        return sorted(path for path in self.data.glob(pattern) if path.is_dir())


def _receive(content: BinaryIO, path: Path, limit: int) -> Arrived:
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while chunk := _chunk(content, path.name):
            size += len(chunk)
            if size > limit:
                raise TooLarge(
                    N_("{file} is larger than the {limit} MB that this site takes. Split it, or use “hashar profile”."),
                    file=path.name,
                    limit=limit // 1_000_000,
                )
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if not size:
        raise InputError(N_("{file} is empty (0 bytes); copy it again from its source."), file=path.name)
    return Arrived(path, digest.hexdigest(), size)


def _chunk(content: BinaryIO, name: str) -> bytes:
    try:
        return content.read(CHUNK)
    except (OSError, EOFError, ValueError) as error:
        raise InputError(N_("{file} did not arrive whole; upload it again."), file=name) from error


def _private(folder: Path) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _sync(folder: Path) -> None:
    """Make the move last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def _written() -> Iterator[None]:
    """What the operating system says about the data folder, as one sentence with the remedy."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise OutputError(
                N_("The disk of this site is full: nothing was stored. Tell those who run the site.")
            ) from error
        raise OutputError(
            N_("The data folder of this site cannot be written ({reason}). Tell those who run the site."),
            reason=error.strerror or type(error).__name__,
        ) from error
