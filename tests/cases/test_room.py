"""Every option of every side is somebody's best choice in some world: no side has only bad ones, none is decoration."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

import offramp
from offramp.graph import LogitPolicy, build_graph, pose
from offramp.graph.options import OptionSpace
from offramp.play import solve
from offramp.worlds import draw

WORLDS = 8
CLEAR = 0.05
"""In worth times time: by so much the best choice must lead the best one with another level of the option."""


@pytest.fixture(scope="module")
def best() -> Counter[tuple[str, str]]:
    """In how many worlds each level of each option is clearly best somewhere, when the United States choose freely."""
    case = offramp.load_case("iran-2009")
    graph = build_graph(case, case.strategies["free-play"])
    space = OptionSpace.of(case)
    worlds = draw(case, WORLDS, 1)
    found: Counter[tuple[str, str]] = Counter()
    for w in range(1, WORLDS + 1):
        problem = pose(graph, worlds.world(w), ()).problem
        solution = solve(problem, tolerance=1e-3)
        policies = [p for p in problem.segments[-1].policies if isinstance(p, LogitPolicy)]
        assert {p.player for p in policies} == set(range(len(case.players)))
        for policy in policies:
            own = np.einsum("np,cnp->cp", policy.weight, solution.values[:, list(policy.decides)])
            members = policy.moves.members
            values = np.where((members >= 0)[..., None], own[members], -np.inf)  # [G, A, P]
            player = space.players[policy.player]
            for k, option in enumerate(player.player.options):
                by_level = np.stack(
                    [values[:, player.levels[:, k] == n].max(axis=1) for n in range(len(option.levels))]
                )
                ranked = np.sort(by_level, axis=0)
                clear = ranked[-1] - ranked[-2] > CLEAR
                for n in np.unique(by_level.argmax(axis=0)[clear]):
                    found[f"{player.player.id}.{option.id}", option.levels[n]] += 1
    return found


def test_each_level_of_each_option_is_somebodys_best(best) -> None:
    case = offramp.load_case("iran-2009")
    never = [
        f"{player.id}.{option.id} = {level}"
        for player in case.players.values()
        for option in player.options
        for level in option.levels
        if not best[f"{player.id}.{option.id}", level]
    ]
    assert never == [], dict(best)
