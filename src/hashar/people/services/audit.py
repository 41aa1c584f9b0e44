"""The audit trail: one row for every write and every look at microdata, inside the transaction of what it tells."""

import datetime as dt
from collections.abc import Mapping

from hashar.people.contracts import Actor
from hashar.people.models import AuditRow


def record(
    *,
    actor: Actor,
    action: str,
    subject: str,
    organisation: int | None,
    now: dt.datetime,
    details: Mapping[str, object] | None = None,
) -> None:
    """Write one row. Call it inside the transaction of the write it tells of.

    Parameters
    ----------
    actor
        Who did it.
    action
        ``noun.verb``: ``survey.upload``, ``microdata.read``.
    subject
        What it was done to, ``noun:id``.
    organisation
        Whose trail it belongs to; None for what concerns the whole site.
    now
        When.
    details
        Values that explain it; never names, addresses or answers of a person.

    """
    AuditRow.objects.create(
        at=now,
        person_id=actor.person,
        organisation_id=organisation,
        action=action,
        subject=subject,
        details=dict(details or {}),
    )
