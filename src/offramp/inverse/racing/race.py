"""Races among packages of levers on common worlds."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import numpy as np
from threadpoolctl import threadpool_limits

from offramp.errors import WorldError
from offramp.inverse.racing.adds import adds
from offramp.inverse.racing.asked import Asked
from offramp.inverse.racing.fronts import fronts, shown
from offramp.inverse.racing.grid import Grid
from offramp.inverse.racing.minimal import minimal_sets
from offramp.inverse.racing.results import Race
from offramp.inverse.racing.running import Running
from offramp.inverse.racing.table import Progress, Solve, Table
from offramp.inverse.racing.worst import worst_tenth

__all__ = ["race"]


def race(
    grid: Grid,
    solve: Solve,
    *,
    worlds: int = 128,
    budget: int = 5000,
    signs: Sequence[int] = (1,),
    least: float | None = 0.5,
    margin: float = 0.02,
    margins: Sequence[float] | None = None,
    share: float = 0.5,
    risk: float = 0.05,
    most_cost: float = inf,
    explain: Sequence[int] = (),
    seed: int = 0,
    batch: int = 256,
    progress: Progress | None = None,
) -> Race:
    """Find the packages that no other one beats, without solving all of them in all worlds.

    First every package is solved in a few worlds, different ones, so that effects of levers, of worlds and of both
    together can be told apart. A mixed model of these gives the score of every package over all worlds of the sample
    with its uncertainty; what a package has beyond the effects of its levers, alone, in pairs and in threes, is an
    effect of its own. Then, in rounds, packages are discarded that others beat, such that the probabilities of losing
    a member of a front add up to no more than `risk`; those that stay are solved in further worlds, the same ones for
    all. A package solved in all worlds is exact.

    Where the budget is enough for all packages in all worlds, that is what is done.

    Parameters
    ----------
    grid : Grid
    solve : callable
        Given (package, world) pairs, returns ``[pair, outcome]``; a row with NaN marks a world that failed. Called
        with up to `batch` pairs at once, never twice with the same.
    worlds : int
        Numbered from 1.
    budget : int
        How many pairs may be solved.
    signs : sequence of int
        For each outcome 1 where higher is better, -1 where lower is. The first outcome is the target, the others are
        what the player minds.
    least : float or None
        The level that the target must reach in a world; a package's score is the share of worlds in which it does.
        None scores the mean of the target.
    margin : float
        By how much a score may fall short of another and still take its place on a front.
    margins : sequence of float, optional
        The same for the means of the further outcomes; by default `margin` times the range of values first seen.
    share : float
        What a minimal set must reach, in the units of the target's score.
    risk : float
        Bound on the expected number of front members that are lost, as far as the model holds.
    most_cost : float
        Packages that cost more are in no race, front or minimal set; cells of theirs may tell of the others.
    explain : sequence of int
        Packages whose levers' contributions are asked for, besides those of the best.
    seed : int
    batch : int
    progress : callable, optional

    Raises
    ------
    UsageError
        If the settings cannot be used.
    WorldError
        If every world that was solved failed.
    KeyboardInterrupt
        If it comes before anything was solved; later ones end the race, and what is there is returned.

    References
    ----------
    Maron, O. and Moore, A. W. (1997). The racing algorithm: model selection for lazy learners. Artificial Intelligence
    Review 11, 193-225.

    Birattari, M., Stuetzle, T., Paquete, L. and Varrentrapp, K. (2002). A racing algorithm for configuring
    metaheuristics. GECCO 2002, 11-18.

    Henderson, C. R. (1975). Best linear unbiased estimation and prediction under a selection model. Biometrics 31(2),
    423-447 (mixed-model equations).
    """
    asked = Asked(
        worlds, budget, tuple(signs), least, margin, None if margins is None else tuple(margins), share, risk, seed,
        most_cost,
    )  # fmt: skip
    table = Table((grid.packages, worlds, len(asked.signs)), solve, budget, batch, progress)
    with threadpool_limits(1, user_api="blas"):  # more of them spin while we wait, and round by how many there are
        return _run(Running(grid, asked, table), tuple(explain))


def _run(running: Running, explain: tuple[int, ...]) -> Race:
    table, interrupted = running.table, False
    try:
        running.run()
    except KeyboardInterrupt:
        if not table.solves:
            raise
        interrupted = True
    if not np.isfinite(table.values).any():
        raise WorldError(f"all {table.solves} worlds that were solved failed", code="race")
    return _concluded(running, explain, interrupted=interrupted)


def _concluded(running: Running, explain: tuple[int, ...], *, interrupted: bool) -> Race:
    grid, asked, table, left = running.grid, running.asked, running.table, running.left
    scores = running.learner.scores()
    cost, known = grid.cost(), scores[0].solved
    sign, best = asked.sign(0), running.best(scores)
    everything = np.arange(grid.packages)
    possible = running.possible(scores)
    numbers = np.stack([shown(each, everything, asked.sign(k)) for k, each in enumerate(scores)], axis=1)
    for k in range(1, numbers.shape[1]):  # a mean lies among the values
        numbers[:, k] = np.clip(numbers[:, k], np.nanmin(table.values[:, k]), np.nanmax(table.values[:, k]))
    numbers[:, :, known.nowhere] = np.nan
    return Race(
        grid=grid,
        worlds=table.worlds,
        solves=table.solves,
        budget=table.budget,
        failed=int(known.failed.sum()),
        fronts=fronts(scores, cost, left, possible, asked),
        left=left,
        finished=bool((known.open[left] == 0).all()),
        interrupted=interrupted,
        risk=running.spent,
        best=best,
        worst_tenth=worst_tenth(table, np.flatnonzero((known.open == 0) & running.within), cost, asked.signs[0]),
        minimal=minimal_sets(grid, scores[0], running.chance(scores[0]), sign),
        adds=tuple(adds(grid, scores[0], p, sign) for p in dict.fromkeys((best, *explain))),
        score=numbers[0],
        low=numbers[1],
        high=numbers[2],
        solved=known.count,
    )
