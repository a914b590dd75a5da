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

import math
import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from offramp.graph.arrays import Problem
from offramp.play.blocks import room_for, zeros_for
from offramp.play.kernels import sweep as kernels
from offramp.play.packing import Packer
from offramp.play.pushing import Steps, read_forward
from offramp.play.solving import MOST_STEPS, failure_of, felt_in, longest_step, put_in_place, solve
from offramp.shapes import ENSEMBLE_TOLERANCE, Floats, Precision

__all__ = ["outcomes_at_start", "pays_for_moves", "players_where_it_pays", "shorter"]

FEWEST = 5
"""Outcomes from which on it pays."""

MOST_KEPT = 2**29
"""Bytes of what choices rested on, at most: a larger problem sweeps its outcomes as columns."""

ROWS = 8
"""Steps kept in one go."""


class _Trails(threading.local):
    """What the last problem of this thread kept, to be written over: fresh memory costs a tenth of the time."""

    def __init__(self) -> None:
        self.memory: list[npt.NDArray[np.uint8]] = []

    def get(self, n: int, shape: tuple[int, ...], number: Precision) -> Floats:
        """Return the n-th array of a problem; what is in it is arbitrary."""
        size = math.prod(shape) * np.dtype(number).itemsize
        if n == len(self.memory):
            self.memory.append(np.empty(0, dtype=np.uint8))
        if self.memory[n].size < size:
            self.memory[n] = np.empty(size, dtype=np.uint8)
        return self.memory[n][:size].view(number).reshape(shape)


_TRAILS = _Trails()


def outcomes_at_start(
    problem: Problem, first_outcome: int, *, tolerance: float, number: Precision = np.float64
) -> Floats:
    """Return the outcomes at the start, [N]; the entries of the players' values are NaN.

    Parameters
    ----------
    problem : Problem
    first_outcome : int
        Columns from here on are outcomes.
    tolerance, number
        See `solve`.

    Raises
    ------
    WorldError
        A value is not finite, or the policies do not converge.
    """
    found = np.full(len(problem.columns), np.nan)
    packer = players_where_it_pays(problem, first_outcome, tolerance, number)
    if packer is None:
        found[first_outcome:] = solve(problem, tolerance=tolerance, number=number).at_start[first_outcome:]
    else:
        steps = list(_kept_steps(problem, packer, tolerance))
        found[first_outcome:] = read_forward(problem, first_outcome, steps, number)
    return found


def players_where_it_pays(problem: Problem, first: int, tolerance: float, number: Precision) -> Packer | None:
    """Return the problem without its outcomes, ready to be flattened; None where they had better be swept as columns.

    Parameters
    ----------
    problem : Problem
    first : int
        Columns from here on are outcomes.
    tolerance, number
        See `solve`.
    """
    if first == 0 or len(problem.columns) - first < FEWEST or pays_for_moves(problem, first):
        return None
    packer = Packer(_players(problem, first), number)
    return packer if _bytes_kept(problem, packer, tolerance) <= MOST_KEPT else None


def pays_for_moves(problem: Problem, first: int) -> bool:
    """Tell whether some outcome pays switching costs: what it earns then depends on choices."""
    for segment in problem.segments:
        dear = {p.player for p in segment.policies if np.any(p.cost[np.isfinite(p.cost)] != 0.0)}
        paying = segment.paying or (True,) * segment.active
        if any(problem.columns[n].payer in dear and paying[n] for n in range(first, segment.active)):
            return True
    return False


def _players(problem: Problem, first: int) -> Problem:
    """Return a problem without its outcomes."""
    segments = tuple(
        replace(
            segment,
            active=min(segment.active, first),
            terminal=tuple((n, values) for n, values in segment.terminal if n < first),
            flow=segment.flow[:, :first],
            held=tuple((n, mask) for n, mask in segment.held if n < first),
            puts=tuple((n, mask, value) for n, mask, value in segment.puts if n < first),
            paying=segment.paying[:first],
        )
        for segment in problem.segments
    )
    return replace(problem, columns=problem.columns[:first], segments=segments)


def _bytes_kept(problem: Problem, packer: Packer, tolerance: float) -> float:
    """Return about how much must be kept to read the outcomes off."""
    players = packer.problem
    rows = sum(
        ROWS + 2.0 * (alone.end - alone.start) / (longest_step(alone, packer.fastest(alone)) * shorter(tolerance))
        for segment, alone in zip(problem.segments, players.segments, strict=True)
        if segment.active > alone.active
    )
    return np.dtype(packer.number).itemsize * 10.0 * problem.configurations * packer.span * len(players.columns) * rows


def shorter(tolerance: float) -> float:
    """Return how much shorter than what is stable steps must be, so that the weights are as good as the values.

    Their error is not estimated. It grows with the fourth power of a step; at the tolerance of ensembles stability is
    enough.
    """
    return float(min(1.0, (tolerance / ENSEMBLE_TOLERANCE) ** 0.25))


def _kept_steps(problem: Problem, packer: Packer, tolerance: float) -> Iterator[Steps]:
    """Sweep the players' values, and give the steps of each segment that carries outcomes."""
    players, number = packer.problem, packer.number
    room, state = room_for(players, number), zeros_for(players, 1, number)[0]
    stages = zeros_for(players, kernels.STAGES, number)
    tally, watched, taken = np.zeros(3, dtype=np.int64), np.zeros(0, dtype=np.int64), 0
    for segment, whole in zip(players.segments, problem.segments, strict=True):
        put_in_place(segment, state)
        clock = np.array([segment.end - segment.start, 0.0])
        longest, tables = longest_step(segment, packer.fastest(segment)), packer.tables(segment)
        rows = ROWS if whole.active > segment.active else 0
        felt = felt_in(problem, whole)
        if rows:
            longest *= shorter(tolerance)
        steps: list[tuple[float, Floats]] = []
        status = kernels.FULL
        while status == kernels.FULL:
            lengths, trail = np.zeros(rows), np.empty((0, 10, *state.shape), dtype=number)
            if rows:
                trail, taken = _TRAILS.get(taken, (rows, 10, *state.shape), number), taken + 1
            record = np.zeros((rows, 2, problem.configurations, 0, state.shape[2]), dtype=number)
            tally[kernels.RECORDED] = 0
            status = kernels.sweep(tables, room, state, stages, clock, tally, longest, tolerance, felt, MOST_STEPS,
                                   watched, lengths, record, trail)  # fmt: skip
            used = int(tally[kernels.RECORDED])
            steps += zip(lengths[:used].tolist(), trail[:used], strict=True)
        if status != kernels.DONE:
            raise failure_of(status, players, segment, segment.start + float(clock[kernels.LEFT]), state)
        if rows:
            yield steps
