"""The words for what the registry of practices keeps as codes."""

from collections.abc import Mapping

from hashar.exchange.contracts import Reason
from hashar.i18n import LANGUAGE_NAMES, N_, Translator

SETTINGS: Mapping[str, str] = {
    "school": N_("School"),
    "family": N_("Family"),
    "home": N_("At home"),
    "community": N_("Community"),
    "health": N_("Health services"),
    "workplace": N_("Workplace"),
    "online": N_("Internet"),
    "media": N_("Mass media"),
    "policy": N_("Laws and rules"),
    "justice": N_("Justice"),
    "nightlife": N_("Nightlife"),
}
LEVELS: Mapping[str, str] = {
    "universal": N_("for everybody"),
    "selective": N_("for groups at risk"),
    "indicated": N_("for persons with first signs"),
    "environmental": N_("changes the surroundings"),
}
COSTS: Mapping[str, str] = {"low": N_("low cost"), "medium": N_("medium cost"), "high": N_("high cost")}
LANES: Mapping[str, str] = {"tested": N_("Tested programme"), "community": N_("Community-defined practice")}
EVIDENCE: Mapping[str, tuple[str, str]] = {
    "shown": (N_("Effects seen in studies"), "good"),
    "some": (N_("Some effects seen"), "wait"),
    "mixed": (N_("Evidence contradicts itself"), "warm"),
    "none": (N_("No outcome evidence seen"), "neutral"),
    "own": (N_("Not tested"), "neutral"),
    "against": (N_("No effect, or harm"), "stop"),
}
"""Word and tone of each."""
FACTS: Mapping[str, str] = {
    "target_group": N_("For whom"),
    "target_age": N_("Ages"),
    "delivery": N_("How it is done"),
    "main_outcomes": N_("What studies found"),
    "effect_size": N_("How large"),
    "contested": N_("Contested"),
    "cost_detail": N_("Cost"),
    "countries": N_("Where it was used"),
    "central_asia_detail": N_("In Central Asia"),
    "unodc_standards_category": N_("UNODC/WHO standards"),
    "factor_basis": N_("How the factors are known"),
    "key_reference": N_("Main publication"),
    "doi": "DOI",
    "not_seen": N_("Not seen"),
}
REASONS: Mapping[str, str] = {
    "evidence_shown": N_("Studies saw effects."),
    "evidence_some": N_("Studies saw some effects."),
    "evidence_mixed": N_("The evidence contradicts itself: read both sides first."),
    "evidence_none": N_("No outcome evidence was seen: nobody knows whether it works."),
    "evidence_own": N_("An organisation defined it; it was not tested."),
    "contradicted": N_("Registries contradict each other."),
    "link_source": N_("A source says that it works on this factor."),
    "link_confirmed": N_("An expert confirmed that it works on this factor."),
    "link_inferred": N_("That it works on this factor is inferred; no expert has confirmed it."),
    "any_factor": N_("It is a way of working that chooses practices for whichever factors are raised."),
    "age_fits": N_("It is made for ages {first} to {last}: all that you asked for."),
    "age_part": N_("It is made for ages {first} to {last}: a part of what you asked for."),
    "age_unknown": N_("Its ages are not known here."),
    "setting_fits": N_("It is done where you asked: {setting}."),
    "setting_unknown": N_("Where it is done is not known here."),
    "language_fits": N_("Its materials are in {language}."),
    "language_unknown": N_("The languages of its materials are not known here."),
    "cost_fits": N_("You can pay for it: {cost} (a judgement)."),
    "cost_unknown": N_("Its cost is not known here."),
}


def reason(told: Reason, t: Translator) -> str:
    """A reason in words."""
    values = dict(told.values)
    for name, words in (("setting", SETTINGS), ("cost", COSTS)):
        if name in values:
            values[name] = t.gettext(words[str(values[name])])
    if "language" in values:
        values["language"] = LANGUAGE_NAMES[str(values["language"])]
    return t.gettext(REASONS[told.key], **values)
