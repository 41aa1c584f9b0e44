"""What a reader of one file format hands over, and how columns are chosen and named the same way for all formats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hashar.assess.contracts.table import Column, Note
from hashar.assess.rules.names import close_match
from hashar.errors import InputError
from hashar.i18n import N_


@dataclass(frozen=True, eq=False)
class Raw:
    """Columns of one file with the notes of its reader."""

    columns: Mapping[str, Column]
    rows: int
    file_label: str = ""
    notes: Sequence[Note] = ()


def choose(file: str, present: Sequence[str], wanted: Sequence[str] | None) -> list[str]:
    """The columns to read, in the order of the file; every name that is not there is an error with its close match."""
    if wanted is None:
        return list(present)
    missing = [name for name in dict.fromkeys(wanted) if name not in set(present)]
    problems = [missing_column(file, present, name) for name in missing]
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise InputError(
            N_("{file}: {count} columns asked for are not in the file: {names}. Check the names, capital letters too."),
            problems=problems,
            file=file,
            count=len(problems),
            names=", ".join(missing),
        )
    keep = set(wanted)
    return [name for name in present if name in keep]


def missing_column(file: str, present: Sequence[str], name: str) -> InputError:
    """The sentence for one column that is not in the file."""
    close = close_match(name, present)
    if close:
        return InputError(
            N_('{file}: there is no column "{name}"; did you mean "{close}"?'), file=file, name=name, close=close
        )
    shown = ", ".join(present[:12]) + (", …" if len(present) > 12 else "")
    return InputError(
        N_('{file}: there is no column "{name}"; the file has {columns}.'), file=file, name=name, columns=shown
    )


def unique_names(file: str, names: Sequence[str]) -> None:
    """Refuse two columns of one name, saying where they are."""
    seen: dict[str, int] = {}
    for position, name in enumerate(names, start=1):
        if name in seen:
            raise InputError(
                N_('{file}: columns {first} and {second} are both named "{name}"; give each column its own name.'),
                file=file,
                first=seen[name],
                second=position,
                name=name,
            )
        seen[name] = position


def no_rows(file: str) -> InputError:
    """The sentence for a file with column names but no data."""
    return InputError(
        N_("{file}: the file has column names but no rows of data; choose the file with the questionnaires."), file=file
    )
