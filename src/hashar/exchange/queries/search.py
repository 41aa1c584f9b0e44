"""Search as one types: any of the seven languages, any script, endings, slips and plain keyboards forgiven."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Count, QuerySet

from hashar.exchange.models import Practice, SearchTerm, TermGram, TermUse
from hashar.exchange.rules.weights import BY_CONCEPT, CONCEPT, NEAR, SURE, WINDOW, scores
from hashar.exchange.rules.words import START, asked_grams, asked_words, closeness
from hashar.exchange.sources.thesaurus import thesaurus

LONGEST = 120
CANDIDATES = 60
MANY = 400
"""Practices in which a frequent word stands, or more."""
ENOUGH = 40
Fits = dict[int, float]


def ranked(text: str) -> list[int]:
    """Practices (of any state) that fit what was typed, best first. At most five queries."""
    words = asked_words(text[:LONGEST])
    if not words:
        return []
    named = thesaurus().named_in(words, forgiving=True)
    terms = _terms(words, named)
    asked, counts = _practices(terms)
    found = scores(asked, counts, Practice.objects.count())
    least = NEAR * max(found.values(), default=0.0)
    near = [(score, practice) for practice, score in found.items() if score >= least]
    return [practice for score, practice in sorted(near, key=lambda one: (-one[0], one[1]))]


def _terms(words: Sequence[str], named: Sequence[Mapping[str, float]]) -> list[Fits]:
    """For each word of the query the terms that fit it."""
    starts = {word[:START] for word in words if len(word) >= START}
    keys = {CONCEPT + concept for concepts in named for concept in concepts}
    near: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for pk, word, start in SearchTerm.objects.filter(start__in=starts).values_list("pk", "word", "start"):
        near[start].append((pk, word))
    concepts = dict(SearchTerm.objects.filter(word__in=keys).values_list("word", "pk")) if keys else {}
    found = []
    for word, told in zip(words, named, strict=True):
        fits = _fitting(word, near[word[:START]], forgiving=False)
        by_concept = {
            concepts[CONCEPT + concept]: sure * BY_CONCEPT
            for concept, sure in told.items()
            if CONCEPT + concept in concepts
        }
        if max((*fits.values(), *told.values()), default=0.0) < SURE:
            fits |= _misspelt(word)
        found.append(_best_of(fits) | by_concept)
    return found


def _fitting(word: str, terms: Sequence[tuple[int, str]], *, forgiving: bool) -> Fits:
    fits = {pk: closeness(word, term, forgiving=forgiving) for pk, term in terms}
    return {pk: fit for pk, fit in fits.items() if fit}


def _misspelt(word: str) -> Fits:
    grams = TermGram.objects.filter(gram__in=asked_grams(word)).values("term_id")
    shared = grams.annotate(shared=Count("pk")).order_by("-shared", "term_id")[:CANDIDATES]
    terms = SearchTerm.objects.filter(pk__in=[row["term_id"] for row in shared]).values_list("pk", "word")
    return _fitting(word, list(terms), forgiving=True)


def _best_of(fits: Fits) -> Fits:
    best = max(fits.values(), default=0.0)
    return {pk: fit * fit for pk, fit in fits.items() if fit >= best - WINDOW}


def _practices(terms: Sequence[Fits]) -> tuple[list[Fits], list[int]]:
    """For each word of the query the practices that its terms stand in, and in how many its terms stand.

    Terms that stand in many practices tell little: where rarer words found enough, they are asked only of those.
    """
    ids = {pk for fits in terms for pk in fits}
    counted = TermUse.objects.filter(term__in=ids).values("term_id").annotate(uses=Count("pk"))
    counts = {row["term_id"]: row["uses"] for row in counted}
    rare = {pk for pk, count in counts.items() if count <= MANY}
    found = _with_uses(terms, TermUse.objects.filter(term__in=rare))
    first = {practice for fits in found for practice in fits}
    frequent = TermUse.objects.filter(term__in=set(counts) - rare)
    if len(first) >= ENOUGH:
        frequent = frequent.filter(practice__in=_most_fitting(found))
    if len(rare) < len(counts):
        found = [_joined(one, other) for one, other in zip(found, _with_uses(terms, frequent), strict=True)]
    return found, [sum(counts.get(pk, 0) for pk in fits) for fits in terms]


def _with_uses(terms: Sequence[Fits], rows: QuerySet[TermUse]) -> list[Fits]:
    uses: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for term, practice, weight in rows.values_list("term_id", "practice_id", "weight"):
        uses[term].append((practice, weight))
    found = []
    for fits in terms:
        best: Fits = {}
        for term, fit in fits.items():
            for practice, weight in uses.get(term, ()):
                best[practice] = max(best.get(practice, 0.0), fit * weight / 100)
        found.append(best)
    return found


def _most_fitting(found: Sequence[Fits]) -> list[int]:
    total: defaultdict[int, float] = defaultdict(float)
    for fits in found:
        for practice, fit in fits.items():
            total[practice] += fit
    return sorted(total, key=lambda practice: (-total[practice], practice))[:MANY]


def _joined(one: Fits, other: Fits) -> Fits:
    return {practice: max(one.get(practice, 0.0), other.get(practice, 0.0)) for practice in {**one, **other}}
