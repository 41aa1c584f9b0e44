"""The one table from what happened to the exit code, for ``--help``, the documentation and the program itself."""

from dataclasses import dataclass

from hashar import errors
from hashar.i18n import N_


@dataclass(frozen=True)
class ExitCode:
    """One exit code: the error class it stands for (none for what is not an anticipated error) and its meaning."""

    code: int
    meaning: str
    error: type[errors.HasharError] | None = None


EXIT_CODES = (
    ExitCode(0, N_("Done.")),
    ExitCode(1, N_("“hashar doctor” found something that must be mended.")),
    ExitCode(2, N_("The command line is wrong: an unknown option, a missing or contradictory one."), errors.UsageError),
    ExitCode(3, N_("A file cannot be read, or what it holds cannot be used."), errors.InputError),
    ExitCode(4, N_("The codebook is wrong, or does not fit the file."), errors.CodebookError),
    ExitCode(5, N_("The sampling design cannot be what it says: weights, strata, clusters."), errors.DesignError),
    ExitCode(6, N_("The number cannot be computed from these data."), errors.EstimationError),
    ExitCode(7, N_("Publishing this would reveal someone."), errors.DisclosureError),
    ExitCode(8, N_("A computing engine is missing or failed, or the memory is too small."), errors.EngineError),
    ExitCode(9, N_("The result cannot be written: disk full, no permission."), errors.OutputError),
    ExitCode(10, N_("Whoever asks may not do this."), errors.Forbidden),
    ExitCode(11, N_("There is no such thing (any more)."), errors.NotFound),
    ExitCode(12, N_("It is there already, or somebody else changed it in between."), errors.Conflict),
    ExitCode(13, N_("What was given is larger than the site takes."), errors.TooLarge),
    ExitCode(70, N_("Something unexpected happened: a fault of the program.")),
    ExitCode(130, N_("Interrupted from the keyboard; nothing was written.")),
    ExitCode(141, N_("The program that read the output went away.")),
    ExitCode(143, N_("Stopped by the system; nothing was written.")),
)
FOUND, UNEXPECTED, INTERRUPTED, PIPE_CLOSED, STOPPED = 1, 70, 130, 141, 143


def exit_code(error: errors.HasharError) -> int:
    """The code for an anticipated error, by its class."""
    return next((row.code for row in EXIT_CODES if row.error is not None and isinstance(error, row.error)), UNEXPECTED)
