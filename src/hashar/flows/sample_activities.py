"""Activities made up for the demonstration: lessons of classes, a festival that a partner entered too, parents."""

import datetime as dt
import uuid

from hashar.implement.contracts.activities import Ages, Component, Draft, Fidelity, State
from hashar.implement.services.activities import log
from hashar.people.contracts import Actor
from hashar.plan.queries.measures import measures_to_serve

SERVED = ("8", "12", "10")
"""Numbers of measures in the demonstration's plan: life skills, clubs and sports, schools of parents."""
PUPILS, PARENTS = Ages(12, 17), Ages(30)
KEYS = uuid.UUID("5f1d7c52-6a1e-4a6e-9a53-0c1f5a2b7d10")
LESSON = "Занятие «Отказ без конфликта» (пример)"
COMPONENTS = (
    Component("Ролевая игра с отказом", Fidelity.DONE),
    Component("Работа с нормами: что показал опрос", Fidelity.PARTLY),
)


def bring_activities(*, coalition: Actor, city: Actor, organisations: tuple[int, int], now: dt.datetime) -> int:
    """Enter the activities of a coalition, and one of a city; returns how many.

    Parameters
    ----------
    coalition, city
        A coordinator or official of each.
    organisations
        The coalition and the city.
    now
        When; the activities lie in the weeks before.

    Raises
    ------
    Forbidden
        An actor may not enter activities of their organisation.

    """
    home, partner = organisations
    found = measures_to_serve(coalition, home, now.date())
    fitting = sorted(found, key=lambda each: SERVED.index(each.number) if each.number in SERVED else len(SERVED))
    served = tuple(each.id for each in fitting[: len(SERVED)])
    own = _of_coalition(home, served, now.date())
    theirs = Draft(
        organisation=partner,
        title="Городской спортивный фестиваль (пример)",
        date=now.date() - dt.timedelta(days=16),
        strategy="support",
        territory=None,
        place="Центральный стадион",
        measures=served[1:2],
        ages=PUPILS,
        contacts=300,
    )
    for actor, drafts in ((coalition, own), (city, [theirs])):
        for at, draft in enumerate(drafts):
            log(actor=actor, key=uuid.uuid5(KEYS, f"{draft.organisation} {at}"), draft=draft, now=now)
    return len(own) + 1


def _of_coalition(home: int, served: tuple[int, ...], today: dt.date) -> list[Draft]:
    festival = Draft(
        organisation=home,
        title="Спортивный фестиваль (пример)",
        date=today - dt.timedelta(days=16),
        strategy="support",
        territory=None,
        place="Центральный стадион",
        measures=served[1:2],
        ages=PUPILS,
        contacts=280,
    )
    parents = Draft(
        organisation=home,
        title="Встреча с родителями (пример)",
        date=today - dt.timedelta(days=9),
        strategy="information",
        territory=None,
        place="Школа № 12",
        measures=served[2:3],
        ages=PARENTS,
        contacts=37,
        people=35,
    )
    planned = Draft(
        organisation=home,
        title=LESSON,
        date=today + dt.timedelta(days=4),
        strategy="skills",
        territory=None,
        place="Школа № 12",
        state=State.PLANNED,
        measures=served[:1],
        ages=PUPILS,
    )
    return [*_lessons(home, served, today), festival, parents, planned]


def _lessons(home: int, served: tuple[int, ...], today: dt.date) -> list[Draft]:
    """Four weeks of one class in three schools."""
    return [
        Draft(
            organisation=home,
            title=LESSON,
            date=today - dt.timedelta(days=7 * week + 3),
            strategy="skills",
            territory=None,
            place=f"Школа № {school}",
            measures=served[:1],
            ages=PUPILS,
            contacts=23 + (week + school) % 5,
            minutes=45,
            group=f"Школа № {school}, 7А",
            school_class=True,
            components=COMPONENTS,
        )
        for school in (12, 25, 31)
        for week in range(4)
    ]
