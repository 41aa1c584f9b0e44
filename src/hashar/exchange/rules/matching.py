"""Which practices are suggested for a factor, in which order, and the reasons. Nothing is added up to a score."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hashar.exchange.contracts import FactorSuggestions, PracticeSummary, Reason, Suggestion, Wanted
from hashar.exchange.rules import ALL_FACTORS, COSTS, OLDEST
from hashar.exchange.rules.evidence import EVIDENCE

BASES = ("source", "confirmed", "inferred")
"""In the order in which practices are suggested."""


@dataclass(frozen=True)
class Candidate:
    """A practice that works on a factor."""

    practice: PracticeSummary
    factor: str
    basis: str
    """source, confirmed or inferred."""
    contradicted: bool
    """Registries contradict each other."""


def suggest(factor: str, candidates: Iterable[Candidate], wanted: Wanted) -> FactorSuggestions:
    """The practices for one factor.

    Order: those made for this factor before ways of working for any; evidence (``EVIDENCE``); basis of the link
    (``BASES``); fewer things not known of what was asked; code. Those found without effect or harmful are named apart.
    """
    ours = [one for one in candidates if one.factor in (factor, ALL_FACTORS)]
    against = tuple(one.practice for one in ours if one.practice.evidence == "against")
    found, left_out = [], 0
    for one in ours:
        if one.practice.evidence == "against":
            continue
        fits = fitting(one.practice, wanted)
        if fits is None:
            left_out += 1
        else:
            found.append((one, fits))
    found.sort(key=lambda pair: _order(*pair))
    suggestions = tuple(Suggestion(one.practice, (*_grounds(one), *fits)) for one, fits in found)
    return FactorSuggestions(factor, suggestions, left_out, against)


def _order(one: Candidate, fits: Sequence[Reason]) -> tuple[object, ...]:
    unknown = sum(1 for reason in fits if reason.key.endswith("_unknown"))
    return (
        one.factor == ALL_FACTORS,
        EVIDENCE.index(one.practice.evidence),
        BASES.index(one.basis),
        unknown,
        one.practice.names.get("en", ""),
        one.practice.code,
    )


def _grounds(one: Candidate) -> list[Reason]:
    link = Reason("any_factor") if one.factor == ALL_FACTORS else Reason(f"link_{one.basis}")
    found = [Reason(f"evidence_{one.practice.evidence}"), link]
    return [*found, Reason("contradicted")] if one.contradicted else found


def fitting(practice: PracticeSummary, wanted: Wanted) -> list[Reason] | None:
    """How a practice fits what was asked, one reason for each thing asked; None when it is known not to."""
    asked = (
        _age(practice, wanted),
        _one_of("setting", wanted.setting, practice.settings),
        _one_of("language", wanted.language, practice.languages),
        _cost(practice, wanted),
    )
    if any(reason is False for reason in asked):
        return None
    return [reason for reason in asked if isinstance(reason, Reason)]


def _age(practice: PracticeSummary, wanted: Wanted) -> Reason | bool:
    """True: not asked. False: does not fit."""
    if wanted.age_from is None and wanted.age_to is None:
        return True
    if practice.age_from is None or practice.age_to is None:
        return Reason("age_unknown")
    first = 0 if wanted.age_from is None else wanted.age_from
    last = OLDEST if wanted.age_to is None else wanted.age_to
    if practice.age_to < first or practice.age_from > last:
        return False
    whole = practice.age_from <= first and last <= practice.age_to
    values: Mapping[str, object] = {"first": practice.age_from, "last": practice.age_to}
    return Reason("age_fits" if whole else "age_part", values)


def _one_of(key: str, asked: str, known: Sequence[str]) -> Reason | bool:
    if not asked:
        return True
    if not known:
        return Reason(f"{key}_unknown")
    return Reason(f"{key}_fits", {key: asked}) if asked in known else False


def _cost(practice: PracticeSummary, wanted: Wanted) -> Reason | bool:
    if not wanted.cost:
        return True
    if not practice.cost:
        return Reason("cost_unknown")
    fits = COSTS.index(practice.cost) <= COSTS.index(wanted.cost)
    return Reason("cost_fits", {"cost": practice.cost}) if fits else False
