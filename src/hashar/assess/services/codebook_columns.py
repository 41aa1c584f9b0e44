"""What a survey file's columns are called and which codes they hold: what the form of a codebook chooses from."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from hashar.assess.contracts.table import MissingKind, SurveyTable
from hashar.assess.services.surveys import read_file, takes_long, the_file
from hashar.errors import HasharError
from hashar.people.contracts import Actor

MOST_CODES = 60
"""A column with more different values is a number or an identifier: its codes are not listed."""
FORM = 1
"""Counts up when the kept form changes."""


@dataclass(frozen=True)
class FileCode:
    """One code of a column. No counts: how many pupils gave an answer is microdata."""

    code: int | float | str
    label: str
    missing: str = ""
    """Kind of missing that the file or the label says; empty for an answer."""
    occurs: bool = True
    """Whether anybody has it."""


@dataclass(frozen=True)
class FileColumn:
    """One column of a survey file."""

    name: str
    label: str
    words: bool
    """It holds words, not numbers."""
    codes: tuple[FileCode, ...] = ()
    """Empty where there are too many to list."""


def file_columns(*, actor: Actor, survey: int, file: int, now: dt.datetime) -> Mapping[str, FileColumn]:
    """The columns of a survey file with their codes and labels; nothing about single pupils, and no counts.

    The file is read once and the reading noted in the audit trail; afterwards a copy of the answer is used. A file that
    is too large to wait for, or that cannot be read, has no columns here: its names are typed instead.

    Raises
    ------
    NotFound
        There is no such survey or file for this actor.
    Forbidden
        The actor is no analyst of the organisation that owns it.

    """
    row = the_file(actor, survey, file)
    kept = Path(settings.DATA) / "cache" / "columns" / f"{row.sha256}.{FORM}.json"
    if kept.exists():
        return _restored(json.loads(kept.read_text("utf-8")))
    if takes_long(row):
        return {}
    try:
        found = _columns(read_file(actor=actor, file=row, purpose="columns", now=now))
    except HasharError:
        return {}
    kept.parent.mkdir(parents=True, exist_ok=True)
    beside = kept.with_suffix(f".{row.pk}.part")
    beside.write_text(json.dumps([asdict(one) for one in found], ensure_ascii=False), "utf-8")
    beside.replace(kept)
    return {one.name: one for one in found}


def _restored(rows: Sequence[Mapping[str, object]]) -> Mapping[str, FileColumn]:
    found = {}
    for row in rows:
        codes = row["codes"]
        listed = tuple(FileCode(**code) for code in codes) if isinstance(codes, list) else ()
        found[str(row["name"])] = FileColumn(str(row["name"]), str(row["label"]), bool(row["words"]), listed)
    return found


def _columns(table: SurveyTable) -> list[FileColumn]:
    from hashar.assess.rules.guesses import answers_of  # noqa: PLC0415  (numbers: not at start)

    found = []
    for name, column in table.columns.items():
        answers = answers_of(column)
        labels = dict(column.value_labels)
        kinds: dict[int | float | str, str] = {
            code: kind.name.lower() for code, kind in answers.missing.items() if kind is not MissingKind.ANSWERED
        }
        codes: tuple[FileCode, ...] = ()
        known = [*dict.fromkeys([*answers.counts, *labels, *kinds])]
        if len(known) <= MOST_CODES:
            tagged = column.tags is not None
            codes = tuple(
                FileCode(
                    _written(code, tagged=tagged),
                    labels.get(code, ""),
                    kinds.get(code, ""),
                    code in answers.counts or code in answers.missing,
                )
                for code in sorted(known, key=_order)
            )
        found.append(FileColumn(name, column.label, column.is_text, codes))
    return found


def _written(code: float | str, *, tagged: bool) -> int | float | str:
    """A code as the codebook writes it: whole numbers without a point, Stata's letters with one."""
    if isinstance(code, str):
        return f".{code}" if tagged and len(code) == 1 else code
    return int(code) if float(code).is_integer() else float(code)


def _order(code: float | str) -> tuple[bool, float, str]:
    return (True, 0.0, code) if isinstance(code, str) else (False, float(code), "")
