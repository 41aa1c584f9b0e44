"""The command line: parse, call the domain once, answer."""

from hashar.cli.app import main

__all__ = ["main"]
