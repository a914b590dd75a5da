"""What it would take in cases: every answer is judged by the stability lens in the world that it makes."""

from __future__ import annotations

from math import factorial
from pathlib import Path

import numpy as np
import pytest

import offramp.cases
from offramp.casefile import load_case, parse_case
from offramp.errors import UsageError
from offramp.graph import Graph
from offramp.inverse.stability import (
    Inverse,
    affine_games,
    least_change_beyond,
    least_change_of,
    nearest_ranking_of,
    rankings_of_player,
    straight,
)
from offramp.stability import CONCEPTS, free_graph, judge_world, perceived
from offramp.worlds import draw, replace

HEAD = """
offramp: 1
name: quarrel
title: Quarrel
time: {unit: month, horizon: 10, foresight: 20}
"""

QUARREL = (
    HEAD
    + """
unknowns:
  gain: {range: [0, 4], origin: guess}
  pain: {range: [0, 6], origin: guess}
  pride: {range: [0, 1.2], origin: guess}
  weight: {range: [0.2, 0.6], origin: guess}
players:
  us:
    options: {push: {levels: ["no", "yes"]}}
    wants: [{that: us.push, worth: gain, origin: guess}, {that: them.strike, worth: -pain, origin: guess}]
  them:
    options: {strike: {levels: ["no", "yes"]}}
    factions:
      hawks:
        influence: weight
        wants: [{id: revenge, that: us.push and them.strike, worth: 2 * pride, origin: guess}]
      doves:
        influence: rest
        wants: [{that: them.strike, worth: -1, origin: guess}]
outcomes: {struck: {of: them.strike, measure: average}}
"""
)


def asked(text: str, levels: tuple[int, ...], concept: str, **how: object) -> tuple[Graph, dict[str, float], Inverse]:
    case = parse_case(text).case
    graph, world = free_graph(case), draw(case, 0, 0).world(0)
    rungs = graph.space.rungs(graph.codes).T
    target = (rungs == levels).all(axis=1)
    assert target.any()
    return graph, world, least_change_of(graph, world, target, concept, **how)  # type: ignore[arg-type]


def check(graph: Graph, found: Inverse) -> None:
    for answer in found.answers:
        moved = {change.unknown: change.end for change in answer.changes}
        world = replace(draw(graph.case, 0, 0), moved).world(0)
        assert judge_world(graph, world).stable[found.concept][:, answer.state].all()
        assert answer.proven
        for change in answer.changes:
            assert change.low <= change.end <= change.high


def searched(graph: Graph, found: Inverse, steps: int = 60) -> float:
    """Give the least cost on a grid of the unknowns that may move."""
    worlds, best = draw(graph.case, 0, 0), np.inf
    now = worlds.world(0)
    ranges = [graph.case.unknowns[name].law for name in found.movable]
    axes = [np.unique([*np.linspace(r.low, r.high, steps), now[n]]) for r, n in zip(ranges, found.movable, strict=True)]
    for point in np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(axes)):
        shares = [(v - now[n]) / (r.high - r.low) for v, n, r in zip(point, found.movable, ranges, strict=True)]
        cost = float(np.abs(shares).sum())
        if cost < best:
            world = replace(worlds, dict(zip(found.movable, point.tolist(), strict=True))).world(0)
            if judge_world(graph, world, [found.concept]).stable[found.concept][:, found.states[0]].all():
                best = cost
    return best


@pytest.mark.parametrize("consent", ["", "consent: true, "])
@pytest.mark.parametrize("concept", CONCEPTS)
def test_two_players_with_factions(concept, consent) -> None:
    text = QUARREL.replace("influence: rest\n", f"influence: rest\n        {consent.replace(', ', '')}\n")
    for levels in ((0, 0), (1, 0), (1, 1)):
        graph, _, found = asked(text, levels, concept)
        assert found.movable == ("gain", "pain", "pride")
        assert found.held == ()
        check(graph, found)
        grid = searched(graph, found, 13)
        cost = found.answers[0].cost if found.answers else np.inf
        assert cost <= grid + 1e-5
        assert grid == np.inf or cost > grid - 0.3
        assert found.answers or (found.impossible and grid == np.inf)


def test_belief_counts_not_the_truth() -> None:
    believed = QUARREL + "perceives: {us: {them.factions.hawks.wants.revenge.worth: 0}}\n"
    for text in (QUARREL, believed):
        graph, _, found = asked(text, (0, 0), "seq", players=["them"])
        check(graph, found)
        assert bool(found.answers) == (text == QUARREL), "whatever they want, we do not believe that they would"
    graph, _, found = asked(believed, (0, 0), "seq")
    check(graph, found)
    assert [c.unknown for c in found.answers[0].changes] == ["gain"]
    shared = QUARREL + "perceives: {us: {them.factions.hawks.wants.revenge.worth: 2.2 * pride}}\n"
    graph, _, found = asked(shared, (0, 0), "seq", players=["them"])
    check(graph, found)
    assert found.answers[0].cost < asked(QUARREL, (0, 0), "seq", players=["them"])[2].answers[0].cost


def test_what_is_not_seen_is_not_feared() -> None:
    graph, _, found = asked(QUARREL + "unseen: {us: [us.push and them.strike]}\n", (0, 0), "gmr", players=["them"])
    assert found.impossible
    graph, _, found = asked(QUARREL + "unseen: {us: [us.push and them.strike]}\n", (0, 0), "gmr")
    check(graph, found)
    assert found.answers


def test_what_has_to_stay_stays() -> None:
    text = (
        HEAD
        + """
unknowns:
  plain: {range: [0, 1], origin: guess}
  few: {choice: [1, 2], origin: guess}
  sum: {is: plain + derived-from}
  derived-from: {range: [0, 1], origin: guess}
  bent: {range: [-1, 1], origin: guess}
  left: {range: [0.5, 1], origin: guess}
  right: {range: [0.5, 1], origin: guess}
  late: {range: [0, 1], origin: guess}
  test: {range: [0, 1], origin: guess}
  pace-of-fear: {range: [0, 1], origin: guess}
  common: {range: [0, 1], origin: guess}
  power: {range: [0.2, 0.6], origin: guess}
conditions:
  fear: {levels: [low, high], rises: [{rate: pace-of-fear}]}
players:
  us:
    options: {push: {levels: ["no", "yes"]}}
    factions:
      one:
        influence: power
        wants:
          - {that: us.push, worth: "sum + max(0, bent) + few", origin: guess}
          - {that: us.push, worth: left * right + power, origin: guess}
        at_end: [{that: us.push, worth: late, origin: guess}]
      two:
        influence: rest
        wants:
          - {that: us.push and test > 0.5, worth: test, origin: guess}
          - {that: us.push, worth: pace-of-fear + common, origin: guess}
  them:
    options: {strike: {levels: ["no", "yes"]}}
    wants: [{that: them.strike, worth: common, origin: guess}]
outcomes: {struck: {of: them.strike, measure: average}}
"""
    )
    _, _, found = asked(text, (0, 0), "nash", players=["us"])
    assert set(found.movable) == {"plain", "derived-from", "left"}
    assert {h.unknown: h.reason for h in found.held} == {
        "few": "few values", "bent": "bends", "right": "times another", "late": "changes nothing",
        "test": "condition of a want", "pace-of-fear": "rate", "common": "others want it too", "power": "influence",
    }  # fmt: skip
    _, _, found = asked(text, (0, 0), "nash")
    assert "common" in found.movable


def test_ordered_statements_stay_and_their_rankings_are_counted() -> None:
    wants = "wants: [{that: us.push, worth: gain, origin: guess}, {that: them.strike, worth: -pain, origin: guess}]"
    text = QUARREL.replace(wants, "prefers: [not them.strike, us.push]")
    graph, world, found = asked(text, (0, 0), "nash")
    assert found.movable == ("pride",)
    assert {h.reason for h in found.held} == {"ordered statements"}
    assert found.impossible
    assert found.blocked[0].requirements[0].player == 0
    state = found.states[0]
    nearest = nearest_ranking_of(graph, world, "us", state, "nash")
    assert nearest.distance == 1
    assert rankings_of_player(graph, world, "us", state, "nash").stable == factorial(4) // 2


def test_effort_is_what_a_whole_range_costs() -> None:
    plain = asked(QUARREL, (0, 0), "nash")[2]
    dear = asked(QUARREL.replace("[0, 4], origin", "[0, 4], effort: 5, origin"), (0, 0), "nash")[2]
    assert [c.unknown for c in plain.answers[0].changes] == [c.unknown for c in dear.answers[0].changes] == ["gain"]
    assert dear.answers[0].cost == pytest.approx(5 * plain.answers[0].cost)
    graph, world, _ = asked(QUARREL.replace("[0, 4], origin", "[0, 4], effort: 5, origin"), (0, 0), "nash")
    target = np.arange(len(graph.codes)) == dear.states[0]
    weighed = least_change_of(graph, world, target, "nash", weights={"gain": 1.0})
    assert weighed.answers[0].cost == pytest.approx(2.0), "a weight counts in place of the effort"


LEVEL = (
    HEAD
    + """
unknowns:
  gain: {range: [0, 4], mode: 3, origin: guess}
  shame: {range: [0, 10], mode: 2, origin: guess}
players:
  us:
    options: {push: {levels: ["no", "yes"]}}
    wants: [{that: us.push, worth: gain, origin: guess}, {that: us.push, worth: -0.37 * shame, origin: guess}]
outcomes: {pushed: {of: us.push, measure: average}}
"""
)


def test_rounding_does_not_decide_where_all_a_player_has_ties() -> None:
    graph, _, found = asked(LEVEL, (0,), "nash", answers=2)
    assert found.complete
    assert [(c.unknown, c.end) for a in found.answers for c in a.changes] == [
        ("gain", pytest.approx(0.74, abs=1e-5)), ("shame", pytest.approx(3 / 0.37, abs=1e-5)),
    ]  # fmt: skip
    check(graph, found)


def test_payoffs_are_those_of_the_lens() -> None:
    for text in (QUARREL, QUARREL + "perceives: {us: {them.factions.hawks.wants.revenge.worth: 2.2 * pride}}\n"):
        case = parse_case(text).case
        graph = free_graph(case)
        moving = straight(graph, draw(case, 0, 0).world(0))
        games = affine_games(graph, moving)
        rng = np.random.default_rng(0)
        for _ in range(5):
            point = rng.uniform(moving.unknowns.low, moving.unknowns.high)
            for game, seen in zip(games, perceived(graph, moving.world(point)), strict=True):
                mine = game.at(point - moving.unknowns.best)
                assert (mine.ranks == seen.conflict.ranks).all()
                assert game.payoffs.at(point - moving.unknowns.best) == pytest.approx(seen.payoffs[:, seen.seen])
                for one, other in zip(mine.consents, seen.conflict.consents, strict=True):
                    assert (one == other).all()


def cuba(step: str = "[0.1, 1]") -> str:
    text = Path(offramp.cases.__file__).parent.joinpath("literature", "cuba-1962.yaml").read_text(encoding="utf-8")
    return text.replace("not us.strike and not us.blockade, worth: [0.1, 1]",
                        f"not us.strike and not us.blockade, worth: {step}")  # fmt: skip


def test_cuba_by_hand() -> None:
    """Withdrawn under a blockade (6) is left by the United States for withdrawn without (4), and by nobody else."""
    case = load_case("cuba-1962")
    graph, world = free_graph(case), draw(case, 0, 0).world(0)
    levels = {tuple(map(int, row)): n for n, row in enumerate(graph.space.rungs(graph.codes).T)}
    four, six = levels[0, 0, 1, 0], levels[0, 1, 1, 0]
    target = np.arange(len(graph.codes)) == six
    found = least_change_of(graph, world, target, "nash")
    assert found.impossible == (six,)
    (blocked,) = found.blocked
    assert [(r.player, r.move) for r in blocked.requirements] == [(0, four)]
    assert [(e.unknown.split(".")[-3:], e.end, e.value) for e in blocked.ends] == [
        (["wants", "step-11", "worth"], "low", 0.1)
    ]
    beyond = least_change_beyond(graph, world, blocked, "nash")
    assert beyond is not None
    assert [(c.unknown.split(".")[-2], c.start, c.low, c.high) for c in beyond.changes] == [
        ("step-11", pytest.approx(0.55), 0.1, 1.0)
    ]
    there = replace(draw(case, 0, 0), {beyond.changes[0].unknown: beyond.changes[0].end}).world(0)
    assert judge_world(graph, there, ["nash"]).stable["nash"][:, six].all()
    assert beyond.changes[0].end == pytest.approx(0.0, abs=1e-6)
    counted = rankings_of_player(graph, world, "us", six, "nash")
    assert counted.total == factorial(12)
    assert counted.stable == counted.equilibrium == factorial(12) // 4, "6 above 4, 5 and 7"
    nearest = nearest_ranking_of(graph, world, "us", six, "nash")
    assert nearest.reversed == ((four, six),)
    assert rankings_of_player(graph, world, "ussr", six, "nash").equilibrium == 0, "the other would leave"
    assert nearest_ranking_of(graph, world, "ussr", six, "nash").order is None
    already = least_change_of(graph, world, target, "seq")
    assert already.already == (six,)
    assert already.answers[0].changes == ()

    wider = parse_case(cuba("[-0.5, 1]")).case
    graph, world = free_graph(wider), draw(wider, 0, 0).world(0)
    found = least_change_of(graph, world, target, "nash", players=["us"])
    check(graph, found)
    (change,) = found.answers[0].changes
    assert (change.start, change.end) == (pytest.approx(0.25), pytest.approx(0.0))
    assert found.answers[0].cost == pytest.approx(0.25 / 1.5)


@pytest.mark.slow
def test_iran_2009() -> None:
    case = load_case("iran-2009")
    graph, world = free_graph(case), draw(case, 0, 0).world(0)
    cells = judge_world(graph, world).stable
    for concept in ("nash", "sseq"):
        target = cells[concept].sum(axis=0) == len(case.players) - 1
        target[np.flatnonzero(target)[3:]] = False
        found = least_change_of(graph, world, target, concept, answers=2)
        assert found.complete
        assert len(found.answers) == 2
        check(graph, found)


def test_what_cannot_be_asked_is_refused() -> None:
    with pytest.raises(UsageError, match="no player"):
        asked(QUARREL, (0, 0), "nash", players=["them", "him"])
    with pytest.raises(UsageError, match="may not change"):
        asked(QUARREL, (0, 0), "nash", weights={"weight": 1.0})
    graph, world, _ = asked(QUARREL + "unseen: {us: [us.push and them.strike]}\n", (0, 0), "nash")
    with pytest.raises(UsageError, match="does not see"):
        rankings_of_player(graph, world, "us", 3, "nash")
    with pytest.raises(UsageError, match="another game"):
        nearest_ranking_of(graph, world, "us", 0, "nash")
    with pytest.raises(UsageError, match="no player"):
        rankings_of_player(graph, world, "him", 0, "nash")
    assert rankings_of_player(graph, world, "us", 0, "nash").equilibrium is None
