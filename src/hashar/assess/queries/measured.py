"""Which indicators and factors there are figures of, for a list to choose from."""

from hashar.assess.contracts.profile import Text
from hashar.assess.queries.visible import visible_findings
from hashar.people.contracts import Actor

MOST = 2000


def measured(actor: Actor) -> tuple[tuple[str, Text], ...]:
    """Name and label of every indicator and factor the actor may read figures of, in no order. One query."""
    rows = visible_findings(actor).filter(group="", level="").order_by("indicator").values_list("indicator", "label")
    found: dict[str, Text] = {}
    for name, label in rows.distinct()[:MOST]:
        found.setdefault(name, label)
    return tuple(found.items())
