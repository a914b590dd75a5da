"""The cases typed from published tables: their ranks, what holds in them, and what play makes of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

import offramp
from offramp.casefile import parse_case
from offramp.ensemble import Job, Table, run_jobs
from offramp.graph import Graph, option_levels
from offramp.model import Case
from offramp.model.variants import Variant
from offramp.stability import CONCEPTS, free_graph, judge, judge_world, perceived, ranked
from offramp.worlds import Worlds, draw

ORACLE = Path(__file__).resolve().parents[3] / "shared" / "oracles" / "stability" / "published.json"
WORLDS = 32

AGAIN = "extends: korea-2017\nirreversible: [us.strike, nk.invade]\n"
"""The second table of korea-2017."""

RANKINGS = {
    # Best first, ties joined by =. Y: the option is taken; in the order of the case's options.
    "prisoners-dilemma": ["NY YY NN YN", "YN YY NN NY"],
    "chicken": ["NY YY YN NN", "YN YY NY NN"],
    "stag-hunt": ["YY NY NN YN", "YY YN NN NY"],
    "elmira": [
        "NNYNY NNYNN YNYNN YNYNY NYNNY NYNNN YYNNN YYNNY NNNYN=YNNYN=NNNYY=YNNYY",
        "NYNNN YNYNN YNYNY NYNNY NNNYN=YNNYN=NNNYY=YNNYY YYNNN NNYNN NNYNY YYNNY",
        "NNYNY NNYNN NYNNY NYNNN YNYNY YYNNY YNYNN YYNNN NNNYN=YNNYN=NNNYY=YNNYY",
    ],
    "cuba-1962": [
        "NNYN NYYN YNYN YYYN NYNN YNNN YYNN NNNN YYNY YNNY NYNY NNNY",
        "NNNN NNYN NYYN NYNN YNYN YNNN YYYN YYNN YYNY YNNY NYNY NNNY",
    ],
    "korea-2017": [
        "NNNY NNNN YNNY NYNY NNYY YNYN NNYN YNYY NYYY YNNN NYNN NYYN",
        "NYYN NYYY NYNN NYNY NNNN NNYN NNYY YNYN YNNN YNYY NNNY YNNY",
    ],
    "korea-2017, second table": [
        "NNNY YNNY NNNN NYNY YNYY NNYY YNYN NNYN YNNN NYNN NYYY NYYN",
        "NYYN NYYY NNYN NNYY NNNN NYNY YNYN YNYY NYNN YNNN YNNY NNNY",
    ],
}

ABANDONED = "NNNYN YNNYN NNNYY YNNYY"
"""The four configurations that are state 9 of Elmira."""

EQUILIBRIA = {
    "prisoners-dilemma": {"nash": "NN", "gmr": "NN YY", "smr": "NN YY", "seq": "NN YY", "sseq": "NN YY"},
    "chicken": {"nash": "YN NY", "gmr": "YN NY YY", "smr": "YN NY YY", "seq": "YN NY", "sseq": "YN NY"},
    "stag-hunt": dict.fromkeys(CONCEPTS, "NN YY"),
    "elmira": {
        **dict.fromkeys(("nash", "seq", "sseq"), f"NYNNY YNYNY {ABANDONED}"),
        **dict.fromkeys(("gmr", "smr"), f"NYNNN YNYNN NYNNY YNYNY {ABANDONED}"),
    },
    "cuba-1962": {
        "nash": "",
        **dict.fromkeys(("seq", "sseq"), "NNYN NYYN"),
        **dict.fromkeys(("gmr", "smr"), "NNNN YNNN NYNN NNYN YNYN NYYN YYYN"),
    },
    "korea-2017": {
        "nash": "NNNN YNYN",
        **dict.fromkeys(("seq", "sseq"), "NNNN YNYN NYNY"),
        **dict.fromkeys(("gmr", "smr"), "NNNN YNYN NYNY NNYN NNYY"),
    },
    "korea-2017, second table": {
        "nash": "YNYN",
        **dict.fromkeys(("gmr", "smr", "seq", "sseq"), "NNNN YNYN NYNY NNYY"),
    },
}

PUBLISHED = {
    "prisoners-dilemma": "prisoners",
    "chicken": "chicken",
    "stag-hunt": "staghunt",
    "elmira": "elmira",
    "korea-2017": "korea2017_base_invrev",
    "korea-2017, second table": "korea2017_deterrence_invirrev",
}


def typed(name: str) -> tuple[Case, Graph]:
    if name.endswith("second table"):
        case = parse_case(AGAIN).case
        return case, free_graph(case, {"preferences": 1})
    case = offramp.load_case(name)
    return case, free_graph(case)


def vectors(graph: Graph) -> list[str]:
    """Return every configuration as the literature writes it."""
    return [
        "".join({"yes": "Y", "no": "N"}[level] for level in option_levels(graph, c).values())
        for c in range(len(graph.codes))
    ]


def places(ranking: str) -> dict[str, int]:
    steps = reversed(ranking.split(" "))
    return {state: place for place, tied in enumerate(steps) for state in tied.split("=")}


def holds(graph: Graph, cells: Mapping[str, np.ndarray]) -> dict[str, set[str]]:
    names = vectors(graph)
    return {concept: {names[c] for c in states} for concept, states in cells.items()}


@pytest.mark.parametrize("name", RANKINGS)
def test_every_world_has_the_published_ranking(name: str) -> None:
    case, graph = typed(name)
    worlds, states = draw(case, WORLDS, 3), vectors(graph)
    expected = [[places(ranking)[state] for state in states] for ranking in RANKINGS[name]]
    for w in range(WORLDS + 1):
        (seen,) = perceived(graph, worlds.world(w))
        assert [ranked(payoffs).tolist() for payoffs in seen.payoffs] == expected


@pytest.mark.parametrize("name", EQUILIBRIA)
def test_what_holds_is_what_the_literature_says(name: str) -> None:
    case, graph = typed(name)
    worlds = draw(case, 2, 3)
    expected = {concept: set(states.split()) for concept, states in EQUILIBRIA[name].items()}
    for w in range(3):
        assert holds(graph, judge_world(graph, worlds.world(w)).equilibria) == expected


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_cell_is_that_of_the_published_table(name: str) -> None:
    if not ORACLE.is_file():
        pytest.skip(f"the published tables are not at hand ({ORACLE})")
    published = json.loads(ORACLE.read_text(encoding="utf-8"))["cases"][PUBLISHED[name]]
    case, graph = typed(name)
    states, world = vectors(graph), draw(case, 1, 0).world(0)
    assert sorted(states) == sorted(published["states"])
    order = [states.index(state) for state in published["states"]]
    found = judge_world(graph, world).stable
    for concept in CONCEPTS:
        assert found[concept][:, order].tolist() == published["stable"][concept], concept
    (seen,) = perceived(graph, world)
    for payoffs, ranks in zip(seen.payoffs, published["payoff_ranks"], strict=True):
        numbers = np.array([float(rank) for rank in ranks])
        np.testing.assert_array_equal(ranked(payoffs[order]), ranked(numbers))


def test_nobody_in_the_missile_crisis_is_content_for_good() -> None:
    """The cells of the two-player tableau: what each would do about each state by its own move alone."""
    case, graph = typed("cuba-1962")
    cells = judge_world(graph, draw(case, 1, 0).world(0)).stable["nash"]
    stays = [{state for state, stable in zip(vectors(graph), row, strict=True) if stable} for row in cells]
    assert stays == [{"NNYN", "NYNN", "YYNY"}, {"NNNN", "NYYN", "YNYN", "YYYN"}]


def test_with_an_air_strike_that_cannot_be_undone_another_state_holds() -> None:
    case = parse_case("extends: cuba-1962\nirreversible: [us.strike]\n").case
    graph = free_graph(case)
    found = holds(graph, judge_world(graph, draw(case, 1, 0).world(0)).equilibria)
    usual = {concept: set(states.split()) for concept, states in EQUILIBRIA["cuba-1962"].items()}
    assert found == {concept: states | {"YNYN"} for concept, states in usual.items()}


def test_at_elmira_the_order_of_three_states_is_no_matter() -> None:
    case, graph = typed("elmira")
    (seen,) = perceived(graph, draw(case, 1, 0).world(0))
    swapped = [vectors(graph).index(state) for state in ("YYNNN", "NNYNN", "NNYNY")]
    usual = judge(seen.conflict).stable
    for order in permutations(swapped):
        ranks = seen.conflict.ranks.copy()
        ranks[1, swapped] = seen.conflict.ranks[1, list(order)]
        found = judge(replace(seen.conflict, ranks=ranks)).stable
        for concept in CONCEPTS:
            np.testing.assert_array_equal(found[concept], usual[concept])


class Played:
    """What a case's outcomes are under some variants, over the worlds."""

    def __init__(self, name: str, *variants: Variant) -> None:
        self.case = offramp.load_case(name)
        self.worlds: Worlds = draw(self.case, WORLDS, 3)
        jobs = [Job(variant, "main", tuple(self.case.outcomes)) for variant in variants]
        self.table: Table = run_jobs(self.case, jobs, {"main": self.worlds})

    def __call__(self, variant: Variant, outcome: str) -> np.ndarray:
        return self.table.column(variant, outcome)


FREE = Variant("free-play")


def begun(*options: str) -> Variant:
    return Variant("free-play", tuple((option, 1) for option in options))


def test_cooperation_comes_apart_without_a_commitment() -> None:
    agreed, kind = begun("one.cooperate", "two.cooperate"), Variant("tit-for-tat")
    played = Played("prisoners-dilemma", FREE, agreed, kind)
    assert played(FREE, "both-cooperate").max() < 0.1
    assert played(agreed, "both-cooperate").max() < 0.1
    assert played(kind, "both-cooperate").min() > 0.4
    assert played(kind, "both-cooperate").mean() > 0.75


def test_nobody_swerves_for_long_beside_another_who_does() -> None:
    both, two, never = begun("one.swerve", "two.swerve"), begun("two.swerve"), Variant("never-swerve")
    played = Played("chicken", FREE, both, two, never)
    assert played(both, "both-swerve").max() < 0.2
    assert played(never, "two-swerves").min() > 0.5
    gains = played(never, "payoff-one") > played(FREE, "payoff-one")
    assert gains.mean() > 0.9
    assert (played(two, "two-swerves") > 0.5).mean() < 0.6, "though it holds under every concept"


def test_whoever_has_more_to_lose_by_a_crash_swerves_more() -> None:
    played = Played("chicken", FREE)
    fear = {player: played.worlds.column(f"players.{player}.wants.above-1.worth") for player in ("one", "two")}
    fears_more = fear["two"] - fear["one"]
    swerves_more = played(FREE, "two-swerves") - played(FREE, "one-swerves")
    clear = abs(fears_more) > 0.25
    assert clear.sum() > WORLDS / 3
    np.testing.assert_array_equal(swerves_more[clear] > 0, fears_more[clear] > 0)


def test_hares_do_not_hold_in_play() -> None:
    agreed, first = begun("one.stag", "two.stag"), Variant("go-first")
    played = Played("stag-hunt", FREE, agreed, first)
    assert played(FREE, "both-hare").max() < 0.5
    assert (played(FREE, "both-stag") > 0.5).mean() > 0.75
    assert (played(agreed, "both-stag") > 0.5).mean() > 0.75
    assert played(first, "both-stag").min() > 0.5
    worth = played.worlds.column
    risky = np.minimum(*(worth(f"players.{p}.wants.above-3.worth") - worth(f"players.{p}.wants.above-1.worth")
                         for p in ("one", "two"))) < 0  # fmt: skip
    assert (played(FREE, "both-stag")[risky] > 0.5).mean() > 0.5, "it need not be the safer choice"


def test_the_deadlock_of_elmira_ends_without_a_joint_move() -> None:
    joint, firm, insisted = Variant("joint-move"), Variant("stand-firm"), begun("local.insist")
    played = Played("elmira", FREE, joint, firm, insisted)
    for variant in (FREE, insisted):
        assert played(variant, "deadlock").max() < 0.1
        assert played(variant, "deal").min() > 0.85
        assert abs(played(variant, "deal") - played(joint, "deal")).max() < 0.05
    assert played(FREE, "abandoned").max() < 0.01
    assert (played(joint, "payoff-local") < played(firm, "payoff-local")).all()


def test_a_blockade_brings_a_withdrawal_that_need_not_last() -> None:
    hold, whatever, nothing = (Variant(s) for s in ("hold-blockade", "blockade-whatever", "acquiesce"))
    settled, blockaded = begun("ussr.withdraw"), begun("us.blockade", "ussr.withdraw")
    played = Played("cuba-1962", FREE, hold, whatever, nothing, settled, blockaded)
    for variant in (FREE, hold, whatever):
        assert played(variant, "withdrawal").min() > 0.45
        assert (played(variant, "withdrawal") > 0.5).mean() > 0.95
        assert played(variant, "escalation").max() < 0.01
    assert (played(nothing, "withdrawal") < played(hold, "withdrawal")).all()
    strikes_help = played(FREE, "withdrawal") > played(whatever, "withdrawal")
    assert 0.25 < strikes_help.mean() < 0.75
    assert 0 < (played(settled, "settled") > 0.5).mean() < 0.5
    assert 0 < (played(blockaded, "under-blockade") > 0.5).mean() < 0.75


def test_an_exchange_in_korea_takes_a_rule() -> None:
    exchanged, again = begun("us.withdraw", "nk.abandon"), begun("preferences")
    mine, theirs = Variant("withdraw-in-return"), Variant("abandon-in-return")
    played = Played("korea-2017", FREE, again, exchanged, mine, theirs)
    assert (played(FREE, "status-quo") > 0.5).mean() > 0.9
    assert played(again, "status-quo").max() < 0.5
    assert played(FREE, "exchange").max() < 0.01
    assert played(exchanged, "exchange").max() < 0.1
    assert (played(mine, "exchange") > 0.5).mean() > 0.85
    assert played(theirs, "exchange").max() < 0.05
