"""The one tree of anticipated errors.

    HasharError                     a sentence for the user, with its remedy
    ├── UsageError                  the call itself is off (unknown option value, options that exclude each other)
    ├── InputError                  the survey file cannot be read, or what it holds cannot be used
    ├── CodebookError               the codebook is wrong, or does not fit the file
    ├── DesignError                 the sampling design cannot be what it says
    ├── EstimationError             this number cannot be computed from these data
    ├── DisclosureError             publishing this would reveal someone
    ├── EngineError                 a computing back end is missing or failed
    ├── OutputError                 the result cannot be written
    ├── Forbidden                   this person may not do this, and who may
    ├── NotFound                    there is no such thing (or not any more)
    ├── Conflict                    somebody else changed it in between, or it is already there
    └── TooLarge                    what was sent is larger than this site takes

Every error is one translatable sentence (``message``, a gettext msgid with ``{named}`` places) plus the values for its
places. ``hashar.cli`` holds the one table from class to exit code, ``hashar.http_status`` the one from class to HTTP
status.
A message says *what*, *where* and *what to do*.
"""

from collections.abc import Sequence


class HasharError(Exception):
    """An anticipated error: a translatable sentence with the remedy.

    Parameters
    ----------
    message
        msgid of the sentence, marked with ``N_`` where it is written, with ``{named}`` places.
    problems
        Further errors found in the same go (a codebook lists all its problems at once).
    values
        What fills the places.

    """

    def __init__(self, message: str, /, *, problems: Sequence["HasharError"] = (), **values: object) -> None:
        super().__init__(message, values)
        self.message = message
        self.values = values
        self.problems = tuple(problems)

    def __str__(self) -> str:
        """The English sentence, for logs and tests; the user sees ``hashar.i18n.Translator.error``."""
        return self.message.format(**self.values)

    def stored(self) -> dict[str, object]:
        """As it is kept in a row: its msgid and the values for its places, as words."""
        return {"message": self.message, "values": {name: str(value) for name, value in self.values.items()}}


class UsageError(HasharError):
    """The call itself is off."""


class InputError(HasharError):
    """The survey file cannot be read, or what it holds cannot be used."""


class CodebookError(HasharError):
    """The codebook is wrong, or does not fit the file."""


class DesignError(HasharError):
    """The sampling design cannot be what it says."""


class EstimationError(HasharError):
    """The number cannot be computed from these data."""


class DisclosureError(HasharError):
    """Publishing this would reveal someone."""


class EngineError(HasharError):
    """A computing back end is missing or failed."""


class OutputError(HasharError):
    """The result cannot be written."""


class Forbidden(HasharError):
    """Whoever asks may not do this."""


class NotFound(HasharError):
    """There is no such thing."""


class Conflict(HasharError):
    """Somebody else changed it in between, or it is already there."""


class TooLarge(HasharError):
    """What was sent is larger than this site takes."""
