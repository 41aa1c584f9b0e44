"""What an actor may see, as filters of the database: the same decisions as ``rules.visibility``."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from hashar.assess.contracts.surveys import ReleaseState
from hashar.assess.models import Finding, Release, Survey
from hashar.assess.rules.visibility import Reach, reach
from hashar.errors import NotFound
from hashar.i18n import N_
from hashar.people.contracts import Actor

LARGEST_PAGE = 1000
FURTHEST_PAGE = 2**40
"""Beyond it a database cannot count the rows before."""


def visible_surveys(actor: Actor) -> QuerySet[Survey]:
    """Surveys whose title the actor may know."""
    return Survey.objects.filter(organisation_id__in=reach(actor).preparing)


def visible_releases(actor: Actor) -> QuerySet[Release]:
    """Releases the actor may read."""
    return Release.objects.filter(_releases(reach(actor), ""))


def visible_findings(actor: Actor) -> QuerySet[Finding]:
    """Figures of the releases the actor may read."""
    return Finding.objects.filter(_releases(reach(actor), "release__"))


def _releases(far: Reach, prefix: str) -> Q:
    own = Q(**{f"{prefix}survey__organisation_id__in": far.preparing})
    member = Q(**{f"{prefix}survey__organisation_id__in": far.member})
    return own | (Q(**{f"{prefix}state": ReleaseState.SHARED}) & (member | _inside(far.territories, prefix)))


def _inside(territories: frozenset[str], prefix: str) -> Q:
    """In one of the territories; the empty path is the whole site, also what names no territory."""
    if "" in territories:
        return Q(**{f"{prefix}pk__isnull": False})
    nowhere = Q(**{f"{prefix}pk__in": []})
    return reduce(or_, (Q(**{f"{prefix}territory__path__startswith": path}) for path in sorted(territories)), nowhere)


def the_survey(actor: Actor, survey: int) -> Survey:
    """One visible survey with its organisation and territory.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    rows = visible_surveys(actor).select_related("organisation", "territory")
    row = rows.filter(pk=survey).first()
    if row is None:
        raise NotFound(N_("There is no such survey, or it belongs to another organisation. Choose one from your list."))
    return row


def the_release(actor: Actor, release: int) -> Release:
    """One visible release with all that its summary needs; the profile's text is left in the database.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    row = with_names(visible_releases(actor)).filter(pk=release).first()
    if row is None:
        raise NotFound(N_("There is no such release, or it is not shared with you. Choose one from your list."))
    return row


def with_names(releases: QuerySet[Release]) -> QuerySet[Release]:
    """Releases with the rows that a summary names, in the same query, without the long text."""
    return releases.select_related("survey__organisation", "territory", "codebook", "made_by").defer(
        "profile", "codebook__text"
    )


def path_of(row: Survey | Release) -> str:
    """The territory's path; empty when there is none."""
    return row.territory.path if row.territory else ""


def limits(page: int, size: int) -> tuple[int, int, slice]:
    """Page, size and slice, forced into what is sensible."""
    size = min(max(size, 1), LARGEST_PAGE)
    page = min(max(page, 1), FURTHEST_PAGE)
    return page, size, slice((page - 1) * size, page * size)
