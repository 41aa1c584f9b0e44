import datetime as dt

import pytest
from django.contrib.auth import authenticate, get_user_model

from hashar.errors import Conflict, Forbidden, NotFound, UsageError
from hashar.people import queries
from hashar.people.contracts import ANONYMOUS, CONSOLE, InvitationState, Role
from hashar.people.models import Invitation
from hashar.people.services import invitations, organisations
from tests.people.cast import NOW, PASSWORD, make_territory

DAY = dt.timedelta(days=1)


def invite(cast, who="coordinator", role=Role.ANALYST, **extra):
    actor = CONSOLE if who is None else cast.actor(who)
    return invitations.invite(actor=actor, organisation=cast.centre, role=role, now=NOW, **extra)


def accept(code, **changes):
    values = {"login": "Gulnar", "name": "Gulnar  S.", "password": PASSWORD, "language": "kk", "now": NOW + DAY}
    return invitations.accept(code=code, **(values | changes))


def test_an_invited_person_chooses_login_and_password_and_has_the_role(cast):
    made = invite(cast, note="the new analyst")
    assert queries.offer(made.code, NOW).organisation_name == "Almaty centre"
    person = accept(made.code.lower())
    actor = queries.actor_of(person)
    assert (actor.name, actor.roles_in(cast.centre)) == ("Gulnar S.", {Role.ANALYST})
    assert authenticate(None, username="gulnar", password=PASSWORD).pk == person
    (shown,) = queries.invitations(cast.actor("coordinator"), cast.centre, now=NOW).items
    assert (shown.state, shown.accepted_by, shown.note) == (InvitationState.ACCEPTED, "Gulnar S.", "the new analyst")


def test_the_code_itself_is_not_kept(cast):
    made = invite(cast)
    row = Invitation.objects.values().get(pk=made.id)
    plain = made.code.replace("-", "")
    assert not [value for value in row.values() if plain in str(value) or made.code in str(value)]
    trail = queries.audit_trail(CONSOLE).items
    assert not [entry for entry in trail if plain in str(entry) or made.code in str(entry)]


def test_a_narrowed_invitation_gives_a_narrowed_role(cast):
    from django.apps import apps

    city = apps.get_model("places", "Territory").objects.get(pk=cast.city)
    district = make_territory("KZ-75-01", city, "district", {"en": "Medeu"})
    made = invite(cast, territory=district.pk)
    assert queries.offer(made.code, NOW).territory_names == {"en": "Medeu"}
    assert not queries.actor_of(accept(made.code)).covers("KZ/KZ-75/")
    with pytest.raises(UsageError):
        invite(cast, territory=cast.elsewhere)


@pytest.mark.parametrize("who", ["analyst", "official", "reader", "colleague", "stranger", "manager"])
def test_only_coordinators_and_operators_invite(cast, who):
    with pytest.raises(Forbidden):
        invite(cast, who)
    with pytest.raises(Forbidden):
        queries.invitations(cast.actor(who), cast.centre, now=NOW)
    made = invite(cast)
    with pytest.raises(Forbidden):
        invitations.revoke(actor=cast.actor(who), invitation=made.id, now=NOW)
    assert queries.offer(made.code, NOW)


def test_the_operator_and_the_console_invite(cast):
    assert queries.offer(invite(cast, "operator").code, NOW)
    assert queries.offer(invite(cast, None).code, NOW)


@pytest.mark.parametrize("wrong", [{"days": 0}, {"days": 91}, {"note": "x" * 121}])
def test_an_invitation_with_odd_values_is_refused(cast, wrong):
    with pytest.raises(UsageError):
        invite(cast, **wrong)


@pytest.mark.parametrize("code", ["", "0000-0000-0000-0000", "' OR 1=1", "x" * 5000, "\x00"])
def test_an_unknown_code_is_refused_plainly(cast, code):
    with pytest.raises(NotFound, match="no invitation with this code"):
        queries.offer(code, NOW)
    with pytest.raises(NotFound):
        accept(code)


def test_a_used_code_is_refused_plainly_and_leaves_nothing(cast):
    made = invite(cast)
    accept(made.code)
    people = get_user_model().objects.count()
    with pytest.raises(Conflict, match="used already"):
        accept(made.code, login="another")
    with pytest.raises(Conflict, match="used already"):
        invitations.accept_as(actor=cast.actor("stranger"), code=made.code, now=NOW)
    assert get_user_model().objects.count() == people


def test_an_old_code_and_a_withdrawn_one_are_refused_plainly(cast):
    made = invite(cast, days=1)
    with pytest.raises(Conflict, match="too old"):
        accept(made.code, now=NOW + DAY)
    invitations.revoke(actor=cast.actor("coordinator"), invitation=made.id, now=NOW)
    with pytest.raises(Conflict, match="withdrawn"):
        accept(made.code)
    with pytest.raises(Conflict):
        invitations.revoke(actor=cast.actor("coordinator"), invitation=made.id, now=NOW)
    with pytest.raises(NotFound):
        invitations.revoke(actor=CONSOLE, invitation=0, now=NOW)


def test_a_closed_organisation_takes_nobody(cast):
    made = invite(cast)
    organisations.close_organisation(actor=CONSOLE, organisation=cast.centre, now=NOW)
    with pytest.raises(Conflict):
        accept(made.code)
    with pytest.raises(Conflict):
        invite(cast, None)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"login": "coordinator"}, Conflict),
        ({"login": "COORDINATOR"}, Conflict),
        ({"login": "a b"}, UsageError),
        ({"login": "erased-1"}, UsageError),
        ({"name": " "}, UsageError),
        ({"name": "x" * 121}, UsageError),
        ({"password": "short"}, UsageError),
        ({"password": "1234567890123"}, UsageError),
        ({"password": "password123"}, UsageError),
        ({"password": "gulnar2026"}, UsageError),
        ({"language": "de"}, UsageError),
    ],
)
def test_what_will_not_do_leaves_the_invitation_open(cast, wrong, error):
    made = invite(cast)
    with pytest.raises(error):
        accept(made.code, **wrong)
    assert queries.offer(made.code, NOW).role is Role.ANALYST
    assert accept(made.code)


def test_somebody_with_an_account_joins_with_it(cast):
    made = invite(cast, role=Role.READER)
    with pytest.raises(Forbidden):
        invitations.accept_as(actor=ANONYMOUS, code=made.code, now=NOW)
    with pytest.raises(Conflict):
        invitations.accept_as(actor=cast.actor("reader"), code=made.code, now=NOW)
    assert invitations.accept_as(actor=cast.actor("stranger"), code=made.code, now=NOW) == cast.centre
    assert cast.actor("stranger").roles_in(cast.centre) == {Role.READER}
