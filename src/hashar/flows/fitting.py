"""Whether an organisation fits a measure, and why: pure decisions. Nothing is added up to a score."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hashar.exchange.queries.meaning import Meaning, is_side_matter, meaning, shared, weight
from hashar.i18n import Text

LEAST = 3
"""So much two texts must share (:func:`meaning.weight`): what is done and for whom, or two things that are done."""
COMMON, FEW = 0.3, 8
"""What stands in more than this share of a plan's measures says little; not counted in plans of a few measures."""
GENERAL = frozenset({"=plan", "=prevention", "=work", "=authority", "=manager", "=raise", "=good", "=law"})
"""What nearly every measure of such a plan says."""
SECTORS: Mapping[str, frozenset[str]] = {
    sector: frozenset(f"={name}" for name in names.split())
    for sector, names in {
        "schools": "school lesson class pupil teacher",
        "parents": "parent family",
        "youth": "adolescent volunteer",
        "youth_serving": "adolescent child sport leisure minor",
        "media": "media television advert campaign internet",
        "law_enforcement": "police fine punishment caught driving justice",
        "religious": "religion",
        "health": "doctor clinic health counselling screening therapy nurse",
        "business": "shop sale price",
        "substance_use": "therapy harm club_drugs counselling",
        "civic": "volunteer community",
    }.items()
}
_AGES = re.compile(r"(\d{1,2})\s*(?:-|–|—|до|to)\s*(\d{1,2})\s*(?:лет|жас|year|год|жаш|yosh|сол|ýaş)", re.IGNORECASE)


class Kind(StrEnum):
    """On what a suggestion rests, the strongest first."""

    ACTIVITY = "activity"
    """It plans an activity like this."""
    PROMISE = "promise"
    """It promised something for a measure like this before."""
    PRACTICE = "practice"
    """It has a practice like this."""
    SECTOR = "sector"
    """Its sector is what the measure is about."""


@dataclass(frozen=True)
class Known:
    """One thing that is known of an organisation."""

    organisation: int
    kind: Kind
    title: str
    """What it is called, as it was written; a sector's code."""
    text: str
    address: str = ""
    """Code of the practice, or id of the activity."""
    ages: tuple[int, int] | None = None


@dataclass(frozen=True)
class Ground:
    """One reason: what it rests on, and the words of the measure that it shares."""

    known: Known
    words: tuple[str, ...]
    ages: bool = False
    """The ages that the measure names are among those of the practice."""


@dataclass(frozen=True)
class Wanted:
    """A measure as it is matched."""

    means: Meaning
    ages: tuple[int, int] | None


def wanted(texts: Text) -> Wanted:
    """A measure from its words in all languages."""
    whole = "\n".join(texts.values())
    named = _AGES.search(whole)
    return Wanted(meaning(whole), (int(named[1]), int(named[2])) if named else None)


def common_keys(measures: Sequence[Text]) -> frozenset[str]:
    """What most measures of a plan say, so that it tells none of them apart."""
    counts = Counter(key for texts in measures for key in wanted(texts).means.words)
    often = {key for key, count in counts.items() if len(measures) >= FEW and count > COMMON * len(measures)}
    return frozenset(often) | GENERAL


def grounds(measure: Wanted, known: Iterable[Known], common: Collection[str]) -> tuple[Ground, ...]:
    """Why an organisation fits a measure, the strongest first; nothing: it does not.

    Parameters
    ----------
    measure
        What is to be done.
    known
        What is known of the organisation.
    common
        Keys that tell nothing in this plan.

    """
    found = [ground for one in known if (ground := _ground(measure, one, common)) is not None]
    order = list(Kind)
    return tuple(sorted(found, key=lambda each: (order.index(each.known.kind), -len(each.words), each.known.title)))


def _ground(measure: Wanted, one: Known, common: Collection[str]) -> Ground | None:
    if one.kind is Kind.SECTOR:
        words = [word for key, word in measure.means.words.items() if key in SECTORS.get(one.title, ())]
        return Ground(one, tuple(dict.fromkeys(words))) if words else None
    if measure.ages and one.ages and not _meet(measure.ages, one.ages):
        return None
    both = {key: word for key, word in shared(measure.means, meaning(one.text)).items() if key not in common}
    if sum(map(weight, both)) < LEAST or all(map(is_side_matter, both)):
        return None
    return Ground(one, tuple(dict.fromkeys(both.values())), ages=bool(measure.ages and one.ages))


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def works_there(territory_path: str, plan_path: str) -> str:
    """``whole``: the organisation's territory holds the plan's; ``part``: it lies in it; empty: elsewhere."""
    if plan_path.startswith(territory_path):
        return "whole"
    return "part" if territory_path.startswith(plan_path) else ""


def order_of(found: Sequence[Ground], name: str) -> tuple[object, ...]:
    """Organisations with more kinds of grounds first, then the stronger kinds, then by name."""
    kinds = list(dict.fromkeys(each.known.kind for each in found))
    strong = [list(Kind).index(kind) for kind in kinds]
    return (-len(kinds), strong, name.casefold())
