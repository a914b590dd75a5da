from __future__ import annotations

import numpy as np
import pytest

from offramp.casefile import load_case
from offramp.inverse.asking import target_of
from offramp.inverse.mediation import mediate
from offramp.stability import free_graph, judge_world, true_wants
from offramp.worlds import draw

PARTIES = ["us", "ussr"]


@pytest.fixture(scope="module")
def cuba():
    return load_case("cuba-1962")


def told(case, text: str, levels=None, concept: str = "seq"):
    return mediate(case, target_of(case, text).that, draw(case, 16, 0), PARTIES, concept, levels or {})


def test_the_missile_crisis(cuba) -> None:
    # Fraser and Hipel: states 4 and 6 hold under seq; the present, 0, is what the Soviet Union likes best
    found = told(cuba, "withdrawal")
    assert found.wanted == 2
    historical, under_blockade = found.endings
    assert historical.levels["us.blockade"] == "no"
    assert under_blockade.levels["us.blockade"] == "yes"
    assert historical.holds == under_blockade.holds == found.holding == 1.0
    assert historical.better == {"us": 1.0, "ussr": 0.0}
    assert found.first_choice == {"us": 0.0, "ussr": 1.0}
    assert found.some == 0.0
    # the course of events was 0, 2, 6, 4
    assert historical.way == (
        ("us", {"us.blockade": "yes"}), ("ussr", {"ussr.withdraw": "yes"}), ("us", {"us.blockade": "no"})
    )  # fmt: skip
    assert historical.unlocked == 1


def test_from_the_blockade_both_prefer_it(cuba) -> None:
    found = told(cuba, "withdrawal", {"us.blockade": 1})
    assert found.some == 1.0
    assert all(ending.agreed == 1.0 and ending.unlocked == 0 for ending in found.endings)


def test_nobody_who_looks_no_further_than_his_own_move_stays(cuba) -> None:
    assert told(cuba, "withdrawal", concept="nash").holding == 0.0


def test_shares_are_counted_over_the_worlds() -> None:
    case = load_case("iran-2009")
    that, worlds = target_of(case, "earnest").that, draw(case, 6, 1)
    found = mediate(case, that, worlds, ["us", "regime"], "seq", {})
    graph = free_graph(case)
    for ending in found.endings[:3]:
        n, holds, better, agreed = ending.configuration, 0, 0, 0
        for w in range(1, 7):
            stable = judge_world(graph, worlds.world(w)).stable["seq"][:, n].all()
            ranks = true_wants(graph, worlds.world(w)).ranks
            ahead = ranks[:2, n] - ranks[:2, graph.start[0]]
            holds += stable
            better += ahead[0] > 0
            agreed += bool(stable and (ahead >= 0).all() and (ahead > 0).any())
        assert np.allclose([ending.holds, ending.better["us"], ending.agreed], np.array([holds, better, agreed]) / 6)


def test_what_is_impossible(cuba) -> None:
    found = told(cuba, "ussr.withdraw and ussr.escalate")
    assert (found.wanted, found.endings, found.holding, found.some) == (0, (), 0.0, 0.0)
    assert found.first_choice == {"us": 1.0, "ussr": 1.0}
