"""Practices for factors: who works on what, handed to the rules that order them."""

from collections.abc import Sequence

from hashar.exchange.contracts import FactorSuggestions, Wanted
from hashar.exchange.models import FactorLink, Practice
from hashar.exchange.queries.visible import contradicted, summary_of, visible_practices
from hashar.exchange.rules import ALL_FACTORS
from hashar.exchange.rules.matching import Candidate, suggest
from hashar.people.contracts import Actor


def suggestions(actor: Actor, factors: Sequence[str], wanted: Wanted) -> tuple[FactorSuggestions, ...]:
    """For each factor, in the given order, the practices that work on it and fit what is wanted, with reasons.

    A factor for which nothing is known comes back with nothing. Three queries.

    Parameters
    ----------
    actor
        Who asks: shared practices, and those of their own organisations.
    factors
        Codes of factors.
    wanted
        Ages, setting, language and cost; empty for anything.

    """
    links = list(FactorLink.objects.filter(factor__in=[*factors, ALL_FACTORS]).order_by("pk"))
    visible = visible_practices(actor).exclude(state="withdrawn")
    rows = visible.filter(pk__in={link.practice_id for link in links}).prefetch_related("ratings")
    known = {row.pk: row for row in rows}
    candidates = [_candidate(link, known[link.practice_id]) for link in links if link.practice_id in known]
    return tuple(suggest(factor, candidates, wanted) for factor in factors)


def _candidate(link: FactorLink, row: Practice) -> Candidate:
    basis = "confirmed" if link.basis == "inferred" and link.confirmed_at is not None else link.basis
    return Candidate(summary_of(row), link.factor, basis, bool(contradicted(row)))
