"""A profile as text and back, exactly: what was released is read again as it was, and never computed again.

Beside the release step this is the one place that makes ``Published`` records: it restores what that step published.
A record is an object by field names, a published value ``{"value": …}`` or ``{"suppressed": reason}``, an enum its
value (a kind of missing its name); a number that JSON lacks is the word ``nan``, ``inf`` or ``-inf``.
"""

import dataclasses
import datetime as dt
import json
import math
import types
import typing
from collections.abc import Mapping, Sequence
from enum import Enum, IntEnum
from functools import cache

from hashar.assess.contracts.plain import plain
from hashar.assess.contracts.profile import Profile
from hashar.assess.contracts.published import Figure, Published, Reliability, Suppression

FORM = "hashar.stored-profile/1"
"""Changes when the text changes, so that an old one is not misread."""

_NUMBERS = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


def profile_text(profile: Profile) -> str:
    """The profile as JSON text in one line."""
    content = {"form": FORM, "profile": plain(profile, _scalar)}
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def profile_from(text: str) -> Profile:
    """The profile in a text that :func:`profile_text` wrote.

    Raises
    ------
    ValueError
        The text is of another form.

    """
    content = json.loads(text)
    if content.get("form") != FORM:
        message = f"this text is not of the form {FORM}"
        raise ValueError(message)
    return typing.cast("Profile", _record(Profile, content["profile"]))


def figure_numbers(figure: Published[Figure]) -> dict[str, object]:
    """A published figure as the columns of its row; NaN and infinities, which no column holds, as words beside."""
    if figure.value is None:
        return {"suppressed": figure.suppressed.value if figure.suppressed else ""}
    columns = dataclasses.asdict(figure.value) | {"suppressed": ""}
    undefined = {name: _word(number) for name, number in columns.items() if isinstance(number, float) and _word(number)}
    numbers = {name: None if name in undefined else value for name, value in columns.items()}
    return numbers | {"reliability": figure.value.reliability.value, "undefined": undefined}


def figure_from(
    numbers: Mapping[str, float | None], undefined: Mapping[str, str], reliability: str, suppressed: str
) -> Published[Figure]:
    """The published figure of a row that :func:`figure_numbers` filled."""
    if suppressed:
        return Published(None, Suppression(suppressed))
    whole = {name: _NUMBERS[undefined[name]] if name in undefined else value for name, value in numbers.items()}
    return Published(Figure(**whole, reliability=Reliability(reliability)))  # type: ignore[arg-type]  # the row is whole


def number_from(value: float, suppressed: str) -> Published[float]:
    """The published number of a row of a series: what the release step decided for it stands beside it."""
    return Published(None, Suppression(suppressed)) if suppressed else Published(value)


def _scalar(value: object) -> object:
    if isinstance(value, IntEnum):
        return value.name
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, float):
        return _word(value) or float(value)
    return value if isinstance(value, str | int | None) else str(value)


def _word(number: float) -> str:
    """The word for a number that JSON lacks; empty for any other."""
    return "" if math.isfinite(number) else str(float(number))


@cache
def _fields(kind: type) -> Mapping[str, object]:
    return typing.get_type_hints(kind)


def _restore(kind: object, value: object) -> object:
    """``value`` as the type that a field declares."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is Published:
        return _published(inner[0], value)
    if origin is types.UnionType or origin is typing.Union:
        return None if value is None else _restore(inner[0], value)
    if origin is Sequence and isinstance(value, list):
        return [_restore(inner[0], item) for item in value]
    if origin is tuple and isinstance(value, list):
        return tuple(_restore(one, item) for one, item in zip(inner, value, strict=True))
    if origin is Mapping and isinstance(value, dict):
        return {key: _restore(inner[1], item) for key, item in value.items()}
    return _single(kind, value)


def _published(kind: object, value: object) -> Published[object]:
    if not isinstance(value, dict):
        message = "a published value is an object"
        raise TypeError(message)
    if "suppressed" in value:
        return Published(None, Suppression(value["suppressed"]))
    return Published(_restore(kind, value["value"]))


def _single(kind: object, value: object) -> object:
    if not isinstance(kind, type) or kind is object:
        return value
    if dataclasses.is_dataclass(kind):
        return _record(kind, value)
    if issubclass(kind, Enum):
        return kind[str(value)] if issubclass(kind, IntEnum) else kind(value)
    if kind is dt.datetime:
        return dt.datetime.fromisoformat(str(value))
    return _NUMBERS[value] if kind is float and isinstance(value, str) else value


def _record(kind: type, value: object) -> object:
    if not isinstance(value, dict):
        message = f"{kind.__name__} is an object"
        raise TypeError(message)
    return kind(**{name: _restore(_fields(kind)[name], item) for name, item in value.items()})
