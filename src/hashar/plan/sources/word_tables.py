"""Word files (.docx) as tables of text: merged cells, footnotes, changes as if accepted. Nothing in them is run."""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from hashar.errors import InputError
from hashar.i18n import N_
from hashar.intake.containers import check_container, has_macros
from hashar.plan.contracts.grids import Grid, GridCell, GridRow
from hashar.plan.rules.texts import SUPERSCRIPTS, tidy
from hashar.plan.sources.word_numbers import AutoNumbers

UNPACKED_LIMIT = 200_000_000
"""Bytes that a plan may unpack to, pictures and all."""
PART_LIMIT = 60_000_000
"""Bytes of its text."""
MOST_ROWS = 20_000
GONE = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr", "tblPr", "tcPr", "trPr"})
BREAKS: Mapping[str, str] = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-"}

Element = Any  # lxml has no types


class WordFile:
    """A Word file opened for reading.

    Raises
    ------
    InputError
        It is damaged, a trap, holds macros or declarations of its own, or is no Word file.

    """

    def __init__(self, content: bytes, name: str) -> None:
        self._name = name
        self._content = io.BytesIO(content)
        check_container(self._content, name, limit=UNPACKED_LIMIT)
        if has_macros(self._content):
            raise InputError(
                N_("{file} holds macros; save it as .docx without macros, and choose that file."), file=name
            )
        try:
            with zipfile.ZipFile(self._content) as archive:
                self._read(archive)
        except (zipfile.BadZipFile, KeyError, OSError, RuntimeError):
            raise self._damaged() from None

    def _damaged(self) -> InputError:
        return InputError(N_("{file} is damaged or cut short; open it in Word and save it again."), file=self._name)

    def _read(self, archive: zipfile.ZipFile) -> None:
        main = self._main(archive)
        root = self._part(archive, main)
        folder = posixpath.dirname(main)
        names = set(archive.namelist())
        notes = posixpath.join(folder, "footnotes.xml")
        numbers = posixpath.join(folder, "numbering.xml")
        self._numbers = AutoNumbers(self._part(archive, numbers) if numbers in names else None)
        self._marks: dict[str, str] = {}
        self.tracked = any(_name(one) in ("ins", "del", "moveFrom", "moveTo") for one in root.iter(etree.Element))
        self.pictures = sum(_name(one) in ("blip", "imagedata") for one in root.iter(etree.Element))
        body = next((one for one in root if _name(one) == "body"), None)
        if body is None:
            raise self._damaged()
        self.flow: Sequence[str | Grid] = list(self._flow(body))
        texts = self._footnotes(self._part(archive, notes)) if self._marks and notes in names else {}
        self.footnotes = [(mark, texts.get(key, "")) for key, mark in self._marks.items() if texts.get(key)]

    def _main(self, archive: zipfile.ZipFile) -> str:
        for one in self._part(archive, "_rels/.rels"):
            if one.get("Type", "").endswith("/officeDocument"):
                target = str(one.get("Target", "")).lstrip("/")
                if not target.endswith(".xml") or target.startswith("xl/"):
                    break
                return target
        raise InputError(N_("{file} is no Word file; choose the plan as .docx or .xlsx."), file=self._name)

    def _part(self, archive: zipfile.ZipFile, part: str) -> Element:
        """One XML part; declarations (entities) are refused, nothing outside is fetched."""
        if archive.getinfo(part).file_size > PART_LIMIT:
            raise InputError(N_("{file} holds too much text for a plan; keep only the plan itself."), file=self._name)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(archive.read(part), parser)
        except (etree.XMLSyntaxError, ValueError):
            raise self._damaged() from None
        if root.getroottree().docinfo.doctype:
            raise InputError(
                N_("{file} holds declarations that no Word file has; it may be harmful. Save it anew from Word."),
                file=self._name,
            )
        return root

    def _footnotes(self, root: Element) -> dict[str, str]:
        return {_get(one, "id"): self._text(one) for one in root if _name(one) == "footnote" and _get(one, "id")}

    def _flow(self, parent: Element) -> Iterator[str | Grid]:
        count = 0
        for one in _children(parent):
            if _name(one) == "p":
                text = self._text(one)
                if text:
                    yield text
            elif _name(one) == "tbl":
                count += 1
                yield Grid(count, "", self._rows(one))

    def _rows(self, table: Element) -> list[GridRow]:
        rows: list[GridRow] = []
        above: dict[int, GridCell] = {}
        for number, one in enumerate((one for one in _children(table) if _name(one) == "tr"), start=1):
            properties = _child(one, "trPr")
            if properties is not None and _child(properties, "del") is not None:
                continue
            if number > MOST_ROWS:
                raise InputError(
                    N_("{file} holds too much text for a plan; keep only the plan itself."), file=self._name
                )
            cells = self._cells(one, properties, above)
            header = properties is not None and _on(_child(properties, "tblHeader"))
            rows.append(GridRow(number, cells, header))
        return rows

    def _cells(self, row: Element, properties: Element | None, above: dict[int, GridCell]) -> list[GridCell]:
        before = _child(properties, "gridBefore") if properties is not None else None
        start = _number(before, 0)
        cells = []
        for one in _children(row):
            if _name(one) != "tc":
                continue
            about = _child(one, "tcPr")
            span = max(1, _number(_child(about, "gridSpan") if about is not None else None, 1))
            merge = _child(about, "vMerge") if about is not None else None
            below = merge is not None and _get(merge, "val") != "restart" and start in above
            cell = GridCell(above[start].text if below else self._text(one), start, span, below)
            above[start] = cell
            cells.append(cell)
            start += span
        return cells

    def _text(self, element: Element) -> str:
        return tidy("".join(self._pieces(element)))

    def _pieces(self, element: Element) -> Iterator[str]:
        for one in _children(element):
            name = _name(one)
            if name == "p":
                text = "".join(self._pieces(one))
                number = self._numbers.of(one)
                yield (text if text.strip() else number) + "\n"
            elif name == "t":
                yield one.text or ""
            elif name in BREAKS:
                yield BREAKS[name]
            elif name == "footnoteReference":
                yield self._marks.setdefault(_get(one, "id"), str(len(self._marks) + 1).translate(SUPERSCRIPTS))
            elif name == "r" and _raised(one):
                yield "".join(self._pieces(one)).translate(SUPERSCRIPTS)
            else:
                yield from self._pieces(one)


def _children(parent: Element) -> Iterator[Element]:
    """Children with content that stands after all changes are accepted; wrappers are looked through."""
    for one in parent:
        name = _name(one)
        if name in GONE:
            continue
        if name in ("ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "AlternateContent", "Choice"):
            yield from _children(one)
        elif name:
            yield one


def _raised(run: Element) -> bool:
    properties = _child(run, "rPr")
    align = _child(properties, "vertAlign") if properties is not None else None
    return align is not None and _get(align, "val") == "superscript"


def _name(element: Element) -> str:
    """Without the namespace: the strict and the usual form of the format differ in nothing else here."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _child(parent: Element, name: str) -> Element | None:
    return next((one for one in parent if _name(one) == name), None)


def _get(element: Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if etree.QName(key).localname == name), "")


def _number(element: Element | None, otherwise: int) -> int:
    text = _get(element, "val") if element is not None else ""
    return min(int(text), 500) if text.isdigit() else otherwise


def _on(element: Element | None) -> bool:
    return element is not None and _get(element, "val") not in ("0", "false", "off")
