"""What earlier collections of a plan left: answers that still hold, and measures that are done for good."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from hashar.implement.contracts.progress import Field, Period, Status, Value
from hashar.implement.models import Collection
from hashar.implement.queries.rows import Said, standing_rows
from hashar.implement.rules.overall import FINISHED, overall
from hashar.implement.rules.stored_values import from_text
from hashar.plan.contracts.plans import StoredMeasure

CARRIED = frozenset(Field) - {Field.SPENT}
"""Money is told for each period anew."""


def earlier(plan: int, period: Period) -> Said:
    """Measure → body → what stood last before a period. Two SQL queries."""
    before = Collection.objects.filter(plan_id=plan, end__lt=period.start).order_by("end", "pk")
    order = {pk: at for at, pk in enumerate(before.values_list("pk", flat=True))}
    found: dict[int, dict[str, dict[Field, Value]]] = defaultdict(lambda: defaultdict(dict))
    latest: dict[tuple[int, str], int] = {}
    for row in sorted(standing_rows(order), key=lambda row: order[row.collection_id]):
        value = from_text(Field(row.field), row.value)
        where = (row.measure_id, row.body)
        if latest.get(where) != row.collection_id:
            found[row.measure_id][row.body] = {}
            latest[where] = row.collection_id
        if value is not None and Field(row.field) in CARRIED:
            found[row.measure_id][row.body][Field(row.field)] = value
    return found


def finished(measures: Sequence[StoredMeasure], before: Said) -> frozenset[int]:
    """Measures that all their bodies said to be done, or that were taken off."""
    return frozenset(one.id for one in measures if one.bodies and _overall(one, before.get(one.id, {})) in FINISHED)


def _overall(measure: StoredMeasure, said: Mapping[str, Mapping[Field, Value]]) -> Status:
    return overall({each.name: status(said.get(each.name, {})) for each in measure.bodies}, convening(measure))


def status(said: Mapping[Field, Value]) -> Status | None:
    """How far a body says that a measure is."""
    value = said.get(Field.STATUS)
    return value if isinstance(value, Status) else None


def convening(measure: StoredMeasure) -> str | None:
    """The body that brings the others' work together."""
    return next((each.name for each in measure.bodies if each.convenes), None)
