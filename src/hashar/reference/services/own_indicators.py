"""Indicators that an organisation defines for itself."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from hashar.errors import Conflict, InputError, NotFound
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.people.services.audit import record
from hashar.reference import permissions
from hashar.reference.models import OwnIndicator
from hashar.reference.queries import substances
from hashar.reference.queries.own import own_code
from hashar.reference.rules import (
    LONGEST_DEFINITION,
    LONGEST_NAME,
    indicator_code_of,
    kind_and_direction,
    texts_of,
)


def define_indicator(
    *,
    actor: Actor,
    organisation: int,
    code: str,
    kind: str,
    unit: str,
    direction: str,
    substance: str,
    name: Mapping[str, str],
    definition: Mapping[str, str],
    now: dt.datetime,
) -> str:
    """Define an indicator for an organisation. Returns the code by which it is known on the site.

    Raises
    ------
    Forbidden
        The actor is not a coordinator, official or analyst of the organisation.
    InputError
        A code, text or choice cannot be; a register that claims a better direction.
    Conflict
        The organisation has an indicator with this code.

    """
    person = permissions.require_define(actor, organisation)
    kept = indicator_code_of(code)
    kind, unit, direction = kind_and_direction(kind, unit, direction)
    if substance and substance not in substances():
        raise InputError(N_("Choose the substance from the list, or none."))
    names, meanings = texts_of(dict(name), LONGEST_NAME), texts_of(dict(definition), LONGEST_DEFINITION)
    with transaction.atomic():
        if OwnIndicator.objects.filter(organisation=organisation, code=kept).exists():
            raise Conflict(N_("Your organisation has an indicator “{code}” already. Choose another code."), code=kept)
        row = OwnIndicator.objects.create(
            organisation_id=organisation,
            code=kept,
            kind=kind,
            unit=unit,
            direction=direction,
            substance=substance,
            name=names,
            definition=meanings,
            made_by_id=person,
            made_at=now,
        )
        record(
            actor=actor,
            action="indicator.define",
            subject=f"indicator:{row.pk}",
            organisation=organisation,
            now=now,
            details={"code": kept, "kind": kind},
        )
    return own_code(organisation, kept)


def withdraw_indicator(*, actor: Actor, organisation: int, code: str, now: dt.datetime) -> None:
    """Take an own indicator out of the lists; findings that use it keep it.

    Raises
    ------
    Forbidden
        The actor is not a coordinator, official or analyst of the organisation.
    NotFound
        The organisation has no such indicator (any more).

    """
    permissions.require_define(actor, organisation)
    with transaction.atomic():
        mine = OwnIndicator.objects.select_for_update().filter(organisation=organisation, withdrawn_at=None)
        row = next((one for one in mine if own_code(organisation, one.code) == code), None)
        if row is None:
            raise NotFound(N_("There is no indicator with the code “{code}”. Look for it in the list."), code=code[:60])
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
        record(
            actor=actor,
            action="indicator.withdraw",
            subject=f"indicator:{row.pk}",
            organisation=organisation,
            now=now,
            details={"code": row.code},
        )
