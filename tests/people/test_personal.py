import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth import authenticate

from hashar.errors import Conflict, Forbidden, NotFound, UsageError
from hashar.people import queries
from hashar.people.contracts import ANONYMOUS, CONSOLE, Actor, Role, Scope
from hashar.people.models import AccessToken, AuditRow, Invitation, Membership, Person, ResetCode
from hashar.people.services import accounts, invitations, memberships, personal, tokens
from hashar.privacy import Privacy
from tests.people.cast import NOW, PASSWORD


def furnished(cast, name="analyst"):
    """Somebody with something in every table that knows people."""
    person, actor = cast.people[name], cast.actor(name)
    personal.change(actor=actor, name="Aigul Sadykova", email="aigul@example.org", language="kk", now=NOW)
    Authenticator.objects.create(user_id=person, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DP"})
    SocialAccount.objects.create(user_id=person, provider="openid", uid="ext-1")
    EmailAddress.objects.create(user_id=person, email="aigul@example.org")
    UserSession.objects.create(user_id=person, session_key="k" * 32, ip="10.1.2.3", user_agent="Firefox")
    tokens.make(actor=actor, name="map", scopes=[Scope.READ], days=3, now=NOW)
    accounts.issue_reset(actor=CONSOLE, person=person, now=NOW)
    made = invitations.invite(
        actor=CONSOLE, organisation=cast.neighbour, role=Role.READER, note="Aigul Sadykova, school 12", now=NOW
    )
    invitations.accept_as(actor=cast.actor(name), code=made.code, now=NOW)
    return person


def test_one_changes_ones_own_data_and_the_trail_names_the_fields_not_the_values(cast):
    actor = cast.actor("reader")
    personal.change(actor=actor, name=" New  Name ", email=" a@b.kz ", language="ky", now=NOW)
    own = queries.own_account(actor)
    assert (own.name, own.email, own.language) == ("New Name", "a@b.kz", "ky")
    (entry,) = queries.audit_trail(CONSOLE, action="person.change").items
    assert entry.details == {"fields": ["email", "language", "name"]}
    personal.change(actor=actor, name="New Name", email="a@b.kz", language="ky", now=NOW)
    assert queries.audit_trail(CONSOLE, action="person.change").total == 1


@pytest.mark.parametrize("wrong", [{"name": ""}, {"language": "de"}, {"email": "x" * 255}])
def test_odd_values_are_refused(cast, wrong):
    with pytest.raises(UsageError):
        personal.change(
            actor=cast.actor("reader"), **({"name": "R", "email": "", "language": "en", "now": NOW} | wrong)
        )


def test_the_language_is_remembered(cast):
    personal.choose_language(actor=cast.actor("reader"), language="tg")
    assert queries.own_account(cast.actor("reader")).language == "tg"
    with pytest.raises(UsageError):
        personal.choose_language(actor=cast.actor("reader"), language="de")


@pytest.mark.parametrize("actor", [ANONYMOUS, CONSOLE])
def test_only_a_person_has_personal_data(cast, actor):
    with pytest.raises(Forbidden):
        personal.export(actor=actor, now=NOW)
    with pytest.raises(Forbidden):
        personal.erase(actor=actor, now=NOW)
    with pytest.raises(Forbidden):
        queries.own_account(actor)


def test_a_token_neither_exports_nor_erases(cast):
    token = Actor(person=cast.people["reader"], scopes=frozenset({Scope.READ}))
    with pytest.raises(Forbidden):
        personal.export(actor=token, now=NOW)
    with pytest.raises(Forbidden):
        personal.erase(actor=token, now=NOW)


def test_the_export_holds_everything_about_oneself_and_no_secret(cast):
    furnished(cast)
    found = personal.export(actor=cast.actor("analyst"), now=NOW)
    text = json.dumps(found, ensure_ascii=False, default=str)
    for known in ("Aigul Sadykova", "aigul@example.org", "10.1.2.3", "Firefox", "ext-1", "map", "kk"):
        assert known in text, known
    secrets = [row.digest for model in (AccessToken, ResetCode, Invitation) for row in model.objects.all()]
    secrets += ["JBSWY3DP", "k" * 32, Person.objects.get(pk=cast.people["analyst"]).password]
    assert [secret for secret in secrets if secret in text] == []
    assert [row["role"] for row in found["elsewhere"]["people.membership.person"]] == ["analyst", "reader"]


def test_the_export_walks_every_table_of_ours_that_points_to_people(cast):
    found = personal.export(actor=cast.actor("reader"), now=NOW)["elsewhere"]
    pointing = {
        f"{relation.related_model._meta.label_lower}.{relation.field.name}"
        for relation in Person._meta.get_fields(include_hidden=True)
        if relation.one_to_many and hasattr(relation.related_model, "PRIVACY")
    }
    assert set(found) == pointing
    assert {"people.membership.person", "people.auditrow.person", "runs.run.asked_by"} <= pointing


def test_the_export_shows_nothing_of_others(cast):
    text = json.dumps(personal.export(actor=cast.actor("reader"), now=NOW), default=str)
    assert "Coordinator" not in text
    assert "Stranger" not in text


def test_erasing_empties_the_person_and_everything_that_names_them(cast):
    person = furnished(cast)
    before = list(AuditRow.objects.order_by("pk").values())
    personal.erase(actor=cast.actor("analyst"), now=NOW)
    row = Person.objects.get(pk=person)
    personal_fields = [name for name, kind in Person.PRIVACY.items() if kind is Privacy.PERSONAL]
    left = {name: getattr(row, name) for name in personal_fields}
    empty = {"name": "", "email": "", "language": "en", "joined_at": None, "last_login": None}
    assert left == empty | {"username": f"erased-{person}"}
    assert not row.is_active
    assert not row.has_usable_password()
    for model in (Authenticator, SocialAccount, EmailAddress, UserSession):
        assert not model.objects.filter(user=person).exists(), model
    for model in (AccessToken, ResetCode):
        assert not model.objects.filter(person=person).exists(), model
    assert not Membership.objects.filter(person=person, until=None).exists()
    assert not Invitation.objects.filter(note__contains="Aigul").exists()
    assert list(AuditRow.objects.order_by("pk").values())[: len(before)] == before
    trail = queries.audit_trail(CONSOLE, person=person).items
    assert trail[0].action == "person.erase"
    assert {(entry.person_name, entry.erased) for entry in trail} == {("", True)}


def test_after_erasing_nobody_signs_in_and_the_login_name_is_free(cast):
    personal.erase(actor=cast.actor("analyst"), now=NOW)
    assert authenticate(None, username="analyst", password=PASSWORD) is None
    assert cast.actor("analyst") == ANONYMOUS
    person = cast.people["analyst"]
    with pytest.raises(NotFound):
        personal.erase_person(actor=CONSOLE, person=person, now=NOW)
    for service in (accounts.reopen_account, accounts.issue_reset, accounts.close_account):
        with pytest.raises(NotFound):
            service(actor=CONSOLE, person=person, now=NOW)
    accounts.make_account(actor=CONSOLE, login="analyst", name="Another", password=PASSWORD, now=NOW)
    assert "erased" not in str(queries.accounts(CONSOLE, closed=True).items)


def test_the_last_coordinator_names_a_successor_before_erasing(cast):
    with pytest.raises(Conflict, match="last coordinator"):
        personal.erase(actor=cast.actor("coordinator"), now=NOW)
    assert cast.actor("coordinator").roles_in(cast.centre) == {Role.COORDINATOR}
    memberships.add_member(
        actor=CONSOLE, organisation=cast.centre, person=cast.people["analyst"], role=Role.COORDINATOR, now=NOW
    )
    personal.erase(actor=cast.actor("coordinator"), now=NOW)


def test_a_coordinator_who_is_alone_may_erase_themselves(cast):
    personal.erase(actor=cast.actor("stranger"), now=NOW)
    assert queries.members(CONSOLE, cast.foreign) == []
