"""What is due, has changed or needs a look: pure decisions for the home page of each role."""

from collections.abc import Collection

from hashar.assess.contracts.surveys import HomeKind, HomePart
from hashar.people.contracts import PREPARING, Role

_WORK = frozenset({HomeKind.NO_FILE, HomeKind.NO_CODEBOOK, HomeKind.CODEBOOK_PROBLEMS, HomeKind.NO_PROFILE})


def stage_of(*, files: int, codebook: bool, problems: int, releases: int) -> HomeKind | None:
    """The next step of a survey's work; None when nothing is left undone."""
    if not files:
        return None if releases else HomeKind.NO_FILE
    if not codebook:
        return HomeKind.NO_CODEBOOK
    if problems:
        return HomeKind.CODEBOOK_PROBLEMS
    return None if releases else HomeKind.NO_PROFILE


def part_for(kind: HomeKind, roles: Collection[Role]) -> HomePart | None:
    """Where a line belongs for somebody with these roles in the organisation; None where it is not their business."""
    if kind is HomeKind.NEW_RELEASE:
        return HomePart.CHANGED
    if not PREPARING & set(roles):
        return None
    if kind is HomeKind.WITHDRAWN:
        return HomePart.CHANGED
    if kind is HomeKind.DRAFT_TO_SHARE:
        return HomePart.DUE if Role.COORDINATOR in roles else HomePart.LOOK
    if kind is HomeKind.RUN_FAILED or kind in _WORK:
        return HomePart.DUE if Role.ANALYST in roles else HomePart.LOOK
    return HomePart.LOOK
