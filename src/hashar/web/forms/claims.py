"""The claim guard's questions: a claim and what was published, one form for each type of claim."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from hashar.evaluate.contracts.claims import (
    Claim,
    Comparison,
    CoverageClaim,
    CoverageEvidence,
    DetectionClaim,
    DetectionEvidence,
    Direction,
    EffectClaim,
    EffectEvidence,
    Evidence,
    PrevalenceClaim,
    PrevalenceEvidence,
    Reading,
    Relation,
    TrendClaim,
)
from hashar.evaluate.services.guard import trend_from_samples
from hashar.i18n import N_
from hashar.web.texts import waiting

Pair = tuple[Claim, Evidence]


def percent(label: str, *, required: bool = True, help_text: str = "") -> forms.FloatField:
    """A share, written as a percentage."""
    return forms.FloatField(
        label=waiting(label),
        min_value=0,
        max_value=100,
        required=required,
        localize=True,
        help_text=waiting(help_text) if help_text else "",
    )


def count(label: str, *, required: bool = True, least: int = 0, help_text: str = "") -> forms.IntegerField:
    """A whole number."""
    return forms.IntegerField(
        label=waiting(label),
        min_value=least,
        max_value=10**9,
        required=required,
        help_text=waiting(help_text) if help_text else "",
    )


def choice(label: str, options: Sequence[tuple[str, str]], initial: str) -> forms.ChoiceField:
    """One of a few words."""
    return forms.ChoiceField(
        label=waiting(label), choices=[(value, waiting(word)) for value, word in options], initial=initial
    )


def tick(label: str) -> forms.BooleanField:
    """Yes or no."""
    return forms.BooleanField(label=waiting(label), required=False)


MOVES = ((Direction.FELL.value, N_("it fell")), (Direction.ROSE.value, N_("it rose")))
RELATIONS = (
    (Relation.ABOUT.value, N_("about so many")),
    (Relation.AT_LEAST.value, N_("at least so many")),
    (Relation.AT_MOST.value, N_("at most so many")),
)
READINGS = (
    (Reading.DETECTION.value, N_("how many were detected")),
    (Reading.USE.value, N_("how many use")),
    (Reading.SUCCESS.value, N_("success or failure of the work")),
)
DIRECTIONS = (*MOVES, (Direction.UNCHANGED.value, N_("it stayed the same")))


class ClaimForm(forms.Form):
    """What all have in common: answers become a claim and its evidence."""

    def pair(self) -> Pair:
        """The claim and its evidence; call it when the form is valid."""
        return self.read(self.cleaned_data)

    def read(self, data: Mapping[str, Any]) -> Pair:
        """Answers as claim and evidence."""
        raise NotImplementedError


class PrevalenceForm(ClaimForm):
    """A level."""

    relation = choice(
        N_("The sentence says"),
        RELATIONS,
        Relation.ABOUT.value,
    )
    value = percent(N_("Level claimed, %"))
    estimate = percent(N_("Estimate, %"), required=False, help_text=N_("Leave it empty when it is suppressed."))
    ci_low = percent(N_("Confidence interval from, %"), required=False)
    ci_high = percent(N_("Confidence interval to, %"), required=False)
    participation = percent(
        N_("Sampled pupils who took part, %"), required=False, help_text=N_("Leave it empty when it is not reported.")
    )
    one_cluster = tick(N_("All answers come from one class or school"))
    register = tick(N_("The number comes from a register"))
    others = tick(N_("The sentence speaks of other people than were asked"))
    unreliable = tick(N_("The report marks the estimate as unreliable"))
    unweighted = tick(N_("The answers are not weighted"))

    def read(self, data: Mapping[str, Any]) -> Pair:
        """Answers as claim and evidence."""
        asked = "asked"
        estimate = share(data["estimate"])
        claim = PrevalenceClaim(
            value=data["value"] / 100,
            relation=Relation(data["relation"]),
            population="others" if data["others"] else asked,
        )
        evidence = PrevalenceEvidence(
            estimate=estimate,
            ci_low=share(data["ci_low"]) or 0.0,
            ci_high=1.0 if data["ci_high"] is None else data["ci_high"] / 100,
            df=0.0 if data["one_cluster"] else 1.0,
            reliable=not data["unreliable"],
            kind="detection" if data["register"] else "prevalence",
            population=asked,
            participation=share(data["participation"]),
            weighted=not data["unweighted"],
        )
        return claim, evidence


class TrendForm(ClaimForm):
    """A change between two waves."""

    direction = choice(N_("The sentence says"), DIRECTIONS, Direction.FELL.value)
    amount = percent(
        N_("By at least, points"),
        required=False,
        help_text=N_("Leave it empty when no size is claimed. For “it stayed the same”: within how many points."),
    )
    earlier = percent(N_("Earlier wave, %"))
    later = percent(N_("Later wave, %"))
    n_earlier = count(N_("Answers in the earlier wave"), least=1)
    n_later = count(N_("Answers in the later wave"), least=1)
    clusters = count(N_("Schools (or classes) in both waves together"), least=2)
    deff = forms.FloatField(
        label=waiting(N_("Design effect")),
        initial=2.0,
        min_value=0.1,
        max_value=100,
        localize=True,
        help_text=waiting(N_("The report gives it; for school surveys 2 is common.")),
    )
    comparisons = count(N_("Changes looked at together"), least=1)
    comparisons.initial = 1
    changed = tick(N_("The question, its answers or the way of asking changed"))
    others = tick(N_("Other places, grades or ages were asked"))
    register = tick(N_("The numbers come from a register"))

    def read(self, data: Mapping[str, Any]) -> Pair:
        """Answers as claim and evidence."""
        claim = TrendClaim(direction=Direction(data["direction"]), amount=share(data["amount"]) or 0.0)
        evidence = trend_from_samples(
            earlier=data["earlier"] / 100,
            later=data["later"] / 100,
            n_earlier=data["n_earlier"],
            n_later=data["n_later"],
            clusters=data["clusters"],
            deff=data["deff"],
            comparisons=data["comparisons"],
            same_definition=not data["changed"],
            same_population=not data["others"],
            kind="detection" if data["register"] else "prevalence",
        )
        return claim, evidence


class CoverageForm(ClaimForm):
    """How many were reached."""

    of = choice(
        N_("The sentence speaks of"),
        (("target_group", N_("the people reached")), ("events", N_("the plan executed"))),
        "target_group",
    )
    claimed = percent(N_("Share claimed, %"))
    population = count(N_("People in the target group"), required=False, least=1)
    unique = count(N_("Different people reached"), required=False, help_text=N_("Leave it empty when unknown."))
    contacts = count(N_("Contacts"), required=False, help_text=N_("Everybody at every event, counted each time."))
    largest_event = count(N_("People at the largest event"), required=False)
    events_done = count(N_("Events that took place"), required=False)
    events_planned = count(N_("Events planned"), required=False)
    reporters = count(N_("Organisations that counted"), least=1)
    reporters.initial = 1
    outside_target = tick(N_("People outside the target group were counted too"))
    mismatch = tick(N_("The population is of another year, age group or territory"))

    def read(self, data: Mapping[str, Any]) -> Pair:
        """Answers as claim and evidence."""
        evidence = CoverageEvidence(
            population=data["population"],
            population_matches=not data["mismatch"],
            unique=data["unique"],
            contacts=data["contacts"],
            largest_event=data["largest_event"] or 0,
            events_done=data["events_done"],
            events_planned=data["events_planned"],
            reporters=data["reporters"],
            outside_target=data["outside_target"],
        )
        return CoverageClaim(share=data["claimed"] / 100, of=data["of"]), evidence


class EffectForm(ClaimForm):
    """Did it work."""

    direction = choice(N_("The sentence says that because of the programme"), MOVES, Direction.FELL.value)
    comparison = choice(
        N_("Those who took part were compared with"),
        (
            (Comparison.NOBODY.value, N_("nobody: before and after alone")),
            (Comparison.UNEQUAL.value, N_("another group, as it was")),
            (Comparison.ADJUSTED.value, N_("another group, change with change, or matched")),
            (Comparison.RANDOM.value, N_("a group drawn by lot")),
        ),
        Comparison.NOBODY.value,
    )
    difference = forms.FloatField(
        label=waiting(N_("Difference between the groups, points")),
        min_value=-100,
        max_value=100,
        required=False,
        localize=True,
        help_text=waiting(N_("Those who took part minus the comparison; a fall is negative.")),
    )
    se = percent(N_("Standard error of the difference, points"), required=False)
    clusters = count(N_("Schools (places) on the smaller side"), least=1)
    comparisons = count(N_("Outcomes looked at together"), least=1)
    comparisons.initial = 1
    attrition = percent(N_("Lost before the last measurement, %"))
    attrition.initial = 0
    attrition_gap = percent(N_("Difference of that loss between the sides, points"))
    attrition_gap.initial = 0
    register = tick(N_("The outcome comes from a register"))
    ignored = tick(N_("The calculation did not count schools as clusters"))
    other_outcome = tick(N_("The sentence speaks of another outcome than the one measured"))
    later = tick(N_("The sentence speaks of a later time than the last measurement"))
    harmful = tick(N_("A registry rates the practice ineffective or harmful"))

    def read(self, data: Mapping[str, Any]) -> Pair:
        """Answers as claim and evidence."""
        claim = EffectClaim(
            direction=Direction(data["direction"]),
            outcome="other" if data["other_outcome"] else "measured",
            months_after=1.0 if data["later"] else 0.0,
        )
        evidence = EffectEvidence(
            comparison=Comparison(data["comparison"]),
            outcome="measured",
            kind="detection" if data["register"] else "prevalence",
            difference=share(data["difference"]),
            se=share(data["se"]) or 0.0,
            df=2.0 * data["clusters"] - 2,
            comparisons=data["comparisons"],
            clusters=data["clusters"],
            clustering_counted=not data["ignored"],
            attrition=data["attrition"] / 100,
            attrition_gap=data["attrition_gap"] / 100,
            harmful_elsewhere=data["harmful"],
        )
        return claim, evidence


class DetectionForm(ClaimForm):
    """A register's number."""

    reading = choice(
        N_("The sentence speaks of"),
        READINGS,
        Reading.DETECTION.value,
    )
    direction = choice(N_("The sentence says"), DIRECTIONS, Direction.ROSE.value)
    amount = percent(
        N_("By at least, %"),
        required=False,
        help_text=N_("Leave it empty when no size is claimed. For “it stayed the same”: within how many percent."),
    )
    earlier = count(N_("Count in the earlier period"), required=False, help_text=N_("Empty: suppressed."))
    later = count(N_("Count in the later period"), required=False, help_text=N_("Empty: suppressed."))
    population_earlier = count(N_("Population in the earlier period"), required=False, least=1)
    population_later = count(N_("Population in the later period"), required=False, least=1)
    per_person = tick(N_("The sentence gives a rate"))
    comparisons = count(N_("Changes looked at together"), least=1)
    comparisons.initial = 1
    rules_changed = tick(N_("The law, the rules of recording or what is counted changed"))
    territory_changed = tick(N_("The territory changed"))
    part = tick(N_("One of the periods is not complete"))

    def read(self, data: Mapping[str, Any]) -> Pair:
        """Answers as claim and evidence."""
        claim = DetectionClaim(
            direction=Direction(data["direction"]),
            amount=share(data["amount"]) or 0.0,
            reading=Reading(data["reading"]),
            per_person=data["per_person"],
        )
        evidence = DetectionEvidence(
            earlier=data["earlier"],
            later=data["later"],
            population_earlier=data["population_earlier"],
            population_later=data["population_later"],
            same_rules=not data["rules_changed"],
            same_territory=not data["territory_changed"],
            whole_periods=not data["part"],
            comparisons=data["comparisons"],
        )
        return claim, evidence


def share(value: float | None) -> float | None:
    """A percentage as a share."""
    return None if value is None else value / 100


FORMS: Mapping[str, type[ClaimForm]] = {
    "prevalence": PrevalenceForm,
    "trend": TrendForm,
    "coverage": CoverageForm,
    "effect": EffectForm,
    "detection": DetectionForm,
}
