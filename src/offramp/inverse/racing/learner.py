"""From the table of solved cells to scores: the model fitted, and fitted again when there is much more."""

from __future__ import annotations

import numpy as np

from offramp.inverse.racing.asked import Asked
from offramp.inverse.racing.effects import Effects
from offramp.inverse.racing.factor import Factor
from offramp.inverse.racing.grid import Grid
from offramp.inverse.racing.likelihood import fitted
from offramp.inverse.racing.model import Model
from offramp.inverse.racing.scores import Scores
from offramp.inverse.racing.shares import by_share, ranked
from offramp.inverse.racing.sheet import lay_out
from offramp.inverse.racing.solved import solved
from offramp.inverse.racing.table import Table
from offramp.inverse.racing.variances import Variances
from offramp.shapes import Floats, Ints

__all__ = ["Learner"]

_COMMON, _DIFFERING = (3, 250), (2, 120)
"""Levers together, and columns: effects in all worlds, and by world."""

_FOLLOWED, _FOLLOWED_IN_FIT = 600, 150
"""Packages whose own effects are followed."""

_CELLS_IN_FIT, _EACH_IN_FIT = 1500, 6
_MORE = 2.5
"""The model is fitted again when there are so many times the cells."""


class Learner:
    """Keeps the variances found for each outcome between rounds."""

    def __init__(self, grid: Grid, asked: Asked, table: Table) -> None:
        self.grid, self.asked, self.table = grid, asked, table
        self.effects = Effects(grid.sizes, *_COMMON), Effects(grid.sizes, *_DIFFERING)
        self.variances = Variances.of(len(grid.sizes), *self.effects)
        self._found: dict[int, tuple[Floats, int]] = {}

    def scores(self) -> tuple[Scores, ...]:
        """Return the scores by outcome, higher being better in all of them."""
        values = self.table.values
        return tuple(self._scores(k, self.asked.scored(k, values[:, k])) for k in range(self.table.outcomes))

    def target(self) -> Scores:
        """Return the target's scores alone."""
        return self._scores(0, self.asked.scored(0, self.table.values[:, 0]))

    def _scores(self, outcome: int, outcomes: Floats) -> Scores:
        known = solved(self.table, outcomes, share=outcome == 0 and self.asked.least is not None)
        good = np.isfinite(known.outcome)
        if (known.open == 0).all() or not good.any():
            return Scores(self.grid, known)
        package, world, y = known.package[good], known.world[good], known.outcome[good]
        yes_and_no = known.share and 0.0 < y.mean() < 1.0
        reached = y
        if yes_and_no:
            values = self.table.values[good, 0]
            y = ranked(self.asked.signs[0] * values)
        centre, scale = float(y.mean()), float(y.std())
        scale = scale if scale > 1e-9 * max(abs(centre), 1e-300) else max(abs(centre), 1.0)
        cells = package, world, (y - centre) / scale
        sizes = self.variances.sizes(self._fit(outcome, cells))
        followed = np.argsort(-known.count, kind="stable")[:_FOLLOWED]
        followed = np.sort(followed[known.count[followed] > 0])
        factor = Factor(lay_out(cells, self.grid.levels(package), known.worlds, self.effects, followed), sizes)
        open_ = known.open.astype(np.float64)
        model = Model(
            factor, self.effects, followed, np.ones(self.grid.packages), sizes[3] * open_, centre, scale
        )  # fmt: skip
        if yes_and_no:
            model = by_share(self.grid, known, model, reached[np.argsort(world, kind="stable")])
        return Scores(self.grid, known, model)

    def _fit(self, outcome: int, cells: tuple[Ints, Ints, Floats]) -> Floats:
        before = self._found.get(outcome)
        count = len(cells[0])
        if before is not None and count < _MORE * before[1]:
            return before[0]
        package, world, y = cells
        chosen = _balanced(package, np.random.default_rng(count))
        package, world, y = package[chosen], world[chosen], y[chosen]
        several = np.bincount(package, minlength=self.grid.packages)
        followed = np.sort(np.argsort(-several, kind="stable")[:_FOLLOWED_IN_FIT])
        followed = followed[several[followed] > 0]
        levels = self.grid.levels(package)
        sheet = lay_out((package, world, y), levels, self.table.worlds, self.effects, followed)
        found = fitted(sheet, self.variances, None if before is None else before[0], steps=20 if before is None else 8)
        self._found[outcome] = found, count
        return found


def _balanced(package: Ints, rng: np.random.Generator) -> Ints:
    """Choose cells, no more than a few of any package: those that are solved often are no fair sample."""
    shuffled = rng.permutation(len(package))
    order = shuffled[np.argsort(package[shuffled], kind="stable")]
    counts = np.bincount(package)
    rank = np.arange(len(package)) - np.repeat(np.cumsum(counts) - counts, counts)
    few = order[rank < _EACH_IN_FIT]
    return np.asarray(np.sort(rng.permutation(few)[:_CELLS_IN_FIT]), dtype=np.int64)
