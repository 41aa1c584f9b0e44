"""Boundaries for maps: shipped ones from their files, imported ones from the database."""

from collections.abc import Iterable

from hashar.places.contracts import Outline, Outlines
from hashar.places.models import Boundary
from hashar.places.sources.shipped import shipped_outlines


def outlines(codes: Iterable[str]) -> Outlines:
    """Boundaries of the places with these codes, as far as there are any; an imported one comes before a shipped one.

    One query.
    """
    wanted = list(dict.fromkeys(codes))
    rows = Boundary.objects.filter(territory__code__in=wanted).select_related("territory")
    imported = {row.territory.code: row for row in rows}
    shipped = shipped_outlines()
    found, words = [], []
    for code in wanted:
        if code in imported:
            row = imported[code]
            found.append(Outline(code, row.geometry, f"{row.territory_id}-{row.territory.imported_id}"))
            words.append(imported[code].attribution)
        elif code in shipped:
            found.append(Outline(code, shipped[code].geometry, "shipped"))
            words.append(shipped[code].attribution)
    return Outlines(outlines=tuple(found), attributions=tuple(dict.fromkeys(words)))
