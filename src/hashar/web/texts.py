"""Texts that wait for their language: labels of forms, which are written once and shown to many."""

from django.utils.functional import lazy
from django.utils.translation import get_language

from hashar.errors import HasharError
from hashar.i18n import Translator, negotiate


def _in_current_language(message: str) -> str:
    return Translator(negotiate(get_language())).gettext(message)


def waiting(message: str) -> str:
    """``message`` (marked with ``N_``), translated at the moment it is shown."""
    return lazy(_in_current_language, str)(message)


def sentence(error: HasharError) -> str:
    """An anticipated error in the language of this request: for forms, which show it beside a field."""
    return Translator(negotiate(get_language())).error(error)
