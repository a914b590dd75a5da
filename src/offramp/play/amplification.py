"""How violently results depend on what is assumed at the foresight date.

At very high precision choices are nearly hard, and the backward equation can magnify a small change of the values it
starts from; a reader should know by how much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from offramp.graph.arrays import Problem
from offramp.play.adjoint import outcomes_at_start
from offramp.play.solving import solve
from offramp.shapes import Floats

__all__ = ["amplification"]

TIGHT = 1e-3
"""The errors of two solutions over nearly the same steps are nearly the same: what is left of them is some 1e-5."""


def amplification(
    problem: Problem,
    columns: Sequence[int],
    weights: Sequence[float],
    *,
    first_outcome: int | None = None,
    size: float = 1e-2,
    directions: int = 2,
    seed: int = 0,
) -> float:
    """Largest change found of a result per change of the players' values at the foresight date.

    The changes tried are a level for each configuration, up or down at random: what is found is a lower bound.

    Parameters
    ----------
    problem : Problem
    columns : sequence of int
        The results watched, at the start.
    weights : sequence of float
        What the change of each is multiplied by, say one over its range.
    first_outcome : int, optional
        Columns from here on are outcomes, and all that is watched is among them; the rest need not be read off.
    size : float
        Largest change of a terminal value, in worth times time.
    directions : int
        Random changes tried.
    seed : int

    Returns
    -------
    float
        max |change of a result| * weight / size.
    """
    watched = list(columns)
    first = problem.segments[0]
    if first.active == 0:
        return 0.0

    def read(posed: Problem) -> Floats:
        if first_outcome is None:
            return solve(posed, tolerance=TIGHT).at_start[watched]
        return outcomes_at_start(posed, first_outcome, tolerance=TIGHT)[watched]

    before = read(problem)
    generator = np.random.default_rng(seed)
    shape = (first.active, problem.configurations, problem.ladders.positions)
    largest = 0.0
    for _ in range(directions):
        shift = np.broadcast_to(size * generator.choice((-1.0, 1.0), (*shape[:2], 1)), shape)
        ends = dict(first.terminal)
        ends.update({n: ends.get(n, 0.0) + shift[n] for n in range(first.active)})
        moved = replace(first, terminal=tuple(ends.items()))
        after = read(replace(problem, segments=(moved, *problem.segments[1:])))
        changes = np.abs(after - before) * np.asarray(weights) / size
        largest = max(largest, float(changes.max(initial=0.0)))
    return largest
