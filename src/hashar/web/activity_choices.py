"""What the form of an activity lets a person choose from."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from hashar.errors import HasharError
from hashar.exchange.queries.practices import practices
from hashar.i18n import Translator
from hashar.implement.contracts.activities import Chosen
from hashar.people.contracts import Actor
from hashar.people.queries import organisation as the_organisation
from hashar.people.queries import organisations
from hashar.places.queries import territory_by_id
from hashar.plan.queries.measures import ServedMeasure, measures_to_serve
from hashar.web.forms.activities import ActivityForm
from hashar.web.forms.choices import named_places, offer

NEAR = 6
"""Measures that are offered as boxes to tick."""
MOST = 500
SHORT = 90


def fill(form: ActivityForm, actor: Actor, t: Translator, near: Sequence[int], today: dt.date) -> None:
    """Offer measures, places, practices and partners; measures used last come first."""
    homes = list(form.homes)
    found = list(measures_to_serve(actor, _chosen(form, homes), today))
    wanted = set(near)
    ticked = sorted(found, key=lambda each: (each.id not in wanted, not each.ours))[:NEAR]
    boxes = [each for each in ticked if each.id in wanted or each.ours]
    rest = [each for each in found if each not in boxes]
    form.offer_measures(_named(boxes, t), _grouped(rest, t))
    offer(form, "territory", [("", "–"), *_places(homes, t)])
    listed = practices(actor, size=MOST).items
    offer(form, "practice", [("", "–"), *((each.code, t.pick(each.names)) for each in listed)])
    others = organisations(size=MOST).items
    offer(form, "partners", [(each.id, each.name) for each in others if [each.id] != homes])


def allow(form: ActivityForm, chosen: Chosen) -> None:
    """Offer only what a person chose before, to recognise an entry that is sent again; such a form is never shown."""
    form.offer_measures(_bare(chosen.measures), _bare(chosen.measures))
    offer(form, "organisation", _bare([chosen.organisation]))
    offer(form, "territory", _bare(["", chosen.territory]))
    offer(form, "practice", _bare(["", chosen.practice]))
    offer(form, "partners", _bare(chosen.partners))


def _bare(values: Iterable[object]) -> list[tuple[object, str]]:
    return [(each, "") for each in values]


def _chosen(form: ActivityForm, homes: Sequence[int]) -> int:
    """The organisation that the form begins with."""
    said = str(form["organisation"].value() or "")
    return next((home for home in homes if str(home) == said), homes[0])


def _named(found: Iterable[ServedMeasure], t: Translator) -> list[tuple[object, str]]:
    return [(each.id, measure_name(each.number, t.pick(each.texts))) for each in found]


def measure_name(number: str, text: str) -> str:
    """A measure in one line."""
    short = text if len(text) <= SHORT else f"{text[:SHORT].rsplit(' ', 1)[0]}…"
    return f"{number} {short}".strip()


def _grouped(found: Iterable[ServedMeasure], t: Translator) -> list[tuple[object, Any]]:
    plans: dict[str, list[tuple[object, str]]] = {}
    for each in found:
        plans.setdefault(t.pick(each.plan_titles), []).append((each.id, measure_name(each.number, t.pick(each.texts))))
    return list(plans.items())


def _places(homes: Iterable[int], t: Translator) -> list[tuple[object, str]]:
    """The territories of the organisations with all that lies in them."""
    found: dict[int, str] = {}
    for home in homes:
        territory = the_organisation(home).territory
        if territory is None:
            continue
        try:
            code = territory_by_id(territory).code
        except HasharError:
            continue
        found |= {place.id: name for place, name in named_places(t, code)}
    return list(found.items())
