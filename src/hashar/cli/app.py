"""The command ``hashar``: parse, call once, answer; every failure becomes one sentence and an exit code."""

import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Sequence
from importlib import metadata
from typing import Any, NoReturn

import click

from hashar.cli.backup import backup
from hashar.cli.change import change
from hashar.cli.codebook import codebook
from hashar.cli.console import Console, language_of
from hashar.cli.demo import demo
from hashar.cli.detectable import detectable
from hashar.cli.doctor import doctor
from hashar.cli.estimate import estimate
from hashar.cli.exit_codes import INTERRUPTED, STOPPED, UNEXPECTED, exit_code
from hashar.cli.plan import plan
from hashar.cli.profile import profile
from hashar.cli.restore import restore
from hashar.cli.serve import serve
from hashar.cli.translated import HELP_SECTION, Option, TaughtGroup, console_of, usage_error
from hashar.cli.user import user
from hashar.cli.worker import worker
from hashar.errors import EngineError, HasharError, UsageError
from hashar.i18n import N_


class Application(TaughtGroup):
    """The root: it alone turns exceptions into sentences and exit codes."""

    def main(self, args: Sequence[str] | None = None, prog_name: str = "hashar", **extra: Any) -> NoReturn:  # type: ignore[override]  # noqa: ANN401  (click's, less its modes)
        """Run with ``args`` (else the process's own) and leave with the exit code."""
        arguments = list(sys.argv[1:] if args is None else args)
        console = Console(language_of(arguments), debug="--debug" in arguments)
        extra.pop("standalone_mode", None)
        sys.exit(_answer(console, arguments, lambda: self._run(arguments, prog_name, console, extra)))

    def _run(self, arguments: list[str], name: str, console: Console, extra: dict[str, Any]) -> int:
        outcome = super().main(arguments, name, standalone_mode=False, obj=console, **extra)
        return outcome if isinstance(outcome, int) else 0


def _answer(console: Console, arguments: Sequence[str], run: Callable[[], int]) -> int:
    try:
        return run()
    except (click.UsageError, HasharError, MemoryError) as error:
        return _refuse(console, arguments, error)
    except (click.Abort, KeyboardInterrupt):
        console.failure(N_("Interrupted; nothing was written."))
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  (the last stop: a traceback never reaches a user)
        return _unexpected(console, error)


def _refuse(console: Console, arguments: Sequence[str], error: click.UsageError | HasharError | MemoryError) -> int:
    """Say what is wrong; for a wrong command line also where it is explained."""
    anticipated = _anticipated(error)
    console.error(anticipated)
    if isinstance(anticipated, UsageError):
        console.done(N_("“{command} --help” explains it."), command=_called(arguments))
    return exit_code(anticipated)


def _called(arguments: Sequence[str]) -> str:
    """The command that ``arguments`` call, as it is typed."""
    words = ["hashar"]
    group: click.Command = application
    for argument in arguments:
        if isinstance(group, click.Group) and argument in group.commands:
            words.append(argument)
            group = group.commands[argument]
    return " ".join(words)


def _anticipated(error: click.UsageError | HasharError | MemoryError) -> HasharError:
    if isinstance(error, click.UsageError):
        return usage_error(error)
    if isinstance(error, MemoryError):
        return EngineError(N_("The memory is too small for this. Close other programs, or use --engine duckdb."))
    return error


def _unexpected(console: Console, error: Exception) -> int:
    if console.debug:
        traceback.print_exception(error)
    console.failure(
        N_("Something unexpected happened ({kind}). Run the same command with --debug and report what it shows."),
        kind=type(error).__name__,
    )
    return UNEXPECTED


def _show_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:  # noqa: ARG001, FBT001  (the signature click calls)
    if value:
        console_of(context).result(f"hashar {metadata.version('hashar')}\n")
        context.exit()


application = Application(
    name="hashar",
    help=N_(
        "From a school-survey file to a community prevention profile: data quality, estimates with their uncertainty, "
        "risk and protective factors, priorities. Everything is computed on this computer; nothing is sent anywhere."
    ),
    examples=[
        ("hashar demo", N_("See it on a real survey that comes with the program:")),
        ("hashar codebook draft survey.sav -o codebook.yaml", N_("Begin with your own file by drafting its codebook:")),
        ("hashar profile survey.sav --codebook codebook.yaml --out profile", N_("Then make the profile:")),
    ],
    params=[
        Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            section=HELP_SECTION,
            help=N_("Show the version."),
        )
    ],
)
for _command in (profile, estimate, change, detectable, plan, codebook, demo):
    application.add_command(_command)
for _command in (serve, worker, doctor, backup, restore, user):
    application.add_command(_command)


def _stop(number: int, frame: object) -> NoReturn:  # noqa: ARG001  (the signature the system calls)
    """Unwind, so that temporary files go, when the system asks the program to end."""
    raise SystemExit(STOPPED)


def _open_streams() -> None:
    """Where the caller closed a standard stream, what goes there goes nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123  (open to the end)


def main() -> NoReturn:
    """What the ``hashar`` script does once it is loaded."""
    if "--debug" not in sys.argv:
        warnings.simplefilter("ignore")  # what libraries tell programmers is not for users; ours are notes
    _open_streams()
    signal.signal(signal.SIGTERM, _stop)
    application.main()
