"""``hashar estimate``."""

from pathlib import Path
from typing import Any

import click

from hashar.assess.contracts.estimates import EstimateTable
from hashar.cli.console import Console
from hashar.cli.options import FILE, estimate_options
from hashar.cli.requests import estimate_request
from hashar.cli.translated import Argument, TaughtCommand
from hashar.i18n import N_

NUMBERS = ("n", "weighted_n", "estimate", "se", "ci_low", "ci_high", "df", "deff", "reliability")


@click.command(
    cls=TaughtCommand,
    short_help=N_("Any single estimate from a survey file, with its uncertainty."),
    help=N_(
        "Estimates a proportion, mean, total, ratio or quantile from a survey file (.sav, .dta, .csv, .xlsx, .parquet) "
        "with standard error and interval by the sampling design. One row per variable, level and domain. "
        "These are numbers for the analyst: disclosure control has not seen them."
    ),
    examples=[
        (
            "hashar estimate survey.sav --statistic proportion --variable smoked --by sex --weight w --cluster school",
            N_("Pupils who smoked in the last 30 days, by sex, in a sample of schools:"),
        ),
        (
            'hashar estimate survey.csv --statistic mean --variable age --where "sex == 1" --weight w --out age.xlsx',
            N_("Mean age of first use among boys, as a workbook:"),
        ),
    ],
)
@click.argument("file", cls=Argument, type=FILE, metavar="FILE", help=N_("The survey file; it is only read."))
@estimate_options
@click.pass_obj
def estimate(console: Console, /, file: Path, out: Path, **given: Any) -> None:  # noqa: ANN401  (options, typed in EstimateRequest)
    """Estimate and write one table."""
    from hashar.assess.services import estimates  # noqa: PLC0415  (scipy: not needed for --help)
    from hashar.cli.tables import check_target, deliver  # noqa: PLC0415  (pyarrow: not needed for --help)

    request = estimate_request(file, given)
    check_target(out, [file])
    with console.progress(N_("Estimating")) as progress:
        table = estimates.estimate(request=request, progress=progress)
    for note in table.notes:
        console.note(note.message, **note.values)
    about = {"file": table.source.name, "sha256": table.source.sha256, **table.parameters}
    deliver(console, out, columns_of(table), about)


def columns_of(table: EstimateTable) -> dict[str, list[object]]:
    """The rows as columns, in the order of the documented table."""
    columns: dict[str, list[object]] = {
        "variable": [row.variable for row in table.rows],
        "level": [row.level for row in table.rows],
    }
    for position, name in enumerate(table.by):
        columns[name] = [row.domain[position] for row in table.rows]
    for name in NUMBERS:
        columns[name] = [getattr(row, name) for row in table.rows]
    return columns
