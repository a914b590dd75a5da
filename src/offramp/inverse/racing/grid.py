"""All packages of levers: one level of each lever, numbered."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from offramp.errors import UsageError
from offramp.shapes import Bools, Floats, Ints

__all__ = ["MOST_PACKAGES", "Grid"]

MOST_PACKAGES = 50_000


@dataclass(frozen=True, slots=True)
class Grid:
    """Every combination of one level per lever; a package's number counts through them, the last lever fastest.

    Attributes
    ----------
    sizes : tuple of int
        How many levels each lever has.
    now : tuple of int
        The level at which each lever stands now.
    costs : tuple of tuple of float
        ``[lever][level]``; what a package costs is the sum over its levers.

    Raises
    ------
    UsageError
        If there are too many packages, or the parts do not fit together.
    """

    sizes: tuple[int, ...]
    now: tuple[int, ...]
    costs: tuple[tuple[float, ...], ...]

    def __post_init__(self) -> None:
        if not self.sizes or min(self.sizes) < 1:
            raise UsageError("a search needs at least one lever, and every lever a level", code="levers")
        if self.packages > MOST_PACKAGES:
            raise UsageError(f"{len(self.sizes)} levers make {self.packages} packages; {MOST_PACKAGES} can be searched",
                             code="too-many-packages", hint="name fewer levers, or fewer levels of each")  # fmt: skip
        if len(self.now) != len(self.sizes) or any(
            not 0 <= at < size for at, size in zip(self.now, self.sizes, strict=True)
        ):
            raise UsageError("`now` must name a level of each lever", code="levers")
        if [len(each) for each in self.costs] != list(self.sizes):
            raise UsageError("`costs` must give a cost for every level of each lever", code="levers")
        if not all(math.isfinite(cost) for each in self.costs for cost in each):
            raise UsageError("costs must be finite", code="levers")

    @property
    def packages(self) -> int:
        """How many there are."""
        return math.prod(self.sizes)

    @property
    def today(self) -> int:
        """The package that moves no lever."""
        return self.number(self.now)

    @property
    def strides(self) -> Ints:
        """``[lever]``, how much one level up adds to a package's number."""
        return np.array([math.prod(self.sizes[n + 1 :]) for n in range(len(self.sizes))], dtype=np.int64)

    def number(self, levels: tuple[int, ...]) -> int:
        """Return the number of the package with these levels."""
        return int(np.dot(self.strides, levels))

    def levels(self, packages: Ints | None = None) -> Ints:
        """Return ``[package, lever]``; of all packages where none are named."""
        numbers = np.arange(self.packages) if packages is None else np.asarray(packages, dtype=np.int64)
        return np.asarray((numbers[:, None] // self.strides) % np.asarray(self.sizes), dtype=np.int64)

    def cost(self) -> Floats:
        """Return ``[package]``, rounded so that sums in another order are the same."""
        levels = self.levels()
        parts = [np.asarray(each, dtype=np.float64)[levels[:, n]] for n, each in enumerate(self.costs)]
        return np.asarray(np.sum(parts, axis=0).round(12), dtype=np.float64)

    def within(self, most: float) -> Bools:
        """Return ``[package]``, true where it costs no more."""
        return np.asarray(self.cost() <= round(most, 12))

    def moved(self, package: int) -> tuple[int, ...]:
        """Return the levers that do not stand where they are now."""
        at = self.levels(np.array([package]))[0]
        return tuple(n for n, level in enumerate(at) if level != self.now[n])

    def moves(self) -> Bools:
        """Return ``[package, lever]``, true where the lever is moved."""
        return np.asarray(self.levels() != np.asarray(self.now))

    def without(self, packages: Ints, lever: int) -> Ints:
        """Return the packages with one lever put back."""
        numbers = np.asarray(packages, dtype=np.int64)
        at = (numbers // self.strides[lever]) % self.sizes[lever]
        return np.asarray(numbers + (self.now[lever] - at) * self.strides[lever], dtype=np.int64)

    def subsets(self, package: int) -> Ints:
        """Return the packages that move a part of what a package moves, ``[2**k]``.

        Bit i of the position is set where the i-th moved lever is moved.
        """
        found = np.array([self.today], dtype=np.int64)
        at = self.levels(np.array([package]))[0]
        for lever in self.moved(package):
            found = np.concatenate((found, found + (at[lever] - self.now[lever]) * self.strides[lever]))
        return found
