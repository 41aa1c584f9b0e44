"""Why an organisation fits a measure, in sentences."""

from collections.abc import Mapping

from hashar.flows.fitting import Ground, Kind
from hashar.i18n import N_, Text, Translator
from hashar.web.words import SECTORS

SENTENCES: Mapping[Kind, str] = {
    Kind.ACTIVITY: N_("It plans “{title}”. Both name: {words}."),
    Kind.PROMISE: N_("For another measure it promised “{title}”. Both name: {words}."),
    Kind.PRACTICE: N_("It has the practice “{title}”. Both name: {words}."),
    Kind.SECTOR: N_("Its sector is {title}, and the measure names: {words}."),
}


class FittingWords:
    """Sentences in the language of the page."""

    def __init__(self, translator: Translator) -> None:
        self._t = translator

    def ground(self, one: Ground) -> str:
        """One reason."""
        t = self._t
        title = t.gettext(SECTORS[one.known.title]) if one.known.kind is Kind.SECTOR else one.known.title
        said = t.gettext(SENTENCES[one.known.kind], title=title, words=", ".join(one.words))
        return f"{said} {t.gettext('The ages fit.')}" if one.ages else said

    def place(self, works: str, names: Text) -> str:
        """Where it works, and how that lies to the plan's territory."""
        t = self._t
        if not names:
            return t.gettext("It works in every territory.")
        if works == "whole":
            return t.gettext("It works in {place}, which holds the plan's territory.", place=t.pick(names))
        return t.gettext("It works in {place}, a part of the plan's territory.", place=t.pick(names))
