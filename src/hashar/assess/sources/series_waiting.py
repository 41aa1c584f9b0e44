"""Where a register file waits between upload and decision: in the data folder, for a day, for the site alone."""

import contextlib
import datetime as dt
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from hashar.assess.sources.microdata import Arrived, Store
from hashar.errors import NotFound, OutputError
from hashar.i18n import N_


@dataclass(frozen=True)
class WaitingRoom:
    """The folder ``imports`` below the data folder: one folder of a random name for each file."""

    data: Path

    def take(self, content: BinaryIO, name: str, limit: int) -> tuple[str, Arrived]:
        """Receive a file whole; returns its folder's name and what arrived.

        Raises
        ------
        InputError
            There is nothing in it, or it broke off.
        TooLarge
            There is more than ``limit`` bytes in it.
        OutputError
            The disk is full, or may not be written.

        """
        with Store(self.data).arriving(content, name, limit) as arrived:
            folder = secrets.token_hex(16)
            try:
                home = self.data / "imports" / folder
                home.parent.mkdir(mode=0o700, exist_ok=True)
                home.mkdir(mode=0o700)
                kept = arrived.path.replace(home / name)
            except OSError as error:
                raise OutputError(
                    N_("The disk of this site is full: nothing was stored. Tell those who run the site.")
                ) from error
            return folder, Arrived(kept, arrived.sha256, arrived.size)

    def path(self, folder: str, name: str) -> Path:
        """Where a waiting file is.

        Raises
        ------
        NotFound
            It is not there (any more).

        """
        path = self.data / "imports" / folder / name
        if not folder or not path.is_file():
            raise NotFound(N_("The file is no longer waiting: it is kept for a day only. Upload it again."))
        return path

    def drop(self, folder: str) -> None:
        """Delete a waiting file; what is gone already is gone."""
        if folder:
            shutil.rmtree(self.data / "imports" / folder, ignore_errors=True)

    def strangers(self, known: Iterable[str], *, before: dt.datetime) -> list[str]:
        """Folders that no row knows and that are older than ``before``: what a power cut left."""
        wanted = set(known)
        found = []
        for home in (self.data / "imports").glob("*"):
            with contextlib.suppress(OSError):
                if home.name not in wanted and home.stat().st_mtime < before.timestamp():
                    found.append(home.name)
        return sorted(found)
