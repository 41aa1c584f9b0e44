"""The report as a tagged PDF (PDF/UA-1), typeset by Typst with the shipped fonts and nothing else."""

import json
import tempfile
from collections.abc import Callable, Mapping
from importlib import resources
from pathlib import Path

import typst

from hashar.i18n import Translator
from hashar.reports.content.document import (
    Bullets,
    Callout,
    Cell,
    Chart,
    DefinitionList,
    Document,
    Heading,
    HiddenCell,
    KeyFigures,
    MarkCell,
    PageBreak,
    Paragraph,
    RowKind,
    Spans,
    Statements,
    Table,
    TextCell,
)
from hashar.reports.render.cells import cell_text
from hashar.reports.render.charts import Gallery, shape
from hashar.reports.render.theme import FAMILY, LIGHT, fonts_folder

Node = dict[str, object]
TALLEST = 1.25
"""Height of a picture over the width of the text: what a page holds."""


def render_pdf(document: Document, gallery: Gallery | None = None) -> bytes:
    """``document`` as PDF. All texts go in as data, so that no label can act as markup."""
    translator = Translator(document.language)
    with tempfile.TemporaryDirectory(prefix="hashar.") as name:
        root = Path(name)
        tree = _Tree(document, translator, gallery or Gallery(translator), root)
        (root / "document.json").write_text(json.dumps(tree.document(), ensure_ascii=False), encoding="utf-8")
        template = (resources.files("hashar.reports.render") / "templates" / "report.typ").read_text(encoding="utf-8")
        (root / "report.typ").write_text(template, encoding="utf-8")
        return _compile(root, document)


def _compile(root: Path, document: Document) -> bytes:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts_folder())])
    compiler = typst.Compiler(str(root / "report.typ"), root=str(root), font_paths=fonts, ignore_system_fonts=True)
    compiled = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=int(document.created.timestamp()))
    if not isinstance(compiled, bytes):
        message = "Typst gave no single file"
        raise TypeError(message)
    return compiled


class _Tree:
    """The document as plain data for the template."""

    def __init__(self, document: Document, translator: Translator, gallery: Gallery, root: Path) -> None:
        self._document = document
        self._translator = translator
        self._gallery = gallery
        self._root = root
        self._pictures = 0

    def document(self) -> Node:
        source = self._document
        return {
            "language": source.language,
            "family": FAMILY,
            "colours": dict(LIGHT),
            "kind": source.kind,
            "title": source.title,
            "subtitle": source.subtitle,
            "meta": [list(pair) for pair in source.meta],
            "author": source.author,
            "notice": source.notice,
            "words": {"contents": source.words.contents, "table": source.words.table, "figure": source.words.figure},
            "page": source.words.page,
            "blocks": [node for block in source.blocks for node in self._block(block)],
        }

    def _block(self, block: object) -> list[Node]:
        return WRITERS[type(block)](self, block)

    def heading(self, block: Heading) -> list[Node]:
        return [{"kind": "heading", "text": block.text, "level": block.level}]

    def paragraph(self, block: Paragraph) -> list[Node]:
        return [{"kind": "paragraph", "spans": _spans(block.spans), "lead": block.lead}]

    def bullets(self, block: Bullets) -> list[Node]:
        return [{"kind": "bullets", "items": [_spans(item) for item in block.items]}]

    def statements(self, block: Statements) -> list[Node]:
        items = [
            {"verdict": item.verdict.value, "word": item.word, "spans": _spans(item.spans), "grounds": item.grounds}
            for item in block.items
        ]
        return [{"kind": "statements", "items": items}]

    def figures(self, block: KeyFigures) -> list[Node]:
        items = [
            {"value": self._text(item.value), "label": item.label, "grounds": item.grounds} for item in block.items
        ]
        return [{"kind": "figures", "items": items}]

    def callout(self, block: Callout) -> list[Node]:
        paragraphs = [_spans(item) for item in block.paragraphs]
        return [{"kind": "callout", "tone": block.tone.value, "title": block.title, "paragraphs": paragraphs}]

    def terms(self, block: DefinitionList) -> list[Node]:
        return [{"kind": "terms", "items": [[term, _spans(meaning)] for term, meaning in block.items]}]

    def page_break(self, _: PageBreak) -> list[Node]:
        return [{"kind": "pagebreak"}]

    def chart(self, block: Chart) -> list[Node]:
        self._pictures += 1
        name = f"figure-{self._pictures}.svg"
        svg = self._gallery.svg(block)
        (self._root / name).write_text(svg, encoding="utf-8")
        picture: Node = {"kind": "chart", "file": name, "title": block.title, "alternative": block.alternative}
        picture["width"] = 100 * min(1.0, TALLEST / shape(svg))
        return [picture, *self.table(block.table)]

    def table(self, block: Table) -> list[Node]:
        rows: list[Node] = []
        for row in block.rows:
            if row.kind is RowKind.GROUP:
                rows.append({"kind": "group", "text": self._text(row.cells[0])})
            else:
                rows.append({"kind": row.kind.value, "cells": [self._cell(cell) for cell in row.cells]})
        node: Node = {"kind": "table", "caption": block.caption, "note": block.note, "rows": rows}
        node["heads"] = [column.title for column in block.columns]
        node["widths"] = [column.width for column in block.columns]
        node["aligns"] = [column.align.value for column in block.columns]
        return [node]

    def _cell(self, cell: Cell) -> Node:
        return {
            "text": self._text(cell),
            "detail": cell.detail if isinstance(cell, TextCell) else "",
            "strong": isinstance(cell, TextCell) and cell.strong,
            "mark": cell.mark.value if isinstance(cell, MarkCell) else "",
            "hidden": isinstance(cell, HiddenCell),
            "span": cell.span if isinstance(cell, HiddenCell) else 1,
        }

    def _text(self, cell: Cell) -> str:
        return cell_text(cell, self._translator, self._document.words)


def _spans(spans: Spans) -> list[Node]:
    return [{"text": span.text, "style": span.style} for span in spans]


WRITERS: Mapping[type, Callable[..., list[Node]]] = {
    Heading: _Tree.heading,
    Paragraph: _Tree.paragraph,
    Bullets: _Tree.bullets,
    Statements: _Tree.statements,
    KeyFigures: _Tree.figures,
    Callout: _Tree.callout,
    DefinitionList: _Tree.terms,
    PageBreak: _Tree.page_break,
    Chart: _Tree.chart,
    Table: _Tree.table,
}
