"""The command line: parse, call the domain once, answer."""

from typing import NoReturn

__all__ = ["main"]

INTERRUPTED = 130
"""As in ``hashar.cli.exit_codes``, which may not be loaded yet when the interruption comes."""


def main() -> NoReturn:
    """The entry point of the ``hashar`` script; interrupted while the program loads, it leaves quietly."""
    try:
        from hashar.cli import app  # noqa: PLC0415  (an interruption while it loads is caught here)

        app.main()
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
