"""Search as one types: any language, any script, small slips forgiven."""

from collections.abc import Iterable

from django.db.models import Count

from hashar.i18n.spelling import fold
from hashar.places.contracts import Place
from hashar.places.models import SearchGram, SearchKey, Territory
from hashar.places.queries.territories import as_place
from hashar.places.rules.folding import typed_grams
from hashar.places.rules.keys import fold_code
from hashar.places.rules.matching import TYPO, cost

LONGEST = 60
CANDIDATES = 100

Rank = tuple[int, bool]
"""How far the best name is from what was typed, and whether it is in another language."""


def search(text: str, language: str = "en", limit: int = 10) -> tuple[Place, ...]:
    """Places whose names or codes (in any language, former ones too) fit what was typed, best first.

    Exact words come before beginnings, those before what stands inside a word; then larger territories before smaller,
    and names in ``language`` before the others'. Misspelt words are tried when nothing else fits. Three queries, four
    for what looks like a code.
    """
    shortened = text[:LONGEST]
    best = _by_name(fold(shortened), language)
    if any(letter.isdigit() or letter == "-" for letter in shortened):
        coded = dict.fromkeys(_by_code(fold_code(shortened)), (0, False))
        best = {pk: rank for pk, rank in best.items() if rank[0] < TYPO or not coded} | coded
    rows = Territory.objects.select_related("parent").filter(pk__in=best)
    ordered = sorted(rows, key=lambda row: (best[row.pk][0], row.path.count("/"), best[row.pk][1], row.path))
    return tuple(as_place(row) for row in ordered[:limit])


def _by_name(folded: str, language: str) -> dict[int, Rank]:
    grams = SearchGram.objects.filter(gram__in=typed_grams(folded)).values("key_id", "size")
    shared = grams.annotate(shared=Count("id")).order_by("-shared", "size", "key_id")
    keys = [row["key_id"] for row in shared[:CANDIDATES]]
    names = list(SearchKey.objects.filter(pk__in=keys))
    return _ranks(folded, language, names, forgiving=False) or _ranks(folded, language, names, forgiving=True)


def _ranks(folded: str, language: str, names: Iterable[SearchKey], *, forgiving: bool) -> dict[int, Rank]:
    typed = folded.split()
    ranks: dict[int, Rank] = {}
    for name in names:
        fit = cost(typed, name.folded, forgiving=forgiving)
        if fit is not None:
            rank = (fit, language not in name.languages.split())
            ranks[name.territory_id] = min(ranks.get(name.territory_id, rank), rank)
    return ranks


def _by_code(code: str) -> Iterable[int]:
    if not code:
        return []
    found = SearchKey.objects.filter(named=False)
    exact = found.filter(folded=code) if not any(c.isdigit() for c in code) else found.filter(folded__startswith=code)
    return exact.order_by("size", "folded").values_list("territory_id", flat=True)[:CANDIDATES]
