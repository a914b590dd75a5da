"""Gambit's agent quantal response equilibrium of the explicit tree: the game in discrete ticks."""

from __future__ import annotations

import numpy as np
import play_problems as build
import pytest

from offramp.play import solve_ticks


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("share", [True, False])
def test_async_tree(golden, number: int, share: bool) -> None:
    oracle = golden("async_tree_gambit.json")
    game, result = oracle["game"], oracle["results"][number]
    flow = np.array(game["flow_payoff[i][o1][o2]"]).reshape(2, 4).T[..., None]
    policies = [
        build.logit(
            i,
            build.moves((2, 2), i),
            pace=game["pace"][i],
            precision=result["lam"],
            cost=game["switching_cost"][i],
        )
        for i in range(2)
    ]
    case = build.problem(flow, policies, until=result["N"] * result["h"], payers=[0, 1])
    found = solve_ticks(case, result["N"], share=share).at_start
    assert found == pytest.approx(result["expected_payoffs"], abs=1e-9)
