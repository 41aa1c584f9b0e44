"""Files as input: survey files of five formats, and codebooks."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashar.assess.sources.codebook import codebook_fingerprint, load_codebook
    from hashar.assess.sources.files import read_survey
    from hashar.assess.sources.inspection import look

__all__ = ["codebook_fingerprint", "load_codebook", "look", "read_survey"]

_HOME = {
    "codebook_fingerprint": "codebook",
    "load_codebook": "codebook",
    "look": "inspection",
    "read_survey": "files",
}


def __getattr__(name: str) -> object:
    """Load a reader only when it is used: each format brings a library that takes long to load."""
    if name not in _HOME:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
