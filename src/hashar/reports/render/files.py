"""Writing so that a file is either whole or not there: beside the target first, then renamed over it."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from hashar.errors import OutputError
from hashar.i18n import N_

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def output_error(error: OSError, path: Path) -> OutputError:
    """What the operating system said about ``path``, as one sentence with the remedy."""
    if error.errno in _FULL:
        return OutputError(
            N_("The disk is full: “{path}” was not written. Free some space or choose another folder."), path=path
        )
    if error.errno in _FORBIDDEN:
        return OutputError(N_("“{path}” may not be written there (no permission). Choose another folder."), path=path)
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return OutputError(N_("“{path}” needs a folder where there is a file. Choose another place."), path=path)
    if error.errno == errno.EISDIR:
        return OutputError(N_("“{path}” is a folder. Give the name of a file."), path=path)
    reason = error.strerror or type(error).__name__
    return OutputError(N_("“{path}” could not be written: {reason}. Choose another place."), path=path, reason=reason)


def write_bytes(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` whole or not at all; make the folder if there is none.

    Raises
    ------
    OutputError
        Disk full, no permission, a folder of that name, a file in the way of the folder.

    """
    temporary: Path | None = None
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if path.exists() and not path.is_file():
            path.write_bytes(content)  # a device or pipe is written to, not replaced
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", suffix=".part", dir=path.parent)
        temporary = Path(name)
        with open(descriptor, "wb") as file:  # noqa: PTH123  (an open descriptor has no path)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
        temporary = None
    except OSError as error:
        raise output_error(error, path) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def write_text(path: Path, content: str) -> None:
    """As :func:`write_bytes`, UTF-8."""
    write_bytes(path, content.encode())


@contextlib.contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """Give an empty folder in ``folder`` (beside it when it is new); at the end move every file in it there, or none.

    Files of the same names in ``folder`` are replaced, others stay. Sub-folders are kept. An ``OSError`` in the block
    becomes an :class:`~hashar.errors.OutputError`, so inputs must be read before.
    """
    stage: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if folder.exists() and not folder.is_dir():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        check_folder(folder)
        beside = folder if folder.exists() else folder.parent  # a disk mounted at the folder is not its parent's
        stage = Path(tempfile.mkdtemp(prefix=f".{folder.name[:100]}.", suffix=".part", dir=beside))
        yield stage
        _move(stage, folder)
    except OSError as error:
        raise output_error(error, folder) from error
    finally:
        if stage is not None:
            shutil.rmtree(stage, ignore_errors=True)


def check_folder(folder: Path) -> None:
    """Find out before hours of work whether files can be made in ``folder`` (or in the nearest one above that exists).

    Raises
    ------
    OutputError
        No permission, a read-only disk, a file in the way.

    """
    existing = folder
    while not existing.exists() and existing != existing.parent:
        existing = existing.parent
    try:
        with tempfile.NamedTemporaryFile(prefix=".hashar.", suffix=".part", dir=existing):
            pass
    except OSError as error:
        raise output_error(error, folder) from error


def _move(stage: Path, folder: Path) -> None:
    files = sorted(path for path in stage.rglob("*") if path.is_file())
    for path in files:
        with path.open("rb") as file:
            os.fsync(file.fileno())
    for path in files:
        target = folder / path.relative_to(stage)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
