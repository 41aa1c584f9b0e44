"""Countries beyond the shipped five: those who run the site add them, imports bring what lies in them."""

import datetime as dt
import re
from collections.abc import Mapping

from django.db import transaction

from hashar.errors import UsageError
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.people.permissions import require_operator
from hashar.people.services.audit import record
from hashar.places.models import Territory
from hashar.places.services.keys import renew_keys

CODE = re.compile(r"[A-Z]{2}")


def add_country(*, actor: Actor, code: str, names: Mapping[str, str], source: str, now: dt.datetime) -> int:
    """Make a country known to the site, or find it there; its id.

    Parameters
    ----------
    actor
        Whoever runs the site.
    code
        Two letters of ISO 3166-1.
    names
        Its name by language; English at least.
    source
        Where code and names come from.
    now
        When.

    Raises
    ------
    Forbidden
        The actor does not run this site.
    UsageError
        The code is not two letters, or there is no English name.

    """
    require_operator(actor)
    if not CODE.fullmatch(code) or not names.get("en"):
        raise UsageError(N_("A country needs its two-letter code (ISO 3166-1) and its English name."))
    with transaction.atomic():
        row, made = Territory.objects.get_or_create(
            code=code,
            defaults={"path": f"{code}/", "level": "country", "names": dict(names), "source": source[:200]},
        )
        if made:
            renew_keys([row])
            record(actor=actor, action="places.add", subject=f"territory:{code}", organisation=None, now=now)
    return row.pk
