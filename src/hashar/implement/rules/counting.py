"""Counting people once: contacts add up, different people lie in a range.

How many different people came is rarely known. Two bounds always are. *At least*: the largest number of people that are
different for certain – those at one session, those of one group, or all classes of a school year together. *At most*:
everybody at every activity was somebody else, but there are not more than live there.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from hashar.i18n.spelling import fold
from hashar.implement.contracts.activities import Ages, PeopleCount, Sex
from hashar.implement.contracts.reach import Counted, Denominator, Range, Reach
from hashar.implement.rules.small_numbers import FEWEST

NOBODY = Range(0, 0)
SCHOOL_YEAR = 9
"""The month in which it begins."""


def school_year(day: dt.date) -> int:
    """The year in which the school year of a day began."""
    return day.year if day.month >= SCHOOL_YEAR else day.year - 1


def unit_of(activity: int, organisation: int, group: str) -> str:
    """What is counted together: the sessions of a group of an organisation, else the activity by itself."""
    folded = fold(group)
    return f"group {organisation} {folded}" if folded else f"activity {activity}"


def people_of(one: Counted, ages: Ages, sex: Sex = Sex.ALL) -> Range:
    """Different people of these ages (and sex) at one activity."""
    if not one.ages.meets(ages):
        return NOBODY
    if one.hidden:
        return Range(0, FEWEST - 1)
    if one.by_age:
        return _by_age(one, ages, sex)
    found = _in_all(one)
    return found if one.ages.inside(ages) and sex is Sex.ALL else Range(0, found.high)


def _in_all(one: Counted) -> Range:
    """Different people of an activity whose ages were not counted apart.

    Whoever came to one session is somebody else than all others there: on average ``contacts / sessions`` of them.
    """
    if one.people is not None:
        return Range(one.people, one.people)
    if one.contacts is None:
        return NOBODY
    at_once = -(-one.contacts // max(one.sessions, 1))
    return Range(at_once, at_once if one.group else one.contacts)


def _by_age(one: Counted, ages: Ages, sex: Sex) -> Range:
    low = high = told = 0
    for band in {each.ages for each in one.by_age}:
        known, unknown = _of_band([each for each in one.by_age if each.ages == band], sex)
        everybody, _ = _of_band([each for each in one.by_age if each.ages == band], Sex.ALL)
        told += everybody
        if band.inside(ages):
            low += known
        if band.meets(ages):
            high += known + unknown
    rest = max((one.people or 0) - told, 0)
    sure = one.ages.inside(ages) and sex is Sex.ALL
    return Range(low + (rest if sure else 0), high + rest)


def _of_band(rows: Sequence[PeopleCount], sex: Sex) -> tuple[int, int]:
    """People of a band who are of this sex, and those who may be."""
    counts = {each.sex: each.count for each in rows}
    apart = counts.get(Sex.FEMALE, 0) + counts.get(Sex.MALE, 0)
    everybody = max(counts.get(Sex.ALL, 0), apart)
    return (everybody, 0) if sex is Sex.ALL else (counts.get(sex, 0), everybody - apart)


def reach(found: Iterable[Counted], ages: Ages, population: int | None, sex: Sex = Sex.ALL) -> Reach:
    """What activities reached among people of these ages; the order in which they come does not matter.

    Parameters
    ----------
    found
        Activities that took place, each event once.
    ages
        The target group.
    population
        How many there are; None: not known.
    sex
        Girls and women, boys and men, or all.

    """
    counted = [one for one in found if one.ages.meets(ages)]
    ranges = [(one, people_of(one, ages, sex)) for one in counted]
    units: dict[str, Range] = {}
    for one, each in ranges:
        units[one.unit] = _wider(units.get(one.unit, NOBODY), each)
    low = max([each.low for each in units.values()] + [_classes(ranges)], default=0)
    high = sum(each.high for each in units.values())
    return Reach(
        activities=len(counted),
        sessions=sum(one.sessions for one in counted),
        contacts=sum(one.contacts or 0 for one in counted if not one.hidden),
        people=Range(_capped(low, population), _capped(high, population)),
        uncounted=sum(one.contacts is None and one.people is None and not one.hidden for one in counted),
        mixed=sum(not one.ages.inside(ages) for one in counted),
        hidden=sum(one.hidden for one in counted),
        population=population,
        too_many=population is not None and low > population,
    )


def _wider(one: Range, other: Range) -> Range:
    """The sessions of one group: as many as at the one to which most came."""
    return Range(max(one.low, other.low), max(one.high, other.high))


def _classes(ranges: Iterable[tuple[Counted, Range]]) -> int:
    """Most people in different classes of one school year of one organisation: nobody is in two of them."""
    classes: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for one, each in ranges:
        if one.class_of:
            known = classes[one.class_of]
            known[one.unit] = max(known.get(one.unit, 0), each.low)
    return max((sum(known.values()) for known in classes.values()), default=0)


def _capped(count: int, population: int | None) -> int:
    return count if population is None else min(count, population)


Band = tuple[str, int, int, int, int]
"""Source, year, first and last age, people."""


def denominator(bands: Iterable[Band], ages: Ages, year: int) -> Denominator | None:
    """People of these ages: whole age groups of one source and year that fit exactly, never a part of one.

    Parameters
    ----------
    bands
        What is known of a territory, the better source first.
    ages
        The target group.
    year
        The latest year that may be taken; the latest one that is known is.

    """
    known: defaultdict[tuple[int, str], list[tuple[int, int, int]]] = defaultdict(list)
    for source, when, first, last, count in bands:
        if when <= year and ages.first <= first and last <= ages.end:
            known[when, source].append((first, last, count))
    for when, source in sorted(known, key=lambda each: -each[0]):
        total = _fitting(known[when, source], ages.first, ages.end)
        if total is not None:
            return Denominator(total, when, source)
    return None


def _fitting(bands: Sequence[tuple[int, int, int]], first: int, end: int) -> int | None:
    """People of bands that follow one another from the first age to the last without gap or overlap."""
    reached = {first: 0}
    for start, last, count in sorted(bands):
        if start in reached:
            reached.setdefault(last + 1, reached[start] + count)
    return reached.get(end + 1)
