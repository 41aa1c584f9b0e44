"""What the tests of search quality are made of: documents as practices, queries, mean reciprocal rank."""

import csv
from pathlib import Path

from hashar.exchange.models import Practice
from hashar.exchange.queries.search import ranked
from hashar.exchange.services.index import renew_index
from tests.people.cast import NOW

DATA = Path(__file__).parent / "data"


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bring_documents():
    """Each document as one practice: its first sentence in seven languages is the name, the rest what it is."""
    texts = {}
    for row in rows("documents.csv"):
        name, _, rest = row["text"].partition(". ")
        names, summary = texts.setdefault(row["doc"], ({}, {}))
        names[row["language"]], summary[row["language"]] = name, rest
    made = [
        Practice.objects.create(
            code=code,
            lane="tested",
            state="shared",
            names=names,
            summary=summary,
            evidence="none",
            made_at=NOW,
            changed_at=NOW,
        )
        for code, (names, summary) in texts.items()
    ]
    renew_index(made)


def ranks(queries):
    """Query → the rank of the expected document among the documents (None: not found)."""
    codes = dict(Practice.objects.values_list("pk", "code"))
    found = {}
    for row in queries:
        order = [codes[pk] for pk in ranked(row["query"]) if (codes[pk] or "").startswith("D")]
        found[row["query"]] = order.index(row["expected_doc"]) + 1 if row["expected_doc"] in order else None
    return found


def mean_reciprocal_rank(found):
    return sum(1 / rank for rank in found.values() if rank) / len(found)
