"""J7: ``python -m benchmarks.logic_models`` reads, compiles and draws logic models of 250 to 2,000 parts, and a circle.

Prints one line for each size: milliseconds of each step, findings, and the memory of the whole process.
"""

from benchmarks import child
from benchmarks.official_plans import timed
from hashar.plan.rules.layout import draw
from hashar.plan.rules.model_text import write_model
from hashar.plan.services.logic_models import compile_model
from hashar.plan.sources.logic_model import parse_logic_model
from tests.plan.model_samples import circle, sample

SIZES = (250, 500, 1_000, 2_000)
CIRCLE = 10_000


def words(element):
    """What stands in a box."""
    return element.text or element.code


def line(name, text, today, *, drawn):
    """Measure one model and print its row."""
    model, read = timed(lambda: parse_logic_model(text, file="model.yaml", today=today))
    found, compiled = timed(lambda: compile_model(model=model, practices={}))
    picture = f"{timed(lambda: draw(model, words, words))[1]:,.0f}" if drawn else "–"
    memory = f"{child.peak() / 1e6:,.0f}"
    print(f"| {name} | {read:,.0f} | {compiled:,.0f} | {picture} | {len(found):,} | {memory} |", flush=True)


def main():
    print("| parts | read YAML ms | compile ms | picture ms | findings | memory MB |")
    print("|--:|--:|--:|--:|--:|--:|", flush=True)
    for size in SIZES:
        model = sample(size)
        line(f"{size:,}", write_model(model), model.today, drawn=True)
    line(f"circle of {CIRCLE:,}", circle(CIRCLE), sample(60).today, drawn=False)


if __name__ == "__main__":
    main()
