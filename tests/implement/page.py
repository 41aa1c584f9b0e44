"""The tables of docs/reference/progress-forms.md."""

import re

from tests.consistency.source import ROOT

PAGE = (ROOT / "docs" / "reference" / "progress-forms.md").read_text(encoding="utf-8")


def tables(heading):
    """Each table under a heading: its rows below the head."""
    part = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)[1]
    found = []
    for block in re.findall(r"(?:^\|.*\n?)+", part, re.MULTILINE):
        rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in block.splitlines()]
        found.append(rows[2:])
    return found


def table(heading):
    return tables(heading)[0]
