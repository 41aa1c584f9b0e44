"""The language a text is shown in: seven catalogues, numbers and dates as each language writes them.

Sentences are written in English where they are used and marked with :func:`N_`; they are looked up when shown, by a
:class:`Translator` that is passed along as an argument. There is no global current language.
"""

from hashar.i18n.translator import LANGUAGE_NAMES, LANGUAGES, N_, Text, Translator, negotiate

__all__ = ["LANGUAGES", "LANGUAGE_NAMES", "N_", "Text", "Translator", "negotiate"]
