"""What the user sees beside the result: notes, progress and errors, on standard error, in their language."""

import contextlib
import errno
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

import click

from hashar.cli.exit_codes import PIPE_CLOSED
from hashar.errors import HasharError, OutputError
from hashar.i18n import LANGUAGES, N_, Translator, negotiate

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is."""


Steps = Callable[[str, int, int], None]
"""Called with what is being done (a msgid, empty at the end), how much of it is done and how much there is."""


class Console:
    """One run's texts and standard error.

    ``debug`` lets a traceback through when something unexpected happens.
    """

    def __init__(self, language: str, *, debug: bool = False) -> None:
        self.translator = Translator(language)
        self.debug = debug

    def text(self, message: str, /, **values: object) -> str:
        """``message`` in the user's language."""
        return self.translator.gettext(message, **values)

    def note(self, message: str, /, **values: object) -> None:
        """One line about something the user should know; the run goes on."""
        self._line(N_("Note:"), self.text(message, **values), "yellow")

    def done(self, message: str, /, **values: object) -> None:
        """One line about what was done."""
        click.echo(self.text(message, **values), err=True)

    def error(self, error: HasharError) -> None:
        """The sentence of an anticipated error and, below it, every problem found in the same go."""
        self._line(N_("Error:"), self.translator.error(error), "red")
        for problem in error.problems:
            click.echo("  " + self.translator.error(problem), err=True)

    def failure(self, message: str, /, **values: object) -> None:
        """One line about something that is not an anticipated error."""
        self._line(N_("Error:"), self.text(message, **values), "red")

    def _line(self, word: str, sentence: str, colour: str) -> None:
        click.echo(f"{self._styled(self.text(word), colour)} {sentence}", err=True, color=_wants_colour())

    @staticmethod
    def _styled(text: str, colour: str) -> str:
        return click.style(text, fg=colour, bold=True) if _wants_colour() else text

    @contextlib.contextmanager
    def progress(self, message: str) -> Iterator[Progress]:
        """A bar on standard error when that is a terminal, else nothing."""
        if not sys.stderr.isatty():
            yield _silent
            return
        bar: Any
        with click.progressbar(length=1, label=self.text(message), file=sys.stderr, show_pos=False) as bar:

            def advance(done: int, whole: int) -> None:
                bar.length = whole
                bar.update(done - bar.pos)

            yield advance

    @contextlib.contextmanager
    def steps(self) -> Iterator[Steps]:
        """A bar that names what is being done, on standard error when that is a terminal, else nothing."""
        if not sys.stderr.isatty():
            yield _unseen
            return
        bar: Any
        with click.progressbar(length=1, file=sys.stderr, show_pos=False, show_eta=False) as bar:

            def tell(step: str, done: int, whole: int) -> None:
                bar.label = self.text(step) if step else ""
                bar.length = whole
                bar.pos = done  # a new step may begin again at nothing, which the bar's own update cannot
                bar.finished = False
                bar.render_progress()

            yield tell

    def result(self, text: str) -> None:
        """The result itself, on standard output, as it is.

        Raises
        ------
        OutputError
            Standard output leads to a full disk.
        click.exceptions.Exit
            The program that read the output went away: leave quietly.

        """
        try:
            click.echo(text, nl=False)
            sys.stdout.flush()
        except OSError as error:
            # What is still in the buffer would fail again, loudly, when the interpreter closes standard output.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            if error.errno == errno.EPIPE:
                raise click.exceptions.Exit(PIPE_CLOSED) from None
            raise OutputError(
                N_("The result could not be written to standard output: {reason}."), reason=error.strerror
            ) from error


def language_of(arguments: list[str]) -> str:
    """The language of this run: ``--lang``, else HASHAR_LANG, else what the system says, else English."""
    wanted = None
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and position + 1 < len(arguments):
            wanted = arguments[position + 1]
        elif argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
    environment = [os.environ.get(name) for name in ("HASHAR_LANG", "LC_ALL", "LC_MESSAGES", "LANG")]
    return negotiate(wanted, *(value for value in environment if value))


def choose_language(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Check ``--lang``; it was used already, because help and errors are in that language too."""
    if value is not None and value not in LANGUAGES:
        raise click.BadParameter(value, ctx=context, param=parameter)
    return value


def _silent(done: int, whole: int) -> None:
    """No bar."""


def _unseen(step: str, done: int, whole: int) -> None:
    """No bar."""


def _wants_colour() -> bool:
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
