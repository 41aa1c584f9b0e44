"""The home page: what is due, has changed, needs a look, for each role."""

import datetime as dt

import pytest

from hashar.assess.contracts.surveys import HomeKind, HomePart
from hashar.assess.queries.home import home_items
from hashar.assess.services.releases import withdraw
from hashar.people.contracts import ANONYMOUS
from hashar.runs.services import work_once
from tests.assess.site import make_survey
from tests.people.cast import NOW

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def lines(cast, name, now=NOW):
    return [(item.part, item.kind) for item in home_items(cast.actor(name), now)]


def test_a_new_survey_waits_for_its_file_then_codebook_then_profile(survey, cast):
    assert lines(cast, "analyst") == [(HomePart.DUE, HomeKind.NO_FILE)]
    file = survey.upload()
    assert lines(cast, "analyst") == [(HomePart.DUE, HomeKind.NO_CODEBOOK)]
    assert lines(cast, "coordinator") == [(HomePart.LOOK, HomeKind.NO_CODEBOOK)]
    survey.save("title: x\n")
    (item,) = home_items(cast.actor("analyst"), NOW)
    assert (item.kind, item.count > 0, item.survey, item.title) == (
        HomeKind.CODEBOOK_PROBLEMS,
        True,
        survey.id,
        "Almaty 2022",
    )
    survey.save(based_on=1)
    assert lines(cast, "analyst") == [(HomePart.DUE, HomeKind.NO_PROFILE)]
    survey.ask(file.id)
    assert set(lines(cast, "analyst")) == {(HomePart.DUE, HomeKind.NO_PROFILE), (HomePart.LOOK, HomeKind.RUN_WAITING)}


def test_a_draft_waits_for_the_coordinator(survey, cast):
    release = survey.release()
    assert lines(cast, "coordinator") == [(HomePart.DUE, HomeKind.DRAFT_TO_SHARE)]
    assert lines(cast, "analyst") == [(HomePart.LOOK, HomeKind.DRAFT_TO_SHARE)]
    (item,) = home_items(cast.actor("coordinator"), NOW)
    assert (item.release, item.release_title) == (release, {"en": "Oblast school survey"})


def test_a_draft_that_a_newer_release_replaced_waits_no_more(survey, cast):
    survey.release()
    survey.share(survey.release(now=NOW + DAY), NOW + DAY)
    assert (HomePart.DUE, HomeKind.DRAFT_TO_SHARE) not in lines(cast, "coordinator", NOW + DAY)


def test_a_failed_run_tells_why_until_another_was_asked_for(survey, cast):
    file = survey.upload()
    survey.save()
    survey.ask(file.id, by=["moon"])
    work_once(clock=lambda: NOW)
    item = next(item for item in home_items(cast.actor("analyst"), NOW) if item.kind is HomeKind.RUN_FAILED)
    assert item.part is HomePart.DUE
    assert item.message.values["group"] == "moon"
    survey.ask(file.id)
    assert work_once(clock=lambda: NOW)
    assert HomeKind.RUN_FAILED not in [kind for _, kind in lines(cast, "analyst")]


def test_everyone_who_may_read_it_hears_of_a_new_release_for_two_weeks(survey, cast):
    release = survey.release()
    survey.share(release)
    for name in ("reader", "manager", "colleague", "analyst"):
        assert (HomePart.CHANGED, HomeKind.NEW_RELEASE) in lines(cast, name, NOW + 13 * DAY)
        assert lines(cast, name, NOW + 15 * DAY) == []
    (item,) = home_items(cast.actor("manager"), NOW)
    assert (item.title, item.release_title, item.organisation_name) == (
        "",
        {"en": "Oblast school survey"},
        "Almaty centre",
    )
    assert lines(cast, "stranger") == []


def test_only_those_who_prepared_it_hear_of_a_withdrawal(survey, cast):
    release = survey.release()
    survey.share(release)
    withdraw(actor=cast.actor("coordinator"), release=release, now=NOW)
    assert lines(cast, "official") == [(HomePart.CHANGED, HomeKind.WITHDRAWN)]
    for name in ("reader", "manager", "colleague"):
        assert lines(cast, name) == []


@pytest.mark.parametrize("name", ["reader", "colleague", "stranger", "manager", "operator"])
def test_others_hear_nothing_of_the_kitchen(survey, cast, name):
    file = survey.upload()
    survey.save()
    survey.ask(file.id)
    assert lines(cast, name) == []


def test_somebody_without_a_mandate_has_an_empty_page():
    assert home_items(ANONYMOUS, NOW) == ()


def test_the_page_costs_the_same_however_much_there_is(survey, cast, data, django_assert_max_num_queries):
    for at in range(4):
        other = make_survey(cast, data, title=f"{at}")
        other.ask(other.upload().id) if other.save() and at % 2 else other.upload()
    survey.release()
    actor = cast.actor("analyst")
    with django_assert_max_num_queries(5):
        assert len(home_items(actor, NOW)) == 5
