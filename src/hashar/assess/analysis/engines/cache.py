"""Prepared surveys kept on disk as memory-mapped arrays, so that the slow step is done once for a file and a design.

One folder per key, an array a file; opening it reads nothing until rows are used, and processes share the pages. A
folder is written beside and renamed, so that a reader never sees half of one.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from hashar.errors import OutputError
from hashar.i18n import N_
from hashar.methods.survey.frame import Frame
from hashar.methods.survey.prepare import Prepared

FORM = 1
"""Changes when the files change, so that old ones are not misread."""

_ARRAYS = ("start", "order", "weights", "answers", "numbers")
_FRAME = ("stratum", "population")


def key_of(sha256: str, parts: Sequence[str]) -> str:
    """The key of a file's content and everything that decides how it is prepared (design, items, codes), in hex."""
    return hashlib.sha256(json.dumps([FORM, sha256, *parts]).encode()).hexdigest()


def load(folder: Path, key: str) -> Prepared | None:
    """The survey kept under ``key``, memory-mapped, or None where there is none that can be read."""
    home = folder / key
    try:
        about = json.loads((home / "about.json").read_text(encoding="utf-8"))
        arrays = {name: np.load(home / f"{name}.npy", mmap_mode="r") for name in (*_ARRAYS, *_FRAME)}
        groups = {name: np.load(home / f"group{at}.npy", mmap_mode="r") for at, name in enumerate(about["groups"])}
    except (OSError, EOFError, ValueError, KeyError):
        return None
    frame = Frame(
        stratum=np.asarray(arrays["stratum"]),
        population=np.asarray(arrays["population"]),
        cluster_names=np.array(about["clusters"], dtype=object),
        stratum_names=np.array(about["strata"], dtype=object),
    )
    kept = {name: arrays[name] for name in _ARRAYS}
    return Prepared(frame=frame, items=tuple(about["items"]), top=about["top"], groups=groups, **kept)


def store(folder: Path, key: str, prepared: Prepared) -> None:
    """Keep ``prepared`` under ``key``; what is there already stays.

    Raises
    ------
    OutputError
        The folder cannot be written.

    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
        try:
            _write(beside, prepared)
            if not (folder / key).exists():
                beside.rename(folder / key)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise OutputError(
            N_("The folder {folder} cannot be written ({reason}): make room, or choose another one."),
            folder=str(folder),
            reason=error.strerror or str(error),
        ) from error


def _write(home: Path, prepared: Prepared) -> None:
    arrays = {name: getattr(prepared, name) for name in _ARRAYS}
    arrays |= {name: getattr(prepared.frame, name) for name in _FRAME}
    arrays |= {f"group{at}": codes for at, codes in enumerate(prepared.groups.values())}
    for name, values in arrays.items():
        with (home / f"{name}.npy").open("wb") as file:
            np.save(file, np.ascontiguousarray(values))
            file.flush()
            os.fsync(file.fileno())
    about = {
        "items": prepared.items,
        "top": prepared.top,
        "groups": list(prepared.groups),
        "clusters": prepared.frame.cluster_names.tolist(),
        "strata": prepared.frame.stratum_names.tolist(),
    }
    (home / "about.json").write_text(json.dumps(about), encoding="utf-8")
