"""Where a workbook's cells are computed instead of written: a reader of values alone would not see it."""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from typing import IO

from lxml import etree

from hashar.intake.extents import column_number

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_CELLS = tuple(f"{space}c" for space in (_MAIN, _STRICT))
_ROWS = tuple(f"{space}row" for space in (_MAIN, _STRICT))

Cell = tuple[int, int]
"""Row and column, from 0."""


def computed_cells(content: bytes) -> Mapping[str, Mapping[Cell, str]]:
    """Name of each sheet → its cells with a formula or an error, and what stands there.

    Raises
    ------
    etree.XMLSyntaxError
        A part is no XML.
    KeyError
        A part is missing.

    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = {}
        for name, part in _sheets(archive):
            with archive.open(part) as file:
                found[name] = dict(_computed(file))
        return found


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and part of each worksheet."""
    targets = {
        each.get("Id"): posixpath.normpath(posixpath.join("xl", (each.get("Target") or "").removeprefix("/xl/")))
        for each in _tree(archive, "xl/_rels/workbook.xml.rels")
        if isinstance(each.tag, str) and (each.get("Type") or "").endswith("/worksheet")
    }
    for each in _tree(archive, "xl/workbook.xml").iter("{*}sheet"):
        part = targets.get(each.get(_RELATION) or each.get(_STRICT_RELATION))
        if part:
            yield each.get("name") or "", part


def _tree(archive: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(archive.read(part), parser)


def _computed(file: IO[bytes]) -> Iterator[tuple[Cell, str]]:
    """A cell or row that does not say its place follows the one before."""
    row = column = -1
    events = etree.iterparse(
        file, events=("start", "end"), tag=(*_ROWS, *_CELLS), resolve_entities=False, no_network=True, load_dtd=False
    )
    for event, element in events:
        reference = element.get("r") or ""
        if element.tag in _ROWS:
            if event == "start":
                row, column = (int(reference) - 1 if reference.isdecimal() else row + 1), -1
            else:
                element.clear()
        elif event == "end":
            letters = reference.rstrip("0123456789")
            column = column_number(letters.encode()) - 1 if letters else column + 1
            formula = element.find("{*}f")
            if formula is not None:
                yield (row, column), "=" + (formula.text or "")
            elif element.get("t") == "e":
                yield (row, column), element.findtext("{*}v") or "#"
