"""Limited moves: every cell against the recursion, and what is known of two by two games."""

from __future__ import annotations

import numpy as np
import pytest
from stability_brute_force import random_game
from stability_games import conflict_of
from stability_limited_by_hand import Turns, two_players

from offramp.errors import UsageError
from offramp.stability import Conflict, anticipated, conflict, farsighted, judge, limited


@pytest.mark.parametrize("block", range(10))
def test_every_cell_is_that_of_brute_force(block) -> None:
    for seed, game in two_players(3000 + 100 * block, 20, most=32):
        laid, turns = conflict_of(game), Turns(game)
        for moves in (1, 2, 3, 4, 7, 12):
            found, ends = limited(laid, moves), anticipated(laid, moves)
            for i in range(2):
                expected = [turns.ends(i, state, moves) for state in game.states]
                assert [game.states[n] for n in ends[i]] == expected, (seed, moves)
                assert found[i].tolist() == [turns.stable(i, state, moves) for state in game.states]


@pytest.mark.parametrize("block", range(5))
def test_farsighted_is_the_limit_of_brute_force(block) -> None:
    for seed, game in two_players(5000 + 100 * block, 20, most=24):
        found, turns = farsighted(conflict_of(game)), Turns(game)
        lengths = range(found.moves, found.moves + 2 * found.period + 1)
        rows = np.array([[[turns.stable(i, s, h) for s in game.states] for i in range(2)] for h in lengths])
        assert (found.stable == rows.all(axis=0)).all(), seed
        assert (found.settled == (rows.all(axis=0) | ~rows.any(axis=0))).all(), seed
        assert (rows[0] == rows[found.period]).all()


@pytest.mark.parametrize("seed", range(3))
def test_theorems(seed) -> None:
    for _, game in two_players(6000 + 100 * seed, 20, most=60):
        laid = conflict_of(game)
        known = judge(laid).stable
        assert (limited(laid, 1) == known["nash"]).all()
        if not any(game.blocking):
            assert not (limited(laid, 2) & ~known["seq"]).any()


def two_by_two(row: list[int], column: list[int]) -> Conflict:
    """A game of two players with two options: neither, the column player, the row player, both."""
    levels = np.array([[0, 0, 1, 1], [0, 1, 0, 1]])
    return conflict(levels, [2, 2], [0, 1], [False, False], np.array([row, column], dtype=float))


DILEMMA = two_by_two([3, 1, 4, 2], [3, 4, 1, 2])
CHICKEN = two_by_two([3, 2, 4, 1], [3, 4, 2, 1])
PENNIES = two_by_two([2, 1, 1, 2], [1, 2, 2, 1])


def test_the_prisoners_cooperate_when_they_look_ahead() -> None:
    """Both cooperating and both defecting are non-myopic equilibria, as in Brams and Wittman (1981)."""
    assert np.flatnonzero(limited(DILEMMA, 1).all(axis=0)).tolist() == [3]
    found = farsighted(DILEMMA)
    assert np.flatnonzero(found.stable.all(axis=0)).tolist() == [0, 3]
    assert found.settled.all()
    assert found.period == 1


def test_in_chicken_only_compromise_lasts() -> None:
    """Compromise, no equilibrium of Nash, is the one non-myopic equilibrium, as in Brams and Wittman (1981)."""
    assert np.flatnonzero(limited(CHICKEN, 1).all(axis=0)).tolist() == [1, 2]
    found = farsighted(CHICKEN)
    assert np.flatnonzero(found.stable.all(axis=0)).tolist() == [0]
    assert found.settled.all()


def test_of_ends_as_good_for_it_a_player_goes_for_the_worst_for_the_other() -> None:
    levels = np.array([[0, 0, 0, 1], [0, 1, 2, 0]])
    laid = conflict(levels, [2, 3], [0, 1], [False, False], np.array([[1.0, 3, 0, 2], [0.0, 1, 1, 0]]))
    assert anticipated(laid, 1)[1, 0] == 2
    assert anticipated(laid, 2)[0, 3] == 3


def test_anticipation_that_never_settles() -> None:
    found = farsighted(PENNIES)
    assert found.period > 1
    assert not found.settled.all()
    with pytest.raises(UsageError, match="does not repeat itself within 1 moves"):
        farsighted(PENNIES, most=1)


def test_what_is_refused() -> None:
    three = conflict_of(next(g for g in map(random_game, range(50)) if g.players == 3))
    for refused in (lambda: limited(three, 2), lambda: farsighted(three)):
        with pytest.raises(UsageError, match="for two players, and there are 3"):
            refused()
    with pytest.raises(UsageError, match="0 moves are too few"):
        limited(DILEMMA, 0)
