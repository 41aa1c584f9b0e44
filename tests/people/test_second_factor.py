"""Where a second factor is required, rights that reach microdata or other people's rights begin with it."""

import pytest
from allauth.mfa.models import Authenticator

from hashar.errors import Forbidden
from hashar.people import queries
from hashar.people.contracts import Role, Scope
from hashar.people.services import accounts, invitations, tokens
from tests.people.cast import NOW

Type = Authenticator.Type


@pytest.fixture(autouse=True)
def required(settings):
    settings.HASHAR_REQUIRE_SECOND_FACTOR = True


def equip(cast, name, kind=Type.TOTP):
    Authenticator.objects.create(user_id=cast.people[name], type=kind, data={})


@pytest.mark.parametrize(("name", "role"), [("coordinator", Role.COORDINATOR), ("analyst", Role.ANALYST)])
@pytest.mark.parametrize("kind", [Type.TOTP, Type.WEBAUTHN])
def test_coordinators_and_analysts_read_until_they_have_one(cast, name, role, kind):
    waiting = cast.actor(name)
    assert waiting.roles_in(cast.centre) == {Role.READER}
    assert (waiting.withheld, waiting.waits_for_second_factor) == ({role}, True)
    equip(cast, name, kind)
    ready = cast.actor(name)
    assert ready.roles_in(cast.centre) == {role}
    assert (ready.withheld, ready.waits_for_second_factor) == (frozenset(), False)


@pytest.mark.parametrize("name", ["official", "reader", "manager"])
def test_others_work_without(cast, name):
    actor = cast.actor(name)
    assert not actor.waits_for_second_factor
    assert actor.mandates[0].role == {"manager": Role.PROGRAMME_MANAGER}.get(name, name)


def test_an_operator_runs_nothing_until_they_have_one(cast):
    waiting = cast.actor("operator")
    assert (waiting.operator, waiting.operator_withheld, waiting.waits_for_second_factor) == (False, True, True)
    with pytest.raises(Forbidden):
        queries.accounts(waiting)
    equip(cast, "operator")
    assert cast.actor("operator").operator


def test_recovery_codes_alone_are_no_second_factor(cast):
    equip(cast, "analyst", Type.RECOVERY_CODES)
    assert cast.actor("analyst").withheld == {Role.ANALYST}


def test_services_refuse_what_waits(cast):
    with pytest.raises(Forbidden):
        invitations.invite(actor=cast.actor("coordinator"), organisation=cast.centre, role=Role.READER, now=NOW)
    with pytest.raises(Forbidden):
        accounts.issue_reset(actor=cast.actor("coordinator"), person=cast.people["reader"], now=NOW)


def test_a_token_gives_no_more_than_its_owner_has(cast):
    made = tokens.make(actor=cast.actor("analyst"), name="x", scopes=[Scope.READ], days=1, now=NOW)
    assert queries.actor_of_token(made.code, NOW).roles_in(cast.centre) == {Role.READER}
    equip(cast, "analyst")
    assert queries.actor_of_token(made.code, NOW).roles_in(cast.centre) == {Role.ANALYST}


def test_whoever_lost_it_waits_again(cast):
    equip(cast, "analyst")
    Authenticator.objects.filter(user=cast.people["analyst"]).delete()
    assert cast.actor("analyst").withheld == {Role.ANALYST}


def test_it_is_required_unless_the_installation_says_otherwise(monkeypatch):
    from hashar.config.environment import flag

    monkeypatch.delenv("HASHAR_REQUIRE_SECOND_FACTOR")
    assert flag("HASHAR_REQUIRE_SECOND_FACTOR", default=True)
    monkeypatch.setenv("HASHAR_REQUIRE_SECOND_FACTOR", "no")
    assert not flag("HASHAR_REQUIRE_SECOND_FACTOR", default=True)
