"""What may be said of a practice's evidence; a practice without outcome evidence is never shown as proven."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

EVIDENCE = ("shown", "some", "mixed", "none", "own", "against")
"""In the order in which practices are suggested; ``against`` is never suggested."""
_NOTHING_SEEN = (
    "details not seen",
    "no controlled",
    "reach ",
    "reach figures",
    "outcome figures not seen",
    "results not seen",
)
_FOR, _AGAINST = frozenset({"effective", "promising"}), frozenset({"no_effect", "against"})


@dataclass(frozen=True)
class Read:
    """A rating with our reading of its words."""

    registry: str
    rating: str
    year: int | None
    reading: str


def outcomes_seen(outcomes: str) -> bool:
    """Whether anything is known of what a practice brought about; how many it reached is not an outcome."""
    text = outcomes.strip().lower()
    return bool(text) and not any(text.startswith(start) or f"; {start}" in text for start in _NOTHING_SEEN)


def evidence_of(*, lane: str, tier: str, outcomes: str, readings: Iterable[str]) -> str:
    """The one word for a practice's evidence (see ``EVIDENCE``).

    Parameters
    ----------
    lane
        tested or community; what a community defined itself is ``own``, whatever else is said.
    tier
        The suggested tier, T1 to T5: a judgement of those who collected the facts.
    outcomes
        What studies found.
    readings
        Readings of the registries' ratings.

    """
    told = set(readings)
    if lane == "community":
        return "own"
    if tier == "T5" or "against" in told:
        return "against"
    if tier not in ("T1", "T2", "T3") or not outcomes_seen(outcomes):
        return "none"
    if tier == "T3" or (told & _FOR and told & _AGAINST):
        return "mixed"
    return "shown" if tier == "T1" else "some"


def contradictions(ratings: Sequence[Read]) -> list[tuple[Read, Read]]:
    """Pairs that contradict each other: the first rating that finds an effect, with each that finds none or harm."""
    found = [one for one in ratings if one.reading in _FOR]
    return [(found[0], other) for other in ratings if found and other.reading in _AGAINST]


def found_wanting(evidence: str, readings: Iterable[str]) -> bool:
    """Whether a practice was found to have no effect, or to do harm, somewhere."""
    return evidence == "against" or bool(set(readings) & _AGAINST)


def outcomes_of(evidence: str) -> bool:
    """Whether outcome evidence was seen; what an organisation says of its own practice is none."""
    return evidence not in ("none", "own")
