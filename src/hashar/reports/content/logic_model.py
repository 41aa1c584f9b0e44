"""A logic model as a document: the picture, the table that says the same, and what the compiler finds."""

from collections.abc import Iterable, Mapping, Sequence

from hashar.i18n import Translator
from hashar.plan.contracts.drawing import Drawing
from hashar.plan.contracts.logic_model import AnyElement, LogicModel, Severity
from hashar.plan.contracts.stored_models import ModelDetail
from hashar.reports.content.document import (
    Block,
    Chart,
    Column,
    Document,
    Heading,
    Paragraph,
    RowKind,
    Span,
    Statement,
    Statements,
    Table,
    TableRow,
    TextCell,
    Verdict,
)
from hashar.reports.content.model_words import HEADS, LINKS, ModelWords
from hashar.reports.content.wording import words as report_words

Spec = Mapping[str, object]
PAD, TEXT_TOP = 8, 10


def model_report(it: ModelDetail, model: LogicModel, language: str) -> Document:
    """The document of a model in a language."""
    t = Translator(language)
    words = ModelWords(t)
    summary = it.summary
    where = t.pick(summary.territory_names) if summary.territory_names else ""
    return Document(
        language=language,
        kind=t.gettext("Logic model"),
        title=summary.title,
        subtitle=where,
        meta=[
            (t.gettext("Organisation"), summary.organisation_name),
            (t.gettext("Version"), str(it.version.number)),
            (t.gettext("Date"), t.date(it.version.made_at.date())),
        ],
        author=summary.organisation_name,
        created=it.version.made_at,
        blocks=[*_picture(it, model, words, t), *_findings(it, t)],
        words=report_words(t),
    )


def _picture(it: ModelDetail, model: LogicModel, words: ModelWords, t: Translator) -> Iterable[Block]:
    yield Heading(t.gettext("The chain"), 1, "chain")
    table = _table(model, words, t)
    drawing = words.picture(model, narrow=True)
    if drawing is None:
        yield table
        return
    worst: dict[tuple[int, int], str] = {}
    for one in it.findings:
        worst[one.place] = min(one.severity.value, worst.get(one.place, one.severity.value))
    marks = {at: worst[element.place] for at, element in enumerate(model.elements()) if element.place in worst}
    spec = picture_spec(drawing, marks, words)
    alternative = t.gettext("The logic model as a picture; the table below says the same.")
    yield Chart(it.summary.title, alternative, spec, spec, table)


def _table(model: LogicModel, words: ModelWords, t: Translator) -> Table:
    rows: list[TableRow] = []
    kinds = {kind: [one for one in model.elements() if type(one).__name__.lower() == kind] for kind in HEADS}
    for kind, elements in kinds.items():
        if elements:
            rows.append(TableRow([TextCell(words.head(kind), strong=True)], RowKind.GROUP))
        rows += [_row(element, words) for element in elements]
    columns = [
        Column(t.gettext("Code")),
        Column(t.gettext("In words"), width=2.6),
        Column(t.gettext("Links"), width=1.6),
    ]
    return Table(t.gettext("The parts of the logic model"), columns, rows)


def _row(element: AnyElement, words: ModelWords) -> TableRow:
    links = []
    for name in LINKS:
        value = getattr(element, name, ())
        codes = [value] if isinstance(value, str) else list(value)
        if any(codes):
            links.append(f"{words.link(name)} {', '.join(codes)}")
    facts = "; ".join(words.facts(element))
    return TableRow([TextCell(element.code), TextCell(words.text(element), detail=facts), TextCell("; ".join(links))])


def _findings(it: ModelDetail, t: Translator) -> Iterable[Block]:
    yield Heading(t.gettext("What the compiler finds"), 1, "findings")
    if not it.findings:
        yield Paragraph([Span(t.gettext("No findings: the chain holds, and every target can be shown."))])
        return
    kinds = {
        Severity.ERROR: (Verdict.CAUTION, t.gettext("error")),
        Severity.WARNING: (Verdict.NOT_SHOWN, t.gettext("warning")),
    }
    yield Statements(
        [
            Statement(
                kinds[one.severity][0],
                f"{one.rule} {kinds[one.severity][1]}",
                [Span(t.gettext(one.sentence, **one.values))],
                t.gettext(one.remedy, **one.values),
            )
            for one in it.findings
        ]
    )


def picture_spec(drawing: Drawing, marks: Mapping[int, str], words: ModelWords) -> Spec:
    """A drawn model as Vega-Lite; ``marks`` says which parts have errors or warnings."""
    boxes = [
        {
            "x": node.x,
            "x2": node.x + node.width,
            "y": node.y,
            "y2": node.y + node.height,
            "mark": marks.get(node.at, ""),
        }
        for node in drawing.nodes
    ]
    tags = [
        {"x": node.x + PAD, "x2": node.x + node.width, "y": tag.y, "y2": tag.y + tag.height, "text": tag.text}
        for node in drawing.nodes
        for tag in node.tags
    ]
    texts = [{"x": n.x + PAD, "y": n.y + TEXT_TOP, "text": "\n".join(n.lines)} for n in drawing.nodes]
    small = [{"x": tag["x"] + 6, "y": (tag["y"] + tag["y2"]) / 2, "text": tag["text"]} for tag in tags]  # type: ignore[operator]  # numbers, as written above
    heads = [{"x": column.x, "y": 10, "text": words.head(column.kind)} for column in drawing.columns]
    layers = [
        *(_edges(drawing, kind) for kind in ("chain", "after", "odd")),
        *(
            _layer("rect", f"model-box{'-' if mark else ''}{mark}", [b for b in boxes if b["mark"] == mark], drawing)
            for mark in ("", "error", "warning")
        ),
        _layer("rect", "model-tag", tags, drawing),
        _layer("text", "model-text", texts, drawing),
        _layer("text", "model-small", small, drawing),
        _layer("text", "model-head", heads, drawing),
    ]
    return {"width": round(drawing.width), "height": round(drawing.height), "layer": [one for one in layers if one]}


def _scales(drawing: Drawing) -> dict[str, dict[str, object]]:
    across = {"domain": [0, drawing.width], "nice": False, "zero": False}
    down = {"domain": [0, drawing.height], "nice": False, "zero": False, "reverse": True}
    return {
        "x": {"field": "x", "type": "quantitative", "axis": None, "scale": across},
        "y": {"field": "y", "type": "quantitative", "axis": None, "scale": down},
    }


def _layer(mark: str, style: str, values: Sequence[Mapping[str, object]], drawing: Drawing) -> dict[str, object]:
    if not values:
        return {}
    encoding = _scales(drawing)
    if mark == "rect":
        encoding |= {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    else:
        encoding["text"] = {"field": "text"}
    return {"data": {"values": list(values)}, "mark": {"type": mark, "style": style}, "encoding": encoding}


def _edges(drawing: Drawing, kind: str) -> dict[str, object]:
    values = [
        {"x": x, "y": y, "edge": number, "step": step}
        for number, edge in enumerate(drawing.edges)
        if edge.kind == kind
        for step, (x, y) in enumerate(edge.points)
    ]
    if not values:
        return {}
    encoding = _scales(drawing) | {"detail": {"field": "edge"}, "order": {"field": "step"}}
    return {"data": {"values": values}, "mark": {"type": "line", "style": f"model-{kind}"}, "encoding": encoding}
