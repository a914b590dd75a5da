"""Effects of levers as columns: contrasts of their levels, and products of these for levers together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import prod, sqrt

import numpy as np
from scipy.linalg import helmert

from offramp.shapes import Floats, Ints

__all__ = ["Effects"]


class Effects:
    """Columns for a constant, for single levers, pairs of them and so on, as far as they are few.

    A lever's columns Z are such that Z Z' is 1 for equal levels and the same for any two different ones, so that it
    does not matter in which order levels stand; every column of one package has a sum of squares of 1 per group.

    Parameters
    ----------
    sizes : sequence of int
        Levels of each lever.
    order : int
        The most levers together.
    most : int
        Columns; an order is left out that would make more.

    Attributes
    ----------
    groups : list of tuple of int
        The levers of each group, the constant (no levers) first.
    group : Ints
        ``[column]``, its group.
    order : int
        The highest that is in.
    """

    def __init__(self, sizes: Sequence[int], order: int, most: int) -> None:
        free = [n for n, size in enumerate(sizes) if size > 1]
        self._contrasts = {n: helmert(sizes[n]).T * sqrt(sizes[n] / (sizes[n] - 1)) for n in free}
        self.groups: list[tuple[int, ...]] = [()]
        widths, self.order = [1], 0
        for together in range(1, min(order, len(free)) + 1):
            groups = list(combinations(free, together))
            wide = [prod(sizes[n] - 1 for n in levers) for levers in groups]
            if sum(widths) + sum(wide) > most:
                break
            self.groups += groups
            widths += wide
            self.order = together
        self.group: Ints = np.repeat(np.arange(len(widths)), widths)

    def rows(self, levels: Ints) -> Floats:
        """Return ``[package, column]`` of packages with levels ``[package, lever]``."""
        single = {n: contrasts[levels[:, n]] for n, contrasts in self._contrasts.items()}
        built: dict[tuple[int, ...], Floats] = {(): np.ones((len(levels), 1))}
        for levers in self.groups[1:]:
            before, last = built[levers[:-1]], single[levers[-1]]
            built[levers] = (before[:, :, None] * last[:, None, :]).reshape(len(levels), -1)
        return np.concatenate([built[levers] for levers in self.groups], axis=1)
