"""From an invitation on paper to a member who is signed in."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from hashar.people import queries
from hashar.people.contracts import CONSOLE, InvitationState, Role
from hashar.people.models import Invitation, Person
from hashar.people.services import invitations
from tests.people.cast import PASSWORD

CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}")
NEW = {"name": "Gulnar S.", "login": "gulnar", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def letter(client, cast, **changes):
    given = {"role": "analyst", "territory": "", "note": "for G.", "days": "14", "language": "kk"} | changes
    return client.post(reverse("invite", args=[cast.centre]), given)


def made_code(cast, role=Role.ANALYST, now=None):
    from django.utils import timezone

    made = invitations.invite(actor=CONSOLE, organisation=cast.centre, role=role, now=now or timezone.now())
    return made.code


def join(client, code, **changes):
    return client.post(reverse("join"), {"code": code} | NEW | changes)


def test_a_letter_has_code_link_and_picture_in_the_language_of_the_invited(client, cast):
    cast.sign_in(client, "coordinator")
    answer = letter(client, cast)
    text = answer.content.decode()
    (code,) = set(CODE.findall(text))
    assert f"http://testserver/kk/account/join/{code}/" in text
    assert '<svg class="qr"' in text
    assert '<article class="letter" lang="kk">' in text
    assert "no-store" in answer["Cache-Control"]
    assert "style=" not in text


def test_the_code_is_shown_once(client, cast):
    cast.sign_in(client, "coordinator")
    (code,) = set(CODE.findall(letter(client, cast).content.decode()))
    for name in ("organisation", "invite", "organisation_audit"):
        assert code not in client.get(reverse(name, args=[cast.centre])).content.decode()
    assert code not in str(client.session.items())


def test_a_wrong_form_keeps_what_was_typed(client, cast):
    cast.sign_in(client, "coordinator")
    text = letter(client, cast, role="king", note="for G.").content.decode()
    assert 'value="for G."' in text
    assert not CODE.findall(text)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("who", ["analyst", "reader", "colleague", "stranger", "manager"])
def test_others_are_refused_the_pages_of_invitations(client, cast, who):
    invitation = invitations.invite(actor=CONSOLE, organisation=cast.centre, role=Role.READER, now=cast_now())
    cast.sign_in(client, who)
    assert client.get(reverse("invite", args=[cast.centre])).status_code == 403
    assert letter(client, cast).status_code == 403
    withdraw = reverse("invitation_revoke", args=[cast.centre, invitation.id])
    assert client.post(withdraw).status_code == 403
    assert Invitation.objects.get().revoked_at is None


def cast_now():
    from django.utils import timezone

    return timezone.now()


def test_an_invited_person_joins_and_is_signed_in(client, cast):
    code = made_code(cast)
    page = client.get(reverse("join_with", args=[code])).content.decode()
    assert "Join Almaty centre" in page
    assert code in page
    before = client.session.session_key
    answer = join(client, code)
    assert (answer.status_code, answer["Location"]) == (302, "/en/account/")
    assert client.session.session_key != before
    person = Person.objects.get(username="gulnar")
    assert queries.actor_of(person.pk).roles_in(cast.centre) == {Role.ANALYST}
    assert "Welcome!" in client.get("/en/account/").content.decode()


def test_a_code_typed_from_paper_leads_to_the_same_form(client, cast):
    code = made_code(cast)
    answer = client.post(reverse("join"), {"code": code.lower().replace("-", " ")})
    assert "Join Almaty centre" in answer.content.decode()
    assert not Person.objects.filter(username="gulnar").exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"login": "reader"}, "The login name “reader” is taken."),
        ({"login": "a b"}, "A login name has 3 to 60 letters"),
        ({"password1": "short", "password2": "short"}, "The password is too short"),
        ({"password2": "something else"}, "The two passwords differ."),
        ({"name": ""}, "Your name"),
    ],
)
def test_what_will_not_do_is_said_and_what_was_typed_is_kept(client, cast, wrong, sentence):
    code = made_code(cast)
    text = join(client, code, **wrong).content.decode()
    assert sentence in text
    assert PASSWORD not in text
    if "name" not in wrong:
        assert 'value="Gulnar S."' in text
    assert Invitation.objects.get().accepted_at is None
    assert join(client, code).status_code == 302


def test_used_withdrawn_old_and_unknown_codes_get_a_plain_sentence(client, cast):
    import datetime as dt

    used, old = made_code(cast), made_code(cast, now=cast_now() - dt.timedelta(days=30))
    gone = invitations.invite(actor=CONSOLE, organisation=cast.centre, role=Role.READER, now=cast_now())
    invitations.revoke(actor=CONSOLE, invitation=gone.id, now=cast_now())
    join(client, used)
    client.logout()
    for code, sentence in (
        (used, "This invitation has been used already. Ask for a new one."),
        (old, "This invitation is too old. Ask for a new one."),
        (gone.code, "This invitation was withdrawn. Ask for a new one."),
        ("ABCD-ABCD-ABCD-ABCD", "There is no invitation with this code."),
    ):
        for answer in (client.get(reverse("join_with", args=[code])), join(client, code, login="another")):
            assert answer.status_code == 404
            assert sentence in answer.content.decode()
    assert not Person.objects.filter(username="another").exists()


def test_somebody_signed_in_is_asked_and_joins_with_their_account(client, cast):
    code = made_code(cast, Role.READER)
    cast.sign_in(client, "stranger")
    page = client.get(reverse("join_with", args=[code])).content.decode()
    assert "Take this role with your account?" in page
    assert not cast.actor("stranger").roles_in(cast.centre)
    answer = client.post(reverse("join"), {"code": code, "yes": "1"})
    assert answer["Location"] == reverse("organisation", args=[cast.centre])
    assert cast.actor("stranger").roles_in(cast.centre) == {Role.READER}


def test_codes_cannot_be_guessed_for_long(client, cast):
    code = made_code(cast)
    for number in range(20):
        assert client.get(reverse("join_with", args=[f"GUESS{number}"])).status_code in (404, 429)
        client.post(reverse("join"), {"code": f"GUESS{number}"})
    answer = client.post(reverse("join"), {"code": code})
    assert answer.status_code == 429
    assert "Too many attempts" in answer.content.decode()


def test_a_coordinator_withdraws_an_invitation(client, cast):
    made = invitations.invite(actor=CONSOLE, organisation=cast.centre, role=Role.READER, now=cast_now())
    cast.sign_in(client, "coordinator")
    client.post(reverse("invitation_revoke", args=[cast.centre, made.id]))
    (shown,) = queries.invitations(cast.actor("coordinator"), cast.centre, now=cast_now()).items
    assert shown.state is InvitationState.REVOKED


def test_a_link_changes_nothing_so_that_messengers_may_look_at_it(client, cast):
    made_code(cast)
    client.get(reverse("join_with", args=[made_code(cast)]))
    assert Invitation.objects.filter(accepted_at=None).count() == 2
