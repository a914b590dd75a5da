"""Rankings that make a state stable, counted and nearest, against going through all of them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from math import factorial

import numpy as np
import pytest
from inverse_small import small_game
from stability_brute_force import random_game
from stability_games import conflict_of

from offramp.errors import UsageError
from offramp.inverse.stability import nearest_ranking, rankings
from offramp.inverse.stability.rankings import distance
from offramp.stability import CONCEPTS, Conflict, conflict, judge


def reranked(game: Conflict, player: int, order: tuple[int, ...]) -> Conflict:
    ranks = game.ranks.copy()
    ranks[player, list(order)] = np.arange(len(order))[::-1]
    return replace(game, ranks=ranks)


def wide(game: Conflict, player: int, seed: int) -> int:
    """Choose a state at which the others have something to fear."""
    found = judge(game).stable
    others = [j for j in range(len(game.movers)) if j != player]
    turning = np.flatnonzero(found["gmr"][others].all(axis=0) & ~found["nash"][others].all(axis=0))
    choice = turning if len(turning) else np.arange(game.states)
    return int(np.random.default_rng(seed).choice(choice))


@pytest.mark.parametrize("block", range(20))
def test_every_ranking(block) -> None:
    for seed in range(10 * block, 10 * (block + 1)):
        game = conflict_of(small_game(seed, 6 if seed % 10 == 0 else 5))
        player = seed % len(game.movers)
        state = wide(game, player, seed)
        orders = list(itertools.permutations(range(game.states)))
        cells = {concept: np.zeros((len(orders), 2), dtype=bool) for concept in CONCEPTS}
        for n, order in enumerate(orders):
            for concept, stable in judge(reranked(game, player, order)).stable.items():
                cells[concept][n] = stable[player, state], stable[:, state].all()
        far = np.array([distance(game.ranks[player], order) for order in orders])
        for concept in CONCEPTS:
            found = rankings(game, player, state, concept)
            alone, together = cells[concept].T
            assert (found.total, found.stable, found.equilibrium) == (len(orders), alone.sum(), together.sum())
            for asked, which in ((False, alone), (True, together)):
                nearest = nearest_ranking(game, player, state, concept, equilibrium=asked)
                assert nearest.proven
                expected = int(far[which].min()) if which.any() else None
                assert nearest.distance == nearest.bound == expected, (seed, concept, asked)
                if nearest.order is not None:
                    assert cells[concept][orders.index(nearest.order), int(asked)]
                    assert len(nearest.reversed) == nearest.distance
                    assert all(game.ranks[player, a] > game.ranks[player, b] for a, b in nearest.reversed)


def test_some_equilibria_turn_on_more_than_what_is_stable_for_the_player() -> None:
    between = 0
    for seed in range(120):
        game = conflict_of(small_game(seed, 5))
        player = seed % len(game.movers)
        found = rankings(game, player, wide(game, player, seed), "seq")
        assert found.equilibrium is not None
        between += 0 < found.equilibrium < found.stable
    assert between > 5


@pytest.mark.parametrize("seed", range(12))
def test_larger_games_against_drawn_rankings(seed) -> None:
    game = conflict_of(random_game(seed, most=48))
    rng = np.random.default_rng(seed)
    player, state = seed % len(game.movers), int(rng.integers(game.states))
    drawn = [tuple(rng.permutation(game.states).tolist()) for _ in range(300)]
    for concept in CONCEPTS:
        found = rankings(game, player, state, concept)
        cells = [judge(reranked(game, player, order), [concept]).stable[concept][:, state] for order in drawn]
        spread = 4.5 * np.sqrt(max(found.share * (1 - found.share), 0.01) / len(drawn))
        assert abs(np.mean([c[player] for c in cells]) - found.share) < spread
        if found.equilibrium is not None:
            assert abs(np.mean([c.all() for c in cells]) - found.equilibrium / found.total) < spread
        near = nearest_ranking(game, player, state, concept)
        for order, cell in zip(drawn, cells, strict=True):
            assert near.bound is not None or not cell.all()
            assert near.bound is None or not cell.all() or distance(game.ranks[player], order) >= near.bound
        if near.order is not None:
            assert judge(reranked(game, player, near.order), [concept]).stable[concept][:, state].all()
            assert near.distance == distance(game.ranks[player], near.order)


def test_by_hand() -> None:
    """A player alone, who can choose among four states: one ranking in four has a given state on top."""
    levels = np.array([[0, 1, 0, 1], [0, 0, 1, 1]])
    game = conflict(levels, [2, 2], [0, 0], [False, False], np.array([[3.0, 2.0, 1.0, 0.0]]))
    for concept in CONCEPTS:
        assert rankings(game, 0, 2, concept).stable == factorial(4) // 4
        found = nearest_ranking(game, 0, 2, concept)
        assert found.order == (2, 0, 1, 3)
        assert found.distance == 2
        assert set(found.reversed) == {(0, 2), (1, 2)}
    assert rankings(game, 0, 0, "nash").share == 0.25


def test_500_states_are_counted() -> None:
    rng = np.random.default_rng(0)
    levels = (np.arange(512)[None, :] >> np.arange(9)[:, None]) & 1
    owners = [k * 4 // 9 for k in range(9)]
    payoffs = rng.permuted(np.tile(np.arange(512.0), (4, 1)), axis=1)
    game = conflict(levels, [2] * 9, owners, [False] * 9, payoffs)
    for concept in CONCEPTS:
        found = rankings(game, 0, 100, concept)
        assert 0 < found.stable < found.total == factorial(512)
    shares = [rankings(game, 0, 100, concept).share for concept in ("nash", "seq", "gmr")]
    assert shares == sorted(shares)


def test_what_is_not_there_is_refused() -> None:
    game = conflict_of(small_game(1, 5))
    for player, state, concept in ((9, 0, "nash"), (0, 99, "nash"), (0, 0, "core")):
        for ask in (rankings, nearest_ranking):
            with pytest.raises(UsageError, match="there is no"):
                ask(game, player, state, concept)
