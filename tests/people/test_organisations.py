import pytest

from hashar.errors import Conflict, Forbidden, NotFound, UsageError
from hashar.people import queries
from hashar.people.contracts import CONSOLE
from hashar.people.services import organisations
from tests.people.cast import NOW

FIELDS = {"kind": "ngo", "sector": "youth", "level": "region"}


def make(cast, **changes):
    values = FIELDS | {"actor": CONSOLE, "name": "New one", "territory": cast.city, "now": NOW} | changes
    return organisations.create_organisation(**values)


def change(cast, actor, **changes):
    values = {"name": "Almaty centre", "kind": "state_body", "sector": "health", "level": "region"}
    values |= {"territory": cast.city, "organisation": cast.centre, "now": NOW} | changes
    organisations.change_organisation(actor=actor, **values)


@pytest.mark.parametrize("name", ["coordinator", "analyst", "reader", "manager", "stranger"])
def test_only_an_operator_makes_and_closes_organisations(cast, name):
    with pytest.raises(Forbidden):
        make(cast, actor=cast.actor(name))
    with pytest.raises(Forbidden):
        organisations.close_organisation(actor=cast.actor(name), organisation=cast.centre, now=NOW)
    with pytest.raises(Forbidden):
        organisations.reopen_organisation(actor=cast.actor(name), organisation=cast.centre, now=NOW)


def test_an_organisation_is_made_with_its_names(cast):
    made = make(cast, actor=cast.actor("operator"), name="  New   one ", names={"kk": "Жаңа", "ru": " "})
    found = queries.organisation(made, cast.actor("reader"))
    assert (found.name, found.names, found.territory_path) == ("New one", {"kk": "Жаңа"}, "KZ/KZ-75/")
    assert not found.mine
    assert not found.may_manage


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "x"},
        {"sector": "x"},
        {"level": "x"},
        {"name": " "},
        {"name": "x" * 201},
        {"names": {"de": "x"}},
        {"territory": 0},
    ],
)
def test_a_value_outside_the_lists_is_refused(cast, wrong):
    with pytest.raises(UsageError):
        make(cast, **wrong)


def test_two_organisations_cannot_have_one_name(cast):
    with pytest.raises(Conflict):
        make(cast, name="almaty CENTRE")


def test_a_coordinator_changes_the_name_but_not_what_gives_rights(cast):
    actor = cast.actor("coordinator")
    change(cast, actor, name="Almaty hub", names={"ru": "Алматинский центр"}, sector="government")
    assert queries.organisation(cast.centre).sector == "government"
    for wider in ({"territory": cast.country}, {"territory": None}, {"level": "country"}):
        with pytest.raises(Forbidden):
            change(cast, actor, **wider)
    assert queries.organisation(cast.centre).territory == cast.city


def test_others_change_nothing(cast):
    for name in ("analyst", "reader", "stranger"):
        with pytest.raises(Forbidden):
            change(cast, cast.actor(name), name="Mine")


def test_an_operator_changes_the_territory_and_the_trail_says_from_what_to_what(cast):
    operator = cast.actor("operator")
    change(cast, operator, territory=cast.country, level="country")
    assert cast.actor("reader").covers("KZ/KZ-11/")
    (entry,) = queries.audit_trail(operator, organisation=cast.centre, action="organisation.change").items
    assert entry.details == {"territory": [cast.city, cast.country], "level": ["region", "country"]}
    with pytest.raises(Conflict):
        change(cast, operator, name="Almaty youth")


def test_closing_ends_rights_at_once_and_opening_gives_them_back(cast):
    operator = cast.actor("operator")
    organisations.close_organisation(actor=operator, organisation=cast.centre, now=NOW)
    assert cast.actor("coordinator").mandates == ()
    assert cast.centre not in [o.id for o in queries.organisations(operator).items]
    assert cast.centre in [o.id for o in queries.organisations(operator, closed=True).items]
    with pytest.raises(Conflict):
        organisations.close_organisation(actor=operator, organisation=cast.centre, now=NOW)
    organisations.reopen_organisation(actor=operator, organisation=cast.centre, now=NOW)
    assert cast.actor("coordinator").roles_in(cast.centre)
    with pytest.raises(Conflict):
        organisations.reopen_organisation(actor=operator, organisation=cast.centre, now=NOW)


def test_an_unknown_organisation_is_not_found(cast):
    with pytest.raises(NotFound):
        queries.organisation(0)
    with pytest.raises(NotFound):
        organisations.close_organisation(actor=CONSOLE, organisation=0, now=NOW)


def test_the_list_is_filtered_and_paged(cast, django_assert_num_queries):
    reader = cast.actor("reader")

    def listed(**given):
        return [o.name for o in queries.organisations(reader, **given).items]

    assert listed() == ["Almaty centre", "Almaty youth", "Ministry", "Osh coalition"]
    assert listed(text="almaty") == ["Almaty centre", "Almaty youth"]
    assert listed(kind="ngo") == ["Almaty youth", "Osh coalition"]
    assert listed(sector="government") == ["Ministry"]
    assert listed(territory_path="KZ/") == ["Almaty centre", "Almaty youth", "Ministry"]
    assert listed(mine=True) == ["Almaty centre"]
    assert listed(page=2, size=3) == ["Osh coalition"]
    with django_assert_num_queries(2):
        queries.organisations(reader)


def test_a_name_in_another_language_is_found(cast):
    change(cast, CONSOLE, names={"kk": "Алматы орталығы"})
    assert [o.id for o in queries.organisations(text="ОРТАЛЫҒЫ").items] == [cast.centre]
