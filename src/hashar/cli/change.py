"""``hashar change``."""

from pathlib import Path
from typing import Any

import click

from hashar.assess.contracts.estimates import ChangeRequest, ChangeTable, IndicatorChangeRequest
from hashar.cli.console import Console
from hashar.cli.options import FILE, METHOD, QUESTION, change_options
from hashar.cli.requests import estimate_request, refuse_beside_codebook
from hashar.cli.translated import Argument, Option, TaughtCommand
from hashar.i18n import N_

NUMBERS = (
    *("n_a", "n_b", "estimate_a", "estimate_b", "difference", "se", "ci_low", "ci_high"),
    *("t", "df", "p", "p_adjusted", "detectable"),
)


@click.command(
    cls=TaughtCommand,
    short_help=N_("Difference between two waves, with interval, test and what could have been seen."),
    help=N_(
        "Compares two waves of one questionnaire: later (B) minus earlier (A) for every variable, level and domain "
        "that both files have. The waves are independent samples. p_adjusted guards the whole table against chance "
        "finds; detectable is the smallest true change that these two waves would have shown."
    ),
    examples=[
        (
            "hashar change wave2022.sav wave2024.sav --statistic proportion --variable smoked30 --by sex --weight w",
            N_("Did smoking change between 2022 and 2024, among boys and among girls?"),
        ),
        (
            "hashar change wave2022.sav wave2024.sav --codebook codebook.yaml --out change.xlsx",
            N_("Which indicators of the codebook changed?"),
        ),
    ],
)
@click.argument("first", cls=Argument, type=FILE, metavar="A", help=N_("The earlier wave; it is only read."))
@click.argument("later", cls=Argument, type=FILE, metavar="B", help=N_("The later wave; it is only read."))
@click.option(
    "--codebook",
    cls=Option,
    type=FILE,
    section=QUESTION,
    metavar="CODEBOOK",
    help=N_("A codebook that explains both waves; then --variable names its indicators (all when not given)."),
)
@change_options
@click.option(
    "--adjust",
    cls=Option,
    type=click.Choice(["holm", "bh", "none"]),
    default="holm",
    section=METHOD,
    help=N_("Adjustment of p over all rows: Holm, Benjamini–Hochberg or none."),
)
@click.option(
    "--power",
    cls=Option,
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.8,
    section=METHOD,
    metavar="SHARE",
    help=N_("Probability with which a change of the detectable size would be shown."),
)
@click.pass_obj
def change(console: Console, /, first: Path, later: Path, out: Path, codebook: Path | None, **given: Any) -> None:  # noqa: ANN401  (options, typed in ChangeRequest)
    """Compare and write one table."""
    from hashar.assess.services import changes  # noqa: PLC0415  (scipy: not needed for --help)
    from hashar.cli.tables import check_target, deliver  # noqa: PLC0415  (pyarrow: not needed for --help)

    check_target(out, [first, later])
    asked = {"later": later, "adjust": given["adjust"], "power": given["power"]}
    with console.progress(N_("Estimating")) as progress:
        if codebook is None:
            request = ChangeRequest(first=estimate_request(first, given), **asked)
            table = changes.change(request=request, progress=progress)
        else:
            refuse_beside_codebook(given)
            of_indicators = IndicatorChangeRequest(
                codebook=codebook, first=first, indicators=given["variables"], by=given["by"], **asked
            )
            table = changes.change_of_indicators(request=of_indicators, progress=progress)
    for note in table.notes:
        console.note(note.message, **note.values)
    files = {f"file_{letter}": source.name for letter, source in zip("ab", table.sources, strict=True)}
    hashes = {f"sha256_{letter}": source.sha256 for letter, source in zip("ab", table.sources, strict=True)}
    deliver(console, out, columns_of(table), {**files, **hashes, **table.parameters})


def columns_of(table: ChangeTable) -> dict[str, list[object]]:
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
