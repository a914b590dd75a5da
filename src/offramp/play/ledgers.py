"""Outcomes that nobody reacts to, at the price of one column however many there are.

An outcome is linear in what it earns. So instead of sweeping a value column back for each, the players' values alone
are swept, with what choices rested on at every stage kept; then weights on the states are pushed forward from the
start by the transposes of the same stages (the discrete adjoint), and each outcome is what it earns, weighed. But for
rounding the result is what its own column would have given over the same steps. Outcomes differ in their weights only
where they stop on the way (``ever`` and ``first``) or are discounted.

References
----------
Giles, M. B. and Pierce, N. A. (2000). An introduction to the adjoint approach to design. Flow, Turbulence and
Combustion 65, 393-415.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from offramp.graph.arrays import Column, Problem, Segment
from offramp.play.kernels import descent
from offramp.play.kernels import sweep as kernels
from offramp.play.packing import Packed, pack, room_for, span_of
from offramp.play.solving import (
    MOST_STEPS,
    check_rates,
    failure_of,
    longest_step,
    put_in_place,
    solve,
    zeros_for,
)
from offramp.shapes import ENSEMBLE_TOLERANCE, Bools, Floats

__all__ = ["Steps", "outcomes_at_start", "pays_for_moves", "pushing", "read_forward"]

FEWEST = 5
"""Outcomes from which on it pays."""

MOST_KEPT = 2**29
"""Bytes of what choices rested on, at most: a larger problem sweeps its outcomes as columns."""

ROWS = 8
"""Steps kept in one go."""


class _Trails(threading.local):
    """What the last problem of this thread kept, to be written over: fresh memory costs a tenth of the time."""

    def __init__(self) -> None:
        self.trails: list[Floats] = []

    def get(self, n: int, shape: tuple[int, ...]) -> Floats:
        """Return the n-th array of a problem, of a shape that is the same for all of them."""
        if n == 0 and self.trails and self.trails[0].shape != shape:
            self.trails.clear()
        if n == len(self.trails):
            self.trails.append(np.empty(shape))
        return self.trails[n]


_TRAILS = _Trails()

Steps = Sequence[tuple[float, Floats]]
"""In the order of the sweep: the length of each step, and what choices rested on at its stages, [10, C, N, S]."""


def outcomes_at_start(problem: Problem, first_outcome: int, *, tolerance: float) -> Floats:
    """Return the outcomes at the start, [N]; the entries of the players' values are NaN.

    Parameters
    ----------
    problem : Problem
    first_outcome : int
        Columns from here on are outcomes.
    tolerance : float
        See `solve`.

    Raises
    ------
    WorldError
        A value is not finite, or the policies do not converge.
    """
    found = np.full(len(problem.columns), np.nan)
    if (
        len(problem.columns) - first_outcome < FEWEST
        or first_outcome == 0
        or not _fits(problem, first_outcome, tolerance)
    ):
        found[first_outcome:] = solve(problem, tolerance=tolerance).at_start[first_outcome:]
        return found
    found[first_outcome:] = read_forward(problem, first_outcome, list(_kept_steps(problem, first_outcome, tolerance)))
    return found


def read_forward(problem: Problem, first: int, steps: Sequence[Steps]) -> Floats:
    """Push weights from the start through the segments that carry outcomes, and read the outcomes off.

    Parameters
    ----------
    problem : Problem
    first : int
        Columns from here on are outcomes.
    steps : sequence of Steps
        Of the segments that carry outcomes, in the order of the sweep.

    Returns
    -------
    [outcomes]
    """
    kinds, kind_of = _kinds(problem, first)
    carrying = [(n, s) for n, s in enumerate(problem.segments) if s.active > first]
    span, positions = span_of(problem.ladders.positions), problem.ladders.positions
    forward = replace(problem, columns=tuple(Column("weights", kind.discount, -1) for kind in kinds))
    room, work = room_for(replace(forward, segments=tuple(s for _, s in carrying))), zeros_for(forward, descent.WORK)
    weights, seen = zeros_for(forward, 2)
    weights[problem.start[0], :, problem.start[1]] = 1.0
    packed: Packed = {}
    found, open_ = np.zeros(len(kind_of)), np.ones(len(kind_of), dtype=np.bool_)
    for (number, segment), taken in zip(reversed(carrying), reversed(steps), strict=True):
        held = tuple((k, kind.held[number]) for k, kind in enumerate(kinds) if number in kind.held)
        tables = pack(forward, replace(pushing(problem, segment, len(kinds)), held=held), known=packed)
        assert tables.span == span
        seen[:] = 0.0
        for h, trail in reversed(taken):
            descent.descend(tables, room, h, trail, weights, work, seen)
        for k in range(len(kinds)):
            those = np.flatnonzero((kind_of == k) & open_)
            found[those] += np.einsum("cnp,cp->n", segment.flow[:, first + those], seen[:, k, :positions])
        _stop(segment, first, kind_of, weights[:, :, :positions], found, open_)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Kind:
    """Weights that several outcomes share."""

    discount: float
    held: dict[int, Bools]
    """By segment: where they stop."""


def _kinds(problem: Problem, first: int) -> tuple[list[_Kind], np.ndarray]:
    """Return the kinds of weights needed, and which of them each outcome takes."""
    known: dict[object, int] = {}
    kinds: list[_Kind] = []
    kind_of = np.zeros(len(problem.columns) - first, dtype=np.int64)
    for n, column in enumerate(problem.columns[first:], start=first):
        held = {i: mask for i, s in enumerate(problem.segments) for m, mask in s.held if m == n}
        puts = {i: mask for i, s in enumerate(problem.segments) for m, mask, _ in s.puts if m == n}
        marks = tuple(tuple((i, mask.tobytes()) for i, mask in each.items()) for each in (held, puts))
        key = column.discount, marks
        if key not in known:
            known[key] = len(kinds)
            kinds.append(_Kind(column.discount, held))
        kind_of[n - first] = known[key]
    return kinds, kind_of


def pushing(problem: Problem, segment: Segment, count: int) -> Segment:
    """Return the segment as what weights go through: the policies by which things really happen."""
    return replace(
        segment,
        active=count,
        terminal=(),
        flow=np.zeros((problem.configurations, count, problem.ladders.positions)),
        policies=tuple(replace(segment.policies[i], drives=((0, count),)) for i in problem.truth),
        held=(),
        puts=(),
        paying=(),
    )


def _stop(segment: Segment, first: int, kind_of: np.ndarray, weights: Floats, found: Floats, open_: Bools) -> None:
    """Read off what stands at the end of a segment, and close the outcomes that begin there."""
    emptied: list[tuple[int, Bools]] = []
    for column, mask, value in segment.puts:
        n = column - first
        if open_[n]:
            found[n] += value * float(weights[:, kind_of[n]][mask].sum())
            emptied.append((kind_of[n], mask))
    for kind, mask in emptied:
        weights[:, kind][mask] = 0.0
    for column, values in segment.terminal:
        n = column - first
        if n >= 0 and open_[n]:
            found[n] += float(np.vdot(values, weights[:, kind_of[n]]))
            open_[n] = False


def pays_for_moves(problem: Problem, first: int) -> bool:
    """Tell whether some outcome pays switching costs: what it earns then depends on choices."""
    for segment in problem.segments:
        dear = {p.player for p in segment.policies if np.any(p.cost[np.isfinite(p.cost)] != 0.0)}
        paying = segment.paying or (True,) * segment.active
        if any(problem.columns[n].payer in dear and paying[n] for n in range(first, segment.active)):
            return True
    return False


def _fits(problem: Problem, first: int, tolerance: float) -> bool:
    """Tell whether outcomes can be read off like this, and what must be kept is not too much."""
    carrying = [s for s in problem.segments if s.active > first]
    rows = sum(ROWS + 2.0 * (s.end - s.start) / (longest_step(problem, s) * _shorter(tolerance)) for s in carrying)
    states = problem.configurations * span_of(problem.ladders.positions)
    return 8.0 * 10 * states * first * rows <= MOST_KEPT and not pays_for_moves(problem, first)


def _shorter(tolerance: float) -> float:
    """Return how much shorter than what is stable steps must be, so that the weights are as good as the values.

    Their error is not estimated. It grows with the fourth power of a step; at the tolerance of ensembles stability is
    enough.
    """
    return float(min(1.0, (tolerance / ENSEMBLE_TOLERANCE) ** 0.25))


def _kept_steps(problem: Problem, first: int, tolerance: float) -> Iterator[Steps]:
    """Sweep the players' values, and give the steps of each segment that carries outcomes."""
    without = tuple(_without(segment, first) for segment in problem.segments)
    players = replace(problem, columns=problem.columns[:first], segments=without)
    room, state, stages = room_for(players), zeros_for(players, 1)[0], zeros_for(players, kernels.STAGES)
    tally, watched, taken = np.zeros(3, dtype=np.int64), np.zeros(0, dtype=np.int64), 0
    packed: Packed = {}
    for segment, whole in zip(players.segments, problem.segments, strict=True):
        check_rates(players, segment)
        put_in_place(segment, state)
        clock = np.array([segment.end - segment.start, 0.0])
        longest, tables = longest_step(players, segment), pack(players, segment, known=packed)
        rows = ROWS if whole.active > first else 0
        if rows:
            longest *= _shorter(tolerance)
        steps: list[tuple[float, Floats]] = []
        status = kernels.FULL
        while status == kernels.FULL:
            lengths, trail = np.zeros(rows), np.empty((0, 10, *state.shape))
            if rows:
                trail, taken = _TRAILS.get(taken, (rows, 10, *state.shape)), taken + 1
            record = np.zeros((rows, 2, problem.configurations, 0, state.shape[2]))
            tally[kernels.RECORDED] = 0
            status = kernels.sweep(tables, room, state, stages, clock, tally, longest, tolerance, MOST_STEPS, watched,
                                   lengths, record, trail)  # fmt: skip
            used = int(tally[kernels.RECORDED])
            steps += zip(lengths[:used].tolist(), trail[:used], strict=True)
        if status != kernels.DONE:
            raise failure_of(status, players, segment, segment.start + float(clock[kernels.LEFT]), state)
        if rows:
            yield steps


def _without(segment: Segment, first: int) -> Segment:
    """Return a segment without its outcomes."""
    return replace(
        segment,
        active=min(segment.active, first),
        terminal=tuple((n, values) for n, values in segment.terminal if n < first),
        flow=segment.flow[:, :first],
        held=tuple((n, mask) for n, mask in segment.held if n < first),
        puts=tuple((n, mask, value) for n, mask, value in segment.puts if n < first),
        paying=segment.paying[:first],
    )
