"""The words of plans for the pages."""

from collections.abc import Mapping, Sequence

from hashar.i18n import LANGUAGE_NAMES, N_, Translator
from hashar.plan.contracts.official import Deadline, DeadlineKind, Every

EVERY: Mapping[Every, str] = {
    Every.YEAR: N_("every year"),
    Every.HALF_YEAR: N_("every half-year"),
    Every.QUARTER: N_("every quarter"),
    Every.MONTH: N_("every month"),
    Every.WEEK: N_("every week"),
}
KINDS: Mapping[str, str] = {
    "same": N_("The same"),
    "added": N_("Added"),
    "removed": N_("Removed"),
    "changed": N_("Changed"),
}
FIELDS: Mapping[str, str] = {
    "number": N_("No."),
    "section": N_("Section"),
    "text": N_("Measure"),
    "form": N_("Form of completion"),
    "deadline": N_("Deadline"),
    "bodies": N_("Responsible"),
    "cost": N_("Cost"),
    "funds": N_("Source of funds"),
    "note": N_("Note"),
}


class PlanWords:
    """Deadlines, changes and fields in the language of the page."""

    def __init__(self, translator: Translator) -> None:
        self._t = translator

    def deadline(self, one: Deadline) -> str:
        """What was understood of a deadline."""
        t = self._t
        match one.kind:
            case DeadlineKind.DATE if one.end:
                return t.gettext("until {date}", date=t.date(one.end))
            case DeadlineKind.PERIOD if one.start and one.end:
                return f"{t.date(one.start)} – {t.date(one.end)}"
            case DeadlineKind.REPEATED if one.every:
                return self._repeated(one, one.every)
            case DeadlineKind.AS_NEEDED:
                return t.gettext("as needed")
            case _:
                return t.gettext("always")

    def _repeated(self, one: Deadline, every: Every) -> str:
        word = self._t.gettext(EVERY[every])
        days = ", ".join(f"{day:02}.{month:02}" for month, day in one.days if month)
        return self._t.gettext("{every}, until {days}", every=word, days=days) if days else word

    def understood(self, written: str, deadlines: Sequence[Deadline]) -> list[str]:
        """Deadlines in words, where these say more than what is written."""
        said = [self.deadline(one) for one in deadlines]
        return [] if "; ".join(said).casefold() == written.casefold() else said

    def language(self, code: str) -> str:
        """The language of an edition, by its own name."""
        return LANGUAGE_NAMES[code]

    def kind(self, name: str) -> str:
        """What became of a measure."""
        return self._t.gettext(KINDS[name])

    def field(self, name: str) -> str:
        """A field of a measure."""
        return self._t.gettext(FIELDS[name])
