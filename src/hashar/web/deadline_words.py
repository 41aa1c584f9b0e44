"""Deadlines in words: for the home page, the list and the calendar file."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.urls import reverse

from hashar.flows.deadlines import DueAtHome
from hashar.i18n import N_, Translator
from hashar.plan.contracts.deadlines import DueLine, Matter, Urgency
from hashar.reports.render.calendar import Day
from hashar.web.home_page import Line

URGENCIES = {
    Urgency.OVERDUE: (N_("missed"), "stop"),
    Urgency.SOON: (N_("close"), "wait"),
    Urgency.LATER: (N_("later"), "neutral"),
}
LONGEST = 160


class DeadlineWords:
    """In the language of the page."""

    def __init__(self, translator: Translator) -> None:
        self._t = translator

    def home(self, found: DueAtHome, now: dt.datetime) -> Sequence[Line]:
        """The lines of the home page: what waits for an answer, what is due, and what else there is."""
        t = self._t
        lines = [*map(self._matter, found.matters), *(self._due(line) for line in found.lines)]
        address = reverse("deadlines")
        if found.more:
            more = t.ngettext(
                "{count} more deadline is close or missed.", "{count} more deadlines are close or missed.", found.more
            )
            lines.append(Line(more, address, "", now, ""))
        if found.own_plans:
            others = t.ngettext(
                "In plans of your organisation {count} deadline of others is close or missed.",
                "In plans of your organisation {count} deadlines of others are close or missed.",
                found.own_plans,
            )
            lines.append(Line(others, address, "", now, ""))
        return lines

    def _matter(self, one: Matter) -> Line:
        said = {"name": one.organisation_name, "number": one.number or "–"}
        if one.invited:
            sentence = self._t.gettext("{name} is invited to measure {number}: answer.", **said)
        else:
            sentence = self._t.gettext("{name} offers something for measure {number}: decide.", **said)
        address = reverse("measure", args=[one.plan, one.measure])
        return Line(sentence, address, "", one.since, self._t.pick(one.plan_titles))

    def _due(self, one: DueLine) -> Line:
        number, date = one.number or "–", self._t.date(one.due)
        if one.commitment is not None and one.urgency is Urgency.OVERDUE:
            sentence = self._t.gettext("Missed on {date}: the promise for measure {number}.", number=number, date=date)
        elif one.commitment is not None:
            sentence = self._t.gettext("Due on {date}: the promise for measure {number}.", number=number, date=date)
        elif one.urgency is Urgency.OVERDUE:
            sentence = self._t.gettext("Missed on {date}: measure {number}.", number=number, date=date)
        else:
            sentence = self._t.gettext("Due on {date}: measure {number}.", number=number, date=date)
        about = shortened(one.promise or self._t.pick(one.texts))
        at = dt.datetime.combine(one.due, dt.time(12), dt.UTC)
        address = reverse("measure", args=[one.plan, one.measure])
        return Line(sentence, address, about, at, self._t.pick(one.plan_titles))

    def days(self, lines: Iterable[DueLine], site: str) -> Iterable[Day]:
        """Lines as days of a calendar; ``site`` is the address of the site, without a path."""
        for one in lines:
            what = f"promise-{one.commitment}" if one.commitment is not None else f"measure-{one.measure}"
            title = self._t.gettext("Measure {number}", number=one.number) if one.number else self._t.gettext("Measure")
            text = [one.promise or self._t.pick(one.texts), self._t.pick(one.plan_titles)]
            who = one.organisation_name or ", ".join(one.bodies)
            yield Day(
                uid=f"{what}-{one.due:%Y%m%d}@hashar",
                on=one.due,
                title=f"{title}: {shortened(text[0])}",
                text="\n".join([*text, who]),
                address=site + reverse("measure", args=[one.plan, one.measure]),
                notice=one.notice,
            )


def shortened(text: str) -> str:
    """The beginning of a text, cut between words."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[:LONGEST].rsplit(" ", 1)[0] + " …"
