"""A measure that its bodies report as done warns no more; one that comes again warns again."""

import datetime as dt

import pytest

from hashar.flows.deadlines import due
from hashar.implement.contracts.progress import Status
from hashar.plan.models import MeasureDeadline
from tests.implement.collecting import collecting  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db


def numbers(collecting, today):  # noqa: F811  (the fixture)
    lines = due(collecting.official, today=today).lines
    return {(line.number, str(line.urgency)) for line in lines}


@pytest.mark.parametrize("status", [Status.DONE, Status.TAKEN_OFF, Status.UNDER_WAY])
def test_what_the_bodies_say_decides(collecting, status):  # noqa: F811  (the fixture)
    measure = collecting.measures()[0]
    end = dt.date(2026, 3, 20)
    MeasureDeadline.objects.filter(measure=measure.id).update(kind="date", start=None, end=end, every="", days=[])
    collection = collecting.open()
    today = dt.date(2026, 4, 2)
    assert (measure.number, "overdue") in numbers(collecting, today)
    said = {"status": status}
    if status is Status.DONE:
        said |= {"done_on": dt.date(2026, 3, 10), "result": "x", "evidence": "1"}
    for body in measure.bodies:
        collecting.say(collection, body.name, measure.number, **said)
    assert ((measure.number, "overdue") in numbers(collecting, today)) == (status is Status.UNDER_WAY)
