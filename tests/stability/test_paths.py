"""Paths: every distance and every shortest path against the definitions."""

from __future__ import annotations

import random

import numpy as np
import pytest
from stability_brute_force import Game, random_game
from stability_games import conflict_of
from stability_paths_by_hand import shortest

from offramp.errors import UsageError
from offramp.stability import Conflict, Step, blockers, paths, reached


@pytest.mark.parametrize("block", range(20))
def test_every_distance_and_path_is_that_of_brute_force(block) -> None:
    for seed in range(7000 + 12 * block, 7000 + 12 * (block + 1)):
        game, rng = random_game(seed, most=20), random.Random(seed)
        laid, start = conflict_of(game), rng.choice(game.states)
        for gaining in (False, True):
            for without in ((), (rng.randrange(game.players),)):
                check(game, laid, start, gaining, without)


def check(game: Game, laid: Conflict, start: tuple[int, ...], gaining: bool, without: tuple[int, ...]) -> None:
    expected = shortest(game, start, gaining=gaining, without=without)
    here, asked = game.states.index(start), {"gaining": gaining, "without": without}
    lengths = [len(next(iter(expected[s]))) if s in expected else -1 for s in game.states]
    assert reached(laid, here, **asked).tolist() == lengths
    for n, end in enumerate(game.states):
        found = paths(laid, here, n, **asked, most=10**6)
        by_hand = {tuple((step.player, game.states[step.end]) for step in path) for path in found}
        assert by_hand == expected.get(end, set())
        assert len(by_hand) == len(found)
        assert paths(laid, here, n, **asked, most=2) == found[:2]


@pytest.mark.parametrize("gaining", [False, True])
def test_blockers_are_those_without_whom_there_is_no_way(gaining) -> None:
    for seed in range(7300, 7340):
        game = random_game(seed, most=24)
        laid, start = conflict_of(game), game.states[0]
        ways = shortest(game, start, gaining=gaining)
        fewer = [shortest(game, start, gaining=gaining, without=(i,)) for i in range(game.players)]
        for n, end in enumerate(game.states):
            expected = [i for i in range(game.players) if end in ways and end not in fewer[i]]
            assert list(blockers(laid, 0, n, gaining=gaining)) == expected


def test_paths_come_in_the_order_of_players_and_the_best_first() -> None:
    game = Game(2, [0, 1], [2, 2], ["both", "both"], [(0, 0), (0, 1), (1, 0), (1, 1)], [{}, {}], [[], []])
    game.payoffs = [{s: float(sum(s)) for s in game.states}] * 2
    laid = conflict_of(game)
    first, second = (Step(0, 2), Step(1, 3)), (Step(1, 1), Step(0, 3))
    assert paths(laid, 0, 3, gaining=True) == (first, second)
    assert paths(laid, 0, 3, gaining=True, most=1) == (first,)
    assert paths(laid, 3, 0, gaining=True) == ()
    assert paths(laid, 0, 0, gaining=True) == ((),)
    assert blockers(laid, 0, 3, gaining=True) == (0, 1)
    assert blockers(laid, 3, 0, gaining=True) == ()
    assert reached(laid, 0, gaining=False, without=(0, 1)).tolist() == [0, -1, -1, -1]


def test_what_is_refused() -> None:
    laid = conflict_of(random_game(1))
    with pytest.raises(UsageError, match="no state -1"):
        reached(laid, -1, gaining=False)
    with pytest.raises(UsageError, match=f"no state {laid.states}"):
        paths(laid, 0, laid.states, gaining=False)
    with pytest.raises(UsageError, match="no player 9"):
        reached(laid, 0, gaining=False, without=np.array([9]))
