"""A logic model as its pages show it: rows with links, findings beside them, the picture with marks."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hashar.i18n import Translator
from hashar.plan.contracts.drawing import Drawing
from hashar.plan.contracts.logic_model import Activity, AnyElement, Diagnostic, Factor, LogicModel, Severity
from hashar.plan.contracts.stored_models import ModelDetail, Origin
from hashar.reports.content.model_words import HEADS, LINKS, ModelWords

SLUG = re.compile(r"[-\w]{1,40}", re.ASCII)
PAGE = 200
"""Rows of the table on one page."""
SHOWN = 100
"""Findings that are listed."""


@dataclass(frozen=True)
class Told:
    """A finding in the reader's words."""

    rule: str
    severity: str
    sentence: str
    remedy: str
    line: int
    at: int | None
    """Position of the part; None where it is about the whole."""


@dataclass(frozen=True)
class Line:
    """One link of a row: what it says, and the parts it names with their positions (None: there is none)."""

    word: str
    ends: Sequence[tuple[str, int | None]]


@dataclass(frozen=True)
class Row:
    """A part in the table."""

    at: int
    kind: str
    code: str
    text: str
    facts: Sequence[str]
    lines: Sequence[Line]
    findings: Sequence[Told]
    origin: Origin | None
    practice: str
    practice_page: bool
    """Whether its code can be that of a page."""
    is_factor: bool

    @property
    def worst(self) -> str:
        """The gravest finding's severity; empty where there is none."""
        return min((one.severity for one in self.findings), default="")


@dataclass(frozen=True)
class ModelPage:
    """All of it."""

    sections: Sequence[tuple[str, Sequence[Row]]]
    """Kind → its rows of this page."""
    told: Sequence[Told]
    errors: int
    warnings: int
    drawing: Drawing | None
    worst: Mapping[int, str]
    """Position of a part → the gravest severity there."""
    parts: int
    page: int
    pages: int


def page_of(detail: ModelDetail, model: LogicModel, t: Translator, page: int) -> ModelPage:
    """What the page of a model shows; long tables come in pages."""
    words = ModelWords(t)
    elements = list(model.elements())
    first: dict[str, int] = {}
    for at, element in enumerate(elements):
        first.setdefault(element.code, at)
    places = {element.place: at for at, element in enumerate(elements)}
    told = [_told(one, places, t) for one in detail.findings]
    beside: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        if one.at is not None:
            beside[one.at].append(one)
    pages = max(1, -(-len(elements) // PAGE))
    page = min(page, pages)
    shown = range((page - 1) * PAGE, min(page * PAGE, len(elements)))
    rows = [_row(at, elements[at], beside.get(at, ()), detail, first, words) for at in shown]
    return ModelPage(
        sections=[(kind, [row for row in rows if row.kind == kind]) for kind in HEADS],
        told=told[:SHOWN],
        errors=sum(one.severity == Severity.ERROR for one in told),
        warnings=sum(one.severity == Severity.WARNING for one in told),
        drawing=words.picture(model),
        worst={at: min(one.severity for one in ones) for at, ones in beside.items()},
        parts=len(elements),
        page=page,
        pages=pages,
    )


def _told(one: Diagnostic, places: Mapping[tuple[int, int], int], t: Translator) -> Told:
    return Told(
        rule=one.rule,
        severity=one.severity.value,
        sentence=t.gettext(one.sentence, **one.values),
        remedy=t.gettext(one.remedy, **one.values),
        line=one.place[0],
        at=places.get(one.place),
    )


def _row(
    at: int,
    element: AnyElement,
    findings: Sequence[Told],
    detail: ModelDetail,
    first: Mapping[str, int],
    words: ModelWords,
) -> Row:
    kind = type(element).__name__.lower()
    practice = element.practice if isinstance(element, Activity) else ""
    return Row(
        at=at,
        kind=kind,
        code=element.code,
        text=words.text(element),
        facts=words.facts(element),
        lines=[
            Line(words.link(name), [(code, first.get(code)) for code in codes])
            for name in LINKS
            if (codes := _codes(element, name))
        ],
        findings=findings,
        origin=detail.origins.get(element.code) if kind == "indicator" else None,
        practice=practice,
        practice_page=SLUG.fullmatch(practice) is not None,
        is_factor=isinstance(element, Factor),
    )


def _codes(element: AnyElement, name: str) -> Sequence[str]:
    value = getattr(element, name, ())
    return ((value,) if value else ()) if isinstance(value, str) else tuple(value)
