"""Branch and bound over clauses: the cheapest shift that meets them all, and passes a judgement that may add more.

A node holds the inequalities taken so far; the linear programme gives the cheapest shift at which they hold. Where a
clause is broken there, each of its literals opens a branch, and the branches after it do without: what an earlier
branch has found is not looked for again. Branches are taken by what they cost at least.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from offramp.inverse.stability.cheapest import Direction, cheapest, directions_of
from offramp.inverse.stability.logic import Clause, Logic
from offramp.inverse.stability.results import Budget
from offramp.shapes import Floats

__all__ = ["Clock", "Found", "Tree"]

SAME = 1e-9
"""Costs that differ by less are alike."""

MARGIN = 1e-8
"""By how much inequalities are tightened where rounding has the judgement differ."""

DIVES = 256
"""Nodes between two attempts to complete a shift greedily, and steps of an attempt."""

Judge = Callable[[Floats], Collection[Clause] | None]
"""None where a shift will do; else clauses that it breaks, and that whatever will do meets."""


class Clock:
    """What is left of a budget."""

    def __init__(self, budget: Budget) -> None:
        self._half = time.monotonic() + budget.seconds / 2
        self._end = self._half + budget.seconds / 2
        self.nodes = budget.nodes

    @property
    def over(self) -> bool:
        """Whether nothing is left."""
        return self.nodes <= 0 or time.monotonic() >= self._end

    @property
    def half_over(self) -> bool:
        """Whether half of the time is over."""
        return time.monotonic() >= self._half


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a search has come to."""

    y: Floats | None
    """The best shift found."""
    cost: float
    bound: float
    """No shift costs less; infinite where none will do."""
    finished: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Node:
    taken: frozenset[int] = frozenset()
    left: frozenset[Clause] = frozenset()
    barred: frozenset[int] = frozenset()
    shut: frozenset[Direction] = frozenset()
    known: int = 0
    """How many of all clauses it has taken in."""
    y: Floats | None = None


class Tree:
    """The search for one shift after another.

    Parameters
    ----------
    logic : Logic
    clauses : iterable of Clause
    judge : Judge
    without : sequence of sets of Direction
        Changes that must not all be made together.
    deep : bool
        Any shift will do: the branches of the last node come first.
    """

    def __init__(
        self,
        logic: Logic,
        clauses: Iterable[Clause],
        judge: Judge,
        without: Sequence[frozenset[Direction]] = (),
        *,
        deep: bool = False,
    ) -> None:
        self.logic, self.judge, self.without, self.deep = logic, judge, without, deep
        self.clauses: list[Clause] = list(dict.fromkeys(clauses))
        self._known = set(self.clauses)
        self._heap: list[tuple[float, float, int, _Node]] = []
        self._count = 0

    def run(self, clock: Clock, at_most: float = np.inf) -> Found:
        """Find the cheapest shift that will do and costs no more than so much."""
        self._heap, missed = [], np.inf
        self._push(0.0, _Node())
        best, cost, seen = None, at_most, 0
        while self._heap:
            _, bound, _, node = heapq.heappop(self._heap)
            if bound > cost + SAME or (best is not None and bound > cost - SAME):
                continue
            if clock.over:
                low = min([bound, *(each[1] for each in self._heap)])
                return Found(best, cost if best is not None else np.inf, low, False)
            clock.nodes -= 1
            entered = self._enter(node)
            if entered is None or entered.y is None:
                continue
            now = float(self.logic.prices @ np.abs(entered.y))
            if now > cost + SAME:
                continue
            if not self.deep and self._heap and now > self._heap[0][0] + SAME:
                self._push(now, entered)
                continue
            if seen % DIVES == 0 and not self.deep:
                dived = self._dive(entered)
                if dived is not None and (spent := float(self.logic.prices @ np.abs(dived))) < cost:
                    best, cost = dived, spent
            seen += 1
            if self._branch(entered, now):
                continue
            added = self.judge(entered.y)
            if added is None:
                best, cost = entered.y, now
                if self.deep:
                    break
            elif self._learn(added) > entered.known:
                self._push(now, replace(entered, y=None))
            else:
                y = cheapest(self.logic, entered.taken, entered.shut, MARGIN)
                if y is None or not self._fits(y) or self.judge(y) is not None:
                    missed = min(missed, now)
                elif (spent := float(self.logic.prices @ np.abs(y))) < cost:
                    best, cost = y, spent
        if best is not None:
            return Found(best, cost, min(cost, missed), missed >= cost)
        return Found(None, np.inf, min(at_most, missed), np.isinf(missed))

    def _push(self, bound: float, node: _Node) -> None:
        self._count += 1
        order = -float(self._count) if self.deep else bound
        heapq.heappush(self._heap, (order, bound, self._count, node))

    def _learn(self, clauses: Collection[Clause]) -> int:
        """Take in clauses, and return how many there are."""
        self.clauses += [clause for clause in clauses if clause not in self._known]
        self._known.update(clauses)
        return len(self.clauses)

    def _enter(self, node: _Node) -> _Node | None:
        """Take in clauses that are new to a node, and find its cheapest shift; None where it has none."""
        if node.y is not None and node.known == len(self.clauses):
            return node
        met = self._met(node.left.union(self.clauses[node.known :]), node.taken, node.barred)
        if met is None:
            return None
        taken, left = met
        y = cheapest(self.logic, taken, node.shut)
        return replace(node, taken=taken, left=left, known=len(self.clauses), y=y)

    def _met(
        self, clauses: Collection[Clause], taken: frozenset[int], barred: frozenset[int]
    ) -> tuple[frozenset[int], frozenset[Clause]] | None:
        """Take what is the only way left to meet a clause, until every clause left leaves a choice."""
        sure, left = set(taken), set(clauses)
        while True:
            new, changed = set[Clause](), False
            for clause in left:
                if sure.intersection(clause):
                    continue
                open_ = tuple(each for each in clause if each not in barred)
                if not open_:
                    return None
                if len(open_) > 1:
                    new.add(open_)
                    continue
                sure.add(open_[0])
                new.update(self.logic.gates.get(open_[0], ()))
                changed = True
            left = new
            if not changed:
                return frozenset(sure), frozenset(left)

    def _branch(self, node: _Node, cost: float) -> bool:
        """Open branches where a clause is broken, or too much is changed; tell whether that was so."""
        assert node.y is not None
        directions = directions_of(node.y)
        for story in self.without:
            if story <= directions:
                for direction in story:
                    self._push(cost, replace(node, shut=node.shut | {direction}, y=None))
                return True
        values = self.logic.values(node.y)
        broken = [clause for clause in node.left if not values[list(clause)].any()]
        if not broken:
            return False
        clause = max(broken, key=lambda each: (self.logic.least(each), -len(each), each))
        barred, ways = node.barred, sorted(clause, key=lambda each: (self.logic.costs[each], each))
        branches = []
        for each in ways:
            branches.append((max(cost, self.logic.costs[each]), barred, each))
            barred = barred | {each}
        for bound, without, each in reversed(branches) if self.deep else branches:
            self._push(bound, replace(node, left=node.left | {(each,)}, barred=without, y=None))
        return True

    def _fits(self, y: Floats) -> bool:
        directions = directions_of(y)
        return not any(story <= directions for story in self.without)

    def _dive(self, node: _Node) -> Floats | None:
        """Complete a node's shift by what is cheapest by itself, clause after clause."""
        for _ in range(DIVES):
            if node.y is None:
                return None
            values = self.logic.values(node.y)
            broken = [clause for clause in node.left if not values[list(clause)].any()]
            if not broken:
                added = self.judge(node.y)
                if added is None:
                    return node.y if self._fits(node.y) else None
                known = len(self.clauses)
                self._learn(added)
                broken = self.clauses[known:]
                if not broken or () in broken:
                    return None
            clause = max(broken, key=lambda each: (self.logic.least(each), -len(each), each))
            way = min(clause, key=lambda each: (self.logic.costs[each], each))
            entered = self._enter(replace(node, left=node.left | {(way,)}, y=None))
            if entered is None:
                return None
            node = entered
        return None
