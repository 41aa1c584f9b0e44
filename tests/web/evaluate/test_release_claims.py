"""Which sentences about changes a released profile supports."""

import pytest

from hashar.assess.queries import releases
from hashar.evaluate.contracts.claims import Direction, TrendClaim, Verdict
from hashar.evaluate.queries.trends import published_trend, published_trends
from hashar.evaluate.services.guard import judge_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(survey):
    return survey.release()


def test_a_sentence_is_supported_exactly_where_the_profile_shows_the_change(cast, release):
    analyst = cast.actor("analyst")
    profile = releases.profile(analyst, release)
    changes = {finding.name: finding.change.value for finding in profile.indicators if finding.change}
    seen = 0
    for trend in published_trends(analyst, release):
        if trend.name in changes:
            change = changes[trend.name]
            direction = Direction.FELL if change.difference < 0 else Direction.ROSE
            verdict = judge_claim(claim=TrendClaim(direction=direction), evidence=trend.evidence).verdict
            assert (verdict is Verdict.SUPPORTED) == change.shown
            seen += 1
    assert seen


def test_the_page_lists_every_change_both_ways(cast, client, release):
    cast.sign_in(client, "analyst")
    page = client.get(f"/en/evaluate/releases/{release}/").content.decode()
    for trend in published_trends(cast.actor("analyst"), release):
        assert page.count(f'/en/evaluate/releases/{release}/{trend.name}/"') == 2


def test_one_indicator_has_its_reasons(cast, client, release):
    trend = published_trends(cast.actor("analyst"), release)[0]
    answer = cast.sign_in(client, "analyst").get(f"/ru/evaluate/releases/{release}/{trend.name}/")
    assert answer.status_code == 200
    assert "T0" in answer.content.decode()


def test_what_was_not_compared_is_not_found(cast, client, release):
    cast.sign_in(client, "analyst")
    assert client.get(f"/en/evaluate/releases/{release}/nothing/").status_code == 404
    assert published_trend(cast.actor("analyst"), release, "alcohol").name == "alcohol"


@pytest.mark.parametrize("who", ["colleague", "stranger", "reader", "operator"])
def test_a_draft_is_for_its_makers_alone(cast, client, release, who):
    answer = cast.sign_in(client, who).get(f"/en/evaluate/releases/{release}/")
    assert answer.status_code == 404
    assert "Alcohol" not in answer.content.decode()


def test_a_shared_one_is_for_the_territory(cast, client, survey, release):
    survey.share(release)
    assert cast.sign_in(client, "colleague").get(f"/en/evaluate/releases/{release}/").status_code == 200
    assert cast.sign_in(client, "stranger").get(f"/en/evaluate/releases/{release}/").status_code == 404
