"""``hashar plan check`` and ``hashar plan import``."""

import datetime as dt
from pathlib import Path

import click

from hashar.cli.console import Console
from hashar.cli.options import FILE, OUTPUT
from hashar.cli.translated import Argument, Option, TaughtCommand, TaughtGroup
from hashar.errors import InputError
from hashar.i18n import N_

plan = TaughtGroup(
    name="plan",
    short_help=N_("Check a logic model; read an official plan."),
    help=N_(
        "A logic model says why a plan should work: problem, factor, local condition, strategy, activity, indicator, "
        "source of data. It is checked like a program before anyone signs."
    ),
    examples=[
        ("hashar plan check model.yaml", N_("List everything that is wrong with a logic model:")),
        ("hashar plan import plan.docx", N_("List what is unsure in a plan:")),
    ],
)


@plan.command(
    cls=TaughtCommand,
    short_help=N_("List everything that is wrong with a logic model."),
    help=N_(
        "Checks a logic model (YAML) like a compiler: links that lead nowhere, conditions without data, targets that "
        "no survey of this size can show, deadlines before their preconditions, plans that only inform. Each "
        "finding has its line, its sentence and its remedy."
    ),
    examples=[("hashar plan check model.yaml", N_("Check a logic model:"))],
)
@click.argument("file", cls=Argument, type=FILE, metavar="FILE", help=N_("The logic model; it is only read."))
@click.pass_obj
def check(console: Console, file: Path) -> None:
    """Check; errors leave with exit code 3, warnings alone with 0."""
    from hashar.plan.contracts.logic_model import Severity  # noqa: PLC0415  (scipy below: not needed for --help)
    from hashar.plan.services.logic_models import compile_file  # noqa: PLC0415  (as above)

    found = compile_file(file=file, today=dt.datetime.now().astimezone().date())
    t = console.translator
    errors = []
    for one in found:
        sentence = t.gettext(one.sentence, **one.values)
        remedy = t.gettext(one.remedy, **one.values)
        line = N_("{file}, line {line}: {rule} {sentence} {remedy}")
        values = {"file": file.name, "line": one.place[0], "rule": one.rule, "sentence": sentence, "remedy": remedy}
        if one.severity is Severity.ERROR:
            errors.append(InputError(line, problems=(), **values))
        else:
            console.note(line, **values)
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise InputError(
            N_("{file}: the logic model has {count} errors."), problems=errors, file=file.name, count=len(errors)
        )
    console.done(N_("{path}: no errors found."), path=file)


@plan.command(
    "import",
    cls=TaughtCommand,
    short_help=N_("Show how an official plan in Word or Excel is understood."),
    help=N_(
        "Reads the table of a plan as it was approved: sections, measures, deadlines, responsible bodies, costs. "
        "Prints what was unsure, row by row. Nothing is stored; with --out the plan is written "
        "again in the official form."
    ),
    examples=[
        ("hashar plan import plan.docx", N_("List what is unsure in a plan:")),
        ("hashar plan import plan.docx --out plan.xlsx", N_("Turn a Word plan into Excel:")),
    ],
)
@click.argument("file", cls=Argument, type=FILE, metavar="FILE", help=N_("The plan; it is only read."))
@click.option(
    "--out",
    "-o",
    cls=Option,
    type=FILE,
    section=OUTPUT,
    metavar="FILE",
    help=N_("Where the official form goes: a name that ends in .docx or .xlsx."),
)
@click.pass_obj
def import_plan(console: Console, file: Path, out: Path | None) -> None:
    """Read, tell what was unsure, write the form again."""
    from hashar.plan.services.official_plans import read_plan_at  # noqa: PLC0415  (lxml: not needed for --help)
    from hashar.reports.official import plan_document  # noqa: PLC0415  (as above)
    from hashar.reports.render.files import write_bytes  # noqa: PLC0415  (as above)

    reading = read_plan_at(path=file)
    t = console.translator
    for one in reading.doubts:
        sentence = t.gettext(one.sentence, **one.values)
        console.note(N_("{file}, row {row}: {sentence}"), file=file.name, row=one.row or "–", sentence=sentence)
    if out is not None:
        write_bytes(out, plan_document(reading.edition, out.suffix.lower().lstrip(".")))
    count, unsure = len(reading.edition.measures), len(reading.doubts)
    console.done(
        N_("{file}: {count} measures were read, {unsure} things are unsure."),
        file=file.name,
        count=count,
        unsure=unsure,
    )
