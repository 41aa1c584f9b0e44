"""Modules that are loaded when they are first used.

A web process shows pages all day and seldom draws a picture, sets a PDF or computes a test; the libraries for that take
150 MB and three seconds to load. A module that needs one names it so, and only what is really used is loaded:

    if TYPE_CHECKING:
        import vl_convert
    else:
        vl_convert = late("vl_convert")

The import above is what readers, types and the import contracts see; the line below is what runs. Annotations with
names of such a module need ``from __future__ import annotations``, or they would load it.
"""

from importlib import import_module


class _Late:
    """Stands for a module until something of it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> object:
        return getattr(import_module(self._name), attribute)


def late(name: str) -> _Late:
    """The module ``name``, loaded at its first use; any number of threads may be the first."""
    return _Late(name)
