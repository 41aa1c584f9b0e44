"""Many rows, a portion at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")


def portions(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """The items in their order, ``size`` at a time (itertools.batched comes with Python 3.12)."""
    rest = iter(items)
    while portion := tuple(islice(rest, size)):
        yield portion
