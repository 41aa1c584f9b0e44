"""``hashar codebook draft`` and ``hashar codebook check``."""

from pathlib import Path

import click

from hashar.cli.console import Console
from hashar.cli.options import FILE, OUTPUT
from hashar.cli.translated import Argument, Option, TaughtCommand, TaughtGroup
from hashar.i18n import N_

codebook = TaughtGroup(
    name="codebook",
    short_help=N_("Draft a codebook from a survey file, or check one."),
    help=N_(
        "A codebook says what the columns of your file mean: design, groups, questions and scales. One codebook serves "
        "several waves and languages of the same questionnaire."
    ),
    examples=[
        (
            "hashar codebook draft survey.sav -o codebook.yaml",
            N_("Draft one from the file, then complete it in a text editor:"),
        ),
        ("hashar codebook check codebook.yaml survey.sav", N_("Check it against the file:")),
    ],
)


@codebook.command(
    cls=TaughtCommand,
    short_help=N_("Write a commented draft from a survey file."),
    help=N_(
        "Reads names, labels, value labels and missing codes, guesses weight, stratum, cluster and the type of every "
        "question, and writes a commented draft to complete."
    ),
    examples=[("hashar codebook draft survey.sav -o codebook.yaml", N_("Draft a codebook:"))],
)
@click.argument("file", cls=Argument, type=FILE, metavar="FILE", help=N_("The survey file; it is only read."))
@click.option(
    "--out",
    "-o",
    cls=Option,
    type=FILE,
    default="-",
    section=OUTPUT,
    metavar="FILE",
    help=N_("Where the draft goes; “-” prints it."),
)
@click.option(
    "--encoding",
    cls=Option,
    section=OUTPUT,
    metavar="NAME",
    help=N_("Encoding of a file that does not say it, e.g. cp1251."),
)
@click.option("--sheet", cls=Option, section=OUTPUT, metavar="NAME", help=N_("Sheet of a workbook with several."))
@click.option("--force", cls=Option, is_flag=True, section=OUTPUT, help=N_("Replace a codebook that is there already."))
@click.pass_obj
def draft(console: Console, file: Path, out: Path, encoding: str | None, sheet: str | None, *, force: bool) -> None:
    """Draft and write."""
    from hashar.assess.services import codebooks  # noqa: PLC0415  (pyarrow: not needed for --help)
    from hashar.cli.tables import STANDARD_OUTPUT, check_new  # noqa: PLC0415  (as above)
    from hashar.reports.render.files import write_text  # noqa: PLC0415  (as above)

    check_new(out, file, force=force)
    drafted = codebooks.draft(file=file, translator=console.translator, encoding=encoding, sheet=sheet)
    for note in drafted.notes:
        console.note(note.message, **note.values)
    if out == STANDARD_OUTPUT:
        console.result(drafted.text)
        return
    write_text(out, drafted.text)
    console.done(
        N_(
            "A draft for {columns} columns was written to {path}. Complete what is marked “check”, "
            "then run “hashar codebook check”."
        ),
        columns=drafted.columns,
        path=out,
    )


@codebook.command(
    cls=TaughtCommand,
    short_help=N_("List every problem of a codebook at once."),
    help=N_("Checks a codebook, alone or against survey files, and lists every problem with line, column and remedy."),
    examples=[("hashar codebook check codebook.yaml wave2022.sav wave2024.sav", N_("Check it against both waves:"))],
)
@click.argument(
    "files",
    cls=Argument,
    type=FILE,
    nargs=-1,
    required=True,
    metavar="CODEBOOK [FILE]…",
    help=N_("The codebook (.yaml), and survey files that it should fit."),
)
@click.pass_obj
def check(console: Console, files: tuple[Path, ...]) -> None:
    """Check; problems are an error with exit code 4."""
    from hashar.assess.services import codebooks  # noqa: PLC0415  (pyarrow: not needed for --help)

    book = next((path for path in files if path.suffix.lower() in (".yaml", ".yml")), files[0])
    surveys = [path for path in files if path != book]
    for note in codebooks.check(codebook=book, files=surveys):
        console.note(note.message, **note.values)
    console.done(N_("{path}: no problems found."), path=book)
