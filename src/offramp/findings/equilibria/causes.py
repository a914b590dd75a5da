"""How much of its time play spends in some configurations, and how much it would without each cause."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from offramp.ensemble import worker_count
from offramp.errors import WorldError
from offramp.expressions import Constant
from offramp.findings.equilibria.values import Cause
from offramp.graph import Graph, LogitPolicy, Problem, Segment, pose
from offramp.model import Outcome, Time
from offramp.play import solve
from offramp.play.outcomes import outcomes_under
from offramp.shapes import ENSEMBLE_TOLERANCE, Bools, Floats
from offramp.stability import free_graph

__all__ = ["LONGER", "Spent", "time_spent"]

SHARPER = 10.0
"""Players' precision is multiplied by this to take (nearly all) noise away."""
LONGER = 4.0
"""The horizon is multiplied by this to give things time."""
FURTHER = 1.25
"""Foresight is multiplied by this to see whether play without noise turns on what is assumed at its last date."""
NUDGE = 1e-3
"""Values at that date are moved at random by up to this part of what foresight covers: one way, and the other way with
the longer foresight."""
FIRM = 0.1
"""If the share of time then differs by more than this, it tells nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Spent:
    """The share of the time up to the horizon that play spends in each of some sets of configurations."""

    play: Floats
    """[M] from the start."""
    begun: Floats
    """[M, C] from any configuration, with the conditions as they start."""
    changed: Mapping[Cause, Floats]
    """[M] from the start without one cause; NaN where it cannot be told."""


def time_spent(graph: Graph, world: Mapping[str, float], sets: Bools, workers: int | None = None) -> Spent:
    """Play a case in one world, as it is and without each cause in turn.

    Without noise players are ten times as precise (NaN where play then turns on what is assumed at the foresight date);
    without foresight they see no further than the present; without haste there is four times as long, and foresight as
    far beyond that as before; without drift all conditions stay where they start; without cost moves are free. One
    cause at a time: the rest stays as it is.

    Parameters
    ----------
    graph : Graph
        With everybody free.
    world : mapping of str to float
        The value of every unknown.
    sets : [M, C]
    workers : int, optional
        Threads; by default one per core. The numbers do not depend on it.

    Raises
    ------
    WorldError
        If play as it is cannot be computed.
    """
    play = _Play(graph, world, sets)
    runs = play.runs()
    with ThreadPoolExecutor(worker_count(workers)) as pool:
        base = pool.submit(play.as_it_is)
        changed = dict(zip(runs, pool.map(play.told, runs.values()), strict=True))
        here, begun = base.result()
    return Spent(here, begun, changed)


class _Play:
    def __init__(self, graph: Graph, world: Mapping[str, float], sets: Bools) -> None:
        self.graph, self.world, self.sets = graph, world, sets
        self.problem = self._posed(graph)
        self.first = len(self.problem.columns) - len(sets)

    def as_it_is(self) -> tuple[Floats, Floats]:
        """Return the shares from the start, [M], and from everywhere, [M, C]."""
        solution = solve(self.problem, tolerance=ENSEMBLE_TOLERANCE)
        position = self.problem.start[1]
        return solution.at_start[self.first :], solution.values[:, self.first :, position].T

    def runs(self) -> dict[Cause, Callable[[], Floats]]:
        """Return what computes the shares without each cause that there is."""
        problem = self.problem
        found: dict[Cause, Callable[[], Floats]] = {
            "noise": self._without_noise,
            "foresight": lambda: self._shares(problem, "myopic"),
            "time": self._without_haste,
        }
        if any(np.any(s.rise) or np.any(s.fall) for s in problem.segments):
            found["drift"] = lambda: self._shares(_still(problem))
        if any(np.any(p.cost[p.moves.allowed]) for p in _choosers(problem)):
            found["cost"] = lambda: self._shares(_choosing(problem, _free))
        return {cause: found[cause] for cause in get_args(Cause) if cause in found}

    def told(self, run: Callable[[], Floats]) -> Floats:
        """Return what a run gives, NaN where it cannot be computed."""
        try:
            return run()
        except WorldError:
            return np.full(len(self.sets), np.nan)

    def _without_noise(self) -> Floats:
        time = self.graph.case.time
        further = self._posed(self._over(replace(time, foresight=FURTHER * time.foresight)))
        posed = self.problem, _nudged(self.problem, self.first, NUDGE), _nudged(further, self.first, -NUDGE)
        plain, near, far = (self._shares(_choosing(problem, _sharper)) for problem in posed)
        return np.where(np.abs(near - far) <= FIRM, plain, np.nan)

    def _without_haste(self) -> Floats:
        time = self.graph.case.time
        more = (LONGER - 1.0) * time.horizon
        longer = replace(time, horizon=time.horizon + more, foresight=time.foresight + more)
        return self._shares(self._posed(self._over(longer)))

    def _over(self, time: Time) -> Graph:
        return free_graph(replace(self.graph.case, time=time))

    def _posed(self, graph: Graph) -> Problem:
        """Return a problem whose last columns carry the share of the time spent in each of the sets."""
        nothing = [Outcome(f"set {n}", "", "average", Constant(0.0), None) for n in range(len(self.sets))]
        posed = pose(graph, self.world, nothing)
        first = posed.first_outcome
        earned = np.repeat((self.sets.T / graph.case.time.horizon)[:, :, None], graph.ladders.positions, axis=2)
        flows: dict[int, Floats] = {}

        def carrying(segment: Segment) -> Segment:
            if segment.active == first:
                return segment
            flow = np.concatenate([segment.flow[:, :first], earned], axis=1)
            return replace(segment, flow=flows.setdefault(id(segment.flow), flow))

        return replace(posed.problem, segments=tuple(map(carrying, posed.problem.segments)))

    def _shares(self, problem: Problem, movers: Literal["foresight", "myopic"] = "foresight") -> Floats:
        return outcomes_under(problem, movers, self.first, tolerance=ENSEMBLE_TOLERANCE)[self.first :]


def _choosers(problem: Problem) -> Iterator[LogitPolicy]:
    for segment in problem.segments:
        for policy in segment.policies:
            if isinstance(policy, LogitPolicy):
                yield policy


def _choosing(problem: Problem, change: Callable[[LogitPolicy], LogitPolicy]) -> Problem:
    """Change how players choose."""
    known: dict[int, LogitPolicy] = {id(policy): change(policy) for policy in _choosers(problem)}
    segments = (replace(s, policies=tuple(known.get(id(p), p) for p in s.policies)) for s in problem.segments)
    return replace(problem, segments=tuple(segments))


def _sharper(policy: LogitPolicy) -> LogitPolicy:
    return replace(policy, precision=SHARPER * policy.precision)


def _nudged(problem: Problem, first: int, by: float) -> Problem:
    """Move the values at the foresight date, each by itself but the same way every time."""
    last, *others = problem.segments
    tilt = np.random.default_rng(0).uniform(-1.0, 1.0, (problem.configurations, first, problem.ladders.positions))
    scale = by * last.end * np.abs(last.flow[:, :first]).max(axis=(0, 2))
    ends = dict(last.terminal)
    for n in range(first):
        ends[n] = ends.get(n, 0.0) + scale[n] * tilt[:, n]
    return replace(problem, segments=(replace(last, terminal=tuple(ends.items())), *others))


def _free(policy: LogitPolicy) -> LogitPolicy:
    return replace(policy, cost=np.zeros_like(policy.cost))


def _still(problem: Problem) -> Problem:
    still = np.zeros_like(problem.segments[0].rise)
    return replace(problem, segments=tuple(replace(s, rise=still, fall=still) for s in problem.segments))
