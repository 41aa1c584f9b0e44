"""Organisations and members on their pages."""

import pytest
from django.urls import reverse

from hashar.people import queries
from hashar.people.contracts import CONSOLE, Role
from hashar.people.services import memberships
from tests.people.cast import NOW

FORM = {"name": "New one", "kind": "ngo", "sector": "youth", "level": "region"}


def test_an_operator_makes_an_organisation_and_goes_on_to_invite(client, cast):
    cast.sign_in(client, "operator")
    answer = client.post(
        reverse("organisation_new"), FORM | {"territory": cast.city, "name_kk": "Жаңа <b>", "name_ru": ""}
    )
    (made,) = queries.organisations(text="new one").items
    assert answer["Location"] == reverse("invite", args=[made.id])
    page = client.get(f"/kk/people/organisations/{made.id}/").content.decode()
    assert "Жаңа &lt;b&gt;" in page


def test_a_name_that_is_taken_is_said_on_the_form(client, cast):
    cast.sign_in(client, "operator")
    answer = client.post(reverse("organisation_new"), FORM | {"name": "ALMATY youth", "territory": ""})
    assert "There is an organisation “ALMATY youth” already." in answer.content.decode()
    assert 'value="ALMATY youth"' in answer.content.decode()


def test_a_coordinator_cannot_widen_the_territory_through_the_form(client, cast):
    cast.sign_in(client, "coordinator")
    address = reverse("organisation_change", args=[cast.centre])
    page = client.get(address).content.decode()
    assert 'name="territory"' not in page
    sent = FORM | {"name": "Almaty hub", "level": "country", "territory": cast.country}
    assert client.post(address, sent).status_code == 302
    found = queries.organisation(cast.centre)
    assert (found.name, found.level, found.territory) == ("Almaty hub", "region", cast.city)


def test_an_organisation_is_closed_and_opened_again(client, cast):
    cast.sign_in(client, "operator")
    address = reverse("organisation_close", args=[cast.centre])
    client.post(address)
    page = client.get(reverse("organisation", args=[cast.centre])).content.decode()
    assert "This organisation is closed" in page
    assert reverse("invite", args=[cast.centre]) not in page
    client.post(address)
    assert queries.organisation(cast.centre).closed_at is None


def test_outsiders_see_the_organisation_but_nobody_in_it(client, cast):
    cast.sign_in(client, "stranger")
    page = client.get(reverse("organisation", args=[cast.centre])).content.decode()
    assert "Almaty centre" in page
    for secret in ("Analyst", "Official", "Members", "Audit trail"):
        assert secret not in page
    for name, *values in (
        ("member", cast.centre, cast.memberships["analyst"]),
        ("organisation_audit", cast.centre),
        ("organisation_change", cast.centre),
        ("member_end", cast.centre, cast.memberships["analyst"]),
    ):
        assert client.get(reverse(name, args=values)).status_code == 403
    assert client.post(reverse("member_end", args=[cast.centre, cast.memberships["analyst"]])).status_code == 403
    assert cast.actor("analyst").roles_in(cast.centre)


def test_a_membership_of_one_organisation_is_not_reached_through_another(client, cast):
    cast.sign_in(client, "stranger")
    address = reverse("member", args=[cast.foreign, cast.memberships["analyst"]])
    assert client.get(address).status_code == 404
    assert client.post(address, {"role": "reader", "territory": ""}).status_code == 404
    reset = reverse("member_reset", args=[cast.foreign, cast.memberships["analyst"]])
    assert client.post(reset).status_code == 404


def test_a_coordinator_changes_a_role_and_ends_one(client, cast):
    cast.sign_in(client, "coordinator")
    address = reverse("member", args=[cast.centre, cast.memberships["reader"]])
    assert client.post(address, {"role": "official", "territory": ""})["Location"].endswith(f"/{cast.centre}/")
    assert cast.actor("reader").roles_in(cast.centre) == {Role.OFFICIAL}
    own = client.post(
        reverse("member", args=[cast.centre, cast.memberships["coordinator"]]), {"role": "reader", "territory": ""}
    )
    assert "is the last coordinator of this organisation" in own.content.decode()
    client.post(reverse("member_end", args=[cast.centre, cast.memberships["official"]]))
    assert cast.actor("official").mandates == ()
    refused = client.post(reverse("member_end", args=[cast.centre, cast.memberships["coordinator"]]))
    assert refused.status_code == 409


def test_a_reader_leaves(client, cast):
    cast.sign_in(client, "reader")
    address = reverse("member_end", args=[cast.centre, cast.memberships["reader"]])
    assert client.get(address).status_code == 200
    client.post(address)
    assert cast.actor("reader").mandates == ()


def test_the_list_is_filtered_by_its_address(client, cast):
    cast.sign_in(client, "reader")
    page = client.get(reverse("people"), {"kind": "ngo", "text": "osh"}).content.decode()
    assert "1 organisation<" in page
    none = client.get(reverse("people"), {"text": "nothing like it"}).content.decode()
    assert "No organisation matches." in none
    assert client.get(reverse("people"), {"page": "x" * 20, "kind": "king"}).status_code == 200


def test_the_trail_on_its_page_is_filtered_and_names_erased_people_plainly(client, cast):
    from hashar.people.services import personal

    personal.erase(actor=cast.actor("reader"), now=NOW)
    cast.sign_in(client, "coordinator")
    page = client.get(reverse("organisation_audit", args=[cast.centre])).content.decode()
    assert "a person whose data were erased" in page
    begun = client.get(reverse("organisation_audit", args=[cast.centre]), {"action": "membership.begin"})
    assert "role ended" not in begun.content.decode().split("<tbody", 1)[1]
    for odd in ({"since": "never"}, {"action": "x.y"}, {"page": "0"}, {"since": "0001-01-01", "until": "9999-12-31"}):
        assert client.get(reverse("organisation_audit", args=[cast.centre]), odd).status_code == 200


@pytest.mark.parametrize(
    ("name", "most"), [("people", 11), ("organisation", 12), ("organisation_audit", 11), ("account", 10)]
)
def test_a_page_asks_the_database_few_questions_however_many_members(
    client, cast, django_assert_max_num_queries, name, most
):
    for person in ("colleague", "stranger", "manager", "operator"):
        memberships.add_member(
            actor=CONSOLE, organisation=cast.centre, person=cast.people[person], role=Role.READER, now=NOW
        )
    cast.sign_in(client, "coordinator")
    values = [cast.centre] if name.startswith("organisation") else []
    with django_assert_max_num_queries(most):
        client.get(reverse(name, args=values))
