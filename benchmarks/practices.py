"""J5: search among made-up practices on SQLite and PostgreSQL, and its growth. ``python -m benchmarks.practices``.

Every practice is made of real ones (names and facts that come with the program, the documents of the search tests in
seven languages) with made-up words between them, so that the vocabulary grows as it would.
"""

import argparse
import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "tests" / "exchange" / "data"
SIZES = (1_000, 5_000)


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def made_up(count):
    """Practices that are not stored yet."""
    from hashar.exchange.models import Practice
    from hashar.exchange.sources.shipped import shipped_practices
    from tests.people.cast import NOW

    rng = random.Random(5)
    texts = {}
    for row in rows("documents.csv"):
        texts.setdefault(row["language"], []).append(row["text"].rstrip(".").replace(".", "").split())
    facts = [one.facts for one in shipped_practices()]
    letters = {
        "ru": "абвгдеиклмнопрсту",
        "kk": "абғдеіқлмңоөпрсту",
        "ky": "абгдеиклмңоөпрсту",
        "tg": "абғдеиқлмнопрсту",
    }

    def word(language):
        alphabet = letters.get(language, "abdegiklmnoprstu")
        return "".join(rng.choice(alphabet) for _ in range(rng.randint(5, 9)))

    vocabulary = {language: [word(language) for _ in range(3_000)] for language in texts}

    def text(language, length):
        known = [one for document in rng.sample(texts[language], 3) for one in document]
        own = [rng.choice(vocabulary[language]) for _ in range(length // 3)]
        return " ".join(rng.sample(known, min(length, len(known))) + own)

    for number in range(count):
        spoken = rng.sample(sorted(texts), 2)
        yield Practice(
            code=f"B{number}",
            lane="tested",
            state="shared",
            evidence="none",
            made_at=NOW,
            changed_at=NOW,
            names={language: text(language, 6) for language in spoken},
            summary={language: text(language, 24) for language in spoken},
            settings=rng.sample(["school", "family", "community", "health"], 2),
            facts=rng.choice(facts),
        )


def measure(name):
    """Milliseconds of a search for each size, printed as rows of a table."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from hashar.exchange.models import Practice
    from hashar.exchange.queries.practices import practices
    from hashar.exchange.services.index import renew_index
    from hashar.people.contracts import Actor

    call_command("migrate", verbosity=0, interactive=False)
    queries = [row["query"] for file in ("queries.csv", "held_out.csv", "held_out_2.csv") for row in rows(file)]
    typed = [query[:length] for query in queries[::7] for length in range(1, len(query), 2)]
    reader = Actor(person=1)
    there = 0
    for size in SIZES:
        begin = time.perf_counter()
        made = [one for place, one in enumerate(made_up(size)) if place >= there]
        renew_index(Practice.objects.bulk_create(made, batch_size=200))
        there = size
        indexed = time.perf_counter() - begin
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        for what, texts in (("whole queries", queries), ("as one types", typed)):
            for text in texts[:20]:
                practices(reader, text)
            times, own = [], []
            for text in texts:
                begin, used = time.perf_counter(), time.process_time()
                practices(reader, text)
                times.append((time.perf_counter() - begin) * 1000)
                own.append((time.process_time() - used) * 1000)
            print(row(name, size, indexed, what, sorted(times), own), flush=True)


def row(name, size, indexed, what, times, own):
    from hashar.exchange.models import SearchTerm, TermUse

    shares = [statistics.median(times), times[int(len(times) * 0.95)], times[-1], statistics.median(own)]
    counts = [size, SearchTerm.objects.count(), TermUse.objects.count()]
    cells = [name, *(f"{one:,}" for one in counts), f"{indexed:.0f}", what, *(f"{one:.1f}" for one in shares)]
    return f"| {' | '.join(cells)} |"


def child(name, folder, database):
    environment = {**os.environ, "HASHAR_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "hashar.config.settings"}
    environment |= {"DATABASE_URL": database} if database else {}
    subprocess.run(
        [sys.executable, "-m", "benchmarks.practices", "--measure", name], check=True, env=environment, cwd=ROOT
    )


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks.practices", description=__doc__)
    parser.add_argument("--measure", help="in this process, on the database of the environment")
    given = parser.parse_args()
    if given.measure:
        measure(given.measure)
        return
    print(
        "| database | practices | words | uses | indexing s | typed | median ms | 95 % ms | worst ms | own CPU ms |",
        flush=True,
    )
    print("|---|--:|--:|--:|--:|---|--:|--:|--:|--:|", flush=True)
    with tempfile.TemporaryDirectory(prefix="hashar-bench-practices-") as scratch:
        child("SQLite", Path(scratch) / "sqlite", "")
        from tests.postgres import OwnServer

        with OwnServer() as server:
            child("PostgreSQL", Path(scratch) / "postgresql", server.new_database())


if __name__ == "__main__":
    main()
