"""Reads of the audit trail."""

import datetime as dt
from collections.abc import Sequence

from django.db import connection
from django.db.models import QuerySet

from hashar.errors import Forbidden
from hashar.i18n import N_
from hashar.people import rules
from hashar.people.contracts import Actor, AuditEntry, Page
from hashar.people.migrations._append_only import POSTGRESQL, SQLITE, TABLE
from hashar.people.models import AuditRow


def audit_trail(
    actor: Actor,
    *,
    organisation: int | None = None,
    action: str = "",
    person: int | None = None,
    subject: str = "",
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    page: int = 1,
    size: int = 50,
) -> Page[AuditEntry]:
    """What was done, newest first. Two SQL queries.

    Parameters
    ----------
    actor
        Who asks: a coordinator of the organisation, or an operator.
    organisation
        Whose trail; None: the whole site's (operators alone).
    action
        One action (``survey.upload``) or all of a noun (``survey.``).
    person, subject, since, until
        Narrow the list.
    page, size
        Which part of the list.

    Raises
    ------
    Forbidden
        The trail is not theirs to read.

    """
    rows = _readable(actor, organisation)
    if action:
        rows = rows.filter(action__startswith=action) if action.endswith(".") else rows.filter(action=action)
    given = {"person": person, "subject": subject or None, "at__gte": since, "at__lt": until}
    rows = rows.filter(**{name: value for name, value in given.items() if value is not None})
    start = (page - 1) * size
    found = rows.select_related("person", "organisation").order_by("-at", "-pk")[start : start + size]
    return Page(items=tuple(_entry(row) for row in found), page=page, size=size, total=rows.count())


def audit_actions(actor: Actor, *, organisation: int | None = None) -> Sequence[str]:
    """The actions that a trail holds, for a filter. One SQL query.

    Raises
    ------
    Forbidden
        The trail is not theirs to read.

    """
    return list(_readable(actor, organisation).order_by("action").values_list("action", flat=True).distinct())


def _readable(actor: Actor, organisation: int | None) -> QuerySet[AuditRow]:
    if organisation is None:
        if not rules.runs_site(actor):
            raise Forbidden(N_("Only those who run this site read the audit trail of the whole site."))
        return AuditRow.objects.all()
    if not rules.may_manage(actor, organisation):
        raise Forbidden(N_("Only coordinators of this organisation read its audit trail."))
    return AuditRow.objects.filter(organisation=organisation)


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(
        id=row.pk,
        at=row.at,
        person=row.person_id,
        person_name=row.person.name if row.person else "",
        erased=row.person is not None and row.person.erased_at is not None,
        organisation=row.organisation_id,
        organisation_name=row.organisation.name if row.organisation else "",
        action=row.action,
        subject=row.subject,
        details=row.details,
    )


def trail_is_guarded() -> bool:
    """Whether the database still refuses changes of the trail: all its triggers are there. One SQL query."""
    wanted = {"sqlite": set(SQLITE), "postgresql": set(POSTGRESQL)}[connection.vendor]
    question = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled IN ('O', 'A')",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question, [TABLE])
        return wanted <= {name for (name,) in cursor.fetchall()}
