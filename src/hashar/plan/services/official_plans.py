"""Read an official plan from its Word or Excel file."""

from pathlib import Path

from hashar.errors import InputError, TooLarge
from hashar.i18n import N_
from hashar.plan.contracts.official import PlanReading
from hashar.plan.rules.reading import read_edition
from hashar.plan.sources.plan_files import read_plan_file

MOST_BYTES = 30_000_000
"""A plan larger than this is full of pictures."""


def read_plan(*, content: bytes, name: str, language: str = "") -> PlanReading:
    """The plan of a file, understood, with everything that was unsure.

    Parameters
    ----------
    content
        The file's bytes; nothing in them is run, and nothing outside is fetched.
    name
        What it is called in sentences.
    language
        ``ru``, ``kk`` or ``en``: read only its tables in this language; empty: the language of its first table.

    Raises
    ------
    InputError
        It is no Word or Excel file, cannot be read, or holds no table of a plan; the sentence says what to do.
    TooLarge
        It is far larger than a plan.

    """
    if len(content) > MOST_BYTES:
        raise TooLarge(
            N_("{file} is larger than {size} MB; keep only the plan itself."), file=name, size=MOST_BYTES // 1_000_000
        )
    return read_edition(read_plan_file(content, name), language)


def read_plan_at(*, path: Path, language: str = "") -> PlanReading:
    """The same for a file on the disk."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(N_("{file} cannot be read ({reason})."), file=path.name, reason=error.strerror) from None
    return read_plan(content=content, name=path.name, language=language)
