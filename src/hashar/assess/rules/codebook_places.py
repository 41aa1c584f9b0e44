"""Where in a codebook a problem stands, in the words of its settings: so that a page can show it beside the field."""

from collections.abc import Mapping

from hashar.errors import HasharError


def path_at(positions: Mapping[str, tuple[int, int]], error: HasharError) -> str:
    """The path of the last setting that begins at or before the problem (``indicators.alcohol.yes``).

    Empty for a problem without a place, or before the first setting.
    """
    line, column = error.values.get("line"), error.values.get("column")
    if not isinstance(line, int) or not isinstance(column, int):
        return ""
    before = [(place, len(path), path) for path, place in positions.items() if place <= (line, column)]
    return max(before)[2] if before else ""
