"""Records as mappings and lists, for whatever form they are written in."""

import dataclasses
from collections.abc import Callable, Mapping

from hashar.assess.contracts.published import Published


def plain(value: object, scalar: Callable[[object], object]) -> object:
    """A record of published findings as mappings, lists and what ``scalar`` makes of everything else.

    A published number is ``{"value": …}`` or ``{"suppressed": reason}``.
    """
    if isinstance(value, Published):
        if value.suppressed is not None:
            return {"suppressed": value.suppressed.value}
        return {"value": plain(value.value, scalar)}
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name), scalar) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item, scalar) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, scalar) for item in value]
    return scalar(value)
