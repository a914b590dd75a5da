"""A tree beside the boxes: taken where it forecasts worlds held out better than they do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from offramp.measures.boxes import Box, Fit, Kind, Sample, checked, contains
from offramp.measures.chance import hypergeometric_tail
from offramp.measures.discovery import Found, first_half
from offramp.measures.narrowing import most_telling, narrowed, renumbered
from offramp.measures.tree import Node, grow_tree
from offramp.shapes import Bools, Floats

__all__ = ["Grown", "grow_beside"]

MORE = 0.05
"""By how much the tree's skill has to be above that of the boxes."""


@dataclass(frozen=True, slots=True)
class Grown:
    """A tree, and how well trees and boxes forecast worlds held out.

    Attributes
    ----------
    leaves : tuple of (Box, Fit)
        Of the tree on all worlds, those with the largest share of worlds of interest first.
    skill, boxes_skill : float
        Of the tree and of the boxes found on one half: by what share each brings the mean squared error down on the
        other, beside forecasting for every world the share of all.
    p_value : float
        How often labels shuffled over the other half would put as many worlds of interest into those leaves of the
        tree in which their share is above that of all.
    """

    leaves: tuple[tuple[Box, Fit], ...]
    skill: float
    boxes_skill: float
    p_value: float


def grow_beside(
    boxes: Sequence[Found],
    table: Floats,
    interest: Bools,
    kinds: Sequence[Kind] | None = None,
    *,
    seed: int,
    columns: int,
    depth: int = 3,
) -> Grown | None:
    """Grow a tree beside boxes, and give it where it says more than they do.

    It is grown on the half of the worlds and the columns on which `find_boxes` looked for the first box. Every world
    of the other half is forecast by the share in its leaf, and by that in its box, or outside all boxes. The tree
    given is grown anew on all worlds, on the same columns.

    Parameters
    ----------
    boxes : sequence of Found
        With the same worlds, `seed` and `columns`.
    table, interest, kinds, depth
        As of `grow_tree`.

    Returns
    -------
    Grown or None
        None where the tree forecasts hardly better than the boxes do, or than the share of all, or has a single cut:
        a box says as much.

    References
    ----------
    Brier, G. W. (1950). Verification of forecasts expressed in terms of probability. Monthly Weather Review 78(1),
    1-3.
    """
    sample = checked(table, interest, kinds)
    first = first_half(sample, seed)
    half, rest = sample.part(first), sample.part(~first)
    looked = most_telling(half, columns)
    if not looked or not len(rest.table):
        return None
    held = [found.held_out.box for found in boxes if found.held_out is not None]
    grown = _tree(half, looked, depth)
    by_tree = _error([leaf.box for leaf in grown], half, rest)
    by_boxes, by_none = _error(held, half, rest), _error([], half, rest)
    if not by_none - by_tree > max(by_none - by_boxes, 0.0) + MORE * by_none:
        return None
    leaves = sorted(_tree(sample, looked, depth), key=lambda leaf: -leaf.fit.density)
    if len(leaves) < 3:
        return None
    return Grown(
        leaves=tuple((leaf.box, leaf.fit) for leaf in leaves),
        skill=1.0 - by_tree / by_none,
        boxes_skill=1.0 - by_boxes / by_none,
        p_value=_chance([leaf.box for leaf in grown if leaf.fit.density > half.interest.mean()], rest),
    )


def _chance(boxes: Iterable[Box], rest: Sample) -> float:
    inside = np.zeros(len(rest.table), dtype=np.bool_)
    for box in boxes:
        inside |= contains(box, rest.table)
    return hypergeometric_tail(int((inside & rest.interest).sum()), int(inside.sum()), *rest.whole)


def _tree(sample: Sample, columns: Sequence[int], depth: int) -> list[Node]:
    part = narrowed(sample, columns)
    leaves = grow_tree(part.table, part.interest, part.kinds, depth=depth).leaves
    return [Node(renumbered(leaf.box, columns), leaf.fit) for leaf in leaves]


def _error(boxes: Iterable[Box], half: Sample, rest: Sample) -> float:
    """Return the mean squared error of forecasting the rest by the shares of the half; the first box counts."""
    forecast = np.zeros(len(rest.table))
    left, open_ = np.ones(len(half.table), dtype=np.bool_), np.ones(len(rest.table), dtype=np.bool_)
    for box in (*boxes, Box()):
        inside, outside = left & contains(box, half.table), open_ & contains(box, rest.table)
        forecast[outside] = half.interest[inside].mean() if inside.any() else half.interest.mean()
        left &= ~inside
        open_ &= ~outside
    return float(((forecast - rest.interest) ** 2).mean())
