"""The lists shipped with the program, as rows."""

import csv
from importlib import resources


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a shipped CSV file."""
    text = (resources.files("hashar.exchange") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
