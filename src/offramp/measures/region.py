"""A box in the making: which worlds are in it, by ranks, and where its limits stand."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from offramp.measures.boxes import Box, Fit, Limit, Sample
from offramp.shapes import Bools, Floats, Ints

__all__ = ["End", "Region", "boundary", "ranked"]

End = Literal["high", "low"]


@dataclass(slots=True, eq=False)
class Region:
    """A box in the making, on the worlds of one sample.

    Which worlds are in it is decided by ranks alone, so that a real column on another scale (its logarithm, say)
    gives the same worlds. The limits in the column's own numbers are kept beside the ranks, and tell the same worlds
    of the sample apart.

    Attributes
    ----------
    sample : Sample
        Every world in it is left.
    codes : Ints
        ``[column, world]``: the rank of each value among the distinct values of its column.
    levels : list of Floats
        ``[rank]`` for each column: the distinct values, ascending.
    order : Ints
        ``[column, place]``: worlds by ascending value.
    ends : dict
        For either end ``[column]``: the outermost rank inside.
    limits : dict
        For either end ``[column]``: the limit; infinite where open, and for categories.
    allowed : dict
        ``[rank]`` for each category: the values inside.
    """

    sample: Sample
    codes: Ints
    levels: list[Floats]
    order: Ints
    ends: dict[End, Ints]
    limits: dict[End, Floats]
    allowed: dict[int, Bools]

    def copy(self) -> Region:
        """Return a region that can be changed without changing this one."""
        return replace(
            self,
            ends={end: ranks.copy() for end, ranks in self.ends.items()},
            limits={end: values.copy() for end, values in self.limits.items()},
            allowed={column: inside.copy() for column, inside in self.allowed.items()},
        )

    def box(self) -> Box:
        """Return the box as it stands."""
        found = []
        for column, kind in enumerate(self.sample.kinds):
            low, high = float(self.limits["low"][column]), float(self.limits["high"][column])
            if kind == "category" and not self.allowed[column].all():
                among = tuple(self.levels[column][self.allowed[column]].tolist())
                found.append(Limit(column, kind, among=among))
            elif low > -math.inf or high < math.inf:
                found.append(Limit(column, kind, low, high))
        return Box(tuple(found))

    def fit(self, whole: tuple[int, int]) -> Fit:
        """Measure the region; `whole` counts all worlds and all of interest, those not left included."""
        inside = np.ones(len(self.sample.table), dtype=np.bool_)
        for column in self.box().columns:
            inside &= self.meets(column)
        return Fit.of(int(inside.sum()), int((inside & self.sample.interest).sum()), whole)

    def meets(self, column: int) -> Bools:
        """Tell which worlds the column lets in: ``[world]``."""
        codes = self.codes[column]
        if column in self.allowed:
            let_in: Bools = self.allowed[column][codes]
        else:
            let_in = (codes >= self.ends["low"][column]) & (codes <= self.ends["high"][column])
        return let_in

    def without(self, column: int) -> Region:
        """Return the region that leaves a column free."""
        free = self.copy()
        if column in free.allowed:
            free.allowed[column][:] = True
        free.ends["low"][column], free.ends["high"][column] = 0, len(self.levels[column]) - 1
        free.limits["low"][column], free.limits["high"][column] = -math.inf, math.inf
        free.separate()
        return free

    def limit(self, column: int, end: End, beyond: int) -> None:
        """Set a limit between the outermost value inside and the next outside."""
        values = self.levels[column]
        inside, outside = float(values[self.ends[end][column]]), float(values[beyond])
        whole = self.sample.kinds[column] == "integer"
        self.limits[end][column] = inside if whole else boundary(inside, outside)

    def separate(self) -> None:
        """Set those limits anew that no longer tell the worlds inside from the others.

        A world that two columns kept out may lie between a limit and the worlds inside. It would come in once the
        other column lets it in.
        """
        inside = np.ones(len(self.sample.table), dtype=np.bool_)
        for column, levels in enumerate(self.levels):
            codes = self.codes[column]
            if column in self.allowed:
                inside &= self.meets(column)
                continue
            below = codes[inside & (codes < self.ends["low"][column])]
            if len(below) and levels[below.max()] >= self.limits["low"][column]:
                self.limit(column, "low", int(below.max()))
            above = codes[inside & (codes > self.ends["high"][column])]
            if len(above) and levels[above.min()] <= self.limits["high"][column]:
                self.limit(column, "high", int(above.min()))
            values = self.sample.table[:, column]
            inside &= (values >= self.limits["low"][column]) & (values <= self.limits["high"][column])


def boundary(inside: float, outside: float) -> float:
    """Return the middle of two neighbouring values, or the inner one where rounding brings it onto the outer."""
    middle = 0.5 * inside + 0.5 * outside
    return inside if middle == outside else middle


def ranked(sample: Sample) -> Region:
    """Sort the columns of a sample, and return the region that holds all worlds."""
    values = np.ascontiguousarray(sample.table.T)
    order = np.argsort(values, axis=1)
    ordered = np.take_along_axis(values, order, axis=1)
    new = np.ones(values.shape, dtype=np.bool_)
    new[:, 1:] = ordered[:, 1:] > ordered[:, :-1]
    codes = np.empty_like(order)
    np.put_along_axis(codes, order, new.cumsum(axis=1) - 1, axis=1)
    levels = [row[first] for row, first in zip(ordered, new, strict=True)]
    count = len(levels)
    highest = np.array([len(level) - 1 for level in levels], dtype=np.int64)
    return Region(
        sample,
        codes,
        levels,
        order,
        {"high": highest, "low": np.zeros(count, dtype=np.int64)},
        {"high": np.full(count, math.inf), "low": np.full(count, -math.inf)},
        {c: np.ones(len(levels[c]), dtype=np.bool_) for c, kind in enumerate(sample.kinds) if kind == "category"},
    )
