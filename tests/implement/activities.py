"""Entries of activities for tests: the cast's centre leads, the day is before the cast's own."""

import datetime as dt
import uuid
from dataclasses import replace

from hashar.implement.contracts.activities import Ages, Draft
from hashar.implement.services import activities

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
PUPILS = Ages(12, 17)


def draft(cast, **changes):
    """A talk for 25 pupils of the city."""
    told = Draft(
        organisation=cast.centre,
        title="Talk on peer pressure",
        date=dt.date(2026, 2, 10),
        strategy="skills",
        territory=cast.city,
        place="School 12",
        ages=PUPILS,
        contacts=25,
    )
    return replace(told, **changes)


def log(cast, who="coordinator", key=None, now=NOW, **changes):
    """Enter it; returns its id."""
    told = draft(cast, **changes)
    return activities.log(actor=cast.actor(who), key=key or uuid.uuid4(), draft=told, now=now)
