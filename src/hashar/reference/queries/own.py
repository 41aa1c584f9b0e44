"""What members added: slang names, and indicators of their organisation."""

from hashar.errors import NotFound
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.reference.contracts import Indicator, Slang
from hashar.reference.models import OwnIndicator, SlangName
from hashar.reference.queries.vocabulary import shipped_indicators
from hashar.reference.rules import INDICATOR_KINDS


def slang(substance: str | None = None) -> tuple[Slang, ...]:
    """Slang names by substance, language and name: everyone on the site may know them."""
    rows = SlangName.objects.select_related("organisation").order_by("substance", "language", "name")
    rows = rows.filter(substance=substance) if substance else rows
    return tuple(
        Slang(
            row.pk, row.substance, row.language, row.name, row.organisation_id, row.organisation.name, row.added_by_id
        )
        for row in rows
    )


def indicators(
    actor: Actor | None = None, *, kind: str | None = None, substance: str | None = None
) -> tuple[Indicator, ...]:
    """Shipped indicators and those of the actor's organisations, kind by kind; filtered if asked."""
    found = [*shipped_indicators().values(), *_own(actor)]
    kept = [one for one in found if (kind in (None, one.kind)) and (substance in (None, one.substance))]
    return tuple(sorted(kept, key=lambda one: INDICATOR_KINDS.index(one.kind)))


def indicator(code: str, actor: Actor | None = None) -> Indicator:
    """One indicator: a shipped one, or one of the actor's organisations.

    Raises
    ------
    NotFound
        There is none with this code that the actor may see.

    """
    shipped = shipped_indicators().get(code)
    found = shipped or next((one for one in _own(actor) if one.code == code), None)
    if found is None:
        raise NotFound(N_("There is no indicator with the code “{code}”. Look for it in the list."), code=code[:60])
    return found


def own_code(organisation: int, code: str) -> str:
    """The code by which an organisation's own indicator is known on the whole site."""
    return f"o{organisation}-{code}"


def _own(actor: Actor | None) -> list[Indicator]:
    mine = set(actor.organisations()) if actor else set()
    if not mine:
        return []
    rows = OwnIndicator.objects.filter(organisation__in=mine, withdrawn_at=None).order_by("organisation", "code")
    return [
        Indicator(
            code=own_code(row.organisation_id, row.code),
            kind=row.kind,
            substance=row.substance or None,
            unit=row.unit,
            direction=row.direction,
            name=row.name,
            definition=row.definition,
            population="",
            organisation=row.organisation_id,
        )
        for row in rows
    ]
