"""Making, changing and closing organisations."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from hashar.errors import Conflict, NotFound, UsageError
from hashar.i18n import LANGUAGES, N_
from hashar.people import permissions, rules
from hashar.people.contracts import Actor
from hashar.people.models import Organisation
from hashar.people.services import audit
from hashar.people.services.territories import territory_of


def create_organisation(
    *,
    actor: Actor,
    name: str,
    kind: str,
    sector: str,
    level: str,
    territory: int | None,
    names: Mapping[str, str] | None = None,
    now: dt.datetime,
) -> int:
    """Make an organisation; its id.

    ``territory`` is what it answers for (None: the whole site, every country in it); ``names`` its name in further
    languages, by language code.

    Raises
    ------
    Forbidden
        The actor does not run this site.
    UsageError
        A value outside the closed lists, no name, an unknown territory.
    Conflict
        There is an organisation with this name.

    """
    permissions.require_operator(actor)
    values = _checked(name, names, kind, sector, level) | {"territory": territory_of(territory)}
    with transaction.atomic():
        _refuse_taken(str(values["name"]), None)
        row = Organisation.objects.create(**values, made_at=now)
        _record(actor, "organisation.create", row.pk, now, kind=kind, sector=sector, level=level, territory=territory)
    return row.pk


def change_organisation(
    *,
    actor: Actor,
    organisation: int,
    name: str,
    kind: str,
    sector: str,
    level: str,
    territory: int | None,
    names: Mapping[str, str] | None = None,
    now: dt.datetime,
) -> None:
    """Change an organisation. Its coordinators change names, kind and sector; level and territory give rights.

    Raises
    ------
    Forbidden
        The actor is neither a coordinator of it nor runs this site; or changes level or territory without running it.
    NotFound
        There is no such organisation.
    UsageError
        A value outside the closed lists, no name, an unknown territory.
    Conflict
        Another organisation has this name.

    """
    permissions.require_manage(actor, organisation)
    values = _checked(name, names, kind, sector, level)
    with transaction.atomic():
        row = locked(organisation)
        if (row.level, row.territory_id) != (level, territory):
            permissions.require_operator(actor)
        _refuse_taken(str(values["name"]), organisation)
        before = {field: getattr(row, field) for field in ("kind", "sector", "level")} | {"territory": row.territory_id}
        for field, value in values.items():
            setattr(row, field, value)
        row.territory = territory_of(territory)
        row.save()
        after = {"kind": kind, "sector": sector, "level": level, "territory": territory}
        changed = {field: [before[field], after[field]] for field in after if before[field] != after[field]}
        _record(actor, "organisation.change", organisation, now, **changed)


def close_organisation(*, actor: Actor, organisation: int, now: dt.datetime) -> None:
    """Close an organisation: its members' roles in it end to count, its data stay.

    Raises
    ------
    Forbidden
        The actor does not run this site.
    NotFound
        There is no such organisation.
    Conflict
        It is closed already.

    """
    permissions.require_operator(actor)
    with transaction.atomic():
        row = locked(organisation)
        if row.closed_at is not None:
            raise Conflict(N_("This organisation is closed already."))
        row.closed_at = now
        row.save(update_fields=["closed_at"])
        _record(actor, "organisation.close", organisation, now)


def reopen_organisation(*, actor: Actor, organisation: int, now: dt.datetime) -> None:
    """Open a closed organisation again, with the members it had.

    Raises
    ------
    Forbidden
        The actor does not run this site.
    NotFound
        There is no such organisation.
    Conflict
        It is open.

    """
    permissions.require_operator(actor)
    with transaction.atomic():
        row = locked(organisation)
        if row.closed_at is None:
            raise Conflict(N_("This organisation is open already."))
        row.closed_at = None
        row.save(update_fields=["closed_at"])
        _record(actor, "organisation.reopen", organisation, now)


def locked(organisation: int) -> Organisation:
    """The row, kept from others until the transaction ends; for this app's services.

    Raises
    ------
    NotFound
        There is no such organisation.

    """
    row = Organisation.objects.select_for_update(of=("self",)).filter(pk=organisation).first()
    if row is None:
        raise NotFound(N_("There is no such organisation. Look for it in the list of organisations."))
    return row


def _checked(name: str, names: Mapping[str, str] | None, kind: str, sector: str, level: str) -> dict[str, object]:
    name = " ".join(name.split())
    if not name or len(name) > 200:
        raise UsageError(N_("An organisation needs a name of at most 200 letters."))
    for value, known in ((kind, rules.ORGANISATION_KINDS), (sector, rules.SECTORS), (level, rules.LEVELS)):
        if value not in known:
            raise UsageError(N_("“{value}” is none of: {choices}."), value=value, choices=", ".join(known))
    given = {language: text.strip() for language, text in (names or {}).items() if text.strip()}
    if not set(given) <= set(LANGUAGES):
        raise UsageError(N_("“{value}” is none of: {choices}."), value=min(given), choices=", ".join(LANGUAGES))
    folded = "\n".join([name, *given.values()]).casefold()  # databases differ in what they take for the same letter
    return {"name": name, "names": given, "folded": folded, "kind": kind, "sector": sector, "level": level}


def _refuse_taken(name: str, organisation: int | None) -> None:
    if Organisation.objects.filter(name__iexact=name).exclude(pk=organisation or 0).exists():
        raise Conflict(N_("There is an organisation “{name}” already."), name=name)


def _record(actor: Actor, action: str, organisation: int, now: dt.datetime, **details: object) -> None:
    subject = f"organisation:{organisation}"
    audit.record(actor=actor, action=action, subject=subject, organisation=organisation, now=now, details=details)
