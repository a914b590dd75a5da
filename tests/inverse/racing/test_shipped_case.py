"""A race over a shipped case, against all its packages in all worlds."""

from __future__ import annotations

import numpy as np

from offramp.casefile import load_case
from offramp.ensemble.jobs import Job
from offramp.ensemble.work import Work
from offramp.expressions import Constant
from offramp.inverse.racing import Grid, race
from offramp.model.variants import Variant
from offramp.shapes import ENSEMBLE_TOLERANCE
from offramp.worlds import draw

STRATEGIES = ("never-punish", "threat-without-assurance", "doubtful-threat", "assured-threat")
PUNISHMENTS = (0.5, 1.0, 2.0)
WORLDS = 48


def test_coercion(strong) -> None:
    case = load_case("coercion")
    grid = Grid((4, 3, 2, 2), (0, 0, 0, 0), ((0.0, 1.0, 2.0, 4.0), (0.0, 1.0, 3.0), (0.0, 0.5), (0.0, 2.0)))
    jobs = [
        Job(
            Variant(
                STRATEGIES[a],
                levels=(("sender.punish", int(c)), ("target.concede", int(d))),
                numbers=(("punishment", Constant(PUNISHMENTS[b])),),
            ),
            "main",
            ("concession", "sender-payoff"),
        )
        for a, b, c, d in grid.levels()
    ]
    work = Work(case, jobs, {"main": draw(case, WORLDS, 1)}, ENSEMBLE_TOLERANCE)
    kept = {}

    def solve(cells):
        for p, w in cells:
            if (p, w) not in kept:
                kept[p, w] = work.solve([p], w)[0].values
        return np.array([kept[cell] for cell in cells])

    result = race(grid, solve, worlds=WORLDS, budget=500, signs=(1, 1), margins=(0.02,), seed=3)
    assert result.solves <= 500 < 0.25 * grid.packages * WORLDS
    everything = solve([(p, w + 1) for p in range(grid.packages) for w in range(WORLDS)])
    everything = everything.reshape(grid.packages, WORLDS, 2)
    target, payoff = (everything[:, :, 0] >= 0.5).mean(axis=1), everything[:, :, 1].mean(axis=1)
    for front, other, side in zip(result.fronts, (-grid.cost(), payoff), (0.0, 0.02), strict=True):
        named = {m.package for m in front.members} | set(front.possible)
        assert strong(target, other, 0.02, side) <= named
    assert target[result.best] >= target.max() - 0.06
    assert np.mean((target >= result.low[0] - 1e-9) & (target <= result.high[0] + 1e-9)) > 0.85
