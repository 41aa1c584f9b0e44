"""Marking texts for translation: apart from translating, so that the numbers need nothing that translating needs."""

from collections.abc import Mapping

Text = Mapping[str, str]
"""A text that its author wrote in several languages: language code → text (codebook labels, names of factors)."""


def N_(message: str) -> str:  # noqa: N802  (gettext's own name for "translate later")
    """Mark ``message`` for the catalogues; it is translated when it is shown."""
    return message
