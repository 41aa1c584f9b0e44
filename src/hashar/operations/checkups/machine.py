"""The machine: data folder, disk, secret key, fonts, backups."""

import contextlib
import datetime as dt
import json
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from django.conf import settings

from hashar.i18n import N_
from hashar.operations.backups.folder import kept
from hashar.operations.backups.writing import NOTE
from hashar.operations.checkups.findings import Finding, caution, good, wrong

LITTLE, ALMOST_NONE = 2_000_000_000, 200_000_000
"""Bytes free on the disk below which somebody should look, and below which writing will soon fail."""
OLD = dt.timedelta(days=7)
SHORT = 50
"""A secret key of fewer characters can be guessed."""
FONTS = ("Inter-Regular.ttf", "Inter-Italic.ttf", "Inter-SemiBold.ttf", "Inter-Regular.woff2", "Inter-SemiBold.woff2")
LEAD = dt.timedelta(minutes=5)
"""A file may be so much younger than the clock says: clocks of network disks differ."""


def data_folder() -> Iterator[Finding]:
    """Whether it may be written, and only by us."""
    folder = Path(settings.DATA)
    try:
        with tempfile.NamedTemporaryFile(prefix=".hashar-", dir=folder):
            pass
    except OSError as error:
        yield wrong(
            N_("The data folder {path} cannot be written ({reason})."),
            N_("Give it to the user who runs Hashar, or name another with HASHAR_DATA."),
            path=folder,
            reason=error.strerror,
        )
        return
    others = stat.S_IMODE(folder.stat().st_mode) & 0o077
    if sys.platform != "win32" and others:
        yield wrong(
            N_("Other users of this computer can look into the data folder {path}."),
            N_("chmod 700 {path}"),
            path=folder,
        )
        return
    yield good(N_("Data folder: {path}"), path=folder)


def disk() -> Iterator[Finding]:
    """How much is left."""
    free = shutil.disk_usage(settings.DATA).free
    size = round(free / 1e9, 1)
    if free < ALMOST_NONE:
        yield wrong(
            N_("The disk of the data folder is almost full: {size} GB are free."),
            N_("Free some space, or move the data folder to a larger disk. Nothing can be uploaded meanwhile."),
            size=size,
        )
    elif free < LITTLE:
        yield caution(
            N_("The disk of the data folder has {size} GB left."), N_("Free some space before it is full."), size=size
        )
    else:
        yield good(N_("Disk: {size} GB free"), size=size)


def secret_key() -> Iterator[Finding]:
    """Whether it is long, and nobody else reads it."""
    path = Path(settings.DATA) / "secret-key"
    if len(settings.SECRET_KEY) < SHORT:
        yield wrong(
            N_("The secret key is too short ({length} characters)."),
            N_("Set HASHAR_SECRET_KEY to at least {least} random characters, or leave it out: Hashar makes its own."),
            length=len(settings.SECRET_KEY),
            least=SHORT,
        )
    elif sys.platform != "win32" and path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield wrong(
            N_("Other users of this computer can read the secret key {path}."), N_("chmod 600 {path}"), path=path
        )
    else:
        yield good(N_("Secret key: in place"))


def report_fonts() -> Iterator[Finding]:
    """Whether reports can be set."""
    missing = [name for name in FONTS if not files("hashar.reports.render").joinpath("fonts", name).is_file()]
    if missing:
        yield wrong(
            N_("Fonts of the reports are missing: {names}."),
            N_("Install Hashar again; its files are incomplete."),
            names=", ".join(missing),
        )
    else:
        yield good(N_("Fonts: in place"))


def backups(now: dt.datetime) -> Iterator[Finding]:
    """How old the last one is, and where."""
    try:
        note = json.loads((Path(settings.DATA) / NOTE).read_text(encoding="utf-8"))
        at, path = dt.datetime.fromisoformat(note["at"]), Path(note["path"])
    except (OSError, ValueError, KeyError, TypeError):
        yield caution(
            N_("This site was never backed up."),
            N_("hashar backup FILE, to another disk, every night; see the how-to."),
        )
        return
    days = (now - at).days
    if now - at > OLD:
        yield caution(N_("The last backup is {days} days old."), N_("hashar backup FILE, every night."), days=days)
    elif path.is_relative_to(Path(settings.DATA)):
        yield caution(
            N_("The last backup lies on the same disk as the site: {path}"),
            N_("Copy it to another disk, and that to another building."),
            path=path,
        )
    else:
        yield good(N_("Last backup: {path}, {days} days old"), path=path, days=days)


def clock(now: dt.datetime) -> Iterator[Finding]:
    """Whether it is not behind what was written."""
    newest = now
    for path in kept(Path(settings.DATA)):
        with contextlib.suppress(OSError):
            newest = max(newest, dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC))
    if newest - now > LEAD:
        yield wrong(
            N_("The clock of this computer is behind: it says {now}, but a file was written at {newest}."),
            N_("Set the clock. Codes of the second factor and expiry dates depend on it."),
            now=f"{now:%Y-%m-%d %H:%M}",
            newest=f"{newest:%Y-%m-%d %H:%M}",
        )
    else:
        yield good(N_("Clock: {now} UTC"), now=f"{now:%Y-%m-%d %H:%M}")
