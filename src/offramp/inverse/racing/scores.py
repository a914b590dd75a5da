"""What every package scores over all worlds, as far as the solved cells tell."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from offramp.inverse.racing.grid import Grid
from offramp.inverse.racing.loadings import Curves, Loadings, covariance, loadings, variance, variance_of_sums
from offramp.inverse.racing.model import Model
from offramp.inverse.racing.solved import Solved
from offramp.shapes import Floats, Ints

__all__ = ["Scores"]

_CHUNK = 4096


class Scores:
    """Posterior means and covariances of the packages' scores; a package solved in all its worlds is exact.

    Parameters
    ----------
    grid : Grid
    solved : Solved
    model : Model, optional
        Not needed where every package is solved in all worlds.

    Attributes
    ----------
    mean : Floats
        ``[package]``
    """

    def __init__(self, grid: Grid, solved: Solved, model: Model | None = None) -> None:
        self.grid, self.solved, self._model = grid, solved, model
        self._curves = None if model is None else Curves(model.factor)
        self._scale = 1.0 if model is None else model.scale
        low, high = solved.bounds
        expected = 0.0 if model is None else _expected(grid, solved, model)
        self.mean: Floats = np.clip((solved.total + expected) / solved.of, low, high)

    def _loadings(self, packages: Ints) -> Loadings:
        assert self._model is not None
        assert self._curves is not None
        return loadings(self._model, self._curves, self.solved, packages, self.grid.levels(packages))

    def sd(self, packages: Ints) -> Floats:
        """Return the standard deviations of some packages' scores."""
        if self._curves is None:
            return np.zeros(len(packages))
        found = np.zeros(len(packages))
        for start in range(0, len(packages), _CHUNK):
            part = slice(start, start + _CHUNK)
            found[part] = np.sqrt(variance(self._loadings(packages[part]), self._curves))
        return self._scale * found

    def sd_of_differences(self, packages: Ints, others: Ints) -> tuple[Floats, Floats]:
        """Return the standard deviations of differences ``[package, other]``, and those of the packages' scores."""
        if self._curves is None:
            return np.zeros((len(packages), len(others))), np.zeros(len(packages))
        right = self._loadings(others)
        second = variance(right, self._curves)
        found, alone = np.zeros((len(packages), len(others))), np.zeros(len(packages))
        for start in range(0, len(packages), _CHUNK):
            part = slice(start, start + _CHUNK)
            left = self._loadings(packages[part])
            alone[part] = variance(left, self._curves)
            found[part] = alone[part, None] + second - 2.0 * covariance(left, right, self._curves)
        return self._scale * np.sqrt(np.maximum(found, 0.0)), self._scale * np.sqrt(alone)

    def sd_of_sums(self, packages: Ints, weights: Floats) -> Floats:
        """Return the standard deviations of weighted sums of scores, weights being ``[package, sum]``."""
        if self._curves is None:
            return np.zeros(weights.shape[1])
        return self._scale * np.sqrt(variance_of_sums(self._loadings(packages), weights, self._curves))

    def interval(self, packages: Ints) -> tuple[Floats, Floats]:
        """Return the central 95 % of some packages' scores."""
        half = 1.959963984540054 * self.sd(packages)
        low, high = (bound[packages] for bound in self.solved.bounds)
        return np.maximum(self.mean[packages] - half, low), np.minimum(self.mean[packages] + half, high)

    def reaching(self, packages: Ints, level: float) -> Floats:
        """Return the probability that each score is at least a level; 0 or 1 where that is decided by counting."""
        low, high = (bound[packages] for bound in self.solved.bounds)
        sd = self.sd(packages)
        above = self.mean[packages] - level + 1e-12
        with np.errstate(divide="ignore", invalid="ignore"):
            chance = np.where(sd > 0.0, np.clip(ndtr(above / sd), 1e-12, 1.0 - 1e-12), (above > 0.0).astype(np.float64))
        chance = np.where(low >= level - 1e-12, 1.0, chance)
        return np.asarray(np.where((high < level - 1e-12) | self.solved.nowhere[packages], 0.0, chance))


def _expected(grid: Grid, solved: Solved, model: Model) -> Floats:
    """Return ``[package]``, the sum that is expected of the worlds not solved yet."""
    factor, (common, differing), open_ = model.factor, model.effects, solved.open
    if model.base is not None:
        closed = model.base[solved.package, solved.world].astype(np.float64)
        found = model.base.sum(axis=1, dtype=np.float64)
        found -= np.bincount(solved.package, weights=closed, minlength=grid.packages)
        return np.where(open_ > 0, found, 0.0)
    found = np.zeros(grid.packages)
    for start in range(0, grid.packages, _CHUNK):
        packages = np.arange(start, min(start + _CHUNK, grid.packages))
        levels = grid.levels(packages)
        found[packages] = open_[packages] * (common.rows(levels) @ factor.effect[: len(factor.sizes[0])])
        found[packages] += differing.rows(levels) @ factor.differing.sum(axis=0)
    found[model.followed] += open_[model.followed] * factor.effect[len(factor.sizes[0]) :]
    rows = differing.rows(grid.levels(solved.package))
    closed = np.einsum("nc,nc->n", rows, factor.differing[solved.world])
    found -= np.bincount(solved.package, weights=closed, minlength=grid.packages)
    return np.where(open_ > 0, model.centre * open_ + model.scale * found, 0.0)
