"""Load the practices that are shipped with the program."""

import datetime as dt

from django.db import transaction

from hashar.exchange.models import FactorLink, Practice, Rating
from hashar.exchange.services.index import renew_index
from hashar.exchange.sources.shipped import ShippedPractice, shipped_practices
from hashar.people.contracts import CONSOLE
from hashar.people.services.audit import record


def load_shipped(*, now: dt.datetime) -> int:
    """Bring the tested programmes to what this version ships; again and again if you like.

    Needs no permission: the person who runs the installation calls it from the command line. Links that an expert
    confirmed stay confirmed. Returns how many practices were written.
    """
    with transaction.atomic():
        known = {row.code: row for row in Practice.objects.filter(organisation=None)}
        shipped = shipped_practices()
        changed = [one for one in shipped if one.code not in known or known[one.code].digest != one.digest]
        written = [_write(one, known.get(one.code), now) for one in changed]
        gone = [row for code, row in known.items() if code not in {one.code for one in shipped}]
        for row in gone:
            row.state, row.withdrawn_at, row.digest = "withdrawn", now, ""
            row.save(update_fields=["state", "withdrawn_at", "digest"])
        if written:
            renew_index([*written, *Practice.objects.exclude(organisation=None).order_by("pk")])
            details = {"practices": len(written)}
            record(
                actor=CONSOLE,
                action="practices.load",
                subject="practices:shipped",
                organisation=None,
                now=now,
                details=details,
            )
    return len(written)


def _write(shipped: ShippedPractice, before: Practice | None, now: dt.datetime) -> Practice:
    row = before or Practice(code=shipped.code, made_at=now)
    row.lane, row.state, row.changed_at, row.shared_at, row.withdrawn_at = "tested", "shared", now, now, None
    row.names, row.facts, row.digest = dict(shipped.names), dict(shipped.facts), shipped.digest
    for name in ("age_from", "age_to", "cost", "evidence", "tier"):
        setattr(row, name, getattr(shipped, name))
    for name in ("settings", "levels", "languages", "used_in", "sources", "not_rated"):
        setattr(row, name, list(getattr(shipped, name)))
    row.save()
    row.ratings.all().delete()
    Rating.objects.bulk_create(
        [
            Rating(
                practice=row,
                position=position,
                registry=told.registry,
                rating=told.rating,
                year=told.year,
                reading=told.reading,
                sources=list(told.sources),
            )
            for position, told in enumerate(shipped.ratings)
        ]
    )
    row.links.exclude(factor__in=shipped.links).delete()
    there = {link.factor: link for link in row.links.all()}
    FactorLink.objects.bulk_create(
        [
            FactorLink(practice=row, factor=code, basis=basis)
            for code, basis in shipped.links.items()
            if code not in there
        ]
    )
    for factor, link in there.items():
        link.basis = shipped.links[factor]
        link.save(update_fields=["basis"])
    return row
