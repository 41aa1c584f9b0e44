import pytest

from hashar.errors import Conflict, Forbidden, NotFound, UsageError
from hashar.people import queries
from hashar.people.contracts import ANONYMOUS, CONSOLE, Actor, Role, Scope
from hashar.people.services import memberships, organisations
from tests.people.cast import NOW, make_territory


def add(cast, person, role, **extra):
    return memberships.add_member(
        actor=CONSOLE, organisation=cast.centre, person=cast.people[person], role=role, now=NOW, **extra
    )


def end(cast, actor, name):
    memberships.end(actor=actor, membership=cast.memberships[name], now=NOW)


def test_an_operator_adds_members_and_others_invite(cast):
    add(cast, "stranger", Role.READER)
    assert cast.actor("stranger").roles_in(cast.centre) == {Role.READER}
    with pytest.raises(Forbidden):
        memberships.add_member(
            actor=cast.actor("coordinator"),
            organisation=cast.centre,
            person=cast.people["manager"],
            role=Role.READER,
            now=NOW,
        )


def test_a_role_is_held_once(cast):
    with pytest.raises(Conflict):
        add(cast, "reader", Role.READER)
    with pytest.raises(NotFound):
        memberships.add_member(actor=CONSOLE, organisation=cast.centre, person=0, role=Role.READER, now=NOW)


def test_nobody_joins_a_closed_organisation(cast):
    organisations.close_organisation(actor=CONSOLE, organisation=cast.centre, now=NOW)
    with pytest.raises(Conflict):
        add(cast, "stranger", Role.READER)


def test_a_coordinator_changes_a_role_and_the_old_one_stays_as_history(cast):
    made = memberships.change_role(
        actor=cast.actor("coordinator"), membership=cast.memberships["reader"], role=Role.OFFICIAL, now=NOW
    )
    assert made != cast.memberships["reader"]
    assert cast.actor("reader").roles_in(cast.centre) == {Role.OFFICIAL}
    entries = queries.audit_trail(CONSOLE, organisation=cast.centre, action="membership.").items[:2]
    assert [(e.action, e.details["role"]) for e in entries] == [
        ("membership.begin", "official"),
        ("membership.end", "reader"),
    ]
    with pytest.raises(NotFound):
        memberships.change_role(
            actor=cast.actor("coordinator"), membership=cast.memberships["reader"], role=Role.ANALYST, now=NOW
        )


def test_the_same_role_again_is_refused(cast):
    with pytest.raises(Conflict):
        memberships.change_role(
            actor=cast.actor("coordinator"), membership=cast.memberships["reader"], role=Role.READER, now=NOW
        )


@pytest.mark.parametrize("name", ["analyst", "reader", "colleague", "stranger", "manager"])
def test_nobody_else_changes_roles(cast, name):
    actor = cast.actor(name)
    for membership in (cast.memberships["official"], cast.memberships.get(name, 0)):
        with pytest.raises((Forbidden, NotFound, Conflict)):
            memberships.change_role(actor=actor, membership=membership, role=Role.COORDINATOR, now=NOW)
    with pytest.raises(Forbidden):
        memberships.narrow_territory(actor=actor, membership=cast.memberships["official"], territory=None, now=NOW)
    with pytest.raises(Forbidden):
        end(cast, actor, "official")
    assert cast.actor("official").roles_in(cast.centre) == {Role.OFFICIAL}


def test_a_role_is_narrowed_to_a_part_of_the_territory_and_never_widened(cast):
    from django.apps import apps

    city = apps.get_model("places", "Territory").objects.get(pk=cast.city)
    district = make_territory("KZ-75-01", city, "district", {"en": "Medeu"})
    actor = cast.actor("coordinator")
    made = memberships.narrow_territory(
        actor=actor, membership=cast.memberships["reader"], territory=district.pk, now=NOW
    )
    assert cast.actor("reader").covers("KZ/KZ-75/KZ-75-01/")
    assert not cast.actor("reader").covers("KZ/KZ-75/")
    for elsewhere in (cast.country, cast.elsewhere, 0):
        with pytest.raises(UsageError):
            memberships.narrow_territory(actor=actor, membership=made, territory=elsewhere, now=NOW)
    memberships.narrow_territory(actor=actor, membership=made, territory=cast.city, now=NOW)
    assert cast.actor("reader").covers("KZ/KZ-75/")


def test_everyone_may_leave(cast):
    end(cast, cast.actor("reader"), "reader")
    assert cast.actor("reader").mandates == ()


def test_a_token_cannot_leave_for_somebody(cast):
    reader = cast.actor("reader")
    with pytest.raises(Forbidden):
        end(cast, Actor(person=reader.person, mandates=reader.mandates, scopes=frozenset({Scope.READ})), "reader")


def test_the_last_coordinator_stays_until_there_is_a_successor(cast):
    for actor in (cast.actor("coordinator"), CONSOLE):
        with pytest.raises(Conflict, match="last coordinator"):
            end(cast, actor, "coordinator")
        with pytest.raises(Conflict, match="last coordinator"):
            memberships.change_role(actor=actor, membership=cast.memberships["coordinator"], role=Role.READER, now=NOW)
    add(cast, "analyst", Role.COORDINATOR)
    end(cast, cast.actor("coordinator"), "coordinator")
    assert cast.actor("analyst").roles_in(cast.centre) == {Role.ANALYST, Role.COORDINATOR}


def test_members_see_each_other_and_coordinators_see_more(cast):
    plain = queries.members(cast.actor("reader"), cast.centre)
    assert (plain[0].name, plain[0].role) == ("Coordinator", Role.COORDINATOR)
    assert len(plain) == 4
    assert {(m.login, m.second_factor) for m in plain} == {("", None)}
    full = queries.members(cast.actor("coordinator"), cast.centre)
    assert {(m.login, m.second_factor) for m in full} >= {("analyst", False)}


@pytest.mark.parametrize("name", ["colleague", "stranger", "manager"])
def test_strangers_do_not_see_members(cast, name):
    with pytest.raises(Forbidden):
        queries.members(cast.actor(name), cast.centre)
    with pytest.raises(Forbidden):
        queries.members(ANONYMOUS, cast.centre)


def test_a_list_of_members_takes_three_queries_however_long(cast, django_assert_num_queries):
    actor = cast.actor("coordinator")
    with django_assert_num_queries(3):
        queries.members(actor, cast.centre)
