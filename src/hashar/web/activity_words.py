"""The words of activities for the pages."""

from collections.abc import Mapping

from hashar.i18n import N_, Translator
from hashar.implement.contracts.activities import EVERYBODY, Ages, Fidelity, Sex, State

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


def ages_word(t: Translator, ages: Ages) -> str:
    """An age group in words."""
    if ages == EVERYBODY:
        return t.gettext("all ages")
    if ages.last is None:
        return t.gettext("{first} and older", first=ages.first)
    return t.gettext("{first}–{last} years", first=ages.first, last=ages.last)
