"""Every cell against the definitions, and what must hold between the concepts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from stability_brute_force import Game, random_game
from stability_games import conflict_of

from offramp.errors import UsageError
from offramp.stability import CONCEPTS, conflict, judge, reason


@pytest.mark.parametrize("block", range(20))
def test_every_cell_is_that_of_brute_force(block) -> None:
    for seed in range(25 * block, 25 * (block + 1)):
        game = random_game(seed, most=32)
        found = judge(conflict_of(game))
        for concept in CONCEPTS:
            expected = [[game.stable(concept, i, s) for s in game.states] for i in range(game.players)]
            assert found.stable[concept].tolist() == expected, (seed, concept)
            everyone = [n for n in range(len(game.states)) if all(row[n] for row in expected)]
            assert found.equilibria[concept].tolist() == everyone


IMPLIED = [("nash", "seq"), ("seq", "gmr"), ("smr", "gmr"), ("sseq", "seq"), ("sseq", "smr"), ("nash", "sseq")]


@pytest.mark.parametrize("seed", range(500, 540))
def test_theorems(seed) -> None:
    game = random_game(seed, most=200)
    found = judge(conflict_of(game)).stable
    for strong, weak in IMPLIED:
        assert not (found[strong] & ~found[weak]).any()
    alone = replace(
        game, players=1, owners=[0] * len(game.owners), payoffs=game.payoffs[:1], blocking=game.blocking[:1]
    )
    cells = judge(conflict_of(alone)).stable
    assert all((cells[concept] == cells["nash"]).all() for concept in CONCEPTS)
    more = {"payoffs": [*game.payoffs, game.payoffs[0]], "blocking": [*game.blocking, []]}
    idle = replace(game, players=game.players + 1, **more)
    beside = judge(conflict_of(idle)).stable
    for concept in CONCEPTS:
        assert (beside[concept][:-1] == found[concept]).all()
        assert beside[concept][-1].all()


@pytest.mark.parametrize("seed", range(600, 640))
def test_reasons_are_legal_and_deter(seed) -> None:
    game = random_game(seed, most=40)
    laid = conflict_of(game)
    found = judge(laid).stable
    for concept in CONCEPTS:
        for player in range(game.players):
            for n, state in enumerate(game.states):
                given = reason(laid, concept, player, n)
                assert given.stable == found[concept][player, n]
                improvements = {game.states[d.improvement] for d in given.deterrents}
                assert improvements == set(game.improvements(player, state))
                for deterrent in given.deterrents:
                    check(game, concept, player, state, deterrent)


def check(game: Game, concept: str, player: int, state: tuple[int, ...], deterrent) -> None:
    at, last, worth = game.states[deterrent.improvement], player, game.payoffs[player]
    steps = game.improvements if concept in ("seq", "sseq") else game.moves
    for step in deterrent.sanction:
        assert step.player not in (player, last)
        assert game.states[step.end] in steps(step.player, at)
        at, last = game.states[step.end], step.player
    if deterrent.sanction:
        assert worth[at] <= worth[state]
        if concept in ("smr", "sseq"):
            assert all(worth[a] <= worth[state] for a in game.answers(player, at))
            assert worth[game.states[deterrent.answer]] == max(worth[a] for a in [at, *game.answers(player, at)])


def test_payoffs_within_the_tolerance_are_ties() -> None:
    two = conflict(np.array([[0, 1]]), [2], [0], [False], np.array([[1.0, 1.0 + 1e-12]]))
    assert judge(two).stable["nash"].all()
    assert judge(replace(two, ranks=np.array([[0, 1]]))).stable["nash"].tolist() == [[False, True]]


def test_what_is_refused() -> None:
    one = np.array([[0, 1]])
    with pytest.raises(UsageError, match="not finite"):
        conflict(one, [2], [0], [False], np.array([[1.0, np.nan]]))
    with pytest.raises(UsageError, match="alike"):
        conflict(np.array([[1, 1]]), [2], [0], [False], np.array([[1.0, 2.0]]))
    with pytest.raises(UsageError, match="no concept"):
        judge(conflict(one, [2], [0], [False], np.array([[1.0, 2.0]])), ["nach"])
