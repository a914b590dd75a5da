"""Solved cells laid out world by world, with the columns of their packages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from offramp.inverse.racing.effects import Effects
from offramp.shapes import Floats, Ints

__all__ = ["Sheet", "lay_out"]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Cells, those of a world next to each other.

    Attributes
    ----------
    worlds : tuple of slice
        The cells of each world.
    unit : Ints
        ``[cell]``, the place of its package among those whose own effect is followed; -1 where it is not.
    outcome : Floats
        ``[cell]``
    common, differing : Floats
        ``[cell, column]``, effects that are the same in all worlds, and that differ among worlds.
    units : int
        How many packages' own effects are followed.
    """

    worlds: tuple[slice, ...]
    unit: Ints
    outcome: Floats
    common: Floats
    differing: Floats
    units: int


def lay_out(
    cells: tuple[Ints, Ints, Floats], levels: Ints, worlds: int, effects: tuple[Effects, Effects], followed: Ints
) -> Sheet:
    """Lay out packages, worlds and outcomes of cells.

    Parameters
    ----------
    cells : tuple
        Package, world and outcome of each.
    levels : Ints
        ``[cell, lever]``
    worlds : int
    effects : tuple of Effects
        In all worlds; by world.
    followed : Ints
        The packages whose own effects are followed, ascending.
    """
    package, world, outcome = cells
    order = np.argsort(world, kind="stable")
    ends = np.cumsum(np.bincount(world, minlength=worlds))
    starts = np.concatenate(([0], ends[:-1]))
    unit = np.full(len(package), -1)
    if len(followed):
        at = np.minimum(np.searchsorted(followed, package), len(followed) - 1)
        unit = np.where(followed[at] == package, at, -1)
    common, differing = (each.rows(levels[order]) for each in effects)
    parts = tuple(slice(int(a), int(b)) for a, b in zip(starts, ends, strict=True))
    return Sheet(parts, unit[order], outcome[order], common, differing, len(followed))
