"""Practices of an organisation's own, and experts' confirmations: who may, and what is written down."""

from dataclasses import replace

import pytest

from hashar.errors import Conflict, Forbidden, InputError, NotFound
from hashar.exchange.contracts import Draft, Wanted
from hashar.exchange.models import FactorLink, Practice
from hashar.exchange.queries import practices as queries
from hashar.exchange.queries.matching import suggestions
from hashar.exchange.services import confirmations, own
from hashar.people.contracts import CONSOLE, Scope
from hashar.people.queries import audit_trail
from tests.people.cast import NOW

pytestmark = pytest.mark.django_db
DRAFT = Draft(
    language="ru",
    name="Асар отцов",
    summary="Отцы и сыновья вместе чинят школьный двор.",
    settings=("community", "family"),
    age_from=12,
    age_to=16,
    cost="low",
    languages=("ru", "kk"),
    factors=("F-R1", "C-P1"),
    source="https://example.org/asar",
)


@pytest.fixture
def code(cast):
    return own.enter(actor=cast.actor("official"), organisation=cast.centre, draft=DRAFT, now=NOW)


def link(code, factor="F-R1"):
    return FactorLink.objects.get(practice=Practice.objects.get(pk=int(code.rpartition("-")[2])), factor=factor).pk


def actions(cast):
    return [
        row.action for row in audit_trail(CONSOLE, organisation=cast.centre).items if row.action.startswith("practice.")
    ]


def sees(cast, name, code):
    try:
        return queries.practice(cast.actor(name), code).about.code == code
    except NotFound:
        return False


def test_a_draft_is_read_by_members_only(cast, code):
    readers = ["reader", "official", "analyst", "coordinator"]
    assert [
        name for name in [*readers, "colleague", "manager", "stranger", "operator"] if sees(cast, name, code)
    ] == readers
    assert [one.code for one in queries.practices(cast.actor("reader"), "отец").items] == [code]
    assert queries.practices(cast.actor("stranger"), "отец").items == ()
    assert actions(cast) == ["practice.enter"]


def test_a_reader_enters_nothing(cast):
    with pytest.raises(Forbidden):
        own.enter(actor=cast.actor("reader"), organisation=cast.centre, draft=DRAFT, now=NOW)


def test_nobody_enters_for_another_organisation(cast):
    with pytest.raises(Forbidden):
        own.enter(actor=cast.actor("stranger"), organisation=cast.centre, draft=DRAFT, now=NOW)


def test_a_program_with_a_token_enters_nothing(cast):
    actor = replace(cast.actor("coordinator"), scopes=frozenset({Scope.READ}))
    with pytest.raises(Forbidden):
        own.enter(actor=actor, organisation=cast.centre, draft=DRAFT, now=NOW)


def test_a_shared_practice_is_read_by_everyone_and_is_never_proven(cast, code):
    own.share(actor=cast.actor("coordinator"), code=code, now=NOW)
    found = queries.practice(cast.actor("stranger"), code)
    assert (found.about.lane, found.about.evidence, found.about.state) == ("community", "own", "shared")
    assert {one.basis for one in found.links} == {"inferred"}
    assert not found.may_change
    assert actions(cast) == ["practice.share", "practice.enter"]


@pytest.mark.parametrize("who", ["reader", "official", "analyst"])
def test_only_a_coordinator_shares_and_withdraws(cast, code, who):
    for service in (own.share, own.withdraw):
        with pytest.raises(Forbidden):
            service(actor=cast.actor(who), code=code, now=NOW)


def test_a_practice_is_shared_once_and_withdrawn_once(cast, code):
    actor = cast.actor("coordinator")
    own.share(actor=actor, code=code, now=NOW)
    with pytest.raises(Conflict):
        own.share(actor=actor, code=code, now=NOW)
    own.withdraw(actor=actor, code=code, now=NOW)
    with pytest.raises(Conflict):
        own.withdraw(actor=actor, code=code, now=NOW)
    with pytest.raises(Conflict):
        own.change(actor=actor, code=code, draft=DRAFT, now=NOW)
    assert not sees(cast, "stranger", code)
    assert suggestions(actor, ["F-R1"], Wanted())[0].suggestions == ()


def test_a_change_adds_a_language_keeps_confirmations_and_is_found_by_its_new_words(cast, code):
    confirmations.confirm(
        actor=cast.actor("analyst"), link=link(code), organisation=cast.centre, grounds="Plan", now=NOW
    )
    told = replace(DRAFT, language="kk", name="Әкелер асары", summary="Көпір салады.", factors=("F-R1", "S-P1"))
    own.change(actor=cast.actor("official"), code=code, draft=told, now=NOW)
    found = queries.practice(cast.actor("reader"), code)
    assert found.about.names == {"ru": "Асар отцов", "kk": "Әкелер асары"}
    assert {one.factor: one.confirmation is not None for one in found.links} == {"F-R1": True, "S-P1": False}
    assert [one.code for one in queries.practices(cast.actor("reader"), "kopir").items] == [code]
    assert actions(cast)[0] == "practice.change"


def test_what_came_with_the_program_is_nobodys_to_change(cast):
    Practice.objects.create(code="P01", lane="tested", state="shared", evidence="shown", made_at=NOW, changed_at=NOW)
    for service in (own.share, own.withdraw):
        with pytest.raises(Forbidden):
            service(actor=cast.actor("coordinator"), code="P01", now=NOW)


@pytest.mark.parametrize("unknown", ["P77", "o1-999999", "o999999999999999999-1", "o1-x", ""])
def test_a_practice_that_is_not_there(cast, unknown):
    with pytest.raises(NotFound):
        queries.practice(cast.actor("coordinator"), unknown)


def test_an_analyst_confirms_in_the_name_of_an_organisation_with_grounds(cast, code):
    own.share(actor=cast.actor("coordinator"), code=code, now=NOW)
    colleague = cast.actor("colleague")
    confirmations.confirm(actor=colleague, link=link(code), organisation=cast.neighbour, grounds=" A  study. ", now=NOW)
    told = {one.factor: one.confirmation for one in queries.practice(cast.actor("stranger"), code).links}
    assert (told["F-R1"].organisation, told["F-R1"].at, told["F-R1"].grounds) == (cast.neighbour, NOW, "A study.")
    assert told["C-P1"] is None
    bases = {reason.key for one in suggestions(colleague, ["F-R1"], Wanted())[0].suggestions for reason in one.reasons}
    assert "link_confirmed" in bases


@pytest.mark.parametrize("who", ["reader", "official", "coordinator", "stranger", "operator"])
def test_nobody_else_confirms(cast, code, who):
    with pytest.raises(Forbidden):
        confirmations.confirm(actor=cast.actor(who), link=link(code), organisation=cast.centre, grounds="x", now=NOW)


@pytest.mark.parametrize("grounds", ["", "   ", "x" * 601])
def test_a_confirmation_without_grounds_is_refused(cast, code, grounds):
    with pytest.raises(InputError):
        confirmations.confirm(
            actor=cast.actor("analyst"), link=link(code), organisation=cast.centre, grounds=grounds, now=NOW
        )


def test_a_link_is_confirmed_once_and_the_confirmation_can_be_taken_back(cast, code):
    analyst = cast.actor("analyst")
    asked = {"actor": analyst, "link": link(code), "now": NOW}
    confirmations.confirm(**asked, organisation=cast.centre, grounds="Plan")
    with pytest.raises(Conflict):
        confirmations.confirm(**asked, organisation=cast.centre, grounds="Plan")
    with pytest.raises(Forbidden):
        confirmations.take_back(actor=cast.actor("coordinator"), link=link(code), now=NOW)
    assert confirmations.take_back(**asked) == code
    with pytest.raises(Conflict):
        confirmations.take_back(**asked)
    assert all(one.confirmation is None for one in queries.practice(analyst, code).links)
    assert actions(cast) == ["practice.take_back", "practice.confirm", "practice.enter"]


@pytest.mark.parametrize("number", [0, -1, 2**63, 999_999])
def test_a_link_that_is_not_there(cast, number):
    with pytest.raises(NotFound):
        confirmations.confirm(actor=cast.actor("analyst"), link=number, organisation=cast.centre, grounds="x", now=NOW)


def test_a_link_of_a_draft_of_others_is_not_there(cast, code):
    with pytest.raises(NotFound):
        confirmations.confirm(
            actor=cast.actor("colleague"), link=link(code), organisation=cast.neighbour, grounds="x", now=NOW
        )
