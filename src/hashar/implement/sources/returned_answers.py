"""A returned answer file (.json), or an offline form (.html) with its answers inside, as it was written."""

import json
import re
from collections.abc import Iterator, Mapping

from hashar.errors import InputError
from hashar.i18n import N_
from hashar.implement.contracts.form_files import ANSWERS_MARK, Fact, Written, WrittenForm, WrittenRow
from hashar.implement.contracts.progress import Field

MOST_MEASURES = 5_000
LONGEST_NUMBER = 200
_BLOCK = re.compile(
    r"""<script\b[^>]*\bid\s*=\s*["']?hashar-answers\b[^>]*>(.*?)</script\s*>""", re.DOTALL | re.IGNORECASE
)


def answers_in(text: str, name: str) -> Mapping[str, object]:
    """The answers of a file's text: JSON itself, JSON with a message around it, or the block of an offline form.

    Raises
    ------
    InputError
        There are none, or they are damaged.

    """
    block = _BLOCK.search(text)
    if block:
        source = block[1]
    elif ANSWERS_MARK in text:
        source = text[text.find("{") : text.rfind("}") + 1]
    else:
        raise InputError(
            N_("{file} is no form of this site: its hidden keys are missing. Fill in the file that was sent."),
            file=name,
        )
    try:
        found = json.loads(source, parse_int=_number, parse_constant=str)
    except (ValueError, RecursionError):
        raise _cut(name) from None
    if not isinstance(found, dict) or found.get("format") != ANSWERS_MARK:
        raise _cut(name)
    return found


def _number(text: str) -> int | str:
    """No number of a form has hundreds of digits."""
    return int(text) if len(text) < LONGEST_NUMBER else text


def _cut(name: str) -> InputError:
    return InputError(N_("{file} is damaged or cut short. Ask for it once more, sent as a file."), file=name)


def read_answers_file(text: str, name: str, sha256: str) -> WrittenForm:
    """The form of an answer file.

    Raises
    ------
    InputError
        It is no answer file, or damaged.

    """
    found = answers_in(text, name)
    facts = {fact: _text(found.get(fact)) for fact in Fact if _text(found.get(fact))}
    measures = found.get("measures", [])
    if not isinstance(measures, list) or len(measures) > MOST_MEASURES or Fact.KEY not in facts:
        raise _cut(name)
    rows = tuple(row for at, each in enumerate(measures) for row in _row(at, each, facts[Fact.KEY], name))
    return WrittenForm(name, sha256, facts, _text(found.get("returned_by"))[:200], rows)


def _row(at: int, measure: object, key: str, name: str) -> Iterator[WrittenRow]:
    if not isinstance(measure, dict) or not isinstance(answers := measure.get("answers", {}), dict):
        raise _cut(name)
    number = _text(measure.get("number"))
    where = number or str(at + 1)
    fields = {which: Written(text, f"{where}: {which}") for which in Field if (text := _text(answers.get(which)))}
    yield WrittenRow(where, key, _text(measure.get("measure")), number, _text(measure.get("text")), fields)


def _text(value: object) -> str:
    """A value as text; what is neither text nor a number is written as JSON, so that it is seen."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool | int | float):
        return str(value)
    return json.dumps(value, ensure_ascii=False)[:1000]
