"""The territory of an organisation, a role or an invitation, through the fields of this app's own tables."""

from typing import Any

from hashar.errors import UsageError
from hashar.i18n import N_
from hashar.people import rules
from hashar.people.models import Organisation

_Territory: Any = Organisation._meta.get_field("territory").remote_field.model


def territory_of(territory: int | None) -> Any:  # noqa: ANN401  (a row of places, which this app may not import)
    """The row of a territory; None for none.

    Raises
    ------
    UsageError
        There is no such territory.

    """
    if territory is None:
        return None
    row = _Territory.objects.filter(pk=territory).first()
    if row is None:
        raise UsageError(N_("There is no such territory. Choose one from the list."))
    return row


def narrowed(organisation: Organisation, territory: int | None) -> Any:  # noqa: ANN401  (as above)
    """The row of a territory that lies in the organisation's; None when it narrows nothing.

    Raises
    ------
    UsageError
        There is no such territory, or it lies elsewhere.

    """
    row = territory_of(territory)
    if row is None or row.pk == organisation.territory_id:
        return None
    whole = organisation.territory
    if not rules.lies_within(row.path, whole.path if whole else ""):
        raise UsageError(N_("This territory does not lie in the organisation's. Choose one that does."))
    return row
