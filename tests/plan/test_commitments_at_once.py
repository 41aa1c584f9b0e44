"""Two people decide on a commitment at the same moment: one of them is told, and the history fits what stands."""

import threading

import pytest

from hashar.errors import HasharError
from hashar.plan.contracts.commitments import Part, Step
from hashar.plan.models import Commitment, CommitmentStep
from tests.plan.together import make_together, police

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """What became of each: ``done``, or the name of the refusal."""
    from django.db import connections

    gate, outcomes = threading.Barrier(len(acts)), []

    def run(act):
        gate.wait(10)
        try:
            act()
            outcomes.append("done")
        except HasharError as error:
            outcomes.append(type(error).__name__)
        except Exception as error:  # noqa: BLE001  (whatever happens in a thread is told by its name)
            outcomes.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(outcomes)


def test_two_decide_at_once_and_things_stay_whole(cast):
    leads = police(cast)
    together = make_together(cast)
    made = together.offer()
    accept = lambda: together.take("official", made, Step.ACCEPT)  # noqa: E731  (one of several acts in a row)
    decline = lambda: together.take("coordinator", made, Step.DECLINE, reason="Enough")  # noqa: E731  (the same)
    assert at_once(accept, decline) == ["Conflict", "done"]
    assert CommitmentStep.objects.filter(commitment=made).count() == 2

    other = together.offer(at=1)
    accept = lambda: together.take("official", other, Step.ACCEPT)  # noqa: E731  (the same)
    withdraw = lambda: together.take("youth", other, Step.WITHDRAW, reason="No")  # noqa: E731  (the same)
    assert at_once(accept, withdraw) in (["done", "done"], ["Conflict", "done"])
    steps = [step.step for step in CommitmentStep.objects.filter(commitment=other).order_by("pk")]
    assert steps in (["offer", "accept", "withdraw"], ["offer", "withdraw"])
    assert Commitment.objects.get(pk=other).state == "withdrawn"

    first, second = together.offer("police", leads, Part.LEAD, at=2), together.offer(part=Part.LEAD, at=2)
    both = [lambda one=one: together.take("official", one, Step.ACCEPT) for one in (first, second)]
    assert at_once(*both) == ["Conflict", "done"]
    assert Commitment.objects.filter(part="lead", state="accepted").count() == 1
