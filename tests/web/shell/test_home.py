"""The first page of each role: what is due, what needs a look, what changed, and where to begin."""

import datetime as dt
from dataclasses import replace

import pytest

from hashar.assess.contracts.surveys import HomeItem, HomeKind, HomePart
from hashar.assess.contracts.table import Note
from hashar.i18n import Translator
from hashar.people.contracts import Actor, Mandate, Role
from hashar.web import home_page

AT = dt.datetime(2026, 3, 2, 20, 30, tzinfo=dt.UTC)
ITEM = HomeItem(
    kind=HomeKind.NO_FILE, part=HomePart.DUE, at=AT, survey=7, title="School <b>survey", organisation_name="Centre"
)
RELEASED = replace(ITEM, release=9, release_title={"en": "Profile of Almaty", "kk": "Алматы бейіні"})


def lines(*items, language="en"):
    return home_page.parts(items, Translator(language))


@pytest.mark.parametrize("kind", HomeKind)
def test_every_kind_of_item_has_a_sentence_that_names_the_survey(kind):
    (line,) = lines(replace(ITEM, kind=kind))[HomePart.DUE]
    assert "School <b>survey" in line.sentence


@pytest.mark.parametrize(
    ("item", "address"),
    [
        (ITEM, "/en/assess/surveys/7/"),
        (replace(ITEM, kind=HomeKind.CODEBOOK_PROBLEMS), "/en/assess/surveys/7/codebook/"),
        (replace(ITEM, kind=HomeKind.RUN_FAILED, run=5), "/en/assess/runs/5/"),
        (replace(RELEASED, kind=HomeKind.DRAFT_TO_SHARE), "/en/assess/releases/9/"),
    ],
)
def test_an_item_leads_to_where_the_work_is(item, address):
    assert lines(item)[HomePart.DUE][0].address == address


def test_a_release_is_named_in_the_language_of_the_page():
    assert "Алматы бейіні" in lines(RELEASED, language="kk")[HomePart.DUE][0].sentence


def test_a_failed_run_says_why():
    failed = replace(ITEM, kind=HomeKind.RUN_FAILED, message=Note("{name} has no weights.", {"name": "a.sav"}))
    assert lines(failed)[HomePart.DUE][0].about == "a.sav has no weights."


def test_problems_of_a_codebook_are_counted():
    assert lines(replace(ITEM, kind=HomeKind.CODEBOOK_PROBLEMS, count=3))[HomePart.DUE][0].about == "3 problems"


def test_items_keep_their_part_and_their_order():
    found = lines(ITEM, replace(ITEM, part=HomePart.CHANGED), replace(ITEM, survey=8))
    assert [line.address for line in found[HomePart.DUE]] == ["/en/assess/surveys/7/", "/en/assess/surveys/8/"]
    assert len(found[HomePart.CHANGED]) == 1
    assert found[HomePart.LOOK] == []


def test_times_are_those_of_the_site(settings):
    settings.TIME_ZONE = "Asia/Almaty"
    assert lines(ITEM)[HomePart.DUE][0].at.date() == dt.date(2026, 3, 3)


def actor(*roles, operator=False):
    return Actor(1, "A", operator, tuple(Mandate(1, "Centre", role, "KZ/") for role in roles))


@pytest.mark.parametrize("role", Role)
def test_every_role_has_somewhere_to_begin(role):
    assert home_page.steps(actor(role))


def test_steps_of_several_roles_stand_once():
    steps = home_page.steps(actor(Role.READER, Role.COORDINATOR, operator=True))
    assert steps[0] == home_page.ORGANISATION
    assert len(steps) == len(set(steps))
    assert {home_page.SURVEY, home_page.PLACES} <= set(steps)


def test_a_reader_is_not_led_to_what_they_may_not_do():
    assert {home_page.SURVEY, home_page.UPLOAD, home_page.INVITE}.isdisjoint(home_page.steps(actor(Role.READER)))


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["manager", "reader"])
def test_an_empty_home_teaches_the_first_step(client, cast, who):
    page = cast.sign_in(client, who).get("/en/").content.decode()
    assert "Nothing waits for you" in page
    assert "Read the shared profiles" in page
    assert "second factor" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "first"), [("coordinator", "Enter a survey"), ("operator", "Enter an organisation")])
def test_rights_that_wait_for_a_second_factor_are_asked_for_first(client, cast, settings, who, first):
    settings.HASHAR_REQUIRE_SECOND_FACTOR = True
    page = cast.sign_in(client, who).get("/en/").content.decode()
    assert "Set up a second factor" in page
    assert first not in page
    set_up_second_factor(cast, who)
    page = client.get("/en/").content.decode()
    assert "Set up a second factor" not in page
    assert first in page


def set_up_second_factor(cast, who):
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user_id=cast.people[who], type=Authenticator.Type.TOTP, data={"secret": "x"})


@pytest.mark.django_db
def test_an_operator_sees_that_work_stands_still(client, cast):
    from hashar.runs.services import ask

    cast.sign_in(client, "operator")
    assert "hashar worker" not in client.get("/en/").content.decode()
    ask(
        actor=cast.actor("analyst"), kind="profile", organisation=cast.centre, subject="survey:1", parameters={}, now=AT
    )
    assert "hashar worker" in client.get("/en/").content.decode()


@pytest.mark.django_db
def test_a_survey_without_a_file_waits_for_its_analyst(client, cast):
    from hashar.assess.services.surveys import create_survey

    create_survey(
        actor=cast.actor("coordinator"), organisation=cast.centre, title="Pupils <2026>", territory=None, now=AT
    )
    page = cast.sign_in(client, "analyst").get("/en/").content.decode()
    assert "“Pupils &lt;2026&gt;” has no file yet" in page
    assert "Pupils" not in cast.sign_in(client, "stranger").get("/en/").content.decode()


@pytest.mark.django_db
def test_whoever_belongs_nowhere_is_told_how_to_join(client, cast):
    from hashar.people.contracts import CONSOLE
    from hashar.people.services import accounts

    cast.people["newcomer"] = accounts.make_account(
        actor=CONSOLE, login="newcomer", name="Newcomer", password="seven calm rivers", operator=False, now=AT
    )
    page = cast.sign_in(client, "newcomer").get("/en/").content.decode()
    assert "Type the code of an invitation" in page


@pytest.mark.django_db
def test_the_home_page_asks_little_of_the_database(client, cast, django_assert_max_num_queries):
    cast.sign_in(client, "reader").get("/en/")
    with django_assert_max_num_queries(14):
        client.get("/en/")
