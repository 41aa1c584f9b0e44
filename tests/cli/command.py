"""Run the command line inside the test's process, and look at what it leaves."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from hashar.cli.app import application


@dataclass(frozen=True)
class Outcome:
    """Exit code and the two streams."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, str]]:
        """Standard output as a CSV table."""
        return list(csv.DictReader(io.StringIO(self.out)))


def run(*arguments: str | Path | float, language: str = "en") -> Outcome:
    """``hashar`` with these arguments, in ``language``."""
    runner = CliRunner(env={"HASHAR_LANG": language, "COLUMNS": "100"})
    result = runner.invoke(application, [str(argument) for argument in arguments])
    assert "Traceback" not in result.stderr
    return Outcome(result.exit_code, result.stdout, result.stderr)
