"""What of the data folder belongs in a backup."""

from collections.abc import Iterator
from pathlib import Path

LEFT_OUT = ("static", "cache", "documents", "uploads", "backups", "last-backup")
"""Made anew by the program, still arriving, or backups themselves."""
DATABASE = "hashar.sqlite3"


def kept(folder: Path) -> Iterator[Path]:
    """Every file of the data folder that cannot be made anew, in a stable order; links are not followed."""
    for top in sorted(folder.iterdir()):
        if top.name.startswith((".", DATABASE)) or top.name in LEFT_OUT or top.is_symlink():
            continue
        if top.is_file() and not _passing(top):
            yield top
        elif top.is_dir():
            yield from (
                path
                for path in sorted(top.rglob("*"))
                if path.is_file() and not path.is_symlink() and not _passing(path)
            )


def _passing(path: Path) -> bool:
    """Half-written files and uploads on their way."""
    return path.name.startswith(".") or path.name.endswith((".part", ".upload", ".tmp"))
