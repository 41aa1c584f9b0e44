"""From a profile's priorities to practices."""

import pytest

from hashar.assess.queries import releases
from hashar.errors import NotFound
from hashar.exchange.contracts import Wanted
from hashar.exchange.models import FactorLink
from hashar.exchange.services.loading import load_shipped
from hashar.flows.matching import match
from tests.people.cast import NOW
from tests.web.security.world import world

__all__ = ["world"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(world):
    load_shipped(now=NOW)
    return world.cast.actor("analyst")


def test_each_priority_comes_with_practices_or_is_named_as_without(analyst, world, client):
    found = match(analyst, world["shared"], Wanted())
    told = [*found.firm, *found.arguable]
    ranked = releases.profile(analyst, world["shared"]).priorities.ranked
    assert [one.priority.code for one in found.firm] == [row.code for row in ranked if row.firm]
    assert {one.priority.code for one in told} <= {row.code for row in ranked}
    assert all(one.found.factor == one.priority.code for one in told)
    assert all(one.found.suggestions for one in told)
    nothing = match(analyst, world["shared"], Wanted(age_from=119))
    FactorLink.objects.all().delete()
    bare = match(analyst, world["shared"], Wanted())
    assert [one.code for one in bare.without] == [one.priority.code for one in told]
    assert sum(one.found.left_out for one in [*nothing.firm, *nothing.arguable]) > 0

    reader = world.cast.sign_in(client, "analyst")
    assert "Without a practice" in reader.get(f"/en/exchange/match/{world['shared']}/").content.decode()


def test_a_release_of_others_is_not_matched(world):
    with pytest.raises(NotFound):
        match(world.cast.actor("stranger"), world["shared"], Wanted())


def test_the_page_says_why_and_keeps_what_was_asked(analyst, world, client):
    reader = world.cast.sign_in(client, "analyst")
    address = f"/en/exchange/match/{world['shared']}/"
    asked = {"age_from": "12", "age_to": "14", "setting": "school", "language": "kk", "cost": "high"}
    page = reader.get(address, asked).content.decode()
    assert "The languages of its materials are not known here." in page
    assert "It is done where you asked: School." in page
    assert "There is no score." in page
    assert reader.get(address, {"age_from": "-3"}).status_code == 422
    known = reader.get(address, {"language": "en", "cost": "low"}).content.decode()
    assert "Its materials are in English." in known or "not known here" in known
    assert address in reader.get("/en/exchange/match/").content.decode()
    assert address in reader.get(f"/en/assess/releases/{world['shared']}/priorities/").content.decode()
