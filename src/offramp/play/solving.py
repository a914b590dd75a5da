"""Values and outcomes of one strategy in one world, swept backward from the foresight date.

The game has asynchronous moves in continuous time (Doraszelski & Judd 2012; Arcidiacono, Bayer, Blevins & Ellickson
2016) and quantal response (McKelvey & Palfrey 1998, agent convention): values are expected payoffs of the logit
strategies, without a bonus for the noise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from offramp.errors import WorldError
from offramp.graph.arrays import LogitPolicy, Problem, Segment
from offramp.play.blocks import blocks, room_for, span_of, zeros_for
from offramp.play.kernels import sweep as kernels
from offramp.play.packing import Packer
from offramp.shapes import SOLVER_TOLERANCE, Floats, Precision

__all__ = [
    "MOST_STEPS",
    "Solution",
    "Track",
    "failure_of",
    "felt_in",
    "longest_step",
    "put_in_place",
    "solve",
    "solve_ticks",
]

LEAST_STEPS = 2
"""In every segment, however short."""
STABLE = 12.0
"""Step times fastest rate at which the method is stable: its region holds the disc of radius 6 around -6."""
MOST_FELT = 0.05
"""By how much a step may err in the log odds of a choice, however loose the tolerance."""
MOST_STEPS = 20_000
ROWS = 64
"""Steps recorded in one go."""


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """The values that choices rest on, at every step of one segment."""

    segment: int
    """Position in ``problem.segments``."""
    times: Floats
    """[steps + 1] from the end of the segment down to its start."""
    columns: tuple[int, ...]
    """The W columns kept: all that some policy of the segment looks at."""
    values: Floats
    """[steps + 1, C, W, P]"""
    slopes: Floats
    """[steps + 1, C, W, P] -dV/dt"""


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """Values at time 0."""

    problem: Problem
    tolerance: float
    values: Floats
    """[C, N, P]"""
    at_start: Floats
    """[N] at the state in which the problem starts."""
    steps: int
    """Steps tried, rejected ones included."""
    evaluations: int
    """Evaluations of the right-hand side."""
    tracks: tuple[Track, ...] = ()
    """In the order of the sweep; empty unless snapshots were asked for."""


def solve(
    problem: Problem,
    *,
    tolerance: float = SOLVER_TOLERANCE,
    snapshots: float | None = None,
    share: bool = True,
    number: Precision = np.float64,
) -> Solution:
    """Sweep all segments backward.

    Parameters
    ----------
    problem : Problem
    tolerance : float
        Largest error of a step in each column, as a share of the largest value of the column.
    snapshots : float, optional
        Keep what choices rest on at every step in the segments that begin before this date, for ``follow`` and
        ``storyline``.
    share : bool
        Let configurations share weights (see ``packing.Packer``).
    number : Precision
        What is computed in. Single precision is good for about five digits.

    Raises
    ------
    WorldError
        A value is not finite, or the policies do not converge.
    """
    room, span = room_for(problem, number), span_of(problem.ladders.positions)
    state = zeros_for(problem, 1, number)[0]
    stages = zeros_for(problem, kernels.STAGES, number)
    tally = np.zeros(3, dtype=np.int64)
    nothing = np.zeros((0, 10, *state.shape), dtype=number)
    tracks = []
    packer = Packer(problem, number, share=share)
    for place, segment in enumerate(problem.segments):
        put_in_place(segment, state)
        longest = longest_step(segment, packer.fastest(segment))
        watched = _watched(segment) if snapshots is not None and segment.start < snapshots else ()
        clock = np.array([segment.end - segment.start, 0.0])
        rows = ROWS if watched else 0
        dates = np.zeros(rows)
        record = np.zeros((rows, 2, problem.configurations, len(watched), span), dtype=number)
        kept: list[tuple[Floats, Floats]] = []
        status = kernels.FULL
        tables = packer.tables(segment)
        while status == kernels.FULL:
            tally[kernels.RECORDED] = 0
            status = kernels.sweep(
                tables,
                room,
                state,
                stages,
                clock,
                tally,
                longest,
                tolerance,
                felt_in(problem, segment),
                MOST_STEPS,
                np.array(watched, dtype=np.int64),
                dates,
                record,
                nothing,
            )
            if watched:
                used = int(tally[kernels.RECORDED])
                kept.append((segment.start + dates[:used], record[:used, ..., : problem.ladders.positions].copy()))
        if status != kernels.DONE:
            raise failure_of(status, problem, segment, segment.start + float(clock[kernels.LEFT]), state)
        if watched:
            both = np.concatenate([values for _, values in kept])
            tracks.append(Track(place, np.concatenate([times for times, _ in kept]), watched, both[:, 0], both[:, 1]))
    return _solution(problem, tolerance, state, int(tally[0]), int(tally[1]), tuple(tracks))


def solve_ticks(problem: Problem, ticks: int, *, share: bool = True) -> Solution:
    """The same game in discrete time: one segment in ``ticks`` steps, in each of which one player at most moves.

    The flow of a tick is paid after its move, so the last flow is there from the outset and that of the state at
    time 0 is not paid. This is explicit Euler, and exact for that game.
    """
    (segment,) = problem.segments
    state = zeros_for(problem, 1)[0]
    put_in_place(segment, state)
    step = (segment.end - segment.start) / ticks
    last = step * blocks(segment.flow, state.shape[2])
    state[:, : segment.active] += last
    kernels.tick(
        Packer(problem, share=share).tables(segment), room_for(problem), state, np.empty_like(state), step, ticks
    )
    state[:, : segment.active] -= last
    if not np.isfinite(state).all():
        raise failure_of(kernels.BROKEN, problem, segment, segment.start, state)
    return _solution(problem, step, state, ticks, ticks, ())


def longest_step(segment: Segment, fastest: float) -> float:
    """Return the longest step: stable, and a part of the segment, for at its end the values bend most."""
    return min((segment.end - segment.start) / LEAST_STEPS, STABLE / fastest if fastest > 0.0 else np.inf)


def felt_in(problem: Problem, segment: Segment) -> float:
    """Return by how much a step may err in the log odds of a choice.

    Past the horizon, where outcomes are not carried yet, it need only be stable: what values are at the foresight date
    is a guess anyway, and what that does to outcomes is measured (see `amplification`).
    """
    return MOST_FELT if segment.active == len(problem.columns) else float(np.inf)


def put_in_place(segment: Segment, state: Floats) -> None:
    """Put what a segment ends with into the state."""
    for column, values in segment.terminal:
        state[:, column, : values.shape[1]] = values
    for column, mask, value in segment.puts:
        state[:, column, : mask.shape[1]][mask] = value


def _watched(segment: Segment) -> tuple[int, ...]:
    logit = [p for p in segment.policies if isinstance(p, LogitPolicy)]
    return tuple(sorted({n for p in logit for n in (*p.decides, *p.consents)}))


def _solution(
    problem: Problem, tolerance: float, state: Floats, steps: int, evaluations: int, tracks: tuple[Track, ...]
) -> Solution:
    values = np.array(state[:, :, : problem.ladders.positions], dtype=float)
    c, p = problem.start
    return Solution(problem, tolerance, values, values[c, :, p].copy(), steps, evaluations, tracks)


def failure_of(status: int, problem: Problem, segment: Segment, time: float, state: Floats) -> WorldError:
    """Say what went wrong in a segment."""
    if status == kernels.BROKEN:
        broken = np.asarray(~np.isfinite(state).all(axis=(0, 2)))
        broken[: segment.active] |= ~np.isfinite(segment.flow).all(axis=(0, 2))
        names = ", ".join(c.name for c, bad in zip(problem.columns, broken, strict=True) if bad)
        return WorldError(
            f"Values are not finite at time {time:.6g}" + (f": {names}" if names else ""),
            code="not-finite",
            hint="Look for rates, worths or influences that are infinite or not a number in this world.",
        )
    reason = f"more than {MOST_STEPS} steps are needed" if status == kernels.LIMIT else "the steps shrink to nothing"
    return WorldError(
        f"The policies do not converge at time {time:.6g}: {reason}",
        code="no-convergence",
        hint="Lower lam or the rates, or shorten the foresight.",
    )
