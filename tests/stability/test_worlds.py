"""A case in one world: what configurations are worth while they are held, and who holds to what."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.linalg import expm

from offramp.casefile import load_case, parse_case
from offramp.graph import pose
from offramp.graph.situation import Situation
from offramp.model.variants import Variant, apply_variant
from offramp.stability import CONCEPTS, acted_out, reached
from offramp.stability.held import occupancy
from offramp.stability.worlds import free_graph, judge_world, perceived
from offramp.worlds import draw

TEXT = """
offramp: 1
name: small
title: Small
time: {unit: month, horizon: 10, foresight: 20}
players:
  us:
    name: We
    options: {push: {levels: ["no", "yes"]}}
    wants: [{that: us.push, worth: -0.2, origin: guess}, {that: fear, worth: 1, origin: guess}]
  them:
    name: They
    factions:
      hard: {influence: 0.6, wants: [{that: them.yield, worth: -1, origin: guess}]}
      soft: {influence: rest, wants: [{that: them.yield, worth: 2, origin: guess}]}
    options: {yield: {levels: ["no", "yes"]}}
conditions:
  fear: {levels: [calm, afraid], start: calm, rises: "0.3 * us.push", falls: "0.1 if time >= 4 else 0"}
outcomes:
  yielding: {of: them.yield, measure: average}
strategies:
  free: {}
"""


def stable_for(text: str, player: int, frozen: bool = False) -> dict[tuple[int, ...], bool]:
    case = parse_case(text).case
    graph = free_graph(case)
    found = judge_world(graph, draw(case, 1, 0).world(0), frozen=frozen)
    levels = graph.space.rungs(graph.codes).T
    return {tuple(map(int, row)): bool(cell) for row, cell in zip(levels, found.stable["nash"][player], strict=True)}


def test_time_spent_is_that_of_the_closed_form() -> None:
    case = parse_case(TEXT).case
    graph = free_graph(case)
    spent = occupancy(Situation(graph, {}))
    levels = graph.space.rungs(graph.codes).T.tolist()
    pushed, calm = spent[levels.index([1, 0])], spent[levels.index([0, 0])]
    rest, still = 0.1 / 0.4, math.exp(-0.3 * 4)  # from month 4 on it also falls
    early = (1 - still) / 0.3
    late = rest * 6 + (still - rest) * (1 - math.exp(-0.4 * 6)) / 0.4
    assert pushed[0] == pytest.approx((early + late) / 10, abs=1e-12)
    assert calm.tolist() == pytest.approx([1.0, 0.0], abs=1e-12)
    assert occupancy(Situation(graph, {}), frozen=True)[:, 0].tolist() == [1.0] * 4


@pytest.mark.parametrize("name", ["iran-2009", "iran-2006", "coercion"])
def test_time_spent_is_that_of_the_matrix_exponential(name) -> None:
    case = load_case(name)
    graph, world = free_graph(case), draw(case, 3, 0).world(2)
    spent = occupancy(Situation(graph, world))
    assert spent.sum(axis=1) == pytest.approx(np.ones(len(spent)), abs=1e-12)
    segments = [s for s in pose(graph, world, ()).problem.segments if s.end <= case.time.horizon]
    positions = graph.ladders.positions
    for c in range(0, len(spent), 97):
        here, total = np.eye(positions)[graph.start[1]], np.zeros(positions)
        for segment in reversed(segments):
            generator = np.zeros((2 * positions, 2 * positions))
            for k, stride in enumerate(graph.ladders.strides):
                generator[:positions, :positions] += np.diag(segment.rise[k, c, : positions - stride], stride)
                generator[:positions, :positions] += np.diag(segment.fall[k, c, stride:], -stride)
            generator[range(positions), range(positions)] = -generator[:positions].sum(axis=1)
            generator[:positions, positions:] = np.eye(positions)
            after = here @ expm(generator * (segment.end - segment.start))[:positions]
            here, total = after[:positions], total + after[positions:]
        assert spent[c] == pytest.approx(total / case.time.horizon, abs=1e-10)


def test_drift_makes_a_costly_push_pay() -> None:
    assert stable_for(TEXT, 0) == {(0, 0): False, (1, 0): True, (0, 1): False, (1, 1): True}
    assert stable_for(TEXT, 0, frozen=True) == {(0, 0): True, (1, 0): False, (0, 1): True, (1, 1): False}


def test_influence_decides_and_consent_blocks() -> None:
    yields = {(0, 0): False, (1, 0): False, (0, 1): True, (1, 1): True}
    assert stable_for(TEXT, 1) == yields
    blocked = TEXT.replace("hard: {influence: 0.6,", "hard: {influence: 0.6, consent: true,")
    assert all(stable_for(blocked, 1).values()), "the hard do not consent; who has yielded prefers that"
    strong = TEXT.replace("influence: 0.6", "influence: 0.9")
    assert stable_for(strong, 1) == {state: not holds for state, holds in yields.items()}


FEAR_OF_ANSWER = """
offramp: 1
name: answer
title: Answer
time: {unit: month, horizon: 10, foresight: 20}
players:
  us:
    name: We
    options: {push: {levels: ["no", "yes"]}}
    wants: [{that: us.push, worth: 1, origin: guess}, {that: them.strike, worth: -5, origin: guess}]
  them:
    name: They
    options: {strike: {levels: ["no", "yes"]}}
    wants:
      - {id: revenge, that: us.push and them.strike, worth: 2, origin: guess}
      - {that: them.strike, worth: -1, origin: guess}
outcomes:
  struck: {of: them.strike, measure: average}
strategies:
  free: {}
"""


def test_a_player_is_judged_in_the_game_it_perceives() -> None:
    def held_back(text: str, concept: str) -> bool:
        case = parse_case(text).case
        graph = free_graph(case)
        found = judge_world(graph, draw(case, 1, 0).world(0))
        return bool(found.stable[concept][0, graph.start[0]])

    bluff = FEAR_OF_ANSWER + "perceives: {us: {them.wants.revenge.worth: 0}}\n"
    assert held_back(FEAR_OF_ANSWER, "seq")
    assert not held_back(bluff, "seq"), "we do not believe that they would"
    assert held_back(bluff, "gmr"), "but they could"


def test_irreversible_options_stay() -> None:
    gone = stable_for(TEXT + "irreversible: [us.push]\n", 0, frozen=True)
    assert gone[1, 0], "it would rather not push, but cannot go back"
    assert gone[1, 1]


def test_settings_and_starts_matter() -> None:
    case = parse_case(TEXT).case
    world = draw(case, 1, 0).world(0)
    afraid = apply_variant(case, Variant("free", (("fear", 1),))).case
    (before,) = perceived(free_graph(case), world, frozen=True)
    (after,) = perceived(free_graph(afraid), world, frozen=True)
    assert after.payoffs[0] == pytest.approx(before.payoffs[0] + 1.0)


def test_the_best_guess_world_of_iran_2009() -> None:
    case = load_case("iran-2009")
    graph = free_graph(case)
    found = judge_world(graph, draw(case, 1, 0).world(0))
    for strong, weak in [("nash", "seq"), ("seq", "gmr"), ("smr", "gmr"), ("sseq", "seq"), ("sseq", "smr")]:
        assert not (found.stable[strong] & ~found.stable[weak]).any()
    assert all(0 < found.stable[concept].mean() < 1 for concept in CONCEPTS)
    assert found.equilibria["gmr"].size > 0


def test_what_a_player_does_not_see_is_neither_sought_nor_feared() -> None:
    options = "{levels: ['no', 'yes']}"
    text = f"""
offramp: 1
name: blind
title: Blind
players:
  a:
    options: {{x: {options}}}
    wants: [{{that: a.x, worth: 1, origin: guess}}, {{that: b.y, worth: -3, origin: guess}}]
  b:
    options: {{y: {options}}}
    wants: [{{that: a.x and b.y, worth: 1, origin: guess}}, {{that: b.y and not a.x, worth: -1, origin: guess}}]
outcomes: {{gone: {{of: a.x, measure: average}}}}
"""
    blind = text + "unseen: {a: [a.x and b.y]}\n"

    def cells(text: str, concept: str) -> dict[tuple[int, ...], list[bool]]:
        case = parse_case(text).case
        graph = free_graph(case)
        found = judge_world(graph, draw(case, 0, 0).world(0)).stable[concept]
        levels = graph.space.rungs(graph.codes).T
        return {tuple(map(int, row)): found[:, n].tolist() for n, row in enumerate(levels)}

    seen, unseen = cells(text, "seq"), cells(blind, "seq")
    assert seen[0, 0] == [True, True], "a would gain, but b would answer, and that is worse for a"
    assert unseen[0, 0] == [False, True], "a does not see that b could answer"
    assert cells(text, "nash")[0, 1] == [False, False]
    assert cells(blind, "nash")[0, 1] == [True, False], "a does not see where it could go from there"
    assert unseen[1, 1] == [True, True], "there a knows of nothing better"
    nothing = cells(text + "unseen: {a: ['true']}\n", "sseq")
    assert all(cell[0] for cell in nothing.values()), "who sees nothing stays"
    assert {at: cell[1] for at, cell in nothing.items()} == {at: cell[1] for at, cell in cells(text, "sseq").items()}
    case = parse_case(blind).case
    graph = free_graph(case)
    acted = acted_out(graph, draw(case, 0, 0).world(0))
    at = {tuple(map(int, row)): n for n, row in enumerate(graph.space.rungs(graph.codes).T)}
    assert reached(acted, at[0, 0], gaining=True)[at[1, 1]] == 2, "b still goes where a cannot see"
    assert reached(acted, at[0, 1], gaining=False, without=(1,))[at[1, 1]] == -1


def test_every_feasible_configuration_is_judged_and_not_only_those_that_can_be_reached() -> None:
    text = TEXT.replace("strategies:", "irreversible: [us.push, them.yield]\nstrategies:")
    started = text.replace('push: {levels: ["no", "yes"]}', 'push: {levels: ["no", "yes"], start: yes}')
    graph = free_graph(parse_case(started).case)
    assert len(graph.codes) == 4
    assert reached(acted_out(graph, {}), graph.start[0], gaining=False).tolist().count(-1) == 2
    kept = free_graph(parse_case(started.replace("irreversible:", "impossible: [not us.push]\nirreversible:")).case)
    assert len(kept.codes) == 2


def test_statements_count_in_their_order_however_many_they_are() -> None:
    count = 36
    statements = [f"not (a.x == n{n})" for n in range(2)] * (count // 2 - 1) + ["a.x == n1", "a.x == n2"]
    text = f"""
offramp: 1
name: many
title: Many
players:
  a:
    options: {{x: {{levels: [n0, n1, n2]}}, y: {{}}}}
    prefers: [a.y, {", ".join(f'"{each}"' for each in statements)}]
outcomes: {{gone: {{of: a.y, measure: average}}}}
"""
    case = parse_case(text.replace("not (a.x == n0)", "a.y == yes").replace("not (a.x == n1)", "a.y == yes")).case
    graph = free_graph(case)
    for w in range(4):
        (game,) = perceived(graph, draw(case, 4, 0).world(w))
        levels = graph.space.rungs(graph.codes).T.tolist()
        by_rank = [levels[n] for n in np.argsort(game.conflict.ranks[0])]
        assert by_rank == [[0, 0], [2, 0], [1, 0], [0, 1], [2, 1], [1, 1]]
