"""Keep the search index of practices in step with their rows."""

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import prefetch_related_objects

from hashar.exchange.models import Practice, SearchTerm, TermGram, TermUse
from hashar.exchange.rules.weights import CONCEPT, FACT, FACTOR, NAME, SUMMARY, weighted_words
from hashar.exchange.rules.words import START, grams
from hashar.exchange.sources.thesaurus import thesaurus
from hashar.reference.queries import factors

FACTS_FOUND = ("target_group", "main_outcomes", "delivery", "countries")
BATCH = 500


def renew_index(practices: Iterable[Practice]) -> None:
    """Make the words of these practices anew; inside the caller's transaction. Their links are read from the tables."""
    rows = list(practices)
    for start in range(0, len(rows), BATCH):
        _renew(rows[start : start + BATCH])


def _renew(rows: list[Practice]) -> None:
    TermUse.objects.filter(practice__in=rows).delete()
    prefetch_related_objects(rows, "links")
    words = {row.pk: weighted_words(_texts(row), thesaurus()) for row in rows}
    terms = _terms({word for found in words.values() for word in found})
    TermUse.objects.bulk_create(
        [
            TermUse(term_id=terms[word], practice_id=practice, weight=weight)
            for practice, found in words.items()
            for word, weight in sorted(found.items())
        ],
        batch_size=2000,
    )


def _texts(row: Practice) -> Iterator[tuple[str, int]]:
    yield from ((text, NAME) for text in row.names.values())
    yield from ((text, SUMMARY) for text in row.summary.values())
    yield from ((row.facts[name], FACT) for name in FACTS_FOUND if name in row.facts)
    yield from ((word, FACT) for word in row.settings)
    known = factors()
    for link in row.links.all():
        if link.factor in known:
            yield from ((text, FACTOR) for text in known[link.factor].name.values())


def _terms(words: set[str]) -> Mapping[str, int]:
    """The ids of words; those that are new are written, with their grams. Two who write the same word agree on it."""
    known = _known(words)
    new = sorted(words - set(known))
    SearchTerm.objects.bulk_create(
        [SearchTerm(word=word, start=word[:START]) for word in new], batch_size=2000, ignore_conflicts=True
    )
    made = _known(set(new))
    TermGram.objects.bulk_create(
        [
            TermGram(gram=gram, term_id=made[word])
            for word in new
            if not word.startswith(CONCEPT)
            for gram in sorted(grams(word))
        ],
        batch_size=2000,
        ignore_conflicts=True,
    )
    return {**known, **made}


def _known(words: set[str]) -> dict[str, int]:
    ordered = sorted(words)
    found: dict[str, int] = {}
    for start in range(0, len(ordered), BATCH):
        found.update(SearchTerm.objects.filter(word__in=ordered[start : start + BATCH]).values_list("word", "pk"))
    return found
