"""Boxes: limits on a few columns, the worlds within them, and how well those are the worlds of interest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from offramp.shapes import Bools, Floats

__all__ = ["Box", "Fit", "Kind", "Limit", "Sample", "checked", "contains", "fit"]

Kind = Literal["real", "integer", "category"]
"""What a column holds: real numbers, whole numbers on a scale, or numbers that only name something."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What a box asks of one column.

    Attributes
    ----------
    column : int
    kind : Kind
    low, high : float
        Both belong to the box; infinite where that end is open.
    among : tuple of float
        The values of a category that belong to the box, ascending; empty for the other kinds.
    """

    column: int
    kind: Kind = "real"
    low: float = -math.inf
    high: float = math.inf
    among: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """Limits on columns, at most one for each, in their order. Without limits all worlds are in it."""

    limits: tuple[Limit, ...] = ()

    @property
    def columns(self) -> tuple[int, ...]:
        """The restricted columns."""
        return tuple(limit.column for limit in self.limits)

    def without(self, column: int) -> Box:
        """Return the box that leaves a column free."""
        return Box(tuple(limit for limit in self.limits if limit.column != column))

    def limited(self, limit: Limit) -> Box:
        """Return the box in which this limit stands for that of its column."""
        return Box(tuple(sorted((*self.without(limit.column).limits, limit), key=lambda item: item.column)))


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a box picks out the worlds of interest.

    Attributes
    ----------
    worlds, hits : int
        Worlds in the box, and those of interest among them.
    coverage : float
        Share of all worlds of interest that are in the box; NaN where none is of interest.
    density : float
        Share of the box's worlds that are of interest (its mean); NaN where the box is empty.
    mass : float
        Share of all worlds that are in the box.
    """

    worlds: int
    hits: int
    coverage: float
    density: float
    mass: float

    @classmethod
    def of(cls, worlds: int, hits: int, whole: tuple[int, int]) -> Fit:
        """Work out the shares; `whole` counts all worlds, and all of interest."""
        all_worlds, all_hits = whole
        coverage = hits / all_hits if all_hits else math.nan
        return cls(worlds, hits, coverage, hits / worlds if worlds else math.nan, worlds / all_worlds)


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Worlds to search, checked: `table` ``[world, column]``, `interest` and `left` ``[world]``, `kinds` by column.

    `left` tells the worlds that no earlier box holds: the others are out of every box, and count in shares alone.
    """

    table: Floats
    interest: Bools
    kinds: tuple[Kind, ...]
    left: Bools

    @property
    def whole(self) -> tuple[int, int]:
        """All worlds, and all of interest."""
        return len(self.table), int(self.interest.sum())

    def fit(self, box: Box) -> Fit:
        """Measure a box on the worlds left."""
        inside = contains(box, self.table) & self.left
        return Fit.of(int(inside.sum()), int((inside & self.interest).sum()), self.whole)

    def after(self, box: Box) -> Sample:
        """Return the sample once the box's worlds are taken out of it."""
        return replace(self, left=self.left & ~contains(box, self.table))

    def part(self, worlds: Bools) -> Sample:
        """Return the sample of a part of the worlds, ``[world]``."""
        return Sample(self.table[worlds], self.interest[worlds], self.kinds, self.left[worlds])


def checked(table: Floats, interest: Bools, kinds: Sequence[Kind] | None, left: Bools | None = None) -> Sample:
    """Check what a search for boxes is given.

    Raises
    ------
    ValueError
        The shapes do not fit, there is no world, a value is not finite, a label is neither yes nor no, a kind is
        unknown, or an integer column holds broken numbers.
    """
    table, labels = np.asarray(table, dtype=np.float64), np.asarray(interest)
    if table.ndim != 2 or labels.shape != table.shape[:1]:
        raise ValueError("interest must be [world] and the table [world, column]")
    if len(table) == 0:
        raise ValueError("no world to search")
    if not np.isfinite(table).all():
        raise ValueError("the table must be finite; leave failed worlds out")
    if not np.isin(labels, (0, 1)).all():
        raise ValueError("interest must be yes or no in each world")
    kinds = ("real",) * table.shape[1] if kinds is None else tuple(kinds)
    if len(kinds) != table.shape[1] or not set(kinds) <= {"real", "integer", "category"}:
        raise ValueError("kinds must name each column real, integer or category")
    for column, kind in enumerate(kinds):
        if kind == "integer" and (table[:, column] != np.rint(table[:, column])).any():
            raise ValueError(f"column {column} is called integer but holds broken numbers")
    left = np.ones(len(table), dtype=np.bool_) if left is None else np.asarray(left, dtype=np.bool_)
    if left.shape != labels.shape or not left.any():
        raise ValueError("left must be [world] and leave a world")
    return Sample(table, labels.astype(np.bool_), kinds, left)


def contains(box: Box, table: Floats) -> Bools:
    """Tell which worlds of ``[world, column]`` are in a box: ``[world]``."""
    inside = np.ones(len(table), dtype=np.bool_)
    for limit in box.limits:
        values = table[:, limit.column]
        if limit.kind == "category":
            inside &= np.isin(values, limit.among)
        else:
            inside &= (values >= limit.low) & (values <= limit.high)
    return inside


def fit(box: Box, table: Floats, interest: Bools) -> Fit:
    """Measure a box on worlds, which need not be those it was found on (at least one)."""
    return checked(table, interest, None).fit(box)
