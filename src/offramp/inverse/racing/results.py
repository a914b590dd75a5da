"""What a race found."""

from __future__ import annotations

from dataclasses import dataclass

from offramp.inverse.racing.adds import Adds
from offramp.inverse.racing.fronts import Front
from offramp.inverse.racing.grid import Grid
from offramp.inverse.racing.minimal import MinimalSet
from offramp.inverse.racing.worst import WorstTenth
from offramp.shapes import Floats, Ints

__all__ = ["Race"]


@dataclass(frozen=True, slots=True, eq=False)
class Race:
    """What a race found.

    Attributes
    ----------
    grid : Grid
    worlds, solves, budget, failed : int
        Worlds of the sample, cells solved, how many might have been, and how many of them failed.
    fronts : tuple of Front
        The target against cost, then against each further outcome.
    left : Ints
        The packages that were not discarded: each may belong to a front.
    finished : bool
        All that are left were solved in all worlds; else the budget ended first and numbers are estimates.
    interrupted : bool
        It was stopped from outside.
    risk : float
        Sum of the probabilities, under the model, that a package which is named in no front is a member after all, and
        one that no other reaches up to the margin.
    best : int
        The package with the highest target among those left, the cheapest of equal ones.
    worst_tenth : WorstTenth or None
        None where no package was solved in all worlds.
    minimal : tuple of MinimalSet
        Smallest first.
    adds : tuple of Adds
        For the best package, then for those asked for.
    score, low, high : Floats
        ``[outcome, package]``, estimates with 95 % intervals, exact where solved in all worlds; NaN where all of them
        failed.
    solved : Ints
        ``[package]``, in how many worlds.
    """

    grid: Grid
    worlds: int
    solves: int
    budget: int
    failed: int
    fronts: tuple[Front, ...]
    left: Ints
    finished: bool
    interrupted: bool
    risk: float
    best: int
    worst_tenth: WorstTenth | None
    minimal: tuple[MinimalSet, ...]
    adds: tuple[Adds, ...]
    score: Floats
    low: Floats
    high: Floats
    solved: Ints
