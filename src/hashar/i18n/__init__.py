"""The language a text is shown in: seven catalogues, numbers and dates as each language writes them.

Sentences are written in English where they are used and marked with :func:`N_`; they are looked up when shown, by a
:class:`Translator` that is passed along as an argument. There is no global current language.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from hashar.i18n.mark import N_, Text

if TYPE_CHECKING:
    from hashar.i18n.translator import LANGUAGE_NAMES, LANGUAGES, Translator, negotiate

__all__ = ["LANGUAGES", "LANGUAGE_NAMES", "N_", "Text", "Translator", "negotiate"]


def __getattr__(name: str) -> object:
    """Load the translator only where something is translated: marking a text must not need Babel."""
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module("hashar.i18n.translator"), name)
