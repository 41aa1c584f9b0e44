import pytest

from hashar.assess.contracts.surveys import ReleaseState
from hashar.assess.rules.rights import may_create, may_share, may_work
from hashar.assess.rules.visibility import reach
from hashar.people.contracts import ANONYMOUS, CONSOLE, Actor, Mandate, Role, Scope

DRAFT, SHARED, WITHDRAWN = ReleaseState.DRAFT, ReleaseState.SHARED, ReleaseState.WITHDRAWN
CITY, COUNTRY, OTHER = "KZ/KZ-75/", "KZ/", "KG/"
OWNER, ELSEWHERE = 1, 2


def actor(role, organisation=OWNER, territory=CITY, scopes=None):
    return Actor(person=1, mandates=(Mandate(organisation, "", role, territory),), scopes=scopes)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OFFICIAL, Role.ANALYST])
@pytest.mark.parametrize("state", ReleaseState)
def test_those_who_prepare_see_everything_of_their_organisation(role, state):
    far = reach(actor(role))
    assert far.survey(OWNER)
    assert far.release(OWNER, CITY, state)
    assert far.release(OWNER, "", state)


@pytest.mark.parametrize("role", [Role.READER, Role.PROGRAMME_MANAGER])
def test_other_members_see_what_is_shared_and_no_survey(role):
    far = reach(actor(role))
    assert not far.survey(OWNER)
    assert [far.release(OWNER, OTHER, state) for state in (DRAFT, SHARED, WITHDRAWN)] == [False, True, False]


@pytest.mark.parametrize("role", Role)
def test_a_neighbour_sees_what_is_shared_about_their_territory(role):
    far = reach(actor(role, ELSEWHERE, COUNTRY))
    assert not far.survey(OWNER)
    assert [far.release(OWNER, CITY, state) for state in (DRAFT, SHARED, WITHDRAWN)] == [False, True, False]


@pytest.mark.parametrize(
    ("territory", "about"), [(OTHER, CITY), (CITY, COUNTRY), (CITY, ""), ("KZ/KZ-75/", "KZ/KZ-7/")]
)
def test_a_stranger_sees_nothing(territory, about):
    far = reach(actor(Role.COORDINATOR, ELSEWHERE, territory))
    assert not any(far.release(OWNER, about, state) for state in ReleaseState)


def test_a_mandate_for_the_whole_site_sees_whatever_is_shared():
    far = reach(actor(Role.READER, ELSEWHERE, ""))
    assert far.release(OWNER, "", SHARED)
    assert far.release(OWNER, OTHER, SHARED)


@pytest.mark.parametrize("nobody", [ANONYMOUS, CONSOLE, Actor(person=5, operator=True)])
def test_running_the_site_opens_no_findings(nobody):
    far = reach(nobody)
    assert not far.survey(OWNER)
    assert not any(far.release(OWNER, "", state) for state in ReleaseState)


def test_only_an_analyst_of_the_owner_works_with_microdata():
    assert may_work(actor(Role.ANALYST), OWNER, CITY)
    assert [role for role in Role if may_work(actor(role), OWNER, CITY)] == [Role.ANALYST]
    assert not may_work(actor(Role.ANALYST), ELSEWHERE, CITY)


@pytest.mark.parametrize("may", [may_create, may_share])
def test_only_a_coordinator_of_the_owner_creates_and_shares(may):
    assert [role for role in Role if may(actor(role), OWNER, CITY)] == [Role.COORDINATOR]
    assert not may(actor(Role.COORDINATOR), ELSEWHERE, CITY)


@pytest.mark.parametrize(("may", "role"), [(may_work, Role.ANALYST), (may_share, Role.COORDINATOR)])
def test_a_mandate_narrowed_to_another_territory_does_not_reach(may, role):
    assert not may(actor(role, OWNER, CITY), OWNER, COUNTRY)
    assert may(actor(role, OWNER, COUNTRY), OWNER, CITY)


@pytest.mark.parametrize(("may", "role"), [(may_work, Role.ANALYST), (may_share, Role.COORDINATOR)])
def test_an_access_token_changes_nothing_and_opens_no_microdata(may, role):
    assert not may(actor(role, scopes=frozenset({Scope.READ})), OWNER, CITY)
