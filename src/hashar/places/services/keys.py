"""Keep the search keys of territories in step with their rows."""

from collections.abc import Iterable

from hashar.places.models import SearchGram, SearchKey, Territory
from hashar.places.rules.folding import grams
from hashar.places.rules.keys import search_keys


def renew_keys(territories: Iterable[Territory]) -> None:
    """Make the keys of these territories anew, in a handful of statements; inside the caller's transaction."""
    rows = list(territories)
    SearchGram.objects.filter(key__territory__in=rows).delete()
    SearchKey.objects.filter(territory__in=rows).delete()
    keys = [
        SearchKey(
            territory=row, folded=key.folded, languages=" ".join(key.languages), named=key.named, size=len(key.folded)
        )
        for row in rows
        for key in search_keys(row.names, row.other_names, [row.code, *row.former_codes, *row.other_codes.values()])
    ]
    made = SearchKey.objects.bulk_create(keys, batch_size=500)
    SearchGram.objects.bulk_create(
        [
            SearchGram(gram=gram, key=key, size=key.size)
            for key in made
            if key.named
            for gram in sorted(grams(key.folded))
        ],
        batch_size=2000,
    )
