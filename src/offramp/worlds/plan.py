"""Which unknown comes from which coordinates, and in which order the derived ones are computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

import numpy as np

from offramp.errors import CaseError, Path
from offramp.expressions import evaluate, names
from offramp.model.parts import Case, Choice, Derived, Order, Range, View
from offramp.shapes import Floats
from offramp.worlds import laws, orders

__all__ = ["Plan", "axis_name", "plan_of"]

Law = Range | Choice | Derived


@dataclass(frozen=True, slots=True)
class Plan:
    """How points become values.

    Attributes
    ----------
    names : tuple of str
        Every unknown: those of the case in its order, then the ordered worths.
    laws : Mapping of str to Range, Choice or Derived
        By unknown, under the view.
    orders : tuple of Order
        The ordered worths, drawn together.
    axes : tuple of str
        What each coordinate moves: an unknown, or an order (one name for all its coordinates). The axes of
        the case come first; `extra` more follow, for unknowns that are derived in the case and drawn under
        the view.
    spans : Mapping of str to slice
        The columns of an axis name.
    parents : Mapping of str to tuple of str
        By derived unknown, what it is computed from; in an order in which they can be computed.
    """

    names: tuple[str, ...]
    laws: Mapping[str, Law]
    orders: tuple[Order, ...]
    axes: tuple[str, ...]
    extra: int
    spans: Mapping[str, slice]
    parents: Mapping[str, tuple[str, ...]]

    def values(self, points: Floats, fixed: Mapping[str, Floats]) -> Floats:
        """Values ``[1 + N, unknown]`` of the points ``[N, axis]``: the best guess, then the draws.

        Parameters
        ----------
        points : Floats
            Coordinates in the unit cube.
        fixed : Mapping of str to Floats
            Unknowns held at values ``[1 + N]`` in place of their law; what is derived from them follows.
        """
        drawn: dict[str, Floats] = {}
        for name, law in self.laws.items():
            if not isinstance(law, Derived):
                column = laws.through(law, points[:, self.spans[name].start])
                drawn[name] = np.concatenate(([laws.best_guess(law)], column))
        for order in self.orders:
            block = orders.worths(points[:, self.spans[axis_name(order)]])
            block = np.vstack((orders.centroid(len(order.names)), block))
            drawn.update(zip(order.names, block.T, strict=True))
        drawn.update(fixed)
        rows = len(points) + 1
        for name in self.parents:
            law = self.laws[name]
            if name not in fixed and isinstance(law, Derived):
                drawn[name] = np.broadcast_to(evaluate(law.expression, drawn), (rows,))
        if not self.names:
            return np.empty((rows, 0))
        return np.stack([drawn[name] for name in self.names], axis=1)


def axis_name(order: Order) -> str:
    """The name of an order's axes: what its worths' names have in common, ``<owner path>.prefers``."""
    return order.names[0].rpartition(".")[0] or order.names[0]


def plan_of(case: Case, view: View | None = None) -> Plan:
    """Work out how the case's unknowns are drawn, under a view where one is given.

    Raises
    ------
    CaseError
        An unknown is derived from itself by a circle, or from something that is not an unknown, or has a law
        that cannot be drawn from; or the view restricts something that is not an unknown of the case.
    """
    together = {name for order in case.orders for name in order.names}
    law_of: dict[str, Law] = {n: unknown.law for n, unknown in case.unknowns.items() if n not in together}
    path_of: dict[str, Path] = {name: unknown.path for name, unknown in case.unknowns.items()}
    if view is not None:
        for name, law in view.unknowns.items():
            path = (*view.path, name)
            if name not in law_of:
                hint = "It is drawn together with the others of its order" if name in together else ""
                message = f"the view '{view.id}' restricts '{name}', which it cannot"
                raise CaseError(message, code="view-name", hint=hint, path=path, at_key=True)
            law_of[name], path_of[name] = law, path
    for name, law in law_of.items():
        if not isinstance(law, Derived):
            laws.check(name, law, path_of[name])

    ranked = tuple(order for order in case.orders if order.names)
    worths = tuple(name for order in ranked for name in order.names)
    own = [n for n, u in case.unknowns.items() if not isinstance(u.law, Derived) and n not in together]
    more = [name for name, law in law_of.items() if name not in own and not isinstance(law, Derived)]
    axes = list(own)
    spans = {name: slice(position, position + 1) for position, name in enumerate(own)}
    for order in ranked:
        spans[axis_name(order)] = slice(len(axes), len(axes) + len(order.names))
        axes += [axis_name(order)] * len(order.names)
    for name in more:
        spans[name] = slice(len(axes), len(axes) + 1)
        axes.append(name)
    parents = _parents(law_of, path_of, worths)
    return Plan((*law_of, *worths), law_of, ranked, tuple(axes), len(more), spans, parents)


def _parents(
    law_of: Mapping[str, Law], path_of: Mapping[str, Path], worths: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """What each derived unknown is computed from, in an order in which they can be computed."""
    parents: dict[str, tuple[str, ...]] = {}
    known = {*law_of, *worths}
    for name, law in law_of.items():
        if isinstance(law, Derived):
            parents[name] = tuple(sorted(names(law.expression)))
            for parent in parents[name]:
                if parent not in known:
                    message = f"'{name}' is derived from '{parent}', which is not an unknown"
                    raise CaseError(message, code="unknown-name", path=path_of[name])
    try:
        sequence = tuple(TopologicalSorter(parents).static_order())
    except CycleError as fault:
        circle = [str(name) for name in fault.args[1]]
        first = min(circle, key=list(law_of).index)
        turned = circle[circle.index(first) : -1] + circle[: circle.index(first)]
        told = " from ".join(f"'{name}'" for name in [first, *reversed(turned)])
        raise CaseError(
            f"{told}: derived in a circle",
            code="cycle",
            hint="Give one of them a range of its own",
            path=path_of[first],
        ) from None
    return {name: parents[name] for name in sequence if name in parents}
