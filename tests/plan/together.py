"""A plan of Almaty centre, and people of both kinds of organisation round it."""

import datetime as dt
from dataclasses import dataclass

from hashar.people.contracts import CONSOLE, Role
from hashar.people.services.accounts import make_account
from hashar.people.services.memberships import add_member
from hashar.people.services.organisations import create_organisation
from hashar.plan.contracts.commitments import Part, Promise, Step
from hashar.plan.queries.commitments import measure_page
from hashar.plan.queries.plans import plan as plan_of
from hashar.plan.services import commitments, plan_imports
from tests.people.cast import PASSWORD, Cast
from tests.plan.test_plans import NOW, file

TODAY = NOW.date()
MEASURES = [
    ("1", "Провести тренинги для родителей школьников", "отчёт", "IV квартал 2026 года", "Almaty centre, МВД", "100"),
    ("2", "Обучить школьных психологов методам помощи", "приказ", "ежегодно, к 25 декабря", "МЗ (созыв), МВД", "–"),
    ("3", "Проверить продажу алкоголя у школ", "акт", "постоянно", "МВД, МЗ", "50"),
]


@dataclass
class Together:
    """Ids by name, and short ways to act."""

    cast: Cast
    plan: int
    measures: list[int]

    def actor(self, name):
        return self.cast.actor(name)

    def page(self, name, at=0, **more):
        return measure_page(self.actor(name), self.plan, self.measures[at], today=TODAY, **more)

    def offer(self, name="youth", organisation=None, part=Part.PARTNER, at=0, text="Ten evenings", **more):
        return commitments.offer(
            actor=self.actor(name),
            plan=self.plan,
            measure=self.measures[at],
            organisation=organisation or self.cast.neighbour,
            promise=Promise(part, text, **more),
            now=NOW,
        )

    def invite(self, organisation=None, name="official", part=Part.PARTNER, at=0, text="Please help"):
        return commitments.invite(
            actor=self.actor(name),
            plan=self.plan,
            measure=self.measures[at],
            organisation=organisation or self.cast.neighbour,
            promise=Promise(part, text),
            now=NOW,
        )

    def take(self, name, commitment, step, reason="", promise=None, now=NOW):
        commitments.take(
            actor=self.actor(name), commitment=commitment, step=step, reason=reason, promise=promise, now=now
        )

    def accepted(self, name="official", **more):
        made = self.offer(**more)
        self.take(name, made, Step.ACCEPT)
        return made


def add_person(cast, name, organisation, role):
    """Somebody more in the cast."""
    cast.people[name] = make_account(actor=CONSOLE, login=name, name=name.title(), password=PASSWORD, now=NOW)
    add_member(actor=CONSOLE, organisation=organisation, person=cast.people[name], role=role, now=NOW)


def make_together(cast, measures=MEASURES):
    """The plan, the coordinator of Almaty youth (NGO), and an NGO of Osh, where the plan does not hold."""
    add_person(cast, "youth", cast.neighbour, Role.COORDINATOR)
    official = cast.actor("official")
    content = file(measures, notes="")
    made = plan_imports.upload(
        actor=official, organisation=cast.centre, plan=None, name="plan.docx", content=content, now=NOW
    )
    plan = plan_imports.store(actor=official, import_id=made, now=NOW)
    found = plan_of(official, plan, today=TODAY)
    return Together(cast, plan, [one.id for one in found.measures])


def police(cast):
    """The organisation that the plan calls МВД, with a coordinator; its territory does not hold the plan's."""
    made = create_organisation(
        actor=CONSOLE,
        name="МВД",
        names={"ru": "МВД"},
        kind="police",
        sector="law_enforcement",
        level="country",
        territory=cast.elsewhere,
        now=NOW,
    )
    add_person(cast, "police", made, Role.COORDINATOR)
    return made


def in_days(days):
    return TODAY + dt.timedelta(days=days)
