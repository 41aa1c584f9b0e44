"""Everything a reader of plans may be unsure of: one sentence for each, with place and remedy."""

from collections.abc import Mapping

from hashar.i18n import N_
from hashar.plan.contracts.official import Doubt

SENTENCES: Mapping[str, str] = {
    "P01": N_("No line above the table says “plan”. Correct the title."),
    "P02": N_("The table has no column of numbers. The measures are numbered in their order."),
    "P03": N_("This measure has no number. Give it one in the file."),
    "P04": N_("{number} does not follow {before}: {expected} is missing. Check that no row is lost."),
    "P05": N_("The number {number} stands twice. Correct it in the file."),
    "P06": N_("{number} stands after {before}. Check the order of the rows."),
    "P07": N_("There is no deadline."),
    "P08": N_("“{text}”: the words “{rest}” were not understood. Say the deadline, or leave it as written."),
    "P09": N_("“{text}” names no year. Say the deadline, or leave it as written."),
    "P10": N_("“{text}” names no year. The years of the plan were taken."),
    "P11": N_("Nobody is responsible."),
    "P12": N_("“{text}” is no sum of money that is understood. It stays as written."),
    "P13": N_("“{text}”: this source of funds is not known. It stays as written."),
    "P14": N_("The plan says {said} in all for “{column}”, its measures add up to {sum}. Check both."),
    "P15": N_("The column “{column}” is not known. Its content is not taken."),
    "P16": N_("No head says “measure”. The column “{column}” was taken."),
    "P17": N_("This row has no number and was joined to the measure above it."),
    "P18": N_("“{text}” was taken for a heading."),
    "P19": N_("One sum is merged over several cells. It was counted once, in the first."),
    "P20": N_("The file holds changes that are not accepted. It was read as if all were."),
    "P21": N_("Table {table} has no head of a plan and was left out."),
    "P22": N_("Table {table} is in another language and was left out. Choose the file again for that language."),
    "P23": N_("The cells of this row look shifted: under the deadlines stands “{text}”. Correct the row in the file."),
    "P24": N_("The head of the costs names no unit. Say it in the file, as “thousand tenge”."),
    "P25": N_("This row has a number and no measure. Check the row."),
    "P27": N_("The plan has no measure {number} in its first language. Compare the numbers of both files."),
    "P26": N_("The deadline lies outside the years of the plan."),
}
FOR_A_PERSON = frozenset({"P08", "P09"})
"""Doubts that can be answered on the page: with a deadline."""


def doubt(code: str, *, row: int = 0, number: str = "", **values: object) -> Doubt:
    """A doubt with its sentence."""
    return Doubt(code, SENTENCES[code], values, row, number)
