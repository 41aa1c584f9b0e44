"""Counting people once: a table of cases that the documentation shows, and what holds for every list of activities."""

import datetime as dt
from itertools import count
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.implement.contracts.activities import BANDS, EVERYBODY, Ages, PeopleCount, Sex
from hashar.implement.contracts.reach import Counted, Range
from hashar.implement.rules.counting import denominator, people_of, reach, school_year, unit_of

PUPILS = Ages(12, 17)
CHILDREN = Ages(7, 11)
NUMBERS = count()


def talk(contacts=None, *, unit=None, ages=PUPILS, **more):
    """An activity by itself, for pupils."""
    return Counted(unit=unit or f"activity {next(NUMBERS)}", ages=ages, contacts=contacts, **more)


def lesson(contacts, group, **more):
    return talk(contacts, unit=group, group=True, **more)


def of_class(contacts, group, year="1 2025", **more):
    return lesson(contacts, group, class_of=year, **more)


def girls_boys(female, male, everybody=0, ages=PUPILS):
    counts = ((Sex.FEMALE, female), (Sex.MALE, male), (Sex.ALL, everybody))
    return tuple(PeopleCount(ages, sex, number) for sex, number in counts if number)


class Case(NamedTuple):
    activities: list
    contacts: int
    low: int
    high: int
    population: int | None = None


CASES = {
    "nothing was done": Case([], 0, 0, 0),
    "nobody counted": Case([talk()], 0, 0, 0),
    "one talk: everyone there is somebody else": Case([talk(30)], 30, 30, 30),
    "two talks: perhaps the same people": Case([talk(30), talk(40)], 70, 40, 70),
    "never more than there are": Case([talk(30), talk(40)], 70, 40, 50, 50),
    "more at once than live there": Case([talk(60)], 60, 50, 50, 50),
    "different people were counted": Case([talk(200, people=28)], 200, 28, 28),
    "counted at one, not at the other": Case([talk(200, people=28), talk(40)], 240, 40, 68),
    "several sessions in one entry": Case([talk(200, sessions=8)], 200, 25, 200),
    "a remainder is a person": Case([talk(201, sessions=8)], 201, 26, 201),
    "eight lessons of a class are one class": Case([lesson(25, "7a") for _ in range(8)], 200, 25, 25),
    "somebody was ill": Case([lesson(25, "7a"), lesson(28, "7a"), lesson(26, "7a")], 79, 28, 28),
    "eight lessons in one entry": Case([lesson(200, "7a", sessions=8)], 200, 25, 25),
    "the list of the group is longer": Case([lesson(25, "7a"), lesson(25, "7a", people=30)], 50, 30, 30),
    "two groups may share people": Case([lesson(25, "chess"), lesson(20, "drama")], 45, 25, 45),
    "two classes do not": Case([of_class(25, "7a"), of_class(28, "7b")], 53, 53, 53),
    "lessons of two classes": Case([of_class(25, "7a"), of_class(28, "7b")] * 4, 212, 53, 53),
    "classes of two school years may be the same pupils": Case(
        [of_class(25, "7a", "1 2024"), of_class(26, "8a", "1 2025")], 51, 26, 51
    ),
    "classes of two organisations may be the same class": Case(
        [of_class(25, "7a", "1 2025"), of_class(26, "class 7a", "2 2025")], 51, 26, 51
    ),
    "a hall beside classes": Case([of_class(25, "7a"), of_class(28, "7b"), talk(400)], 453, 400, 453),
    "other ages do not count": Case([talk(30, ages=CHILDREN)], 0, 0, 0),
    "of mixed ages perhaps nobody, perhaps all": Case([talk(300, ages=EVERYBODY)], 300, 0, 300),
    "ages counted apart": Case(
        [talk(90, ages=EVERYBODY, people=90, by_age=(PeopleCount(PUPILS, Sex.ALL, 60),))], 90, 60, 90
    ),
    "ages counted in full": Case(
        [
            talk(
                90,
                ages=EVERYBODY,
                people=90,
                by_age=(PeopleCount(PUPILS, Sex.ALL, 60), PeopleCount(Ages(30), Sex.ALL, 30)),
            )
        ],
        90,
        60,
        60,
    ),
    "an age group that reaches beyond": Case(
        [talk(50, ages=EVERYBODY, people=50, by_age=(PeopleCount(Ages(15, 24), Sex.ALL, 50),))], 50, 0, 50
    ),
    "the rest is of the ages of the activity": Case([talk(50, people=40, by_age=girls_boys(10, 5))], 50, 40, 40),
    "small numbers of others": Case([talk(40), talk(3, hidden=True)], 40, 40, 44),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_each_case(case):
    found = reach(case.activities, PUPILS, case.population)
    assert (found.contacts, found.people) == (case.contacts, Range(case.low, case.high))


SEXES = {
    "girls were counted": (girls_boys(12, 11), Sex.FEMALE, Range(12, 12)),
    "the others may be girls": (girls_boys(12, 0, 20), Sex.FEMALE, Range(12, 20)),
    "boys alone were counted": (girls_boys(0, 8), Sex.FEMALE, Range(0, 17)),
    "nothing was counted by sex": ((), Sex.MALE, Range(0, 25)),
}


@pytest.mark.parametrize(("by_age", "sex", "expected"), SEXES.values(), ids=SEXES)
def test_girls_and_boys(by_age, sex, expected):
    told = sum(each.count for each in by_age if each.sex is not Sex.ALL)
    people = 25 if by_age == girls_boys(0, 8) or not by_age else max(told, 20)
    if by_age == girls_boys(12, 11):
        people = 23
    one = talk(25, people=people, by_age=by_age)
    assert people_of(one, PUPILS, sex) == expected


def test_what_was_not_counted_or_is_of_mixed_ages_is_said():
    found = reach([talk(), talk(5, ages=EVERYBODY), talk(9, ages=CHILDREN), talk(3, hidden=True)], PUPILS, 100)
    assert (found.activities, found.uncounted, found.mixed, found.hidden, found.sessions) == (3, 1, 1, 1, 3)
    assert (found.low_share, found.high_share) == (0, 0.09)
    assert reach([talk(5)], PUPILS, None).high_share is None


def test_more_people_than_live_there_is_said():
    assert reach([talk(60)], PUPILS, 50).too_many
    assert not reach([talk(30), talk(30)], PUPILS, 50).too_many


counts = st.none() | st.integers(0, 60)


@st.composite
def activities(draw):
    contacts = draw(counts)
    group = draw(st.sampled_from(["", "7a", "7b", "chess"]))
    told = draw(counts)
    ages = draw(st.sampled_from([*BANDS, EVERYBODY]))
    bands = draw(st.lists(st.sampled_from(BANDS), max_size=2, unique=True)) if told is not None else []
    by_age = tuple(PeopleCount(band, Sex.ALL, told // 2) for band in bands if band.meets(ages) and told)
    return Counted(
        unit=group or f"activity {next(NUMBERS)}",
        ages=ages,
        contacts=contacts,
        people=told,
        by_age=by_age,
        sessions=draw(st.integers(1, 8)),
        group=bool(group),
        class_of=draw(st.sampled_from(["1 2024", "1 2025"])) if group.startswith("7") else "",
        hidden=draw(st.sampled_from([False, False, False, True])),
    )


some = st.lists(activities(), max_size=8)
people_there = st.none() | st.integers(0, 200)
target = st.sampled_from([*BANDS, EVERYBODY, Ages(10, 19)])


@settings(max_examples=60, deadline=None)
@given(some, people_there, target, st.sampled_from(Sex))
def test_at_least_is_never_more_than_at_most_and_at_most_never_more_than_there_are(found, there, ages, sex):
    people = reach(found, ages, there, sex).people
    assert 0 <= people.low <= people.high
    assert there is None or people.high <= there


@settings(max_examples=60, deadline=None)
@given(some, activities(), people_there, target)
def test_one_activity_more_never_lowers_anything(found, more, there, ages):
    before, after = reach(found, ages, there), reach([*found, more], ages, there)
    assert before.people.low <= after.people.low
    assert before.people.high <= after.people.high
    assert before.contacts <= after.contacts


@settings(max_examples=40, deadline=None)
@given(some, people_there, target, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(found, there, ages, chance):
    mixed = list(found)
    chance.shuffle(mixed)
    assert reach(mixed, ages, there) == reach(found, ages, there)


@settings(max_examples=40, deadline=None)
@given(some, people_there)
def test_wider_ages_never_lower_the_most(found, there):
    assert reach(found, PUPILS, there).people.high <= reach(found, EVERYBODY, there).people.high


def test_a_group_is_known_by_its_name_however_it_is_spelt():
    assert unit_of(1, 5, "School 12,  7А") == unit_of(2, 5, "school 12, 7a")
    assert unit_of(1, 5, "7a") != unit_of(1, 6, "7a")
    assert unit_of(1, 5, " ") != unit_of(2, 5, "")


def test_a_school_year_begins_in_september():
    assert [school_year(dt.date(2026, month, 1)) for month in (8, 9)] == [2025, 2026]


POPULATION = [
    ("bureau", 2024, 12, 14, 800),
    ("bureau", 2024, 15, 17, 700),
    ("bureau", 2023, 12, 17, 1400),
    ("ours", 2024, 12, 17, 1480),
    ("bureau", 2024, 0, 120, 20_000),
    ("bureau", 2027, 12, 17, 1600),
]


@pytest.mark.parametrize(
    ("ages", "year", "expected"),
    [
        (PUPILS, 2026, (1500, 2024, "bureau")),
        (PUPILS, 2023, (1400, 2023, "bureau")),
        (PUPILS, 2022, None),
        (Ages(12, 14), 2026, (800, 2024, "bureau")),
        (Ages(10, 17), 2026, None),
        (Ages(12, 16), 2026, None),
        (EVERYBODY, 2026, (20_000, 2024, "bureau")),
    ],
)
def test_the_population_is_made_of_whole_age_groups_of_one_source(ages, year, expected):
    found = denominator(POPULATION, ages, year)
    assert (found and (found.count, found.year, found.source)) == expected


def test_age_groups_with_a_gap_or_an_overlap_do_not_fit():
    gap = [("a", 2024, 12, 13, 5), ("a", 2024, 15, 17, 5)]
    overlap = [("a", 2024, 12, 15, 5), ("a", 2024, 15, 17, 5)]
    assert denominator(gap, PUPILS, 2024) is denominator(overlap, PUPILS, 2024) is None
    assert denominator([*overlap, ("a", 2024, 16, 17, 4)], PUPILS, 2024).count == 9


def test_an_activity_for_others_reaches_nobody_of_a_target_group():
    parents = Counted(unit="activity 1", ages=Ages(30), contacts=37)
    assert people_of(parents, Ages(12, 17)) == Range(0, 0)
