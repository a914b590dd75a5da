"""A race while it runs."""

from __future__ import annotations

import numpy as np

from offramp.inverse.racing.asked import Asked
from offramp.inverse.racing.domination import standing
from offramp.inverse.racing.grid import Grid
from offramp.inverse.racing.learner import Learner
from offramp.inverse.racing.minimal import doubtful, minimal_sets
from offramp.inverse.racing.pareto import nondominated
from offramp.inverse.racing.rounds import discarded, next_cells
from offramp.inverse.racing.scores import Scores
from offramp.inverse.racing.spread import spread
from offramp.inverse.racing.table import Table
from offramp.shapes import Floats, Ints

__all__ = ["Running"]

_ROUNDS = 6
_WIDE = 3
"""Rounds in which as many packages as can get further worlds; then the likeliest are finished one by one."""

_IN_ROUNDS = 0.5
"""Of the risk; the rest is for telling in the end who may be on which front."""

_KEPT = 0.12
"""Of the budget, for the present, whoever leads and minimal sets."""

_STEP = 16
"""Worlds at a time for a package that could be a minimal set."""


class Running:
    """A race while it runs: what was solved, who is left, and the risk that was taken so far."""

    def __init__(self, grid: Grid, asked: Asked, table: Table) -> None:
        self.grid, self.asked, self.table = grid, asked, table
        self.learner = Learner(grid, asked, table)
        self.within = grid.within(asked.most_cost)
        self.left: Ints = np.flatnonzero(self.within)
        self.spent = 0.0
        self._rng = np.random.default_rng(asked.seed)
        self._order: Ints = self._rng.permutation(table.worlds)

    def run(self) -> None:
        """Spend the budget, or less where nothing is left in doubt."""
        worlds = self.table.worlds
        if len(self.left) * worlds <= self.table.budget:
            self.table.ask((int(p), int(w)) for w in self._order for p in self.left)
            self._undominated()
            return
        self.table.ask(spread(self.grid, worlds, self.table.budget, self._rng))
        kept = int(_KEPT * self.table.budget)
        size = max(1, (self.table.left - kept) // _ROUNDS)
        n = 0
        while (room := self.table.left - kept) > 0:
            if not self._round(min(max(size, self.table.worlds // 2), room), n):
                break
            n += 1
        self._lead()
        self._minimal()

    def best(self, scores: tuple[Scores, ...]) -> int:
        """Return the package with the highest target among those left, the cheapest of equal ones."""
        if not len(self.left):
            return self.grid.today
        target, cost = np.round(scores[0].mean[self.left], 12), self.grid.cost()[self.left]
        return int(self.left[np.lexsort((self.left, cost, -target))[0]])

    def chance(self, scores: Scores) -> Floats:
        """Return ``[package]``, with which probability it reaches the share; those that cost too much do not count."""
        found = scores.reaching(np.arange(self.grid.packages), self.asked.sign(0) * self.asked.share)
        return np.where(self.within, found, 0.0)

    def possible(self, scores: tuple[Scores, ...]) -> tuple[Ints, ...]:
        """Return, by front, who may be on it; the rest of the risk is spent on those left out."""
        if len(self.left) < 2 or (scores[0].solved.open[self.left] == 0).all():
            return tuple(self.left[:0] for _ in scores)
        now = standing(scores, self.grid.cost(), self.left, self.margins())
        allowed = max(self.asked.risk - self.spent, 0.0) / len(scores)
        found = []
        for risk in now.risks:
            gone, spent = discarded(risk, allowed)
            self.spent += spent
            found.append(self.left[~gone])
        return tuple(found)

    def _round(self, size: int, n: int) -> bool:
        """Discard, and solve further cells; false where nothing is left to solve."""
        scores = self.learner.scores()
        nowhere = scores[0].solved.nowhere
        self.left = self.left[~nowhere[self.left]]
        if not len(self.left):
            self.left = np.flatnonzero(~nowhere & self.within)
        if not len(self.left):
            return False
        now = standing(scores, self.grid.cost(), self.left, self.margins())
        gone, risk = discarded(now.risk, _IN_ROUNDS * self.asked.risk * (1.0 - 0.5 ** (n + 1)) - self.spent)
        self.spent += risk
        self.left = now.package[~gone]
        self.table.leading = self.best(scores)
        cells = next_cells(now, gone, self.table, self._order, size, deep=n >= _WIDE)
        self.table.ask(cells)
        return bool(cells)

    def _undominated(self) -> None:
        """Keep the members of fronts; everything is known."""
        scores = self.learner.scores()
        known = np.flatnonzero(~scores[0].solved.nowhere & self.within)
        target = scores[0].mean[known]
        on = nondominated(target, -self.grid.cost()[known])
        for other in scores[1:]:
            on |= nondominated(target, other.mean[known])
        self.left = known[on]
        self.table.leading = self.best(scores)

    def _lead(self) -> None:
        """Solve the present in all worlds, then whoever leads, and whoever leads then, with half of what is left."""
        least = self.table.left // 2
        self._finish(self.grid.today)
        while self.table.left > least and self._finish(self.best((self.learner.target(),))):
            pass

    def _finish(self, package: int) -> bool:
        """Solve a package in the worlds that are missing; false where none is."""
        cells = [(package, int(w)) for w in self.table.missing(package, self._order)]
        self.table.ask(cells[: self.table.left])
        return bool(cells)

    def _minimal(self) -> None:
        """Solve what could be a minimal set and is in doubt; then what would make those found certain."""
        sign = self.asked.sign(0)
        while self.table.left > 0:
            scores = self.learner.target()
            chance = self.chance(scores)
            packages = doubtful(self.grid, chance, scores.solved.open)
            if not len(packages):
                found = minimal_sets(self.grid, scores, chance, sign)
                wanted = [s.package for s in found if not s.certain]
                wanted += [int(self.grid.without(np.array([s.package]), at)[0]) for s in found for at in s.levers]
                undecided = (chance > 0.0) & (chance < 1.0) & (scores.solved.open > 0)
                packages = np.array([p for p in dict.fromkeys(wanted) if undecided[p]], dtype=np.int64)
            room = min(self.table.left, max(self.table.batch, self.table.worlds))
            cells = [
                (int(p), int(w))
                for p in packages[: max(1, room // _STEP)]
                for w in self.table.missing(int(p), self._order)[:_STEP]
            ]
            if not cells:
                return
            self.table.ask(cells[:room])

    def margins(self) -> tuple[float, ...]:
        """Return the margins by outcome."""
        if self.asked.margins is not None:
            return self.asked.margin, *self.asked.margins
        if len(self.asked.signs) == 1:
            return (self.asked.margin,)
        values = self.table.values[:, 1:]
        values = values[np.isfinite(values).all(axis=1)]
        ranges = np.ptp(values, axis=0) if len(values) else np.ones(len(self.asked.signs) - 1)
        return self.asked.margin, *(self.asked.margin * float(each) for each in ranges)
