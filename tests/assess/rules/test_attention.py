import pytest

from hashar.assess.contracts.surveys import HomeKind, HomePart
from hashar.assess.rules.attention import part_for, stage_of
from hashar.people.contracts import Role


@pytest.mark.parametrize(
    ("there", "next_step"),
    [
        ({"files": 0, "codebook": False, "problems": 0, "releases": 0}, HomeKind.NO_FILE),
        ({"files": 0, "codebook": True, "problems": 3, "releases": 2}, None),
        ({"files": 1, "codebook": False, "problems": 0, "releases": 0}, HomeKind.NO_CODEBOOK),
        ({"files": 1, "codebook": True, "problems": 2, "releases": 1}, HomeKind.CODEBOOK_PROBLEMS),
        ({"files": 1, "codebook": True, "problems": 0, "releases": 0}, HomeKind.NO_PROFILE),
        ({"files": 1, "codebook": True, "problems": 0, "releases": 1}, None),
    ],
)
def test_a_survey_waits_for_its_next_step(there, next_step):
    assert stage_of(**there) is next_step


def test_everybody_hears_of_new_releases():
    assert {part_for(HomeKind.NEW_RELEASE, {role}) for role in Role} == {HomePart.CHANGED}
    assert part_for(HomeKind.NEW_RELEASE, ()) is HomePart.CHANGED


@pytest.mark.parametrize("kind", [kind for kind in HomeKind if kind is not HomeKind.NEW_RELEASE])
@pytest.mark.parametrize("role", [Role.READER, Role.PROGRAMME_MANAGER])
def test_the_kitchen_is_not_a_readers_business(kind, role):
    assert part_for(kind, {role}) is None


@pytest.mark.parametrize(
    ("kind", "role", "part"),
    [
        (HomeKind.DRAFT_TO_SHARE, Role.COORDINATOR, HomePart.DUE),
        (HomeKind.DRAFT_TO_SHARE, Role.ANALYST, HomePart.LOOK),
        (HomeKind.RUN_FAILED, Role.ANALYST, HomePart.DUE),
        (HomeKind.RUN_FAILED, Role.COORDINATOR, HomePart.LOOK),
        (HomeKind.NO_CODEBOOK, Role.ANALYST, HomePart.DUE),
        (HomeKind.NO_CODEBOOK, Role.OFFICIAL, HomePart.LOOK),
        (HomeKind.RUN_WAITING, Role.ANALYST, HomePart.LOOK),
        (HomeKind.WITHDRAWN, Role.OFFICIAL, HomePart.CHANGED),
    ],
)
def test_what_is_due_is_due_for_whoever_can_do_it(kind, role, part):
    assert part_for(kind, {role, Role.READER}) is part
