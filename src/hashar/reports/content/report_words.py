"""The words of the progress report, language by language, as its form prints them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def report_words(language: str) -> Mapping[str, str]:
    """Key → words in a language."""
    text = files("hashar.reports.content").joinpath("report_words.toml").read_text(encoding="utf-8")
    found: Mapping[str, str] = tomllib.loads(text)[language]
    return found
