"""The least change against every point at which something can change, and against every choice of sanctions."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from inverse_affine import Drawn, random_affine, turning_points
from scipy.optimize import linprog

from offramp.errors import UsageError
from offramp.inverse.stability import AffineGame, Budget, Payoffs, Unknowns, least_change
from offramp.inverse.stability.affine import holds
from offramp.stability import CONCEPTS, conflict, judge

CLOSE = 3e-5


def away(drawn: Drawn, concept: str, rng: np.random.Generator) -> int | None:
    """Give a state that is no equilibrium as things stand."""
    still = np.zeros(len(drawn.unknowns.names))
    kept = set(judge(drawn.affine.at(still), [concept]).equilibria[concept].tolist())
    others = [s for s in range(len(drawn.game.states)) if s not in kept]
    return int(rng.choice(others)) if others else None


def check(drawn: Drawn, state: int, concept: str) -> float | None:
    """Compare with all turning points, and return the cost."""
    found = least_change([drawn.affine], drawn.unknowns, [state], concept)
    assert found.complete
    cost = np.inf
    if found.answers:
        answer, cost = found.answers[0], found.answers[0].cost
        assert answer.proven
        assert answer.bound == pytest.approx(cost, abs=CLOSE)
        assert holds([drawn.affine], answer.point - drawn.unknowns.best, [state], concept).all()
        assert drawn.unknowns.cost(answer.point) == pytest.approx(cost)
        assert {c.unknown for c in answer.changes} == {
            name for k, name in enumerate(drawn.unknowns.names) if answer.point[k] != drawn.unknowns.best[k]
        }
    else:
        assert found.impossible == (state,)
        assert found.bound == np.inf
    expected = np.inf
    for point in turning_points(drawn):
        here = drawn.unknowns.cost(point)
        if here > cost + CLOSE:
            break
        if holds([drawn.affine], point, [state], concept)[0]:
            expected = here
            break
    assert cost == pytest.approx(expected, abs=CLOSE) or cost < expected
    return cost if found.answers else None


@pytest.mark.parametrize("concept", CONCEPTS)
def test_one_unknown(concept) -> None:
    answered = 0
    for seed in range(30):
        drawn = random_affine(seed, 1, movable=None if seed % 2 else 1)
        state = away(drawn, concept, np.random.default_rng(seed))
        if state is not None:
            answered += check(drawn, state, concept) is not None
    assert answered > 6


@pytest.mark.parametrize("concept", CONCEPTS)
def test_two_unknowns(concept) -> None:
    for seed in range(6):
        drawn = random_affine(seed, 2, most=5, movable=None if seed % 2 else 2)
        state = away(drawn, concept, np.random.default_rng(seed))
        if state is not None and len(drawn.game.states) <= 5:
            check(drawn, state, concept)


def chosen(drawn: Drawn, state: int, concept: str) -> float:
    """Go through every choice of what deters each move, and take the cheapest linear programme."""
    game, k = drawn.game, len(drawn.unknowns.names)
    at, base, slope = game.states[state], drawn.affine.payoffs.base, drawn.affine.payoffs.slope
    number = {s: n for n, s in enumerate(game.states)}
    ways = []
    for i in range(game.players):
        for move in game.moves(i, at):
            options = [{(i, number[move])}]
            if concept != "nash":
                for end in game.joint(i, move, improving=False):
                    counters = game.moves(i, end) if concept == "smr" else []
                    options.append({(i, number[end]), *((i, number[s]) for s in counters)})
            ways.append(options)
    if np.prod([float(len(each)) for each in ways]) > 1500:
        pytest.skip("too many choices")
    best = np.inf
    for choice in itertools.product(*ways):
        rows = sorted(set().union(*choice)) if choice else []
        d = np.array([slope[i, s] - slope[i, state] for i, s in rows]).reshape(len(rows), k)
        c = np.array([base[i, state] - base[i, s] for i, s in rows])
        low, high = drawn.unknowns.low, drawn.unknowns.high
        found = linprog(np.concatenate([drawn.unknowns.weights] * 2), A_ub=np.hstack([d, -d]), b_ub=c,
                        bounds=[(0, v) for v in (*high, *-low)])  # fmt: skip
        if found.status == 0:
            best = min(best, found.fun)
    return best


@pytest.mark.parametrize("seed", range(25))
def test_three_unknowns_by_every_choice(seed) -> None:
    drawn = random_affine(seed, 3, most=6)
    drawn.game.blocking[:] = [[] for _ in drawn.game.blocking]
    none = tuple(Payoffs(each.base[:0], each.slope[:0]) for each in drawn.affine.consents)
    game = drawn.affine
    drawn.affine = AffineGame(game.movers, game.payoffs, none, game.judged, game.states)
    for concept in ("nash", "gmr", "smr"):
        state = away(drawn, concept, np.random.default_rng(seed))
        if state is None:
            continue
        found = least_change([drawn.affine], drawn.unknowns, [state], concept)
        cost = found.answers[0].cost if found.answers else np.inf
        assert cost == pytest.approx(chosen(drawn, state, concept), abs=CLOSE)


@pytest.mark.parametrize("concept", CONCEPTS)
def test_next_best_are_other_stories(concept) -> None:
    several = 0
    for seed in range(10):
        drawn = random_affine(seed, 4, most=10, zeros=0.5)
        kept = judge(drawn.affine.at(np.zeros(4)), [concept]).equilibria[concept].tolist()
        target = [s for s in range(len(drawn.game.states)) if seed == 0 or s not in kept]
        if not target:
            continue
        found = least_change([drawn.affine], drawn.unknowns, target, concept, answers=4)
        costs = [answer.cost for answer in found.answers]
        assert costs == sorted(costs)
        several += len(costs) > 1
        stories = [frozenset((c.unknown, c.end > c.start) for c in answer.changes) for answer in found.answers]
        for n, story in enumerate(stories):
            assert not any(before <= story for before in stories[:n])
        for answer in found.answers:
            point = answer.point - drawn.unknowns.best
            kept = [s for s in target if holds([drawn.affine], point, [s], concept)[0]]
            assert sorted({answer.state, *answer.also}) == kept
        alone = [least_change([drawn.affine], drawn.unknowns, [s], concept) for s in target]
        assert found.bound <= min(each.bound for each in alone) + CLOSE
        if found.answers:
            assert costs[0] == pytest.approx(min(a.answers[0].cost for a in alone if a.answers), abs=CLOSE)
        assert found.already == tuple(s for a, s in zip(alone, target, strict=True) if a.already)
    assert several


def test_the_second_story_is_the_least_of_the_others() -> None:
    compared = 0
    for seed in range(60):
        drawn = random_affine(seed, 2, most=4)
        state = away(drawn, "gmr", np.random.default_rng(seed))
        if state is None or len(drawn.game.states) > 4:
            continue
        found = least_change([drawn.affine], drawn.unknowns, [state], "gmr", answers=2)
        if not found.answers:
            continue
        first = {(c.unknown, c.end > c.start) for c in found.answers[0].changes}
        expected = np.inf
        for point in turning_points(drawn):
            story = {(f"x{k}", bool(v > 0)) for k, v in enumerate(point) if abs(v) > 1e-12}
            if not first <= story and holds([drawn.affine], point, [state], "gmr")[0]:
                expected = drawn.unknowns.cost(point)
                break
        cost = found.answers[1].cost if len(found.answers) > 1 else np.inf
        assert cost == pytest.approx(expected, abs=CLOSE)
        compared += 1
    assert compared > 5


def chicken(low: float) -> tuple[AffineGame, Unknowns]:
    """Both may hold out or give way; what the first loses by a clash, and by giving way alone, may change."""
    levels = np.array([[0, 1, 0, 1], [0, 0, 1, 1]])
    base = np.array([[0.0, 2.0, -1.0, -3.0], [0.0, -1.0, 2.0, -3.0]])
    slope = np.zeros((2, 4, 2))
    slope[0, 3, 0] = slope[0, 2, 1] = 1
    laid = conflict(levels, [2, 2], [0, 1], [False, False], base)
    none = tuple(Payoffs(np.zeros((0, 4)), np.zeros((0, 4, 2))) for _ in range(2))
    game = AffineGame(laid.movers, Payoffs(base, slope), none, (0, 1), np.arange(4))
    return game, Unknowns.of(["clash", "shame"], [0, 0], [low, -4], [4, 4])


def test_by_hand() -> None:
    game, unknowns = chicken(-4)
    # both giving way holds for neither, whatever a clash costs the first
    found = least_change([game], unknowns, [0], "nash")
    assert found.impossible == (0,)
    assert [r.player for r in found.blocked[0].requirements] in ([0], [1])
    assert found.blocked[0].ends == ()
    # the clash is kept by the second if at all; the first would have to gain 2 by it
    assert least_change([game], unknowns, [3], "nash").impossible == (3,)
    # the second holding out, the first giving way: that is so already
    assert least_change([game], unknowns, [2], "nash").already == (2,)
    # the first holding out under gmr, where the second keeps it: already
    assert least_change([game], unknowns, [1], "gmr").answers[0].changes == ()


def test_costs_are_shares_of_the_ranges() -> None:
    game, _ = chicken(-4)
    base = game.payoffs.base.copy()
    base[1] = 0.0
    game = AffineGame(game.movers, Payoffs(base, game.payoffs.slope), game.consents, game.judged, game.states)
    for weights, changed, cost in (([0.1, 0.2], "clash", 0.2), (None, "shame", 2 / 8)):
        unknowns = Unknowns.of(["clash", "shame"], [0, 0], [0, -4], [4, 4], weights)
        found = least_change([game], unknowns, [3], "nash")
        assert [c.unknown for c in found.answers[0].changes] == [changed]
        assert found.answers[0].cost == pytest.approx(cost)
    change = found.answers[0].changes[0]
    assert (change.start, change.end, change.low, change.high) == (0, pytest.approx(-2), -4, 4)
    assert change.share == pytest.approx(-0.25)


def test_a_budget_leaves_a_bound_and_a_gap() -> None:
    gaps = 0
    for seed in range(15):
        drawn = random_affine(seed, 4, most=16)
        state = away(drawn, "sseq", np.random.default_rng(seed))
        if state is None:
            continue
        full = least_change([drawn.affine], drawn.unknowns, [state], "sseq")
        cost = full.answers[0].cost if full.answers else np.inf
        for nodes in (0, 1, 3):
            found = least_change([drawn.affine], drawn.unknowns, [state], "sseq", budget=Budget(60, nodes))
            assert found.bound <= cost + CLOSE
            if found.answers:
                assert found.answers[0].cost >= cost - CLOSE
                assert found.answers[0].proven or not found.complete
                gaps += not found.answers[0].proven
            elif not found.impossible:
                assert found.undecided == (state,)
                assert not found.complete
    assert gaps


def test_players_who_see_different_games_are_judged_in_their_own() -> None:
    game, unknowns = chicken(-4)
    other = AffineGame(game.movers, Payoffs(game.payoffs.base[::-1], game.payoffs.slope * 0), game.consents, (1,),
                       game.states)  # fmt: skip
    mine = AffineGame(game.movers, game.payoffs, game.consents, (0,), game.states)
    unseen = AffineGame(game.movers, other.payoffs, game.consents, (1,), game.states)
    found = least_change([mine, unseen], unknowns, range(4), "nash")
    assert found.answers
    for answer in found.answers:
        assert holds([mine, other], answer.point - unknowns.best, [answer.state], "nash").all()


def test_what_cannot_be_asked_is_refused() -> None:
    game, unknowns = chicken(-4)
    with pytest.raises(UsageError, match="no concept"):
        least_change([game], unknowns, [0], "core")
    with pytest.raises(UsageError, match="no state"):
        least_change([game], unknowns, [], "nash")
    for best, low, high, weights in ([0, 1, 2, None], [0, 0, 0, None], [0, 0, np.inf, None], [0, 0, 1, [0]]):
        with pytest.raises(UsageError):
            Unknowns.of(["x"], [best], [low], [high], weights)
