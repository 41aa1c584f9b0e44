"""What is known of the practices that come with the program; needs no site."""

from collections.abc import Iterable, Mapping

from hashar.exchange.contracts import KnownPractice
from hashar.exchange.rules import ALL_FACTORS
from hashar.exchange.rules.evidence import found_wanting, outcomes_of
from hashar.exchange.sources.shipped import shipped_practices
from hashar.reference.queries import factors


def shipped_practice_facts() -> Mapping[str, KnownPractice]:
    """The practices that come with the program, without a site."""
    return {
        one.code: known(one.code, one.names, one.evidence, [rating.reading for rating in one.ratings], one.links)
        for one in shipped_practices()
    }


def known(
    code: str, names: Mapping[str, str], evidence: str, readings: Iterable[str], links: Iterable[str]
) -> KnownPractice:
    """A practice in three facts; a way of working that chooses practices works on every factor."""
    told = frozenset(links)
    works_on = frozenset(factors()) | told if ALL_FACTORS in told else told
    return KnownPractice(
        code=code,
        names=names,
        factors=works_on,
        ineffective=found_wanting(evidence, readings),
        evidence=outcomes_of(evidence),
    )
