"""What organisations promise each other in the demonstration: one promise accepted, one invitation open, two posts."""

import datetime as dt

from hashar.people.contracts import Actor
from hashar.plan.contracts.commitments import Audience, Part, Promise, Step
from hashar.plan.queries import plans
from hashar.plan.services.commitments import invite, offer, take
from hashar.plan.services.threads import write

CLUBS, SKILLS = "12", "7"
"""Numbers of the measures: evening clubs in schools, a programme of life skills."""
HELP = "Двое волонтёров ведут спортивный кружок в школе № 12 по вторникам и четвергам (пример)"
MEANS = "Два тренера-волонтёра, мячи и сетки коалиции"
ASKED = "Помочь наблюдать за занятиями в десяти школах по листу наблюдения (пример)"
QUESTION = "Школа № 12 даёт зал только до 18 часов. Можно ли продлить время до 20 часов? (пример)"
REPLY = "С директором договорились: зал открыт до 20 часов с понедельника. (пример)"
MONTHS = 6


def bring_commitments(
    *, coalition: Actor, city: Actor, organisations: tuple[int, int], plan: int, now: dt.datetime
) -> None:
    """Offer, accept, invite and write, each in the name of its own organisation.

    Parameters
    ----------
    coalition, city
        A coordinator or official of each; the plan is the city's.
    organisations
        The coalition and the city.
    plan
        The plan.
    now
        When.

    Raises
    ------
    NotFound, Forbidden
        An actor may not see the plan, or does not act for their organisation.

    """
    home, owner = organisations
    measures = {one.number: one.id for one in plans.plan(city, plan, today=now.date()).measures}
    clubs = measures[CLUBS]
    until = now.date() + dt.timedelta(days=30 * MONTHS)
    helping = Promise(Part.PARTNER, HELP, until, MEANS)
    made = offer(actor=coalition, plan=plan, measure=clubs, organisation=home, promise=helping, now=now)
    take(actor=city, commitment=made, step=Step.ACCEPT, now=now)
    invite(
        actor=city,
        plan=plan,
        measure=measures[SKILLS],
        organisation=home,
        promise=Promise(Part.PARTNER, ASKED, until),
        now=now,
    )
    for actor, organisation, text in ((coalition, home, QUESTION), (city, owner, REPLY)):
        write(
            actor=actor,
            plan=plan,
            measure=clubs,
            organisation=organisation,
            audience=Audience.PUBLIC,
            text=text,
            now=now,
        )
