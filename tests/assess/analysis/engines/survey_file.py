"""One small survey written in the formats that engines read, and what is asked of it."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from hashar.assess.analysis.engines.plan import CellPlan, Item, ratio_items
from hashar.assess.rules.expressions import parse

N = 240


def columns(seed: int = 5) -> dict[str, pa.Array]:
    """Three strata, twelve classes, places as words, gaps of every kind."""
    rng = np.random.default_rng(seed)
    school = rng.integers(0, 12, N)
    answer = rng.integers(0, 2, N)
    days = rng.integers(0, 31, N).astype(float)
    people = rng.integers(1, 6, N)
    grade = rng.choice([8.0, 9.0, 10.5], N)
    place = np.array(["Алматы", "it's", "Ош"], dtype=object)[rng.integers(0, 3, N)]
    gap = {name: rng.random(N) < 0.1 for name in ("answer", "days", "people", "grade", "place")}
    return {
        "stratum": pa.array(school % 3),
        "school": pa.array(school),
        "size": pa.array((20 + school % 3).astype(np.int32)),
        "w": pa.array(rng.uniform(0.5, 9, N)),
        "answer": pa.array(answer.astype(np.int8), mask=gap["answer"]),
        "days": pa.array(np.where(gap["days"], np.nan, days)),
        "people": pa.array(people.astype(np.int64) * 100, mask=gap["people"]),
        "grade": pa.array(grade, mask=gap["grade"]),
        "place": pa.array(place, pa.string(), mask=gap["place"]),
        'odd "name"\'s': pa.array(rng.integers(0, 3, N)),
        "sure": pa.array(rng.random(N) < 0.5),
    }


def parquet(folder: Path, **more: pa.Array) -> Path:
    path = folder / "survey.parquet"
    pq.write_table(pa.table(columns() | more), path, row_group_size=100)
    return path


def csv(folder: Path, *, separator: str = ",", decimal_comma: bool = False, **more: pa.Array) -> Path:
    path = folder / "survey.csv"
    given = columns() | more
    given["place"] = pc.if_else(np.arange(N) % 2 == 0, given["place"].fill_null("NA"), given["place"])
    table = pa.table({k: v for k, v in given.items() if k != "sure"})
    pa_csv.write_csv(table, path, pa_csv.WriteOptions(delimiter=separator))
    text = path.read_text(encoding="utf-8").replace("nan", "NA")
    if decimal_comma:
        text = text.replace(".", ",")
    path.write_text(text, encoding="utf-8")
    return path


DESIGN = {"weight": "w", "stratum": "stratum", "cluster": "school"}
ITEMS = [
    Item("answer", "answer", 1.0),
    Item("not", "answer", 0.0),
    Item("many days", "days", 30.0),
    Item("grade 10", "grade", 10.5),
    Item("in Osh", "place", "Ош"),
    Item("odd", 'odd "name"\'s', 2.0),
]
PLANS = {
    "whole survey": CellPlan(items=ITEMS, **DESIGN),
    "by a number and a word": CellPlan(items=ITEMS, by=("grade", "place"), **DESIGN),
    "by a code": CellPlan(items=ITEMS[:1], by=('odd "name"\'s',), **DESIGN),
    "with population sizes": CellPlan(items=ITEMS[:2], fpc="size", by=("place",), **DESIGN),
    "numbers": CellPlan(items=[Item("days", "days"), Item("people", "people"), ITEMS[0]], by=("place",), **DESIGN),
    "ratio": CellPlan(items=ratio_items("days", "people"), by=("grade",), **DESIGN),
    "some rows": CellPlan(
        items=ITEMS,
        by=("grade",),
        where=parse(
            "(days >= 3 or days is missing) and place in ('Алматы', 'it''s') and not (people / 100 = 2) "
            "and grade != 8 and -days * 2 + 1 - 1 <= 0"
        ),
        **DESIGN,
    ),
    "clusters that start again": CellPlan(weight="w", items=ITEMS, stratum="grade8", cluster="stratum", nest=True),
    "every row a cluster": CellPlan(weight="w", items=ITEMS[:1], stratum="stratum", by=("place",)),
}
EXTRA = {"grade8": pa.array((np.arange(N) % 2).astype(np.int16) + 8)}
"""A column without gaps that crosses the strata."""
