"""J8: ``python -m benchmarks.progress_forms`` reads and merges 50, 100 and 200 returned forms of sixty measures each.

Prints one line for each size: milliseconds to write the forms, to read them back and to merge all their answers, and
the memory of the whole process.
"""

import dataclasses
import datetime as dt

from benchmarks import child
from benchmarks.official_plans import timed
from hashar.implement.contracts.progress import Field
from hashar.implement.rules.merging import claims_of, merge
from hashar.implement.services.returned_forms import read_key, read_returned
from hashar.reports.progress_forms import form_file
from tests.implement.forms import MEASURES, TODAY, answer_file, asked, filled, small_form

SIZES = (50, 100, 200)
AT = dt.datetime(2026, 12, 28, tzinfo=dt.UTC)


def form(at):
    """The form of one of many bodies: every tenth is sent in twice, with another answer."""
    body = f"Управление {at - (at % 10 == 9)}"
    measures = tuple(asked(one, body) for one in MEASURES[:60])
    return dataclasses.replace(small_form(), key=f"key-{at}", body=body, measures=measures)


def answers(one, at):
    """Four fields of every measure."""
    fields = {
        Field.STATUS: "Исполнено",
        Field.DONE_ON: "10 декабря 2026 г.",
        Field.RESULT: f"Проведено {at} семинаров",
        Field.EVIDENCE: f"Письмо № {at}",
    }
    return {measure.measure: fields for measure in one.measures}


def read(files):
    """The claims of all files, as a site gathers them: the form is found by its key."""
    known = {one.key: one for one, _, _ in files}
    claims = []
    for _, name, content in files:
        one = known[read_key(content=content, name=name)]
        claims += claims_of(one, read_returned(content=content, name=name, form=one, today=TODAY), at=AT)
    return claims


def main():
    forms = [form(at) for at in range(max(SIZES))]
    sheets = [(one, f"{at}.xlsx", filled(one, answers(one, at))) for at, one in enumerate(forms)]
    pages = [(one, f"{at}.json", answer_file(one, answers(one, at))) for at, one in enumerate(forms)]
    print("| files | answers | forms out ms | Excel in ms | page in ms | merge ms | conflicts | memory MB |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|", flush=True)
    for size in SIZES:
        _, out = timed(lambda size=size: [form_file(one, "xlsx") for one in forms[:size]])
        claims, excel = timed(lambda size=size: read(sheets[:size]))
        _, page = timed(lambda size=size: read(pages[:size]))
        merged, merging = timed(lambda claims=claims: merge({}, claims))
        assert len(merged.verdicts) == size * 60 * 4
        assert len(merged.conflicts) == size // 10 * 60 * 2
        print(
            f"| {size} | {len(claims):,} | {out:,.0f} | {excel:,.0f} | {page:,.0f} | {merging:,.0f} "
            f"| {len(merged.conflicts):,} | {child.peak() / 1e6:,.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
