"""The outcomes of many problems of one shape, computed on the GPU."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from offramp.errors import WorldError
from offramp.graph.arrays import Problem
from offramp.play.gpu.layout import ROOM_PARTS, Shape
from offramp.play.gpu.packing import pack
from offramp.play.gpu.plan import Movers, Plan, plan
from offramp.play.kernels.sweep import DONE
from offramp.shapes import Floats, Ints

__all__ = ["outcomes_on_gpu", "shape_of"]

Started = Callable[[], tuple[Floats, Ints]]
"""Waits for a launch: the values at the start, [W, N], and how each world went."""

THREADS = 512
"""Per world. Times the registers of a thread they are all that a multiprocessor has."""

MOST_WORLDS = 256
"""Per launch; while one is under way the next is got ready."""

MOST_BYTES = 2**32
"""Of what a launch works in, about."""


def outcomes_on_gpu(problems: Sequence[Problem], movers: Movers, first: int, *, tolerance: float) -> list[Floats]:
    """Return the outcomes of each problem at the start, [N], as ``outcomes_under`` gives them, in double precision.

    The entries of the players' values are NaN. A problem that fails has NaN throughout; ``outcomes_under`` says why.

    Parameters
    ----------
    problems : sequence of Problem
        Of one shape: the same configurations, columns, moves, ladders and start.
    movers : {"foresight", "myopic", "random"}
        How the free players choose.
    first : int
        Columns from here on are outcomes.
    tolerance : float
        See `solve`.

    Raises
    ------
    ValueError
        If the problems differ in shape.
    """
    if len({shape_of(problem) for problem in problems}) > 1:
        raise ValueError("the problems of a batch have one shape")
    results = [np.full(len(problem.columns), np.nan) for problem in problems]
    if not problems or first == len(problems[0].columns):
        return results
    underway: _Launch | None = None
    at_once = _at_once(problems[0])
    for start in range(0, len(problems), at_once):
        plans: dict[int, Plan] = {}
        for n, problem in enumerate(problems[start : start + at_once], start):
            try:
                plans[n] = plan(problem, movers, first, tolerance)
            except WorldError:
                continue
        launched = _launch(plans, tolerance)
        _collect(underway, first, results)
        underway = launched
    _collect(underway, first, results)
    return results


class _Launch(NamedTuple):
    """What has been started: its plans by their problems' positions, and where its results will be."""

    plans: dict[int, Plan]
    started: Started


def _launch(plans: dict[int, Plan], tolerance: float) -> _Launch | None:
    if not plans:
        return None
    from offramp.play.gpu import kernels

    worlds = list(plans.values())
    parts = _parts(worlds[0].problem)
    batch, room = pack(worlds, parts["rates"])
    return _Launch(plans, kernels.start(batch, Shape(**parts, tolerance=tolerance), room))


def _collect(launch: _Launch | None, first: int, results: list[Floats]) -> None:
    if launch is None:
        return
    found, statuses = launch.started()
    for (n, made), values, status in zip(launch.plans.items(), found, statuses, strict=True):
        if status == DONE:
            results[n][first:] = values[made.first :]


def shape_of(problem: Problem) -> tuple[object, ...]:
    """Tell what problems of one graph must have in common to be computed together."""
    return problem.configurations, problem.ladders.sizes, len(problem.columns), problem.start


def _at_once(problem: Problem) -> int:
    size = problem.configurations * len(problem.columns) * problem.ladders.positions
    return max(1, min(MOST_WORLDS, MOST_BYTES // (np.float64().itemsize * (ROOM_PARTS + 2) * size)))


def _parts(problem: Problem) -> dict[str, int]:
    """Return the fields of a shape that are counts, and where the parts of a room begin."""
    columns, positions = len(problem.columns), problem.ladders.positions
    size = problem.configurations * columns * positions
    partials = ROOM_PARTS * size
    shares = partials + 2 * THREADS * columns
    return {
        "configurations": problem.configurations,
        "columns": columns,
        "positions": positions,
        "start": problem.start[0] * positions + problem.start[1],
        "size": size,
        "threads": THREADS,
        "partials": partials,
        "shares": shares,
        "rates": shares + columns,
    }
