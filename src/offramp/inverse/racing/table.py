"""What has been solved: outcomes by package and world. Nothing is solved twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from offramp.shapes import Floats, Ints

__all__ = ["Progress", "Solve", "Table"]

Solve = Callable[[Sequence[tuple[int, int]]], Floats]
"""Given (package, world) pairs, worlds from 1 on, the outcomes ``[pair, outcome]``; rows of a failed world are NaN."""

Progress = Callable[[int, int, int | None], None]
"""Called with solves done, the budget and the leading package after each batch."""


class Table:
    """Solved cells, in the order in which they were solved; worlds count from 0 in here.

    Parameters
    ----------
    shape : tuple of int
        Packages, worlds and outcomes.
    solve : callable
    budget : int
        How many cells may be solved.
    batch : int
        How many are asked for at once.
    progress : callable, optional
    """

    def __init__(
        self, shape: tuple[int, int, int], solve: Solve, budget: int, batch: int, progress: Progress | None = None
    ) -> None:
        self.packages, self.worlds, self.outcomes = shape
        self.budget, self.batch = budget, batch
        self.leading: int | None = None
        self._solve, self._progress = solve, progress
        self._place = np.zeros((self.packages, self.worlds), dtype=np.int32)
        self._package: list[int] = []
        self._world: list[int] = []
        self._values: list[Floats] = []

    @property
    def solves(self) -> int:
        """How many cells have been solved."""
        return len(self._package)

    @property
    def left(self) -> int:
        """How many more may be."""
        return self.budget - self.solves

    def ask(self, cells: Iterable[tuple[int, int]]) -> None:
        """Solve what is new among cells, as far as the budget goes."""
        new = [cell for cell in dict.fromkeys(cells) if not self._place[cell]][: self.left]
        for start in range(0, len(new), self.batch):
            part = new[start : start + self.batch]
            values = np.asarray(self._solve([(p, w + 1) for p, w in part]), dtype=np.float64)
            if values.shape != (len(part), self.outcomes):
                raise ValueError(f"solve must return {len(part)} rows of {self.outcomes} outcomes, not {values.shape}")
            for (p, w), row in zip(part, values, strict=True):
                self._package.append(p)
                self._world.append(w)
                self._values.append(row)
                self._place[p, w] = len(self._package)
            if self._progress is not None:
                self._progress(self.solves, self.budget, self.leading)

    @property
    def cells(self) -> tuple[Ints, Ints]:
        """Package and world of all that was solved, what failed included."""
        return np.array(self._package, dtype=np.int64), np.array(self._world, dtype=np.int64)

    @property
    def values(self) -> Floats:
        """``[cell, outcome]``; a row is NaN throughout where its world failed."""
        values = np.array(self._values, dtype=np.float64).reshape(-1, self.outcomes)
        values[~np.isfinite(values).all(axis=1)] = np.nan
        return values

    @property
    def solved(self) -> Ints:
        """``[package]``, in how many worlds each has been solved."""
        return np.asarray(np.bincount(self.cells[0], minlength=self.packages), dtype=np.int64)

    def missing(self, package: int, order: Ints) -> Ints:
        """Return the worlds in which a package has not been solved, in an order."""
        return np.asarray(order[self._place[package, order] == 0], dtype=np.int64)

    def row(self, package: int) -> Floats:
        """Return ``[world, outcome]`` of one package; NaN where not solved or failed."""
        found = np.full((self.worlds, self.outcomes), np.nan)
        for world in np.flatnonzero(self._place[package]):
            found[world] = self._values[self._place[package, world] - 1]
        return found
