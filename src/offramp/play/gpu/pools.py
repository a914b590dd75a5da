"""Arrays of one kind laid end to end; what several worlds have lies there once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import numpy as np

from offramp.shapes import Numbers

__all__ = ["Known", "Pool"]

T = TypeVar("T")


class Known:
    """What has been made from a thing, by the thing's identity."""

    def __init__(self) -> None:
        self._made: dict[Hashable, tuple[object, Any]] = {}

    def once(self, thing: object, make: Callable[[], T], *more: Hashable) -> T:
        """Return what was made from a thing, made now if it is new; ``more`` tells apart several of one thing."""
        key = id(thing), *more
        if key not in self._made:
            self._made[key] = thing, make()
        found: T = self._made[key][1]
        return found


class Pool:
    """Arrays laid end to end.

    Parameters
    ----------
    number
        What they are kept as.
    """

    def __init__(self, number: type[Any]) -> None:
        self._number = number
        self._parts: list[Numbers] = []
        self._used = 0
        self._known = Known()

    def add(self, values: Any) -> int:
        """Lay down an array, and return where it begins."""
        part = np.ascontiguousarray(values, dtype=self._number).ravel()
        offset = self._used
        self._parts.append(part)
        self._used += part.size
        return offset

    def once(self, values: Numbers) -> int:
        """The same; the very same array lies there only once."""
        return self._known.once(values, lambda: self.add(values))

    def whole(self) -> Numbers:
        """Return all of it; never empty, for not every GPU's memory can be."""
        return np.concatenate([*self._parts, np.zeros(1, dtype=self._number)])
