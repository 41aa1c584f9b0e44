"""Reads of organisations and their members."""

from collections.abc import Sequence

from django.db.models import QuerySet

from hashar.errors import Forbidden, NotFound
from hashar.i18n import N_
from hashar.people import rules
from hashar.people.contracts import Actor, Member, OrganisationSummary, Page, Role
from hashar.people.models import Membership, Organisation, Person
from hashar.people.queries.actors import second_factor


def organisation(organisation_id: int, actor: Actor | None = None) -> OrganisationSummary:
    """One organisation, closed ones too. One SQL query.

    Raises
    ------
    NotFound
        There is no such organisation.

    """
    row = Organisation.objects.select_related("territory").filter(pk=organisation_id).first()
    if row is None:
        raise NotFound(N_("There is no such organisation. Look for it in the list of organisations."))
    return summary(row, actor)


def organisations(
    actor: Actor | None = None,
    *,
    text: str = "",
    kind: str = "",
    sector: str = "",
    territory_path: str = "",
    mine: bool = False,
    closed: bool = False,
    page: int = 1,
    size: int = 50,
) -> Page[OrganisationSummary]:
    """Organisations by name. Two SQL queries.

    Parameters
    ----------
    actor
        Who asks; names are known to everyone who is signed in.
    text
        Part of the name, in any language.
    kind, sector, territory_path
        Narrow the list; empty: all.
    mine
        Only those the actor is a member of.
    closed
        Closed ones too.
    page, size
        Which part of the list; a page beyond the end is empty.

    """
    rows = Organisation.objects.select_related("territory").order_by("name", "pk")
    if not closed:
        rows = rows.filter(closed_at__isnull=True)
    if text:
        rows = rows.filter(folded__contains=text.casefold())
    given = {"kind": kind, "sector": sector, "territory__path__startswith": territory_path}
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    if mine and actor is not None:
        rows = rows.filter(pk__in=list(actor.organisations()))
    return _page(rows, actor, page, size)


def _page(rows: QuerySet[Organisation], actor: Actor | None, page: int, size: int) -> Page[OrganisationSummary]:
    start = (page - 1) * size
    found = tuple(summary(row, actor) for row in rows[start : start + size])
    return Page(items=found, page=page, size=size, total=rows.count())


def summary(row: Organisation, actor: Actor | None) -> OrganisationSummary:
    """A row as it leaves this app."""
    roles = actor.roles_in(row.pk) if actor else frozenset()
    territory = row.territory
    return OrganisationSummary(
        id=row.pk,
        name=row.name,
        names=row.names,
        kind=row.kind,
        sector=row.sector,
        level=row.level,
        territory=row.territory_id,
        territory_code=territory.code if territory else "",
        territory_path=territory.path if territory else "",
        territory_names=territory.names if territory else {},
        made_at=row.made_at,
        closed_at=row.closed_at,
        mine=bool(roles),
        may_manage=rules.may_manage(actor, row.pk),
    )


def members(actor: Actor, organisation_id: int) -> Sequence[Member]:
    """Present members with their roles, coordinators first. Two SQL queries.

    Members see each other's names and roles; coordinators and operators also login names and second factors.

    Raises
    ------
    NotFound
        There is no such organisation.
    Forbidden
        The actor is no member of it.

    """
    found = organisation(organisation_id, actor)
    if not (found.mine or found.may_manage):
        raise Forbidden(N_("Only members of this organisation see who else is in it."))
    rows = Membership.objects.filter(organisation=organisation_id, until__isnull=True).select_related("territory")
    rows = rows.order_by("person__name", "pk")
    people = Person.objects.filter(memberships__in=rows).annotate(second_factor=second_factor()).distinct()
    known = {person.pk: person for person in people}
    listed = [_member(row, known[row.person_id], in_full=found.may_manage) for row in rows]
    order = list(Role)
    return sorted(listed, key=lambda member: order.index(member.role))


def _member(row: Membership, person: Person, *, in_full: bool) -> Member:
    return Member(
        id=row.pk,
        person=person.pk,
        name=person.name,
        login=person.username if in_full else "",
        role=Role(row.role),
        territory=row.territory_id,
        territory_names=row.territory.names if row.territory else {},
        since=row.since,
        second_factor=bool(getattr(person, "second_factor", False)) if in_full else None,
    )
