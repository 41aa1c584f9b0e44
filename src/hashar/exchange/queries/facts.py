"""What is known of practices in three facts, for a plan that names them."""

import re
from collections.abc import Iterable, Mapping

from hashar.exchange.contracts import KnownPractice
from hashar.exchange.queries.shipped import known
from hashar.exchange.queries.visible import visible_practices
from hashar.people.contracts import Actor

_OWN = re.compile(r"o\d{1,18}-\d{1,18}")
AT_ONCE = 500


def known_practices(actor: Actor, codes: Iterable[str]) -> Mapping[str, KnownPractice]:
    """Those of the named practices that the actor may read. Three queries for each 500.

    Parameters
    ----------
    actor
        Who asks: shared practices, and those of their own organisations.
    codes
        Codes as the site prints them.

    """
    wanted = sorted({code for code in codes if code and len(code) <= 40})
    shipped = [code for code in wanted if not _OWN.fullmatch(code)]
    own = {int(code.partition("-")[2]) for code in wanted if _OWN.fullmatch(code)}
    found: dict[str, KnownPractice] = {}
    visible = visible_practices(actor).exclude(state="withdrawn").prefetch_related("ratings", "links")
    for column, values in (("code", shipped), ("pk", sorted(own))):
        for start in range(0, len(values), AT_ONCE):
            for row in visible.filter(**{f"{column}__in": values[start : start + AT_ONCE]}):
                readings = [rating.reading for rating in row.ratings.all()]
                links = [link.factor for link in row.links.all()]
                found[str(row)] = known(str(row), row.names, row.evidence, readings, links)
    return {code: one for code, one in found.items() if code in set(wanted)}
