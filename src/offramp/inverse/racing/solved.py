"""Which cells are known, and what a score is over them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from offramp.inverse.racing.table import Table
from offramp.shapes import Bools, Floats, Ints

__all__ = ["Solved", "solved"]


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """The cells of one score; a world that failed counts in no mean.

    Attributes
    ----------
    package, world : Ints
        ``[cell]``
    outcome : Floats
        ``[cell]``, NaN where it failed.
    count, failed : Ints
        ``[package]``, cells that are known and did not fail, and that failed.
    total : Floats
        ``[package]``, the sum over the known ones.
    worlds : int
    share : bool
        Outcomes are 0 or 1.
    """

    package: Ints
    world: Ints
    outcome: Floats
    count: Ints
    failed: Ints
    total: Floats
    worlds: int
    share: bool

    @property
    def of(self) -> Ints:
        """``[package]``, the worlds that a score is a mean over; at least 1."""
        return np.maximum(self.worlds - self.failed, 1)

    @property
    def open(self) -> Ints:
        """``[package]``, worlds not solved yet."""
        return self.worlds - self.failed - self.count

    @property
    def nowhere(self) -> Bools:
        """``[package]``, true where every world failed."""
        return np.asarray(self.failed >= self.worlds)

    @property
    def bounds(self) -> tuple[Floats, Floats]:
        """``[package]``, what a score cannot lie beyond whatever the open worlds give."""
        if not self.share:
            known = np.where(self.open == 0, self.total / self.of, np.nan)
            return np.where(np.isnan(known), -np.inf, known), np.where(np.isnan(known), np.inf, known)
        return self.total / self.of, (self.total + self.open) / self.of


def solved(table: Table, outcomes: Floats, *, share: bool) -> Solved:
    """Sort the outcomes ``[cell]`` of a table by package."""
    package, world = table.cells
    good = np.isfinite(outcomes)
    count = np.bincount(package[good], minlength=table.packages)
    failed = np.bincount(package[~good], minlength=table.packages)
    total = np.bincount(package[good], weights=outcomes[good], minlength=table.packages).astype(np.float64)
    return Solved(package, world, outcomes, count, failed, total, table.worlds, share)
