"""Whether the target is reached in worlds not solved yet, from its values rather than from yes and no alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_ndtr, ndtr, ndtri
from scipy.stats import rankdata

from offramp.inverse.racing.grid import Grid
from offramp.inverse.racing.loadings import Curves, loadings
from offramp.inverse.racing.model import Model
from offramp.inverse.racing.solved import Solved
from offramp.shapes import Floats

__all__ = ["by_share", "linked", "ranked"]

_CHUNK = 4096

_TAME = 2.0
"""What holds the link's two numbers to 1 and 0, in cells."""

_BENT = 0.015
"""How far the share of a package's open worlds may be off because the link is not quite that one."""

_LEAST_ALONE = 0.25
"""Of the variance of yes and no, the part that is a cell's own at least."""


def ranked(values: Floats) -> Floats:
    """Return the normal scores of values: how their scale is bent or bounded has no say."""
    return np.asarray(ndtri(rankdata(values) / (len(values) + 1.0)), dtype=np.float64)


def by_share(grid: Grid, solved: Solved, model: Model, reached: Floats) -> Model:
    """Turn a model of the target's values into one of whether it is reached.

    A cell that is expected at m, give or take s, is reached with probability Phi((a m - b) / s). The two numbers are
    fitted to the solved cells, each as expected from all others. Effects move that probability by its slope; which
    side a cell falls on is its own affair.

    Parameters
    ----------
    grid : Grid
    solved : Solved
    model : Model
        Of the values, plain.
    reached : Floats
        ``[cell]``, 0 or 1, in the order of the model's sheet.
    """
    factor, (common, differing), count = model.factor, model.effects, len(model.factor.sizes[0])
    slope, level = linked(*factor.left_out(), reached)
    left = Curves(factor)
    usual = left.total / solved.worlds
    base = np.zeros((grid.packages, solved.worlds), dtype=np.float32)
    swing, alone = np.zeros(grid.packages), np.zeros(grid.packages)
    own = np.zeros(grid.packages)
    own[model.followed] = factor.effect[count:]
    nothing = replace(solved, package=solved.package[:0], world=solved.world[:0], count=0 * solved.count,
                      failed=0 * solved.failed)  # fmt: skip
    for start in range(0, grid.packages, _CHUNK):
        part = np.arange(start, min(start + _CHUNK, grid.packages))
        levels = grid.levels(part)
        rows = differing.rows(levels)
        mean = (common.rows(levels) @ factor.effect[:count] + own[part])[:, None] + rows @ factor.differing.T
        load = loadings(replace(model, alone=np.zeros(grid.packages)), left, nothing, part, levels)
        spread = np.einsum("ep,ep->p", load.shared, load.shared) + load.alone + factor.sizes[3]
        spread += np.einsum("pc,pc->p", rows @ usual, rows)
        at = (slope * mean - level) / np.sqrt(spread)[:, None]
        chance = ndtr(at)
        base[part] = chance
        steep = np.exp(-0.5 * at**2) * (slope / np.sqrt(2.0 * np.pi * spread))[:, None]
        swing[part] = steep.mean(axis=1)
        rough = (chance * (1.0 - chance)).mean(axis=1)
        alone[part] = np.maximum(rough - swing[part] ** 2 * (spread - factor.sizes[3]), _LEAST_ALONE * rough)
    open_ = solved.open.astype(np.float64)
    alone = open_ * (alone + open_ * _BENT**2)
    return replace(model, swing=swing, alone=alone, centre=0.0, scale=1.0, base=base)


def linked(mean: Floats, sd: Floats, reached: Floats) -> tuple[float, float]:
    """Return the a and b with which Phi((a mean - b) / sd) fits best what is reached."""
    signs = 2.0 * reached - 1.0
    columns = np.stack((mean / sd, -1.0 / sd), axis=1) * signs[:, None]
    usual = np.array([1.0, 0.0])

    def loss(numbers: Floats) -> tuple[float, Floats]:
        at = columns @ numbers
        logs = log_ndtr(at)
        steep = np.exp(-0.5 * at**2 - logs) / np.sqrt(2.0 * np.pi)
        off = numbers - usual
        return float(0.5 * _TAME * off @ off - logs.sum()), _TAME * off - steep @ columns

    found = minimize(loss, usual, jac=True, method="BFGS")
    return float(found.x[0]), float(found.x[1])
