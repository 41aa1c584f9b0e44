"""Commands, options and click's own sentences in the user's language; help that teaches by a worked example."""

from collections.abc import Sequence
from typing import Any

import click

from hashar.cli.console import Console, choose_language
from hashar.cli.exit_codes import EXIT_CODES
from hashar.errors import UsageError
from hashar.i18n import LANGUAGES, N_

Example = tuple[str, str]
"""A command line, and the msgid of what it does."""


def console_of(context: click.Context) -> Console:
    """The console that ``hashar.cli.app`` put on the root of this call."""
    console = context.find_root().obj
    return console if isinstance(console, Console) else Console("en")


class Option(click.Option):
    """An option whose help is a msgid; ``section`` (a msgid) says under which heading it is shown."""

    def __init__(self, *arguments: Any, section: str = N_("Options"), **settings: Any) -> None:  # noqa: ANN401  (passed on to click)
        super().__init__(*arguments, **settings)
        self.section = section

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Names and translated help, with the default and whether it must be given."""
        if self.hidden:
            return None
        text = console_of(ctx).text
        names = ", ".join([*self.opts, *self.secondary_opts])
        if not self.is_flag:
            names += f" {self.make_metavar(ctx)}"
        extra = []
        if self.required:
            extra.append(text(N_("required")))
        if self.multiple:
            extra.append(text(N_("may be repeated")))
        default = "" if self.is_flag or not isinstance(self.default, (str, int, float)) else str(self.default)
        if default:
            extra.append(text(N_("default: {value}"), value=default))
        return names, text(self.help or "") + (f"  [{'; '.join(extra)}]" if extra else "")


class Argument(click.Argument):
    """An argument whose help is a msgid."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Its name and translated help."""
        return self.make_metavar(ctx), console_of(ctx).text(self.help or "")


HELP_SECTION = N_("Help and language")


def _general() -> list[click.Parameter]:
    return [
        Option(
            ["--lang"],
            metavar="|".join(LANGUAGES),
            expose_value=False,
            is_eager=True,
            callback=choose_language,
            section=HELP_SECTION,
            help=N_("Language of messages and reports; else HASHAR_LANG, else that of the system."),
        ),
        Option(
            ["--debug"],
            is_flag=True,
            expose_value=False,
            section=HELP_SECTION,
            help=N_("Show the technical details when something unexpected happens."),
        ),
    ]


def _help_option() -> Option:
    def show(context: click.Context, parameter: click.Parameter, value: bool) -> None:  # noqa: ARG001, FBT001  (the signature click calls)
        if value and not context.resilient_parsing:
            console_of(context).result(context.get_help() + "\n")
            context.exit()

    return Option(
        ["--help", "-h"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        section=HELP_SECTION,
        help=N_("Show this explanation."),
    )


class TaughtCommand(click.Command):
    """A command with translated help, worked examples and the exit codes at the end."""

    def __init__(self, *arguments: Any, examples: Sequence[Example] = (), **settings: Any) -> None:  # noqa: ANN401  (passed on to click)
        super().__init__(*arguments, **{**settings, "add_help_option": False})
        self.examples = examples
        self.options_metavar = "[…]"
        self.params = [*self.params, *_general(), _help_option()]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, but options may take several values, and what is left over is refused in our words."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, spread(args, [p for p in self.params if isinstance(p, click.Option)]))
        if rest and not isinstance(self, click.Group):
            raise UsageError(N_("Not expected here: {words}."), words=" ".join(rest))
        return rest

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How to call it."""
        prefix = console_of(ctx).text(N_("Usage:")) + " "
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=prefix)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does, with examples."""
        text = console_of(ctx).text
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(text(self.help or ""))
        if not self.examples:
            return
        with formatter.section(text(N_("Examples"))):
            for line, meaning in self.examples:
                formatter.write_text(text(meaning))
                formatter.write(" " * (formatter.current_indent + 2) + line + "\n\n")

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What stands without a name."""
        records = [p.get_help_record(ctx) for p in self.get_params(ctx) if isinstance(p, Argument)]
        if records:
            with formatter.section(console_of(ctx).text(N_("Files"))):
                formatter.write_dl(records)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options under their headings."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None and isinstance(parameter, Option):
                sections.setdefault(parameter.section, []).append(record)
        for section, records in sections.items():
            with formatter.section(console_of(ctx).text(section)):
                formatter.write_dl(records, col_max=26)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Exit codes."""
        text = console_of(ctx).text
        with formatter.section(text(N_("Exit codes"))):
            formatter.write_dl([(str(row.code), text(row.meaning)) for row in EXIT_CODES])


def spread(arguments: Sequence[str], options: Sequence[click.Option]) -> list[str]:
    """``--by sex grade`` as ``--by sex --by grade``, for options that may be repeated, once the file was named.

    Before the file's name a word after a value is the file.
    """
    repeatable = {name for option in options if option.multiple for name in option.opts}
    alone = {name for option in options if option.is_flag for name in option.opts}
    out: list[str] = []
    current, wants_value, named = "", False, False
    for argument in arguments:
        if argument.startswith("-") and argument != "-":
            current = argument if argument in repeatable else ""
            wants_value = argument not in alone and "=" not in argument
        elif wants_value:
            wants_value = False
        elif named and current:
            out.append(current)
        else:
            current, named = "", True
        out.append(argument)
    return out


class TaughtGroup(TaughtCommand, click.Group):
    """A group of commands, shown in the user's language; called alone, it explains itself."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401  (passed on to click)
        super().__init__(*arguments, **settings, invoke_without_command=True, callback=_explain)
        self.subcommand_metavar = "COMMAND […]"

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Commands, then options."""
        text = console_of(ctx).text
        with formatter.section(text(N_("Commands"))):
            formatter.write_dl([(name, text(c.short_help or "")) for name, c in self.commands.items()])
        super().format_options(ctx, formatter)


@click.pass_context
def _explain(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        console_of(context).result(context.get_help() + "\n")


def usage_error(error: click.UsageError) -> UsageError:
    """What click complains of, as a sentence of ours."""
    match error:
        case click.NoSuchOption():
            return _unknown(
                N_("There is no option {name}."),
                N_("There is no option {name}; did you mean {near}?"),
                error.option_name,
                error.possibilities,
            )
        case click.exceptions.NoSuchCommand():
            return _unknown(
                N_("There is no command “{name}”."),
                N_("There is no command “{name}”; did you mean {near}?"),
                error.command_name,
                error.possibilities,
            )
        case click.MissingParameter():
            return UsageError(N_("{name} is missing."), name=_name(error.param))
        case click.BadParameter():
            return _bad_value(error)
        case click.BadOptionUsage():
            return UsageError(N_("{name} needs a value."), name=error.option_name)
        case _:
            return UsageError(N_("The command line is wrong: {what}"), what=error.format_message())


def _unknown(plain: str, guessed: str, name: str, near: Sequence[str] | None) -> UsageError:
    return UsageError(guessed, name=name, near=", ".join(near)) if near else UsageError(plain, name=name)


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return ""
    return max(parameter.opts, key=len) if isinstance(parameter, click.Option) else (parameter.name or "").upper()


def _bad_value(error: click.BadParameter) -> UsageError:
    name = _name(error.param)
    kind = error.param.type if error.param else None
    if name == "--lang":
        return UsageError(N_("{name} must be one of: {choices}."), name=name, choices=", ".join(LANGUAGES))
    if isinstance(kind, click.Choice):
        return UsageError(N_("{name} must be one of: {choices}."), name=name, choices=", ".join(map(str, kind.choices)))
    if isinstance(kind, (click.FloatRange, click.IntRange)):
        return UsageError(N_("{name} must be a number in the range {range}."), name=name, range=_range(kind))
    if kind in (click.INT, click.FLOAT):
        return UsageError(N_("{name} must be a number."), name=name)
    return UsageError(N_("The value of {name} cannot be used: {what}"), name=name, what=error.message)


def _range(kind: click.FloatRange | click.IntRange) -> str:
    low = "" if kind.min is None else f"{'>' if kind.min_open else '≥'} {kind.min}"
    high = "" if kind.max is None else f"{'<' if kind.max_open else '≤'} {kind.max}"
    return ", ".join(part for part in (low, high) if part)
