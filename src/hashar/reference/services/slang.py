"""Slang names: members add what they hear, and remove it."""

import datetime as dt

from django.db import transaction

from hashar.errors import Conflict, Forbidden, InputError, NotFound
from hashar.i18n import LANGUAGES, N_
from hashar.people.contracts import Actor
from hashar.people.services.audit import record
from hashar.reference import permissions
from hashar.reference.models import SlangName
from hashar.reference.queries import substances
from hashar.reference.rules import slang_of


def add_slang(*, actor: Actor, organisation: int, substance: str, language: str, name: str, now: dt.datetime) -> int:
    """Keep a slang name of a substance in a language. Returns its id.

    Raises
    ------
    Forbidden
        The actor is no member of the organisation.
    InputError
        No such substance or language, or nothing that can be a name.
    Conflict
        It is there already, in whatever case.

    """
    person = permissions.require_member(actor, organisation)
    if substance not in substances() or language not in LANGUAGES:
        raise InputError(N_("Choose the substance and the language from the lists."))
    kept = slang_of(name)
    with transaction.atomic():
        there = SlangName.objects.select_for_update().filter(substance=substance, language=language)
        if kept.casefold() in {one.casefold() for one in there.values_list("name", flat=True)}:
            raise Conflict(N_("“{name}” is in the list already."), name=kept)
        row = SlangName.objects.create(
            substance=substance,
            language=language,
            name=kept,
            organisation_id=organisation,
            added_by_id=person,
            added_at=now,
        )
        details = {"substance": substance, "language": language}
        record(
            actor=actor,
            action="slang.add",
            subject=f"slang:{row.pk}",
            organisation=organisation,
            now=now,
            details=details,
        )
    return row.pk


def remove_slang(*, actor: Actor, slang: int, now: dt.datetime) -> None:
    """Take a slang name away.

    Raises
    ------
    NotFound
        It is gone already.
    Forbidden
        The actor neither added it nor coordinates the organisation that did.

    """
    with transaction.atomic():
        row = SlangName.objects.select_for_update().filter(pk=slang).first()
        if row is None:
            raise NotFound(N_("This name is gone already."))
        if not permissions.may_remove_slang(actor, row.organisation_id, row.added_by_id):
            raise Forbidden(N_("Only who added this name, or a coordinator of their organisation, may remove it."))
        record(
            actor=actor,
            action="slang.remove",
            subject=f"slang:{row.pk}",
            organisation=row.organisation_id,
            now=now,
            details={"substance": row.substance, "language": row.language},
        )
        row.delete()
