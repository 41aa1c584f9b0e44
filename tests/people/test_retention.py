import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from hashar.errors import Forbidden
from hashar.people import queries, rules
from hashar.people.contracts import CONSOLE, Role, Scope
from hashar.people.models import AccessToken, Invitation, Person, ResetCode
from hashar.people.services import accounts, invitations, memberships, retention, tokens
from tests.people.cast import NOW

DAY = dt.timedelta(days=1)
LATER = NOW + rules.CODES_KEPT + 2 * DAY


def seen(cast, name, moment):
    Person.objects.filter(pk=cast.people[name]).update(last_login=moment)


@pytest.fixture
def lively(cast):
    """Everybody was here a moment ago."""
    for name in cast.people:
        seen(cast, name, NOW)
    return cast


def test_a_young_site_has_nothing_to_remove(lively):
    assert queries.due_for_retention(NOW) == retention.purge(actor=CONSOLE, now=NOW)
    assert queries.audit_trail(CONSOLE, action="retention.purge").total == 0


def test_codes_tokens_and_sessions_go_ninety_days_after_their_end(lively):
    cast = lively
    invitations.invite(actor=CONSOLE, organisation=cast.centre, role=Role.READER, days=1, now=NOW)
    tokens.make(actor=cast.actor("reader"), name="x", scopes=[Scope.READ], days=1, now=NOW)
    accounts.issue_reset(actor=CONSOLE, person=cast.people["reader"], now=NOW)
    Session.objects.create(session_key="old", session_data="", expire_date=NOW)
    UserSession.objects.create(user_id=cast.people["reader"], session_key="old", ip="127.0.0.1", user_agent="x")
    early = queries.due_for_retention(NOW + rules.CODES_KEPT)
    assert (early.invitations, early.tokens, early.reset_codes) == (0, 0, 0)
    done = retention.purge(actor=CONSOLE, now=LATER)
    assert (done.invitations, done.tokens, done.reset_codes, done.sessions) == (1, 1, 1, 1)
    for model in (Invitation, AccessToken, ResetCode, Session, UserSession):
        assert not model.objects.exists(), model
    assert queries.audit_trail(CONSOLE, action="retention.purge").items[0].details["tokens"] == 1


def test_an_unused_account_is_closed_after_two_years_and_erased_after_three(lively):
    cast = lively
    seen(cast, "reader", NOW)
    person = cast.people["reader"]
    soon = NOW + rules.UNUSED_CLOSED + DAY
    for name in set(cast.people) - {"reader"}:
        seen(cast, name, soon)
    assert queries.due_for_retention(soon).accounts_to_close == (person,)
    retention.purge(actor=CONSOLE, now=soon)
    assert not Person.objects.get(pk=person).is_active
    assert queries.due_for_retention(soon).accounts_to_close == ()
    late = NOW + rules.UNUSED_ERASED + DAY
    assert queries.due_for_retention(late).accounts_to_erase == (person,)
    retention.purge(actor=CONSOLE, now=late)
    assert Person.objects.get(pk=person).erased_at == late
    assert queries.due_for_retention(late).accounts_to_erase == ()


def test_an_account_that_was_never_used_counts_from_the_day_it_was_made(cast):
    due = queries.due_for_retention(NOW + rules.UNUSED_CLOSED + DAY)
    assert cast.people["reader"] in due.accounts_to_close
    assert cast.people["operator"] not in due.accounts_to_close


def test_the_last_coordinator_of_others_is_held_and_named(lively):
    cast, late = lively, NOW + rules.UNUSED_ERASED + DAY
    for name in set(cast.people) - {"coordinator", "stranger"}:
        seen(cast, name, late)
    due = queries.due_for_retention(late)
    assert due.accounts_held == (cast.people["coordinator"],)
    assert due.accounts_to_erase == (cast.people["stranger"],)  # nobody else is in that organisation
    retention.purge(actor=CONSOLE, now=late)
    assert Person.objects.get(pk=cast.people["coordinator"]).is_active
    memberships.add_member(
        actor=CONSOLE, organisation=cast.centre, person=cast.people["analyst"], role=Role.COORDINATOR, now=late
    )
    assert queries.due_for_retention(late).accounts_to_erase == (cast.people["coordinator"],)


def test_two_last_coordinators_who_both_left_are_both_held(lively):
    cast, late = lively, NOW + rules.UNUSED_ERASED + DAY
    memberships.add_member(
        actor=CONSOLE, organisation=cast.centre, person=cast.people["official"], role=Role.COORDINATOR, now=NOW
    )
    for name in set(cast.people) - {"coordinator", "official"}:
        seen(cast, name, late)
    both = tuple(sorted([cast.people["coordinator"], cast.people["official"]]))
    assert queries.due_for_retention(late).accounts_held == both


def test_only_those_who_run_the_site_purge(cast):
    with pytest.raises(Forbidden):
        retention.purge(actor=cast.actor("coordinator"), now=NOW)


def test_looking_changes_nothing_and_takes_few_queries(lively, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        queries.due_for_retention(LATER)
