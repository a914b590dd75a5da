"""Where a path is likely to be: the forward pass.

The chance of each state runs forward from the start (Kolmogorov's forward equation) under the choices that the
backward sweep found; means over time and expected numbers of moves are integrated along. Fourth-order Runge-Kutta
between the steps of the sweep.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from offramp.graph.arrays import FixedPolicy, LogitPolicy, Problem, Segment
from offramp.play.blocks import room_for, span_of, spread
from offramp.play.kernels import forward as kernels
from offramp.play.kernels.pushing import fill_push
from offramp.play.kernels.tables import END_ENTRY, FIRST_ENTRY, Tables
from offramp.play.packing import Packer
from offramp.play.pushing import Kind, turned
from offramp.play.solving import Solution, Track
from offramp.play.tracks import acting, between, forward_segments
from offramp.shapes import Floats, Ints

__all__ = ["Paths", "follow"]

REACH = 2.0
"""Longest step times the fastest rate."""


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """What happens on the way, in expectation."""

    times: Floats
    """[T]"""
    expected: Floats
    """[T, observables] expected value of each observable at each time."""
    occupancy: Floats
    """[C, P] share of the time from 0 to the last of ``times`` spent in each state."""
    final: Floats
    """[C, P] chance of each state at the last time."""
    movers: Ints
    """[edges] the player who moves"""
    sources: Ints
    """[edges] from this configuration"""
    targets: Ints
    """[edges] to this one"""
    moves: Floats
    """[edges] expected number of such moves up to the last time; edges without any are left out."""

    @property
    def by_configuration(self) -> Floats:
        """[C] share of the time in each configuration."""
        total: Floats = self.occupancy.sum(axis=1)
        return total


def follow(solution: Solution, observables: Floats, times: Sequence[float] | Floats, *, moves: bool = True) -> Paths:
    """Push the start forward.

    Parameters
    ----------
    solution : Solution
        Solved with ``snapshots`` at the last of ``times`` or later.
    observables : [observables, C, P]
        Functions of the state.
    times : [T]
        Dates at which they are wanted, rising, from 0 on.
    moves : bool
        Count the moves. Without that it takes a fraction of the time.
    """
    problem = solution.problem
    dates = np.asarray(times, dtype=float)
    until = float(dates[-1])
    chance = np.zeros((problem.configurations, span_of(problem.ladders.positions)))
    chance[problem.start] = 1.0
    occupancy = np.zeros_like(chance)
    seen = spread(np.asarray(observables, dtype=float), chance.shape[1])
    expected = np.zeros((len(dates), len(seen)))
    expected[dates <= 0.0] = np.einsum("ncp,cp->n", seen, chance)
    counts: dict[tuple[int, int, int], float] = {}
    for segment, track in forward_segments(solution, until):
        walk = _Walk(problem, segment, track) if moves else _Push(problem, segment, track)
        end = min(segment.end, until)
        stops = dates[(dates > segment.start) & (dates <= end)]
        nodes = np.unique(np.concatenate([[segment.start, end], stops, [] if track is None else track.times]))
        nodes = nodes[nodes <= end]
        for begin, stop in pairwise(nodes):
            walk.advance(chance, float(begin), float(stop), occupancy)
            if stop in stops:
                expected[dates == stop] = np.einsum("ncp,cp->n", seen, chance)
        walk.count(counts)
    edges = sorted(key for key, amount in counts.items() if amount > 0.0)
    table = np.array(edges, dtype=np.int64).reshape(len(edges), 3)
    return Paths(
        times=dates,
        expected=expected,
        occupancy=occupancy[:, : problem.ladders.positions] / until if until > 0.0 else occupancy,
        final=chance[:, : problem.ladders.positions],
        movers=table[:, 0],
        sources=table[:, 1],
        targets=table[:, 2],
        moves=np.array([counts[key] for key in edges]),
    )


class _Push:
    """One segment, forward; group by group, so that no move is told from another."""

    def __init__(self, problem: Problem, segment: Segment, track: Track | None) -> None:
        alone = turned(problem, [segment], [Kind(0.0, {})])
        self._tables: Tables = Packer(alone, turned=True).tables(alone.segments[0])
        self._room = room_for(alone)
        self._track = track
        self._fastest = Packer(problem).fastest(segment)
        self._values = np.zeros((problem.configurations, len(problem.columns), self._tables.span))

    def advance(self, chance: Floats, begin: float, stop: float, occupancy: Floats) -> None:
        """Move ``chance`` from one date to another, in place."""
        steps = max(1, int(np.ceil((stop - begin) * self._fastest / REACH)))
        h = (stop - begin) / steps
        change = np.zeros((4, *chance.shape))
        self._set_rates(begin)
        for step in range(steps):
            now = begin + step * h
            self._push(chance, change[0], h / 6, occupancy)
            self._set_rates(now + h / 2)
            self._push(chance + h / 2 * change[0], change[1], h / 3, occupancy)
            self._push(chance + h / 2 * change[1], change[2], h / 3, occupancy)
            self._set_rates(now + h)
            self._push(chance + h * change[2], change[3], h / 6, occupancy)
            chance += h / 6 * (change[0] + 2 * change[1] + 2 * change[2] + change[3])

    def count(self, counts: dict[tuple[int, int, int], float]) -> None:
        """Add nothing: moves are not counted."""

    def _set_rates(self, time: float) -> None:
        track = self._track
        if track is not None:
            later, sooner, step, x = between(track, time)
            kernels.join(track.values[later], track.values[sooner], track.slopes[later], track.slopes[sooner],
                         step, x, np.array(track.columns, dtype=np.int64), self._values)  # fmt: skip

    def _push(self, chance: Floats, change: Floats, weight: float, occupancy: Floats) -> None:
        occupancy += weight * chance
        fill_push(self._tables, self._values, chance[:, None], change[:, None], self._room)


class _Walk(_Push):
    """One segment, forward, move by move."""

    def __init__(self, problem: Problem, segment: Segment, track: Track | None) -> None:
        packer = Packer(problem)
        self._tables: Tables = packer.tables(segment)
        self._room = room_for(problem)
        self._track = track
        self._fastest = packer.fastest(segment)
        self._values = np.zeros((problem.configurations, len(problem.columns), self._tables.span))
        self._logit: list[int] = []
        movers, sources, targets = [], [], []
        fixed: list[Floats] = []
        chosen = acting(problem, segment)
        for i in sorted(chosen, key=lambda i: isinstance(segment.policies[i], FixedPolicy)):
            policy = segment.policies[i]
            if isinstance(policy, LogitPolicy):
                self._logit.append(i)
                here, there = _edges(policy)
            else:
                rows = slice(self._tables.policies[i, FIRST_ENTRY], self._tables.policies[i, END_ENTRY])
                here, there = self._tables.sources[rows], self._tables.targets[rows]
                fixed.append(self._tables.chances[rows])
            movers.append(np.full(len(here), policy.player))
            sources.append(here)
            targets.append(there)
        self._movers = np.concatenate([*movers, np.zeros(0, np.int64)])
        self._sources = np.concatenate([*sources, np.zeros(0, np.int64)])
        self._targets = np.concatenate([*targets, np.zeros(0, np.int64)])
        self._moves = np.zeros(len(self._sources))
        self._rates = np.zeros((len(self._sources), self._tables.span))
        count = sum(map(len, fixed))
        if count:
            self._rates[len(self._rates) - count :] = np.concatenate(fixed)

    def count(self, counts: dict[tuple[int, int, int], float]) -> None:
        """Add the expected moves, by player and configurations."""
        for player, here, there, amount in zip(
            self._movers.tolist(),
            self._sources.tolist(),
            self._targets.tolist(),
            self._moves.tolist(),
            strict=True,
        ):
            if here != there:
                counts[player, here, there] = counts.get((player, here, there), 0.0) + amount

    def _set_rates(self, time: float) -> None:
        super()._set_rates(time)
        first = 0
        for i in self._logit:
            first = kernels.fill_rates(self._tables, i, self._values, self._room, first, self._rates)

    def _push(self, chance: Floats, change: Floats, weight: float, occupancy: Floats) -> None:
        kernels.push(
            self._tables,
            self._sources,
            self._targets,
            self._rates,
            chance,
            change,
            weight,
            occupancy,
            self._moves,
        )


def _edges(policy: LogitPolicy) -> tuple[Ints, Ints]:
    """From and to of every move, in the order of ``kernels.fill_rates``."""
    members = policy.moves.members
    legal = policy.moves.allowed & ~np.eye(members.shape[1], dtype=bool)
    legal = legal & (members >= 0)[:, :, None] & (members >= 0)[:, None, :]
    groups, before, after = np.nonzero(legal)
    return members[groups, before], members[groups, after]
