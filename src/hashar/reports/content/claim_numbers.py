"""The numbers a claim rests on and where they come from, in words: for pages and documents alike."""

from collections.abc import Callable, Mapping
from typing import Any

from hashar.evaluate.contracts import claims
from hashar.evaluate.contracts.claims import Reason
from hashar.evaluate.contracts.kept import Source, SourceKind
from hashar.i18n import N_, Translator

Writer = Callable[[Translator, Any], str]


def _percent(t: Translator, value: float) -> str:
    return t.decimal(100 * value, 1)


def _points(t: Translator, value: float) -> str:
    return t.decimal(100 * value, 2)


def _count(t: Translator, value: float) -> str:
    return t.integer(round(value))


Line = tuple[str, str, Writer]
LINES: Mapping[type, tuple[Line, ...]] = {
    claims.PrevalenceEvidence: (
        ("estimate", N_("Estimate, %"), _percent),
        ("ci_low", N_("Confidence interval from, %"), _percent),
        ("ci_high", N_("Confidence interval to, %"), _percent),
        ("participation", N_("Sampled pupils who took part, %"), _percent),
    ),
    claims.TrendEvidence: (
        ("earlier", N_("Earlier wave, %"), _percent),
        ("later", N_("Later wave, %"), _percent),
        ("se", N_("Standard error of the difference, points"), _points),
    ),
    claims.CoverageEvidence: (
        ("population", N_("People in the target group"), _count),
        ("unique", N_("Different people reached"), _count),
        ("contacts", N_("Contacts"), _count),
        ("largest_event", N_("People at the largest event"), _count),
        ("events_done", N_("Events that took place"), _count),
        ("events_planned", N_("Events planned"), _count),
        ("reporters", N_("Organisations that counted"), _count),
    ),
    claims.EffectEvidence: (
        ("difference", N_("Difference between the groups, points"), _points),
        ("se", N_("Standard error of the difference, points"), _points),
        ("clusters", N_("Schools (places) on the smaller side"), _count),
    ),
    claims.DetectionEvidence: (
        ("earlier", N_("Count in the earlier period"), _count),
        ("later", N_("Count in the later period"), _count),
        ("population_earlier", N_("Population in the earlier period"), _count),
        ("population_later", N_("Population in the later period"), _count),
    ),
}
MEANS: tuple[Line, ...] = (
    ("earlier", N_("Earlier wave"), lambda t, value: t.decimal(value, 2)),
    ("later", N_("Later wave"), lambda t, value: t.decimal(value, 2)),
    ("se", N_("Standard error"), lambda t, value: t.decimal(value, 3)),
)
COUNTING = (claims.TrendEvidence, claims.EffectEvidence, claims.DetectionEvidence)


def number_lines(t: Translator, evidence: claims.Evidence, together: int = 1) -> list[tuple[str, str]]:
    """What was judged, as labels with numbers; a number that is hidden says so."""
    lines = LINES[type(evidence)]
    if isinstance(evidence, claims.TrendEvidence) and not evidence.share:
        lines = MEANS
    found = []
    for name, label, written in lines:
        value = getattr(evidence, name)
        if value is not None and not (name == "largest_event" and not value):
            found.append((t.gettext(label), written(t, value)))
        elif name in ("estimate", "earlier", "later", "difference"):
            found.append((t.gettext(label), t.gettext("hidden")))
    if isinstance(evidence, COUNTING):
        found.append((t.gettext("Changes looked at together"), t.integer(max(evidence.comparisons, together))))
    return found


def source_line(t: Translator, source: Source) -> str:
    """Where the numbers come from, in one sentence."""
    title, label = t.pick(source.title), t.pick(source.label)
    if source.kind is SourceKind.TYPED:
        return t.gettext("Typed by hand. Source stated: {source}.", source=source.stated.rstrip("."))
    periods = " → ".join(source.periods)
    if source.kind is SourceKind.SERIES:
        text = N_("From the series “{title}”: {label}, {periods}, as published.")
    else:
        text = N_("From the profile “{title}”, release {number}: {label}, {periods}.")
    return t.gettext(text, title=title, label=label, periods=periods, number=source.number)


NOTED: Mapping[str, str] = {
    "same_definition": N_("The question, its answers or the way of asking changed"),
    "same_population": N_("Other places, grades or ages were asked"),
    "same_rules": N_("The law, the rules of recording or what is counted changed"),
    "same_territory": N_("The territory changed"),
    "whole_periods": N_("One of the periods is not complete"),
}


def noted_lines(t: Translator, source: Source) -> list[str]:
    """What the person noted against the numbers."""
    return [t.gettext(NOTED[name]) for name in source.noted if name in NOTED]


def said(t: Translator, reason: Reason) -> dict[str, object]:
    """The values of a reason's sentence as its language writes them."""
    return {name: t.integer(value) if isinstance(value, int) else value for name, value in reason.values.items()}
