"""Log lines without personal data: what failed and where in the program, never what somebody typed."""

import logging
import re
import traceback
from types import TracebackType
from typing import TypeAlias

from django.db import DatabaseError

ExcInfo: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
SECRET_ADDRESS = re.compile(r"(/join/)[^/\s]+")
"""An invitation's code stands in its address: whoever has it can join."""
FRAMES = 6
"""So many of the last frames of our own program are shown."""


class Plain(logging.Formatter):
    """One line for a record; of an exception its class and the places in the program, on the same line.

    The text of an exception is left out: a database quotes in it the row that it refused.
    """

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802  (the name logging calls)
        """Class and places."""
        kind, _, where = ei
        if kind is None:
            return ""
        frames = traceback.extract_tb(where)
        ours = [frame for frame in frames if "hashar" in frame.filename.replace("\\", "/").split("/")] or frames
        places = " < ".join(
            f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in reversed(ours[-FRAMES:])
        )
        return f"{kind.__module__}.{kind.__name__} at {places}"

    def format(self, record: logging.LogRecord) -> str:
        """As its parent, on one line, the codes of invitations left out."""
        record.exc_text = None  # another handler may have put the whole text there
        return SECRET_ADDRESS.sub(r"\1…", super().format(record).replace("\n", " | "))


class Foreseen(logging.Filter):
    """Lets through what those who run the site should see; not what strangers and outages cause by the hundred."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written; a database that is away is told without its places."""
        if record.name == "django.security.DisallowedHost":
            return False
        if record.exc_info and isinstance(record.exc_info[1], DatabaseError):
            record.exc_info = (None, None, None)
            record.msg, record.args = f"{record.getMessage()} (the database is away or refused)", ()
        return True


def _short(filename: str) -> str:
    parts = filename.replace("\\", "/").split("/")
    return "/".join(parts[parts.index("hashar") :]) if "hashar" in parts else parts[-1]
