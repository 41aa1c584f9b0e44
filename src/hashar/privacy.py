"""How private a stored field is. Every field of every table says so; a test refuses one that does not.

At the bottom of the house, beside ``errors``, because every app's models need it.
"""

from enum import StrEnum


class Privacy(StrEnum):
    """What may happen with a field's content."""

    PUBLIC = "public"
    """May be shown to anyone who is signed in, and may leave the site."""
    INTERNAL = "internal"
    """For the organisation that owns the row; it says nothing about a person."""
    PERSONAL = "personal"
    """About a person who uses the site: exported to them on request, erased on request, never logged."""
    SECRET = "secret"  # noqa: S105  (a class of fields, not a password)
    """Digests, keys, codes: never shown, never exported, never logged."""
