"""J6: ``python -m benchmarks.official_plans`` reads, writes and compares plans of 250 to 2,000 measures.

Prints one line for each size: milliseconds of each step, and the memory of the whole process.
"""

import dataclasses
import time

from benchmarks import child
from hashar.plan.rules.comparing import compare
from hashar.plan.services.official_plans import read_plan
from hashar.reports.official import plan_document
from tests.plan.samples import HEADS, TITLES, truths
from tests.plan.word_file import paragraph, row, table, word_file

SIZES = (250, 500, 1_000, 2_000)


def plan_file(count):
    """A Word plan of so many measures, one cost column."""
    rows = [
        row(one.number, one.text, one.form, one.deadline, ", ".join(one.bodies), one.costs[0], one.funds)
        for one in truths(count, "ru", years=("",))
    ]
    return word_file(paragraph(TITLES["ru"]), table([row(*HEADS["ru"]), *rows]))


def timed(action):
    """What an action returns, and its milliseconds: the best of two."""
    best, found = float("inf"), None
    for _ in range(2):
        begin = time.perf_counter()
        found = action()
        best = min(best, time.perf_counter() - begin)
    return found, best * 1000


def changed(edition):
    """Every measure renumbered and reworded a little: the hardest comparison."""
    measures = tuple(
        dataclasses.replace(one, number=str(at + 2), text=f"{one.text} и оценить итоги")
        for at, one in enumerate(edition.measures)
    )
    return dataclasses.replace(edition, measures=measures)


def main():
    print("| measures | Word in ms | Excel in ms | Word out ms | Excel out ms | compare ms | memory MB |")
    print("|--:|--:|--:|--:|--:|--:|--:|", flush=True)
    for size in SIZES:
        content = plan_file(size)
        reading, word_in = timed(lambda content=content: read_plan(content=content, name="plan.docx"))
        edition = reading.edition
        _, word_out = timed(lambda edition=edition: plan_document(edition, "docx"))
        sheet, excel_out = timed(lambda edition=edition: plan_document(edition, "xlsx"))
        again, excel_in = timed(lambda sheet=sheet: read_plan(content=sheet, name="plan.xlsx"))
        assert len(again.edition.measures) == size
        other = changed(edition)
        _, compared = timed(lambda edition=edition, other=other: compare(edition, other))
        steps = (word_in, excel_in, word_out, excel_out, compared)
        print(
            f"| {size:,} | " + " | ".join(f"{step:,.0f}" for step in steps) + f" | {child.peak() / 1e6:,.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
