"""What was made lately, kept in this process for the next reader."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Shelf(Generic[Made]):
    """What was made lately, at most ``size`` of it; for several threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[object, Made] = OrderedDict()
        self._lock = Lock()

    def find(self, key: object) -> Made | None:
        """What is kept under ``key``."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: object, made: Made) -> None:
        """Keep it, instead of what was used longest ago."""
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)

    def get(self, key: object, make: Callable[[], Made]) -> Made:
        """What is kept under ``key``, or what ``make`` makes now."""
        found = self.find(key)
        if found is None:
            found = make()
            self.put(key, found)
        return found

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()
