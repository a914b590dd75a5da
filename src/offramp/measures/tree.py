"""A small classification tree: a second view of where the worlds of interest are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from offramp.measures.boxes import Box, Fit, Kind, Limit, Sample, checked, contains
from offramp.measures.peeling import least_worlds
from offramp.measures.region import boundary
from offramp.shapes import Bools, Floats

__all__ = ["Node", "grow_tree"]


@dataclass(frozen=True, slots=True)
class Node:
    """A box of the tree, and the two boxes that part it.

    Attributes
    ----------
    box : Box
        Every limit on the way from the root.
    fit : Fit
    column : int or None
        By which it is parted; None for a leaf.
    branches : tuple of Node
        Of the lower and the higher values, or of the categories in which fewer and in which more worlds are of
        interest; empty for a leaf.
    """

    box: Box
    fit: Fit
    column: int | None = None
    branches: tuple[Node, ...] = ()

    @property
    def leaves(self) -> tuple[Node, ...]:
        """The boxes at the bottom, lower branches first. Each world of the sample is in one."""
        return tuple(leaf for branch in self.branches for leaf in branch.leaves) if self.branches else (self,)


def grow_tree(
    table: Floats,
    interest: Bools,
    kinds: Sequence[Kind] | None = None,
    *,
    depth: int = 3,
    least_mass: float = 0.05,
    least_gain: float = 0.01,
) -> Node:
    """Part the worlds in two, and the parts again, so that interest differs most between them.

    Of all cuts between two values of a column that which lowers the Gini impurity most is taken (of equals the first
    column, the lowest cut). Categories are put in the order of the shares of interest in them, among which the best
    of all two-way partitions is found. There is no pruning: the depth is small, and a cut has to be worth
    `least_gain`.

    Parameters
    ----------
    table : Floats
        ``[world, column]``, finite.
    interest : Bools
        ``[world]``
    kinds : sequence of {"real", "integer", "category"}, optional
        By column; all real by default.
    depth : int, optional
        Cuts above a leaf, at most: 0 to 3. More cannot be read.
    least_mass : float, optional
        Share of all worlds in the smallest leaf.
    least_gain : float, optional
        By how much a cut must lower the impurity of the whole tree, as a share of that without any cut.

    Returns
    -------
    Node
        The root. It is a leaf where every world or none is of interest, or where no cut is worth it: nothing but two
        columns together may matter, which a tree does not see.

    Raises
    ------
    ValueError
        As `checked` says, or the depth is another.

    References
    ----------
    Breiman, L., Friedman, J. H., Olshen, R. A. and Stone, C. J. (1984). Classification and Regression Trees.
    Wadsworth, chapters 2 and 4, theorem 4.5 (categories), 3.1 (worth of a cut).
    """
    if not 0 <= depth <= 3:
        raise ValueError(f"depth must be 0 to 3, not {depth}")
    sample = checked(table, interest, kinds)
    worlds, hits = sample.whole
    needed = max(least_gain * (hits - hits * hits / worlds), 1e-9)
    return _grow(sample, Box(), depth, least_worlds(least_mass, worlds), needed)


def _grow(sample: Sample, box: Box, depth: int, least: int, needed: float) -> Node:
    inside = contains(box, sample.table)
    fit = sample.fit(box)
    best, highest = None, needed
    if depth > 0 and 0 < fit.hits < fit.worlds:
        for column in range(sample.table.shape[1]):
            gain, pair = _best_cut(sample, inside, column, least)
            if pair and gain > highest * (1.0 + 1e-12):
                best, highest = pair, gain
    if best is None:
        return Node(box, fit)
    branches = tuple(_grow(sample, _within(box, limit), depth - 1, least, needed) for limit in best)
    return Node(box, fit, best[0].column, branches)


def _best_cut(sample: Sample, inside: Bools, column: int, least: int) -> tuple[float, tuple[Limit, ...]]:
    """Return by how much the best cut lowers the worlds' summed impurity (halved), and the limits of either side."""
    values, liked = sample.table[inside, column], sample.interest[inside]
    levels, codes = np.unique(values, return_inverse=True)
    size, good = np.bincount(codes), np.bincount(codes[liked], minlength=len(levels))
    kind = sample.kinds[column]
    order = np.argsort(good / size, kind="stable") if kind == "category" else np.arange(len(levels))
    below, hits = size[order].cumsum()[:-1], good[order].cumsum()[:-1]
    worlds, all_hits = len(liked), int(liked.sum())
    allowed = np.flatnonzero((below >= least) & (worlds - below >= least))
    if allowed.size == 0:
        return 0.0, ()
    below, hits = below[allowed], hits[allowed]
    gains = hits**2 / below + (all_hits - hits) ** 2 / (worlds - below) - all_hits**2 / worlds
    top = int(gains.argmax())
    at = int(allowed[top]) + 1
    return float(gains[top]), _sides(column, kind, levels, levels[order[:at]], levels[order[at:]])


def _sides(column: int, kind: Kind, levels: Floats, first: Floats, second: Floats) -> tuple[Limit, Limit]:
    if kind == "category":
        low, high = (tuple(sorted(side.tolist())) for side in (first, second))
        return Limit(column, kind, among=low), Limit(column, kind, among=high)
    last = float(first[-1])
    middle = last if kind == "integer" else boundary(last, float(second[0]))
    after = last + 1.0 if kind == "integer" else float(np.nextafter(middle, math.inf))
    return Limit(column, kind, high=middle), Limit(column, kind, low=after)


def _within(box: Box, limit: Limit) -> Box:
    """Return the box with one more limit, beside what it asks of that column already."""
    for old in box.limits:
        if old.column == limit.column and limit.kind != "category":
            low, high = max(old.low, limit.low), min(old.high, limit.high)
            return box.limited(Limit(limit.column, limit.kind, low, high))
    return box.limited(limit)
