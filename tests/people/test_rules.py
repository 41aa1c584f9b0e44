import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashar.people import rules
from hashar.people.contracts import Actor, InvitationState, Mandate, Role, Scope

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@given(st.binary(min_size=rules.CODE_BYTES, max_size=rules.CODE_BYTES))
def test_a_code_survives_paper_and_a_careless_typist(random):
    code = rules.code_of(random)
    paper = rules.on_paper(code)
    assert len(code) == 16
    assert rules.typed_code(paper) == code
    assert rules.typed_code(paper.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == code


@given(st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
def test_different_randomness_makes_different_codes(one, other):
    assert (rules.code_of(one) == rules.code_of(other)) == (one == other)


def test_a_digest_matches_its_secret_alone():
    assert rules.same(rules.digest("a"), rules.digest("a"))
    assert not rules.same(rules.digest("a"), rules.digest("b"))


@pytest.mark.parametrize("login", ["aigul", "айгүл", "a.b-c_d", "2aigul"])
def test_a_login_name_may_be_written_in_any_alphabet(login):
    assert rules.login_is_good(login)


@pytest.mark.parametrize("login", ["ab", "a" * 61, "a b c", "a@b.kz", "_abc", "", "erased-5", "аб\n"])
def test_a_login_name_that_would_confuse_is_refused(login):
    assert not rules.login_is_good(login)


def test_one_login_name_has_one_form():
    assert rules.login_of(" Айгүл ") == rules.login_of("айгүл")
    assert rules.login_of("ＡＢＣ") == "abc"  # full-width letters


@pytest.mark.parametrize(
    ("accepted", "revoked", "expires", "state"),
    [
        (None, None, NOW + DAY, InvitationState.OPEN),
        (None, None, NOW, InvitationState.EXPIRED),
        (None, NOW, NOW + DAY, InvitationState.REVOKED),
        (NOW, None, NOW - DAY, InvitationState.ACCEPTED),
        (NOW, NOW, NOW + DAY, InvitationState.ACCEPTED),
    ],
)
def test_where_an_invitation_stands(accepted, revoked, expires, state):
    found = rules.invitation_state(accepted_at=accepted, revoked_at=revoked, expires_at=expires, now=NOW)
    assert found is state


def test_a_territory_lies_within_itself_and_everywhere():
    assert rules.lies_within("KZ/KZ-75/", "KZ/")
    assert rules.lies_within("KZ/", "KZ/")
    assert rules.lies_within("KZ/", "")
    assert not rules.lies_within("KZ/", "KZ/KZ-75/")
    assert not rules.lies_within("KZ-7/", "KZ/")


COORDINATOR = Actor(person=1, mandates=(Mandate(5, "Centre", Role.COORDINATOR, "KZ/"),))


def test_who_manages_an_organisation():
    assert rules.may_manage(COORDINATOR, 5)
    assert not rules.may_manage(COORDINATOR, 6)
    assert rules.may_manage(Actor(person=2, operator=True), 6)
    assert not rules.may_manage(None, 5)


def test_a_token_manages_nothing():
    token = frozenset({Scope.READ})
    assert not rules.may_manage(Actor(person=1, mandates=COORDINATOR.mandates, scopes=token), 5)
    assert not rules.runs_site(Actor(person=2, operator=True, scopes=token))
    assert rules.runs_site(Actor(person=2, operator=True))
    assert not rules.runs_site(Actor(person=2))
