"""The mixed model against the same thing written out in full."""

from __future__ import annotations

import numpy as np
import pytest

from offramp.inverse.racing.asked import Asked
from offramp.inverse.racing.effects import Effects
from offramp.inverse.racing.factor import Factor
from offramp.inverse.racing.learner import Learner
from offramp.inverse.racing.likelihood import objective
from offramp.inverse.racing.sheet import lay_out
from offramp.inverse.racing.spread import spread
from offramp.inverse.racing.table import Table
from offramp.inverse.racing.variances import Variances

SIZES, WORLDS = (2, 3, 2, 2), 20


@pytest.fixture(name="laid")
def _laid(surface):
    found = surface(SIZES, WORLDS, 3)
    package, world = np.array(spread(found.grid, WORLDS, 180, np.random.default_rng(1))).T
    y = found.outcomes[package, world, 0]
    y = (y - y.mean()) / y.std()
    order = np.argsort(world, kind="stable")
    package, world, y = package[order], world[order], y[order]
    effects = Effects(SIZES, 3, 100), Effects(SIZES, 2, 100)
    levels = found.grid.levels(package)
    followed = np.unique(package)[::2]
    sheet = lay_out((package, world, y), levels, WORLDS, effects, followed)
    return package, world, y, effects, levels, sheet, Variances.of(len(SIZES), *effects), followed


def test_likelihood_and_left_out_cells(laid) -> None:
    package, world, y, effects, levels, sheet, variances, followed = laid
    sizes = variances.sizes(variances.start)
    common, differing = (each.rows(levels) for each in effects)
    assert np.allclose((common**2).sum(axis=1), len(effects[0].groups))
    own = (package[:, None] == package) & (np.isin(package, followed)[:, None] | np.eye(len(y), dtype=bool))
    v = (common * sizes[0]) @ common.T + (world[:, None] == world) * ((differing * sizes[1]) @ differing.T)
    v += own * sizes[2] + np.eye(len(y)) * sizes[3]
    factor = Factor(sheet, sizes)
    assert factor.log_likelihood == pytest.approx(-0.5 * (y @ np.linalg.solve(v, y) + np.linalg.slogdet(v)[1]))
    inverse = np.linalg.inv(v)
    mean, sd = factor.left_out()
    np.testing.assert_allclose(mean, y - (inverse @ y) / inverse.diagonal())
    np.testing.assert_allclose(sd, inverse.diagonal() ** -0.5)


def test_the_gradient(laid) -> None:
    *_, sheet, variances, _ = laid
    at = variances.start + np.random.default_rng(2).normal(0, 0.3, len(variances.start)) * variances.width
    gradient = objective(at, sheet, variances)[1]
    for n in range(len(at)):
        step = np.zeros(len(at))
        step[n] = 1e-5 * variances.width[n]
        slope = (objective(at + step, sheet, variances)[0] - objective(at - step, sheet, variances)[0]) / (2 * step[n])
        assert gradient[n] == pytest.approx(slope, rel=1e-4, abs=1e-4)


def test_means_and_covariances_of_scores(surface) -> None:
    found = surface(SIZES, WORLDS, 3)
    table = Table((24, WORLDS, 1), found.solve, 400, 100)
    table.ask(spread(found.grid, WORLDS, 180, np.random.default_rng(1)))
    table.ask([(5, w) for w in range(WORLDS)] + [(7, w) for w in range(12)])
    learner = Learner(found.grid, Asked(WORLDS, 400, (1,), None, 0.02, None, 0.5, 0.05, 0), table)
    scores = learner.scores()[0]
    model = scores._model
    package, world = table.cells
    y = (table.values[:, 0] - model.centre) / model.scale
    every, at = np.repeat(np.arange(24), WORLDS), np.tile(np.arange(WORLDS), 24)
    common, differing = (each.rows(found.grid.levels(every)) for each in learner.effects)
    sizes = model.factor.sizes
    v = (common * sizes[0]) @ common.T + (at[:, None] == at) * ((differing * sizes[1]) @ differing.T)
    v += (every[:, None] == every) * sizes[2] + np.eye(len(every)) * sizes[3]
    cells = package * WORLDS + world
    weights = np.linalg.solve(v[np.ix_(cells, cells)], v[cells]).T
    mean = (weights @ y).reshape(24, WORLDS) * model.scale + model.centre
    left = (v - weights @ v[cells]).reshape(24, WORLDS, 24, WORLDS).sum(axis=(1, 3)) / WORLDS**2 * model.scale**2
    np.testing.assert_allclose(scores.mean, mean.mean(axis=1), atol=1e-9)
    some = np.array([0, 5, 7, 11, 23])
    np.testing.assert_allclose(scores.sd(some) ** 2, left[some, some], atol=1e-9)
    differences, _ = scores.sd_of_differences(np.arange(24), some)
    variance = left.diagonal()[:, None] + left.diagonal()[some] - 2 * left[:, some]
    np.testing.assert_allclose(differences**2, np.maximum(variance, 0), atol=1e-9)
    sums = np.random.default_rng(0).normal(size=(24, 3))
    np.testing.assert_allclose(
        scores.sd_of_sums(np.arange(24), sums) ** 2, np.einsum("is,ij,js->s", sums, left, sums), atol=1e-9
    )
    assert scores.sd(np.array([5]))[0] == 0.0


def test_first_cells_use_all_worlds_equally_and_levels_too() -> None:
    from offramp.inverse.racing import Grid

    grid = Grid((2, 3, 2, 2), (0, 0, 0, 0), tuple((0.0,) * size for size in (2, 3, 2, 2)))
    cells = spread(grid, 10, 240, np.random.default_rng(0))
    assert len(set(cells)) == len(cells)
    package, world = np.array(cells).T
    assert set(np.bincount(package)) == {4}
    assert np.ptp(np.bincount(world)) <= 4
    large = Grid((2,) * 12, (0,) * 12, ((0.0, 1.0),) * 12)
    cells = spread(large, 64, 1000, np.random.default_rng(0))
    assert len(cells) == 400
    assert np.ptp(np.bincount(np.array(cells)[:, 1])) <= 1
    shares = large.levels(np.array(cells)[:, 0]).mean(axis=0)
    assert np.abs(shares - 0.5).max() < 0.05
