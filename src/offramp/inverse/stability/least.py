"""The least change that makes one of some states an equilibrium, and the next best."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence

import numpy as np

from offramp.errors import UsageError
from offramp.inverse.stability.affine import AffineGame, Unknowns, holds
from offramp.inverse.stability.blocking import blocking
from offramp.inverse.stability.cheapest import Direction, directions_of
from offramp.inverse.stability.logic import Logic
from offramp.inverse.stability.results import Answer, Budget, Change, Inverse
from offramp.inverse.stability.search import Search
from offramp.inverse.stability.tree import Clock, Found
from offramp.inverse.stability.views import Sight
from offramp.shapes import Bools, Floats
from offramp.stability import CONCEPTS

__all__ = ["least_change"]


def least_change(
    games: Sequence[AffineGame],
    unknowns: Unknowns,
    states: Iterable[int],
    concept: str,
    *,
    answers: int = 1,
    budget: Budget | None = None,
    explained: int = 1,
) -> Inverse:
    """Find the least change of unknowns, inside their ranges, that makes one of some states an equilibrium.

    Parameters
    ----------
    games : sequence of AffineGame
        One, or where players see different games one for each; every player is judged in one of them.
    unknowns : Unknowns
    states : iterable of int
        The target: any of these will do.
    concept : str
        One of ``CONCEPTS``.
    answers : int
        How many to look for: after the least the next best. What makes all the changes of an earlier one, in the same
        directions, is not another.
    budget : Budget, optional
    explained : int
        For how many states to say what blocks them, where nothing will do.

    Raises
    ------
    UsageError
        If there is no such concept, or the target is empty.
    """
    if concept not in CONCEPTS:
        raise UsageError(f"there is no concept {concept}", code="no-concept", hint=f"take one of {', '.join(CONCEPTS)}")
    target = tuple(sorted({int(s) for s in states}))
    if not target:
        raise UsageError("no state is aimed at", code="no-target", hint="name a state, or a condition that some meet")
    clock = Clock(budget or Budget())
    still = holds(games, np.zeros(len(unknowns.names)), target, concept)
    queue = _Queue(games, unknowns, target, concept, clock, still)
    found = queue.run(answers)
    barred = queue.impossible[:explained] if not found else []
    return Inverse(
        concept=concept,
        states=target,
        answers=tuple(_answer(games, unknowns, target, concept, state, each) for state, each in found),
        bound=min(queue.bounds.values()),
        complete=queue.complete,
        impossible=tuple(queue.impossible),
        undecided=() if queue.complete else tuple(s for s in target if s in queue.open),
        blocked=tuple(blocking(games, unknowns, state, concept, clock) for state in barred),
        movable=unknowns.names,
        already=tuple(s for s, so in zip(target, still, strict=True) if so),
    )


class _Queue:
    """The states of a target by what is known of their cost, the most promising first."""

    def __init__(
        self,
        games: Sequence[AffineGame],
        unknowns: Unknowns,
        target: tuple[int, ...],
        concept: str,
        clock: Clock,
        still: Bools,
    ) -> None:
        width = unknowns.width
        logic = Logic((unknowns.low - unknowns.best) / width, (unknowns.high - unknowns.best) / width,
                      unknowns.weights * width)  # fmt: skip
        sights = [Sight(game, logic, unknowns) for game in games]
        self.clock = clock
        self.bounds = dict.fromkeys(target, 0.0)
        """By state: no way to it costs less."""
        self.impossible: list[int] = []
        self.open = {state for state, so in zip(target, still, strict=True) if not so}
        """States for which nothing is known yet."""
        self.complete = True
        self._without: list[frozenset[Direction]] = []
        self._heap: list[tuple[float, bool, int]] = []
        """Cost or bound, whether it is only a bound, and the state."""
        self._found: dict[int, Found] = {}
        self._searches: dict[int, Search] = {}
        if still.any():
            state = target[int(np.flatnonzero(still)[0])]
            self._found[state] = Found(np.zeros(len(width)), 0.0, 0.0, True)
            self._heap.append((0.0, False, state))
            return
        for state in target:
            if self._stop() or (self._heap and clock.half_over):
                self.complete = False
                break
            self._searches[state] = Search(games, sights, unknowns, state, concept, self._without)
            self.bounds[state] = self._searches[state].bound
            self._heap.append((self.bounds[state], True, state))
        heapq.heapify(self._heap)

    def run(self, answers: int) -> list[tuple[int, Found]]:
        """Return states and what was found for them, by cost."""
        found: list[tuple[int, Found]] = []
        while self._heap and len(found) < answers:
            key, open_, state = heapq.heappop(self._heap)
            known = self._found.get(state)
            if not open_ and known is not None and known.y is not None:
                story = directions_of(known.y)
                if not any(told <= story for told in self._without):
                    found.append((state, known))
                    self._without.append(story)
                if not story:
                    break
                heapq.heappush(self._heap, (known.bound, True, state))
            elif np.isinf(key):
                self._closed(state)
            elif not self._stop():
                self._look(state, answers - len(found))
        return sorted(found, key=lambda each: each[1].cost)

    def _look(self, state: int, missing: int) -> None:
        """Search for one state, for nothing dearer than what is known for as many others as are missing."""
        ahead = sorted(cost for cost, open_, _ in self._heap if not open_)
        now = self._searches[state].least(self.clock, ahead[missing - 1] if len(ahead) >= missing else np.inf)
        self.complete = self.complete and now.finished
        if not self._without:
            self.bounds[state] = max(self.bounds[state], now.bound)
        if now.y is not None:
            self._found[state] = now
            heapq.heappush(self._heap, (now.cost, False, state))
        elif now.finished:
            heapq.heappush(self._heap, (now.bound, True, state))
        if now.y is not None or now.finished:
            self.open.discard(state)

    def _closed(self, state: int) -> None:
        """Note that there is no way to a state, or none that is not told yet."""
        self.open.discard(state)
        if not self._without:
            self.impossible.append(state)
            self.bounds[state] = np.inf

    def _stop(self) -> bool:
        if self.clock.over:
            self.complete = False
        return self.clock.over


def _answer(
    games: Sequence[AffineGame], unknowns: Unknowns, target: tuple[int, ...], concept: str, state: int, found: Found
) -> Answer:
    y = found.y if found.y is not None else np.zeros(len(unknowns.names))
    point = np.clip(unknowns.best + y * unknowns.width, unknowns.low, unknowns.high)
    changes = tuple(_change(unknowns, point, int(k)) for k in np.flatnonzero(y))
    too = holds(games, point - unknowns.best, target, concept)
    also = tuple(s for s, so in zip(target, too, strict=True) if so and s != state)
    return Answer(state, changes, found.cost, min(found.bound, found.cost), point, also)


def _change(unknowns: Unknowns, point: Floats, k: int) -> Change:
    start, end = float(unknowns.best[k]), float(point[k])
    cost = float(unknowns.weights[k]) * abs(end - start)
    return Change(unknowns.names[k], start, end, float(unknowns.low[k]), float(unknowns.high[k]), cost)
