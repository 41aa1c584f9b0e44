"""What forms let people choose from: tables of words, and the tree of places."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms

from hashar.i18n import Translator
from hashar.places.contracts import Place, PlaceNode
from hashar.places.queries import tree
from hashar.web.texts import waiting

Choices = Iterable[tuple[object, str]]


def shown(words: Mapping[Any, str]) -> list[tuple[str, str]]:
    """A table of words as choices."""
    return [(str(key), waiting(word)) for key, word in words.items()]


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Fill in a field's choices, which are known only when the form is shown."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(name)
    field.choices = list(choices)


def named_places(t: Translator, code: str | None = None) -> Iterator[tuple[Place, str]]:
    """A place and what lies in it (all countries for None), each with the names above it."""

    def walk(node: PlaceNode, above: str) -> Iterator[tuple[Place, str]]:
        name = above + t.pick(node.place.names)
        yield node.place, name
        for part in sorted(node.parts, key=lambda part: t.pick(part.place.names).casefold()):
            yield from walk(part, name + " / ")

    for node in tree(code, depth=3):
        yield from walk(node, "")
