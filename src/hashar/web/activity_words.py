"""The words of activities for the pages."""

from collections.abc import Mapping

from hashar.i18n import N_
from hashar.implement.contracts.activities import Fidelity, Sex, State

STATES: Mapping[State, str] = {
    State.DONE: N_("done"),
    State.PLANNED: N_("planned"),
    State.CANCELLED: N_("cancelled"),
}
TONES: Mapping[State, str] = {State.DONE: "good", State.PLANNED: "wait", State.CANCELLED: "stop"}
KEPT: Mapping[Fidelity, str] = {
    Fidelity.DONE: N_("done"),
    Fidelity.PARTLY: N_("partly"),
    Fidelity.NOT: N_("not done"),
}
SEXES: Mapping[Sex, str] = {Sex.ALL: N_("people"), Sex.FEMALE: N_("girls, women"), Sex.MALE: N_("boys, men")}
FIELDS: Mapping[str, str] = {
    "organisation": N_("In the name of"),
    "title": N_("What was done"),
    "date": N_("Day"),
    "strategy": N_("Strategy"),
    "territory": N_("Territory"),
    "place": N_("School, hall or street"),
    "time": N_("Time"),
    "state": N_("State"),
    "measures": N_("For which measures"),
    "practice": N_("Practice"),
    "partners": N_("Partners who carried it out too"),
    "ages": N_("For which ages"),
    "contacts": N_("How many came"),
    "people": N_("Different people"),
    "by_age": N_("Different people by age"),
    "sessions": N_("Sessions"),
    "minutes": N_("Minutes of one session"),
    "group": N_("Group that comes again"),
    "school_class": N_("It is a class of a school: nobody is in two of them"),
    "components": N_("Core components of the practice"),
    "fidelity_note": N_("What was done differently, and why"),
    "note": N_("Note"),
}
REASONS: Mapping[str, str] = {"title": N_("What was done"), "place": N_("Where"), "time": N_("Time")}
