"""Translator: one language's texts, numbers and dates."""

import datetime as dt
import gettext
from collections.abc import Mapping
from functools import cache
from importlib import resources

import babel
from babel import dates, numbers

from hashar.errors import HasharError
from hashar.i18n.mark import Text

LANGUAGES = ("en", "ru", "kk", "ky", "uz", "tg", "tk")
LANGUAGE_NAMES: Mapping[str, str] = {
    "en": "English",
    "ru": "Русский",
    "kk": "Қазақша",
    "ky": "Кыргызча",
    "uz": "Oʻzbekcha",
    "tg": "Тоҷикӣ",
    "tk": "Türkmençe",
}


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    with (resources.files("hashar.i18n") / "catalogues" / f"{language}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


@cache
def _locale(language: str) -> babel.Locale:
    return babel.Locale.parse({"uz": "uz_Latn"}.get(language, language))


class Translator:
    """Texts, numbers and dates in one of :data:`LANGUAGES`.

    Raises
    ------
    KeyError
        For a language outside :data:`LANGUAGES`; use :func:`negotiate` on what a user typed.

    """

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise KeyError(language)
        self.language = language
        self.locale = _locale(language)
        self._catalogue = _catalogue(language)

    def gettext(self, message: str, /, **values: object) -> str:
        """``message`` in this language, its ``{named}`` places filled."""
        translated = self._catalogue.gettext(message) if message else ""
        return translated.format(**values) if values else translated

    def ngettext(self, singular: str, plural: str, count: int, /, **values: object) -> str:
        """The form for ``count`` (also available as ``{count}``, written as this language writes numbers)."""
        translated = self._catalogue.ngettext(singular, plural, count)
        return translated.format(count=self.integer(count), **values)

    def pick(self, text: Text) -> str:
        """The author's text in this language, else English, else Russian, else whatever there is."""
        for language in (self.language, "en", "ru"):
            if text.get(language):
                return text[language]
        return next(iter(text.values()), "")

    def error(self, error: HasharError) -> str:
        """An anticipated error as the user reads it; values that are texts themselves are not translated."""
        return self.gettext(error.message).format(**error.values)

    def decimal(self, value: float, digits: int = 1) -> str:
        """``value`` with exactly ``digits`` decimals."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return str(numbers.format_decimal(value, format=pattern, locale=self.locale))

    def integer(self, value: int) -> str:
        """A whole number with this language's grouping."""
        return self.decimal(value, 0)

    def percent(self, share: float, digits: int = 1) -> str:
        """A share (0–1) as a percentage with ``digits`` decimals and the sign where this language puts it."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "") + "%"
        spaced = pattern[:-1] + "\N{NO-BREAK SPACE}%" if self.language in ("ru", "kk", "ky", "tg", "tk") else pattern
        return str(numbers.format_percent(share, format=spaced, locale=self.locale))

    def date(self, value: dt.date) -> str:
        """A date in the language's long form."""
        return str(dates.format_date(value, format="long", locale=self.locale))


def negotiate(*wanted: str | None) -> str:
    """The first of ``wanted`` (``--lang``, then environment values such as ``kk_KZ.UTF-8``) that is a language of ours.

    Returns ``"en"`` when none is.
    """
    for value in wanted:
        language = (value or "").replace("-", "_").split("_")[0].split(".")[0].lower()
        if language in LANGUAGES:
            return language
    return "en"
