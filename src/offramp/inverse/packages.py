"""Packages: one level of every lever, as a variant of the case with a price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

import numpy as np

from offramp.errors import UsageError
from offramp.expressions.advice import nearest
from offramp.inverse.attainable import refuse_idle
from offramp.inverse.racing.grid import MOST_PACKAGES, Grid
from offramp.model import Case, Lever, LeverLevel, Price, Target
from offramp.model.levers import packaged
from offramp.model.variants import Variant

__all__ = ["Packages", "movers_of", "packages_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Packages:
    """All combinations of the levels of some levers, numbered as in the grid."""

    case: Case
    target: Target
    levers: tuple[Lever, ...]
    grid: Grid

    def levels(self, package: int) -> tuple[int, ...]:
        """Return the level of each lever."""
        return tuple(map(int, self.grid.levels(np.array([package]))[0]))

    def moved(self, package: int) -> tuple[tuple[Lever, LeverLevel], ...]:
        """Return the levers that are not where they are now, with their levels."""
        levels = self.levels(package)
        return tuple((self.levers[n], self.levers[n].levels[levels[n]]) for n in self.grid.moved(package))

    def variant(self, package: int) -> Variant:
        """Return the strategy with its changes that a package amounts to."""
        chosen = {
            lever.id: self.case.levers[lever.id].levels.index(lever.levels[level])
            for lever, level in zip(self.levers, self.levels(package), strict=True)
        }
        movable = {lever.id: self.case.levers[lever.id] for lever in self.levers}
        return packaged(replace(self.case, levers=movable), self.target, chosen)

    def price(self, package: int) -> Price:
        """Return what a package costs: the sum over its levers, where there are ranges from least to most."""
        prices = [lever.levels[level].price for lever, level in zip(self.levers, self.levels(package), strict=True)]
        return Price(sum(p.low for p in prices), sum(p.high for p in prices))


def movers_of(case: Case) -> tuple[str, ...]:
    """Return the players who have levers."""
    return tuple(dict.fromkeys(lever.by for lever in case.levers.values()))


def packages_of(
    case: Case,
    target: Target,
    by: Sequence[str],
    held: Mapping[str, str | None] | None = None,
    most: float | None = None,
) -> Packages:
    """Gather the levers of some players.

    Parameters
    ----------
    case : Case
    target : Target
    by : sequence of str
        The players who move them.
    held : mapping of str to str, optional
        Levers that stay at a level; None: at the one they are at now.
    most : float, optional
        What a package may cost; all are gathered.

    Raises
    ------
    UsageError
        If one of them has no lever, there is no such lever or level, there are too many packages, none that costs so
        little, or the target cannot be brought about, or not be undone, by any.
    """
    for player in by:
        if player not in movers_of(case):
            known = sorted(movers_of(case))
            hint = f"say --by {' or '.join(known)}" if known else "declare some under `levers:` (docs/case-language.md)"
            raise UsageError(f"`{player}` has no lever to move in {case.name}", code="no-lever", hint=hint)
    fixed = held or {}
    movable = [lever for lever in case.levers.values() if lever.by in by]
    levers = [_held(lever, fixed[lever.id]) if lever.id in fixed else lever for lever in movable]
    for name in fixed:
        if name not in {lever.id for lever in levers}:
            known = [lever.id for lever in levers]
            raise UsageError(f"there is no lever `{name}` among those that move", code="no-lever",
                             hint=nearest(name, known) or "choose among " + ", ".join(known))  # fmt: skip
    sizes = tuple(len(lever.levels) for lever in levers)
    if prod(sizes) > MOST_PACKAGES:
        raise UsageError(f"{len(sizes)} levers make {prod(sizes):,} packages; {MOST_PACKAGES:,} can be searched",
                         code="too-many-packages", hint="keep some levers where they are with --hold")  # fmt: skip
    costs = tuple(tuple(level.price.best for level in lever.levels) for lever in levers)
    if most is not None and (least := round(sum(map(min, costs)), 12)) > most:
        raise UsageError(f"no package costs {most:g} or less: the cheapest costs {least:g}", code="no-package",
                         hint="raise --budget, or hold levers at other levels")  # fmt: skip
    refuse_idle(case, target, levers)
    return Packages(case, target, tuple(levers), Grid(sizes, tuple(lever.now for lever in levers), costs))


def _held(lever: Lever, level: str | None) -> Lever:
    """Return a lever that can only be at one level, which costs what it costs."""
    known = [each.id for each in lever.levels]
    if level is not None and level not in known:
        raise UsageError(f"the lever `{lever.id}` has no level `{level}`", code="no-level",
                         hint="choose among " + ", ".join(known))  # fmt: skip
    at = lever.now if level is None else known.index(level)
    return replace(lever, levels=(lever.levels[at],), now=0)
