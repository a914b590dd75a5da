"""The draws of every unknown, by world and name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from offramp.errors import UsageError
from offramp.shapes import Floats
from offramp.worlds.plan import Plan, axis_name

__all__ = ["Worlds", "axes_of", "no_such"]


@dataclass(frozen=True, slots=True, eq=False)
class Worlds:
    """Draws of every unknown of a case.

    Attributes
    ----------
    values : Floats
        ``[1 + N, U]``, read only: row 0 is the best guess, rows 1 to N the draws.
    points : Floats
        ``[N, D]``, read only: the independent coordinates behind the draws (row w - 1 is world w).
    seed : int
        What they were drawn with.
    plan : Plan
        How points become values.
    fixed : Mapping of str to Floats
        Unknowns set by hand, ``[1 + N]`` each.
    """

    values: Floats
    points: Floats
    seed: int
    plan: Plan
    fixed: Mapping[str, Floats]

    @property
    def names(self) -> tuple[str, ...]:
        """Every unknown, derived ones and ordered worths included: the columns of `values`."""
        return self.plan.names

    @property
    def axes(self) -> tuple[str, ...]:
        """What each column of `points` moves: an unknown, or an order (one name for all its columns)."""
        return self.plan.axes

    @property
    def count(self) -> int:
        """The number of draws N, the best guess apart."""
        return len(self.points)

    def column(self, name: str) -> Floats:
        """The values of one unknown, best guess first.

        Raises
        ------
        UsageError
            There is no such unknown.
        """
        if name not in self.names:
            raise no_such(name, self.names)
        return self.values[:, self.names.index(name)]

    def world(self, w: int) -> dict[str, float]:
        """The unknowns of one world by name; world 0 is the best guess."""
        if not 0 <= w <= self.count:
            raise UsageError(f"there is no world {w}; they run from 0 to {self.count}", code="no-world")
        return dict(zip(self.names, self.values[w].tolist(), strict=True))


def axes_of(worlds: Worlds, names: Iterable[str]) -> frozenset[str]:
    """The axes behind some unknowns: the ways in which they can vary.

    An unknown of its own is its own axis, an ordered worth gives its order's, a derived one the axes of
    everything that it is computed from.
    """
    plan = worlds.plan
    order_of = {name: axis_name(order) for order in plan.orders for name in order.names}
    found: set[str] = set()
    left, seen = list(names), set[str]()
    while left:
        name = left.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in plan.parents:
            left += plan.parents[name]
        elif name in plan.spans:
            found.add(name)
        elif name in order_of:
            found.add(order_of[name])
        else:
            raise no_such(name, (*plan.names, *plan.axes))
    return frozenset(found)


def no_such(name: str, known: Iterable[str]) -> UsageError:
    """The error for a name that is no unknown, with the nearest one that is."""
    near = difflib.get_close_matches(name, list(known), n=1)
    hint = f"Did you mean '{near[0]}'?" if near else ""
    return UsageError(f"there is no unknown '{name}'", code="unknown-name", hint=hint)
