"""Keep the search keys of territories in step with their rows."""

from collections.abc import Iterable, Sequence

from django.db import connection, models
from django.db.models import QuerySet

from hashar.places.models import SearchGram, SearchKey, Territory
from hashar.places.rules.folding import grams
from hashar.places.rules.keys import search_keys
from hashar.places.rules.portions import portions

AT_ONCE = 500
"""Ids in one statement. Naming the rows lets every database use its index, whether it knows its tables well or not:
left to a subquery, one that does not reads a table of half a million rows for each key."""

COLUMNS = ("territory_id", "folded", "languages", "named", "size")

Values = tuple[str | int, ...]


def renew_keys(territories: Iterable[Territory]) -> None:
    """Make the keys of these territories what their rows say; inside the caller's transaction."""
    for part in portions(territories, AT_ONCE):
        wanted = _keys(part)
        there = {tuple(values): pk for pk, *values in _there([row.pk for row in part]).values_list("pk", *COLUMNS)}
        _drop([pk for values, pk in there.items() if values not in wanted])
        new = [values for values in wanted if values not in there]
        _insert(SearchKey, COLUMNS, new)
        made = _there([row.pk for row in part]).filter(named=True).exclude(pk__in=there.values())
        _insert(
            SearchGram,
            ("gram", "size", "key_id"),
            [
                (gram, size, key)
                for key, folded, size in made.values_list("pk", "folded", "size")
                for gram in sorted(grams(folded))
            ],
        )


def drop_keys(territories: Iterable[int]) -> None:
    """Remove the keys of the territories with these ids; inside the caller's transaction."""
    for part in portions(territories, AT_ONCE):
        _drop(list(_there(part).values_list("pk", flat=True)))


def _there(territories: Sequence[int]) -> QuerySet[SearchKey]:
    return SearchKey.objects.filter(territory__in=territories)


def _drop(keys: Sequence[int]) -> None:
    for part in portions(keys, AT_ONCE):
        SearchGram.objects.filter(key__in=part).delete()
        SearchKey.objects.filter(pk__in=part).delete()


def _keys(territories: Iterable[Territory]) -> dict[Values, None]:
    """Values of the keys that these territories should have, in a lasting order."""
    return {
        (row.pk, key.folded, " ".join(key.languages), key.named, len(key.folded)): None
        for row in territories
        for key in search_keys(row.names, row.other_names, [row.code, *row.former_codes, *row.other_codes.values()])
    }


def _insert(model: type[models.Model], columns: Sequence[str], rows: Sequence[Values]) -> None:
    """Put rows into a table as fast as the database can: a place has about eighty, a country five thousand places."""
    table, quoted = model._meta.db_table, ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({marks})", rows)  # noqa: S608  (names of ours)
