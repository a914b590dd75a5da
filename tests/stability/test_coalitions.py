"""Coalitions: every cell against the definitions, and what must hold between them and the ordinary lens."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from stability_brute_force import Game, State, random_game
from stability_coalitions_by_hand import Together
from stability_games import conflict_of, game_of

from offramp.errors import UsageError
from offramp.stability import CONCEPTS, coalitions, conflict, judge, jumps

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "oracles" / "stability" / "published.json"


def remembering(game: Game) -> Game:
    game.moves, game.improvements = cache(game.moves), cache(game.improvements)
    return game


@pytest.mark.parametrize("block", range(20))
def test_every_cell_is_that_of_brute_force(block) -> None:
    for seed in range(2000 + 12 * block, 2000 + 12 * (block + 1)):
        game, strict = remembering(random_game(seed, most=16)), seed % 2 == 0
        found = coalitions(conflict_of(game), strict=strict, least=1)
        sizes = range(1, game.players + 1)
        assert [c.members for c in found] == [m for k in sizes for m in combinations(range(game.players), k)]
        for each in found:
            together = Together(game, each.members, strict)
            for concept in CONCEPTS:
                expected = [together.stable(concept, state) for state in game.states]
                assert each.stable[concept].tolist() == expected, (seed, each.members, concept)


@pytest.mark.parametrize("strict", [False, True])
def test_a_coalition_of_one_is_a_player(strict) -> None:
    for seed in range(2300, 2340):
        laid = conflict_of(random_game(seed, most=100))
        alone = judge(laid).stable
        for each in coalitions(laid, strict=strict, least=1):
            for concept, cells in each.stable.items():
                assert len(each.members) > 1 or (cells == alone[concept][each.members[0]]).all()


def open_to(game: Game, members: tuple[int, ...], strict: bool, concept: str, state: State) -> list[State]:
    together = Together(game, members, strict)
    return sorted(s for s in together.improvements(state) if not together.deterred(concept, state, s))


@pytest.mark.parametrize("concept", CONCEPTS)
@pytest.mark.parametrize("strict", [False, True])
def test_every_jump_is_that_of_brute_force(concept, strict) -> None:
    answered = 0
    for seed in range(2400, 2420):
        game = remembering(random_game(seed, most=16))
        laid, formed = conflict_of(game), range(2, game.players + 1)
        expected = [
            (members, n, game.states.index(end))
            for size in formed
            for members in combinations(range(game.players), size)
            for n, state in enumerate(game.states)
            for end in open_to(game, members, strict, concept, state)
        ]
        found = jumps(laid, range(len(game.states)), concept=concept, strict=strict)
        assert [(jump.members, jump.start, jump.end) for jump in found] == expected
        answered += len(jumps(laid, range(len(game.states)), strict=strict)) - len(found)
    assert (answered > 0) == (concept != "nash")


@pytest.mark.parametrize("seed", range(2430, 2450))
def test_what_a_member_does_not_see_is_not_in_the_game(seed) -> None:
    game, rng = random_game(seed, most=16), np.random.default_rng(seed)
    hidden = rng.random((game.players, len(game.states))) < 0.2
    found = coalitions(conflict_of(game), least=1, hidden=hidden)
    for each in found:
        out = hidden[list(each.members)].any(axis=0)
        seen = remembering(replace(game, states=[s for s, gone in zip(game.states, out, strict=True) if not gone]))
        for concept in CONCEPTS:
            together = Together(seen, each.members, False)
            expected = [s not in seen.states or together.stable(concept, s) for s in game.states]
            assert each.stable[concept].tolist() == expected
            made = [
                (n, game.states.index(end))
                for n, state in enumerate(game.states)
                if state in seen.states
                for end in open_to(seen, each.members, False, concept, state)
            ]
            known = jumps(conflict_of(game), range(len(game.states)), concept=concept, hidden=hidden)
            assert len(each.members) < 2 or [(j.start, j.end) for j in known if j.members == each.members] == made


@pytest.mark.parametrize("seed", range(2500, 2520))
def test_theorems(seed) -> None:
    laid = conflict_of(random_game(seed, most=150))
    weak, strict = coalitions(laid), coalitions(laid, strict=True)
    for each, same in zip(weak, strict, strict=True):
        for cells in (each.stable, same.stable):
            for strong, lax in (("nash", "sseq"), ("sseq", "seq"), ("sseq", "smr"), ("seq", "gmr"), ("smr", "gmr")):
                assert not (cells[strong] & ~cells[lax]).any()
        assert not (each.stable["nash"] & ~same.stable["nash"]).any()
    everybody = weak[-1].stable
    assert all((everybody[concept] == everybody["nash"]).all() for concept in CONCEPTS)


def dilemma() -> np.ndarray:
    """The prisoner's dilemma: both cooperate, the second defects, the first defects, both defect."""
    return np.array([[3.0, 1.0, 4.0, 2.0], [3.0, 4.0, 1.0, 2.0]])


LEVELS = np.array([[0, 0, 1, 1], [0, 1, 0, 1]])


def test_together_the_prisoners_leave_mutual_defection() -> None:
    laid = conflict(LEVELS, [2, 2], [0, 1], [False, False], dilemma())
    (both,) = coalitions(laid, strict=True)
    assert judge(laid).equilibria["nash"].tolist() == [3]
    assert both.stable["nash"].tolist() == [True, True, True, False]
    assert [(jump.members, jump.end) for jump in jumps(laid, [3])] == [((0, 1), 0)]
    undone = conflict(LEVELS, [2, 2], [0, 1], [True, False], dilemma())
    assert coalitions(undone)[0].stable["nash"].all()
    assert jumps(undone, [3]) == ()


def test_in_elmira_the_ministry_and_uniroyal_can_go_to_the_settlement() -> None:
    """One equilibrium jump, as Kilgour et al. (2001) find: the ministry modifies its order and Uniroyal accepts."""
    if not PUBLISHED.is_file():
        pytest.skip("../shared/oracles is not here")
    elmira = json.loads(PUBLISHED.read_text())["cases"]["elmira"]
    laid = conflict_of(game_of(elmira["options"], elmira["states"], elmira["payoff_ranks"]))
    equilibria = judge(laid).equilibria["seq"].tolist()
    for strict in (False, True):
        made = [(n, jump) for n in equilibria for jump in jumps(laid, [n], strict=strict) if jump.end in equilibria]
        assert [(elmira["states"][n], elmira["states"][jump.end]) for n, jump in made] == [("NYNNY", "YNYNY")]
        assert [elmira["players"][i] for i in made[0][1].members] == ["MoE", "Uniroyal"]


def test_only_the_strict_definition_spares_a_member_who_gains_nothing() -> None:
    payoffs = np.array([[1.0, 1.0, 1.0, 2.0], [1.0, 1.0, 1.0, 1.0]])
    laid = conflict(LEVELS, [2, 2], [0, 1], [False, False], payoffs)
    assert coalitions(laid)[0].stable["nash"].tolist() == [False, False, False, True]
    assert coalitions(laid, strict=True)[0].stable["nash"].all()


def test_what_is_refused() -> None:
    laid = conflict(LEVELS, [2, 2], [0, 1], [False, False], dilemma())
    with pytest.raises(UsageError, match="4 states make 16 pairs over all coalitions, and at most 15"):
        coalitions(laid, most=15)
    with pytest.raises(UsageError, match="no concept nach"):
        coalitions(laid, concepts=["nach"])
    with pytest.raises(UsageError, match="no state 4"):
        jumps(laid, [4])
    crowd = conflict(np.eye(20, dtype=np.int64), [2] * 20, range(20), [False] * 20, np.zeros((20, 20)))
    for refused in (lambda: coalitions(crowd), lambda: jumps(crowd, [0])):
        with pytest.raises(UsageError, match=r"20 players form 1,048,555 coalitions"):
            refused()
    wide = np.stack(np.unravel_index(np.arange(2**13), [2] * 13))
    many = conflict(wide, [2] * 13, [n % 11 for n in range(13)], [False] * 13, np.zeros((11, 2**13)))
    with pytest.raises(UsageError, match=r"2,036 coalitions could jump from one state to 8,192"):
        jumps(many, [0])
