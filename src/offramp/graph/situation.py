"""A graph in one world: the values that its expressions have there."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import numpy as np

from offramp.errors import Path, WorldError
from offramp.expressions import Node, Open
from offramp.graph.graph import Graph
from offramp.shapes import Floats

__all__ = ["Situation"]

T = TypeVar("T")


class Situation:
    """A graph in one world; every expression is evaluated there at most once.

    What is kept here or in the graph is not to be written to. Divisions by zero and overflows may warn, as NumPy is
    set where the values are asked for.

    Parameters
    ----------
    graph
    world
        The value of every unknown, and of ``time`` where expressions turn on it.
    """

    def __init__(self, graph: Graph, world: Mapping[str, Any]) -> None:
        self.graph, self.world = graph, world
        self._values: dict[int, Floats] = {}
        self._once: dict[object, Any] = {}

    def at(self, time: float) -> Situation:
        """Return the world at a date."""
        return Situation(self.graph, {**self.world, "time": time})

    def once(self, key: object, make: Callable[[], T]) -> T:
        """Return what belongs to this world, made when it is first asked for."""
        if key not in self._once:
            self._once[key] = make()
        found: T = self._once[key]
        return found

    def shared(self, key: object, nodes: Iterable[Node], make: Callable[[], T]) -> T:
        """Return what is made of some expressions; the same object in every world where no world changes them."""
        if any(isinstance(self.graph.settled(node), Open) for node in nodes):
            return self.once(key, make)
        return self.graph.once(key, make)

    def value(self, node: Node) -> Floats:
        """Return the value of an expression in every state; broadcasts to [C, P]."""
        settled = self.graph.settled(node)
        if not isinstance(settled, Open):
            return settled
        found = self._values.get(id(settled))
        if found is None:
            found = self._values[id(settled)] = np.asarray(settled.of(self.world), dtype=np.float64)
        return found

    def scalar(self, node: Node, path: Path, *, low: float | None = None) -> float:
        """Return the value of a number that does not depend on the state.

        Raises
        ------
        WorldError
            If it is not finite, or below ``low``.
        """
        settled = self.graph.settled(node)
        value = float(settled.of(self.world) if isinstance(settled, Open) else settled)
        if not math.isfinite(value):
            raise WorldError("the number is not finite", code="non-finite",
                             hint="look for a division by 0", path=path)  # fmt: skip
        if low is not None and value < low:
            raise WorldError(f"the number is {value:g}, below {low:g}", code="range",
                             hint=f"wrap it in max({low:g}, ...), or narrow its range", path=path)  # fmt: skip
        return value
