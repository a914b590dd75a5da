"""Made-up outcomes of packages in worlds: effects of levers, of two and of three together, that differ among worlds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pytest

from offramp.inverse.racing import Grid


@dataclass
class Surface:
    """All outcomes ``[package, world, outcome]``, and a count of those asked for."""

    grid: Grid
    outcomes: np.ndarray
    seen: set

    def solve(self, cells):
        assert not self.seen.intersection(cells)
        assert len(set(cells)) == len(cells)
        self.seen.update(cells)
        package, world = np.array(cells).T
        return self.outcomes[package, world - 1]

    def target(self, least):
        values = self.outcomes[:, :, 0]
        return (values >= least).mean(axis=1) if least is not None else values.mean(axis=1)


def made(sizes, worlds, seed, outcomes=1, bend="smooth"):
    rng = np.random.default_rng(seed)
    costs = [np.concatenate(([0], np.cumsum(rng.integers(1, 4, size - 1)))) for size in sizes]
    grid = Grid(tuple(sizes), (0,) * len(sizes), tuple(tuple(map(float, each)) for each in costs))
    levels = grid.levels()
    found = np.zeros((grid.packages, worlds, outcomes))
    for k in range(outcomes):
        z = np.zeros((grid.packages, worlds)) + rng.normal(0, 1, worlds)
        for order, chance, common, differing in ((1, 1.0, 0.5, 0.5), (2, 0.4, 0.5, 0.3), (3, 0.15, 0.5, 0.0)):
            for levers in combinations(range(len(sizes)), order):
                if rng.random() > chance:
                    continue
                shape = [sizes[n] for n in levers]
                shift = (0.5 if k == 0 else -0.3) if order == 1 else 0.0
                effect = rng.normal(shift, common, shape)[..., None] + rng.normal(0, differing, (*shape, worlds))
                for axis in range(order):
                    np.moveaxis(effect, axis, 0)[0] = 0.0
                z += effect[tuple(levels[:, n] for n in levers)]
        z += rng.normal(0, 0.3, z.shape)
        z -= np.quantile(z.mean(axis=1), 0.6)
        found[:, :, k] = 1 / (1 + np.exp(-2 * z)) if bend == "smooth" else np.where(z > 0, 0.9, 0.1)
    return Surface(grid, found, set())


@pytest.fixture(scope="session")
def surface():
    return made


@pytest.fixture(scope="session")
def strong():
    def members(target, other, margin, side=0.0):
        """Those whom no other package equals in both, up to the margins."""
        beaten = (target >= target[:, None] - margin) & (other >= other[:, None] - side)
        np.fill_diagonal(beaten, False)
        return set(map(int, np.flatnonzero(~beaten.any(axis=1))))

    return members
