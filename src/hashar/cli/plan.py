"""``hashar plan check``."""

import datetime as dt
from pathlib import Path

import click

from hashar.cli.console import Console
from hashar.cli.options import FILE
from hashar.cli.translated import Argument, TaughtCommand, TaughtGroup
from hashar.errors import InputError
from hashar.i18n import N_

plan = TaughtGroup(
    name="plan",
    short_help=N_("Check the logic model of a prevention plan."),
    help=N_(
        "A logic model says why a plan should work: problem, factor, local condition, strategy, activity, indicator, "
        "source of data. It is checked like a program before anyone signs."
    ),
    examples=[("hashar plan check model.yaml", N_("List everything that is wrong with a logic model:"))],
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
