import datetime as dt

import pytest

from hashar.errors import Forbidden, NotFound, UsageError
from hashar.people import queries
from hashar.people.contracts import ANONYMOUS, CONSOLE, Role, Scope
from hashar.people.models import AccessToken
from hashar.people.services import accounts, tokens
from tests.people.cast import NOW

DAY = dt.timedelta(days=1)


def make(cast, who="analyst", **changes):
    values = {"name": "map", "scopes": [Scope.READ], "days": 30, "now": NOW} | changes
    return tokens.make(actor=cast.actor(who), **values)


def test_a_token_acts_for_its_owner_within_its_scope(cast):
    made = make(cast)
    assert made.code.startswith("hashar_")
    actor = queries.actor_of_token(made.code, NOW)
    assert actor.person == cast.people["analyst"]
    assert actor.roles_in(cast.centre) == {Role.ANALYST}
    assert actor.scopes == {Scope.READ}


def test_a_token_never_runs_the_site_nor_makes_or_withdraws_tokens(cast):
    made = make(cast, "operator")
    actor = queries.actor_of_token(made.code, NOW)
    assert not actor.operator
    with pytest.raises(Forbidden):
        tokens.make(actor=actor, name="x", scopes=[Scope.READ], days=1, now=NOW)
    with pytest.raises(Forbidden):
        tokens.revoke(actor=actor, token=made.id, now=NOW)
    with pytest.raises(Forbidden):
        accounts.make_account(actor=actor, login="new", name="New", password=None, now=NOW)


def test_the_secret_is_not_kept(cast):
    made = make(cast)
    row = AccessToken.objects.values().get(pk=made.id)
    assert not [value for value in row.values() if made.code in str(value)]
    assert not [entry for entry in queries.audit_trail(CONSOLE).items if made.code in str(entry)]


@pytest.mark.parametrize("secret", ["", "hashar_", "hashar_" + "0" * 64, "x" * 64, "hashar_\x00", "hashar_é"])
def test_an_unknown_token_is_nobody(cast, secret):
    assert queries.actor_of_token(secret, NOW) == ANONYMOUS
    assert tokens.authenticate(secret=secret, now=NOW) == ANONYMOUS


def test_a_token_ends_when_it_expires_is_withdrawn_or_its_owner_goes(cast):
    made = make(cast, days=1)
    assert queries.actor_of_token(made.code, NOW + DAY) == ANONYMOUS
    tokens.revoke(actor=cast.actor("analyst"), token=made.id, now=NOW)
    assert queries.actor_of_token(made.code, NOW) == ANONYMOUS
    other = make(cast)
    accounts.close_account(actor=CONSOLE, person=cast.people["analyst"], now=NOW)
    assert queries.actor_of_token(other.code, NOW) == ANONYMOUS


def test_the_day_of_use_is_noted_once(cast, django_assert_num_queries):
    made = make(cast)
    assert tokens.authenticate(secret=made.code, now=NOW).person == cast.people["analyst"]
    (shown,) = queries.own_tokens(cast.actor("analyst"), now=NOW)
    assert (shown.last_used_on, shown.usable) == (NOW.date(), True)
    with django_assert_num_queries(4):
        tokens.authenticate(secret=made.code, now=NOW)


@pytest.mark.parametrize("wrong", [{"days": 0}, {"days": 366}, {"scopes": []}, {"name": " "}, {"name": "x" * 81}])
def test_a_token_with_odd_values_is_refused(cast, wrong):
    with pytest.raises(UsageError):
        make(cast, **wrong)


def test_nobody_keeps_more_than_twenty_tokens(cast):
    for _ in range(tokens.MOST):
        make(cast)
    with pytest.raises(UsageError, match="20 tokens"):
        make(cast)
    make(cast, now=NOW + 31 * DAY)


def test_a_token_is_withdrawn_by_its_owner_alone(cast):
    made = make(cast)
    for name in ("coordinator", "operator"):
        with pytest.raises(NotFound):
            tokens.revoke(actor=cast.actor(name), token=made.id, now=NOW)
    with pytest.raises(Forbidden):
        tokens.revoke(actor=ANONYMOUS, token=made.id, now=NOW)
    for _ in range(2):
        tokens.revoke(actor=cast.actor("analyst"), token=made.id, now=NOW)
    assert queries.audit_trail(CONSOLE, action="token.revoke").total == 1
