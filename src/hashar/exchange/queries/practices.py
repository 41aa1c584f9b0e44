"""The registry of practices: the list with search and filters, and one practice."""

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from hashar.exchange import contracts
from hashar.exchange.models import FactorLink, Practice
from hashar.exchange.queries.search import ranked
from hashar.exchange.queries.visible import contradicted, summary_of, the_practice, visible_practices
from hashar.exchange.rules import rights
from hashar.exchange.sources.shipped import registries
from hashar.people.contracts import Actor, Page

MOST_FOUND = 500
LARGEST_PAGE = 500


def practices(
    actor: Actor,
    text: str = "",
    *,
    lane: str = "",
    setting: str = "",
    factor: str = "",
    age: int | None = None,
    page: int = 1,
    size: int = 50,
) -> Page[contracts.PracticeSummary]:
    """Practices the actor may read: what fits ``text`` best first, all others by code.

    Parameters
    ----------
    actor
        Who asks.
    text
        What was typed, in any of the seven languages.
    lane, setting, factor, age
        Only those of this lane, in this setting, with a link to this factor, for this age.
    page, size
        Which part of the list.

    """
    size = max(1, min(size, LARGEST_PAGE))
    page = max(1, page)
    rows = _filtered(visible_practices(actor), lane, setting, factor, age)
    part = slice((page - 1) * size, page * size)
    if not text.strip():
        found = rows.order_by("lane", "code", "pk")[part] if lane else rows.order_by("-lane", "code", "pk")[part]
        return Page(tuple(summary_of(row) for row in found), page, size, rows.count())
    order = {practice: place for place, practice in enumerate(ranked(text)[:MOST_FOUND])}
    fitting = sorted(rows.filter(pk__in=order), key=lambda row: order[row.pk])
    return Page(tuple(summary_of(row) for row in fitting[part]), page, size, len(fitting))


def _filtered(rows: QuerySet[Practice], lane: str, setting: str, factor: str, age: int | None) -> QuerySet[Practice]:
    if lane:
        rows = rows.filter(lane=lane)
    if setting:
        rows = rows.annotate(told=Cast("settings", TextField())).filter(told__contains=f'"{setting}"')
    if factor:
        rows = rows.filter(pk__in=FactorLink.objects.filter(factor=factor).values("practice"))
    if age is not None:
        rows = rows.filter(age_from__lte=age, age_to__gte=age)
    return rows


def practice(actor: Actor, code: str) -> contracts.Practice:
    """One practice. At most four queries.

    Raises
    ------
    NotFound
        There is none, or it is not shared with the actor.

    """
    row = the_practice(actor, code)
    known = registries()
    told = [
        contracts.Rating(
            registry=one.registry,
            registry_name=known[one.registry][0],
            scale=known[one.registry][1],
            rating=one.rating,
            year=one.year,
            reading=one.reading,
            sources=tuple(one.sources),
        )
        for one in row.ratings.order_by("position")
    ]
    links = row.links.select_related("confirmed_for").order_by("pk")
    return contracts.Practice(
        about=summary_of(row),
        summary=row.summary,
        tier=row.tier,
        facts=row.facts,
        ratings=tuple(told),
        contradictions=tuple((told[one], told[other]) for one, other in contradicted(row)),
        not_rated=tuple(known[name][0] for name in row.not_rated),
        links=tuple(link_of(link) for link in links),
        sources=tuple(row.sources),
        changed_at=row.changed_at,
        may_change=rights.may_enter(actor, row.organisation_id) and row.state != "withdrawn",
        may_share=rights.may_share(actor, row.organisation_id),
        may_confirm=bool(rights.confirming_organisations(actor)),
    )


def link_of(row: FactorLink) -> contracts.Link:
    """A link as it leaves this app."""
    confirmed = None
    if row.confirmed_for is not None and row.confirmed_at is not None:
        home = row.confirmed_for
        confirmed = contracts.Confirmation(home.pk, home.name, row.confirmed_at, row.grounds)
    return contracts.Link(row.pk, row.factor, row.basis, confirmed)
