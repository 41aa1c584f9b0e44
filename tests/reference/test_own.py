"""What members add: slang names and own indicators."""

import dataclasses

import pytest

from hashar.errors import Conflict, Forbidden, InputError, NotFound
from hashar.people.models import AuditRow
from hashar.reference import permissions
from hashar.reference.queries import own
from hashar.reference.services.own_indicators import define_indicator, withdraw_indicator
from hashar.reference.services.slang import add_slang, remove_slang
from tests.people.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def add(cast):
    def added(name, who="reader", substance="cannabis", language="ru", organisation=None):
        return add_slang(
            actor=cast.actor(who),
            organisation=organisation or cast.centre,
            substance=substance,
            language=language,
            name=name,
            now=NOW,
        )

    return added


@pytest.fixture
def define(cast):
    def defined(who="analyst", organisation=None, **more):
        told = {
            "code": "club_hours",
            "kind": "process",
            "unit": "count",
            "direction": "up",
            "substance": "",
            "name": {"en": "Hours of clubs"},
            "definition": {"en": "Hours that clubs were open in a year."},
        }
        return define_indicator(
            actor=cast.actor(who), organisation=organisation or cast.centre, now=NOW, **{**told, **more}
        )

    return defined


def test_a_member_adds_what_they_hear_and_everyone_reads_it(cast, add):
    number = add("план")
    (one,) = own.slang("cannabis")
    assert (one.id, one.name, one.language, one.organisation_name) == (number, "план", "ru", "Almaty centre")
    assert own.slang("alcohol") == ()
    assert len(own.slang()) == 1


def test_a_name_stands_once_for_a_substance_and_language_whatever_its_case(add):
    add("план")
    with pytest.raises(Conflict, match="in the list already"):
        add("ПЛАН")
    add("план", language="kk")
    add("план", substance="other")
    assert len(own.slang()) == 3


@pytest.mark.parametrize("told", [{"substance": "tea"}, {"language": "xx"}])
def test_substance_and_language_come_from_the_lists(add, told):
    with pytest.raises(InputError, match="from the lists"):
        add("план", **told)


def test_nobody_adds_in_the_name_of_an_organisation_that_is_not_theirs(cast, add):
    with pytest.raises(Forbidden):
        add("план", who="stranger")
    with pytest.raises(Forbidden):
        add("план", who="operator")


def test_who_added_a_name_or_coordinates_removes_it(cast, add):
    for who in ("reader", "coordinator", "operator"):
        number = add("план")
        remove_slang(actor=cast.actor(who), slang=number, now=NOW)
        assert own.slang() == ()


def test_others_do_not_remove_a_name(cast, add):
    number = add("план")
    for who in ("analyst", "colleague", "stranger"):
        with pytest.raises(Forbidden):
            remove_slang(actor=cast.actor(who), slang=number, now=NOW)
    remove_slang(actor=cast.actor("reader"), slang=number, now=NOW)
    with pytest.raises(NotFound):
        remove_slang(actor=cast.actor("reader"), slang=number, now=NOW)


def test_the_audit_trail_tells_of_it_without_the_word(cast, add):
    remove_slang(actor=cast.actor("reader"), slang=add("план"), now=NOW)
    rows = AuditRow.objects.filter(action__startswith="slang.").order_by("pk")
    assert [row.action for row in rows] == ["slang.add", "slang.remove"]
    assert all(row.details == {"substance": "cannabis", "language": "ru"} for row in rows)


def test_an_own_indicator_is_seen_by_its_organisation_only(cast, define):
    code = define()
    found = own.indicator(code, cast.actor("reader"))
    assert (found.kind, found.name, found.organisation) == ("process", {"en": "Hours of clubs"}, cast.centre)
    assert code in {one.code for one in own.indicators(cast.actor("reader"), kind="process")}
    for who in ("colleague", "stranger", "operator"):
        with pytest.raises(NotFound):
            own.indicator(code, cast.actor(who))
    with pytest.raises(NotFound):
        own.indicator(code)


def test_indicators_are_filtered_by_kind_and_substance(cast):
    found = own.indicators(cast.actor("reader"), kind="detection", substance="alcohol")
    assert [one.code for one in found] == ["registered_alcohol"]
    assert own.indicator("cur_alcohol").code == "cur_alcohol"


@pytest.mark.parametrize("who", ["reader", "colleague", "stranger", "operator"])
def test_readers_and_outsiders_define_nothing(define, who):
    with pytest.raises(Forbidden):
        define(who=who)


def test_a_code_is_used_once_in_an_organisation(define):
    define()
    with pytest.raises(Conflict, match="already"):
        define()


def test_a_substance_outside_the_list_is_refused(define):
    with pytest.raises(InputError, match="from the list"):
        define(substance="tea")
    assert define(substance="alcohol")


def test_a_withdrawn_indicator_leaves_the_lists(cast, define):
    code = define()
    with pytest.raises(Forbidden):
        withdraw_indicator(actor=cast.actor("reader"), organisation=cast.centre, code=code, now=NOW)
    withdraw_indicator(actor=cast.actor("coordinator"), organisation=cast.centre, code=code, now=NOW)
    with pytest.raises(NotFound):
        own.indicator(code, cast.actor("analyst"))
    with pytest.raises(NotFound):
        withdraw_indicator(actor=cast.actor("coordinator"), organisation=cast.centre, code=code, now=NOW)


def test_an_access_token_changes_nothing(cast):
    actor = dataclasses.replace(cast.actor("coordinator"), scopes=frozenset())
    assert permissions.member_organisations(actor) == {}
    assert permissions.defining_organisations(actor) == {}
    assert not permissions.may_remove_slang(actor, cast.centre, cast.people["coordinator"])
