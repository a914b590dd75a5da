"""What a view changes: packages in the worlds as the case states them, and without one assumption at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from offramp.findings.common.labels import label_of, names_of
from offramp.findings.reach.values import Assumed, Assumption, Package
from offramp.inverse.packages import Packages
from offramp.inverse.trial import Trial
from offramp.model import View
from offramp.worlds import Worlds, draw, singles_of

__all__ = ["assumed"]


def assumed(
    packages: Packages, now: Package, best: Package, view: View, worlds: Worlds, *, workers: int | None = None
) -> Assumed:
    """Play the present and the best package without a view, and one of them without each of its assumptions.

    That is the present where it is enough in the view.

    Worlds differ by the restriction alone: world w is the same point of the unknowns with and without it.

    Parameters
    ----------
    packages : Packages
    now, best : Package
        The present, and the package that is best in the view.
    view : View
    worlds : Worlds
        As drawn from the view.
    workers : int, optional
        Threads; the numbers do not depend on it.
    """
    case, names = packages.case, names_of(packages.case)
    ends = {single.name: (single.low, single.high) for single in singles_of(worlds)}

    def shares(without: View | None, played: Sequence[int]) -> list[float]:
        drawn = draw(case, worlds.count, worlds.seed, view=without)
        assert packages.target.outcome is not None
        trial = Trial(packages, (packages.target.outcome,), drawn, workers)
        asks = [(package, w) for package in played for w in range(1, worlds.count + 1)]
        values = trial(asks).reshape(len(played), worlds.count)
        reached = np.where(np.isnan(values), np.nan, packages.target.reached(values))
        return [float(np.nanmean(row)) if np.isfinite(row).any() else float("nan") for row in reached]

    before, there = shares(None, (now.number, best.number))
    of_now = now.share >= packages.target.share
    package = now if of_now else best
    found = []
    for unknown in view.unknowns:
        others = {name: law for name, law in view.unknowns.items() if name != unknown}
        low, high = ends.get(unknown) or (worlds.column(unknown).min(), worlds.column(unknown).max())
        (share,) = shares(replace(view, unknowns=others), (package.number,))
        found.append(Assumption(unknown, label_of(case, unknown, names), float(low), float(high), share))
    order = sorted(found, key=lambda each: -abs(each.share - package.share))
    return Assumed(view.name, before, there, of_now, tuple(order))
