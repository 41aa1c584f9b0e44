"""The words of logic models, for pages and documents."""

from collections.abc import Mapping

from hashar.i18n import N_, Translator
from hashar.plan.contracts.drawing import Drawing
from hashar.plan.contracts.logic_model import (
    Activity,
    AnyElement,
    Factor,
    Indicator,
    LogicModel,
    Source,
    Strategy,
)
from hashar.plan.queries.pictures import Words, drawn
from hashar.reference.queries import factors, strategies

KINDS: Mapping[str, str] = {
    "problem": N_("Problem"),
    "factor": N_("Factor"),
    "condition": N_("Local condition"),
    "strategy": N_("Strategy"),
    "activity": N_("Activity"),
    "indicator": N_("Indicator"),
    "source": N_("Source"),
}
HEADS: Mapping[str, str] = {
    "problem": N_("Problems"),
    "factor": N_("Factors"),
    "condition": N_("Local conditions"),
    "strategy": N_("Strategies"),
    "activity": N_("Activities"),
    "indicator": N_("Indicators"),
    "source": N_("Sources"),
}
INDICATOR_KINDS: Mapping[str, str] = {
    "prevalence": N_("prevalence"),
    "attitude": N_("attitude"),
    "availability": N_("availability"),
    "detection": N_("detection (a register)"),
    "process": N_("process"),
}
SOURCE_KINDS: Mapping[str, str] = {
    "survey": N_("survey"),
    "register": N_("register"),
    "observation": N_("observation"),
    "report": N_("report"),
}
SIDES: Mapping[str, str] = {"state": N_("state"), "civil_society": N_("civil society")}
BETTER: Mapping[str, str] = {"lower": N_("lower is better"), "higher": N_("higher is better")}
LINKS: Mapping[str, str] = {
    "because": N_("because of"),
    "addresses": N_("changes"),
    "strategy": N_("carries out"),
    "after": N_("waits for"),
    "measures": N_("measures"),
    "source": N_("from"),
}


def approach_name(approach: str) -> str:
    """An approach as the reference list calls it."""
    return "policies" if approach == "policy" else approach


class ModelWords:
    """Parts, links and values in the language of the reader."""

    def __init__(self, translator: Translator) -> None:
        self._t = translator

    def kind(self, name: str) -> str:
        """A kind of part."""
        return self._t.gettext(KINDS[name])

    def head(self, name: str) -> str:
        """Several of a kind."""
        return self._t.gettext(HEADS[name])

    def link(self, name: str) -> str:
        """What a link says."""
        return self._t.gettext(LINKS[name])

    def text(self, element: AnyElement) -> str:
        """What a part is called: its text; a factor without one by its name, another by its code."""
        known = factors().get(element.code) if isinstance(element, Factor) and not element.text else None
        return element.text or (self._t.pick(known.name) if known else element.code)

    def value(self, value: float, *, share: bool) -> str:
        """A level."""
        return self._t.percent(value, 1) if share and -10 < value < 10 else self._t.decimal(value, 1)

    def aim(self, indicator: Indicator) -> str:
        """From where to where."""
        ends = [
            self.value(end, share=indicator.share) if end is not None else "?"
            for end in (indicator.baseline, indicator.target)
        ]
        return "" if ends == ["?", "?"] else " → ".join(ends)

    def tag(self, element: AnyElement) -> str:
        """What stands on the tag of an indicator in the picture."""
        if not isinstance(element, Indicator):
            return element.code
        return " · ".join(filter(None, (self.aim(element) or self.text(element), element.source)))

    def facts(self, element: AnyElement) -> list[str]:
        """What else is to know of a part, one line each."""
        t = self._t
        match element:
            case Strategy(approach=approach) if approach is not None:
                return [t.pick(strategies()[approach_name(approach)].name)]
            case Activity():
                dates = [t.date(day) if day else "…" for day in (element.start, element.deadline)]
                who = ", ".join(filter(None, (element.responsible, *element.partners)))
                side = t.gettext(SIDES[element.side]) if element.side else ""
                when = " – ".join(dates) if element.start or element.deadline else ""
                return [line for line in (who + (f" ({side})" if who and side else ""), when) if line]
            case Indicator():
                by = f", {t.date(element.target_date)}" if element.target_date else ""
                known = self.aim(element)
                return [known + by] if known else []
            case Source():
                return self._size(element)
        return []

    def _size(self, source: Source) -> list[str]:
        t = self._t
        size = [t.gettext(SOURCE_KINDS[source.kind]) if source.kind in SOURCE_KINDS else source.kind]
        if source.n:
            size.append(f"n = {t.integer(source.n)}, deff = {t.decimal(source.deff, 2)}")
        if source.population:
            size.append(f"N = {t.integer(source.population)}")
        return ["; ".join(size), *([", ".join(map(t.date, source.dates))] if source.dates else [])]

    def picture(self, model: LogicModel, *, narrow: bool = False) -> Drawing | None:
        """The model as a picture; None where it has too many parts."""
        return drawn(model, Words(self.text, self.tag), narrow=narrow)
