"""Configurations, moves and ladders."""

import numpy as np
import pytest

from offramp.errors import CaseErrors
from offramp.graph import build_graph, describe
from offramp.graph.ladders import ladder_position, make_ladders, rungs_of_positions

NO_YES = ["no", "yes"]
THREE = ["a", "b", "c"]


def words(graph):
    return [describe(graph, c, 0) for c in range(graph.shape[0])]


def free(case):
    return case.strategies["free-play"]


def test_free_play_reaches_every_configuration(make):
    case = make({"us": {"x": THREE, "y": NO_YES}, "them": {"z": NO_YES}})
    graph = build_graph(case, free(case))
    assert graph.shape == (12, 1)
    assert graph.states == 12
    assert words(graph)[0] == {"us.x": "a", "us.y": "no", "them.z": "no"}
    assert words(graph)[-1] == {"us.x": "c", "us.y": "yes", "them.z": "yes"}
    assert graph.start == (0, 0)


def test_the_start_is_where_the_options_start(make):
    case = make({"us": {"x": {"levels": THREE, "start": "b"}}, "them": {"z": {"start": "yes"}}})
    graph = build_graph(case, free(case))
    assert describe(graph, *graph.start) == {"us.x": "b", "them.z": "yes"}


def test_impossible_configurations_are_left_out(make, reference):
    case = make({"us": {"x": THREE}, "them": {"z": NO_YES}}, impossible=["us.x == b and them.z"])
    graph = build_graph(case, free(case))
    assert graph.states == 5
    assert {"us.x": "b", "them.z": "yes"} not in words(graph)
    us = graph.moves[0]
    for state, (c, _) in reference.all_states(graph):
        group = us.members[us.group[c]]
        there = {int(m) for m, ok in zip(group, us.allowed[us.posture[c]], strict=True) if ok and m >= 0}
        expected = reference.moves(case, state, "us")
        assert there == {at[0] for other, at in reference.all_states(graph) if other in expected}


def test_a_way_round_what_is_impossible_is_found_and_an_island_is_not(make):
    """Moves change all own options at once, so only what others do can cut a configuration off."""
    case = make({"us": {"x": THREE}, "them": {"z": THREE}}, impossible=["us.x != them.z and us.x + them.z > 0.5"])
    graph = build_graph(case, free(case))
    assert {(w["us.x"], w["them.z"]) for w in words(graph)} == {("a", "a"), ("b", "a"), ("a", "b"), ("b", "b")}


def test_what_is_irreversible_never_goes_down(make, reference):
    case = make({"us": {"x": {"levels": THREE, "start": "b"}, "y": NO_YES}}, irreversible=["us.x"])
    graph = build_graph(case, free(case))
    assert {w["us.x"] for w in words(graph)} == {"b", "c"}
    moves = graph.moves[0]
    for state, (c, _) in reference.all_states(graph):
        reached = {int(m) for m, ok in zip(moves.members[moves.group[c]], moves.allowed[moves.posture[c]], strict=True)
                   if ok and m >= 0}  # fmt: skip
        expected = reference.moves(case, state, "us")
        assert reached == {at[0] for other, at in reference.all_states(graph) if other in expected}


def test_groups_differ_in_the_players_own_options_alone(make):
    case = make({"us": {"x": THREE, "y": NO_YES}, "them": {"z": NO_YES}})
    graph = build_graph(case, free(case))
    for player, own in ((0, ("us.x", "us.y")), (1, ("them.z",))):
        moves = graph.moves[player]
        assert (moves.members >= 0).all()
        for group in moves.members:
            others = [{k: v for k, v in words(graph)[c].items() if k not in own} for c in group]
            assert all(other == others[0] for other in others)
        back = moves.members[moves.group, moves.posture]
        np.testing.assert_array_equal(back, np.arange(graph.shape[0]))


def test_a_player_without_options_and_a_case_without_any(make):
    case = make({"us": {}, "them": {"z": NO_YES}})
    graph = build_graph(case, free(case))
    assert graph.states == 2
    assert graph.moves[0].members.shape == (2, 1)
    case = make({"us": {}}, conditions={"fear": {"levels": THREE}})
    assert build_graph(case, free(case)).shape == (1, 3)


# Ladders


def test_the_last_ladder_runs_fastest(make):
    case = make(
        {"us": {}}, conditions={"fear": {"levels": THREE}, "hope": {"levels": ["low", "high"], "start": "high"}}
    )
    ladders = make_ladders(case.conditions)
    assert (ladders.sizes, ladders.strides, ladders.positions) == ((3, 2), (2, 1), 6)
    np.testing.assert_array_equal(rungs_of_positions(ladders), [[0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1]])
    assert ladder_position(ladders, (2, 1)) == 5
    graph = build_graph(case, free(case))
    assert describe(graph, *graph.start) == {"fear": "a", "hope": "high"}


# Committed players


def committed(make, rules, believed=None, **more):
    strategy = {"player": "us", "does": rules} | ({"believed": believed} if believed else {})
    return make({"us": {"x": THREE}, "them": {"z": NO_YES}}, strategies={"s": strategy}, **more)


def reached(make, rules, **more):
    case = committed(make, rules, **more)
    return {(w["us.x"], w["them.z"]) for w in words(build_graph(case, case.strategies["s"]))}


def both(*levels):
    return {(x, z) for x in levels for z in NO_YES}


def test_only_what_the_rules_can_set_is_reached(make):
    assert reached(make, [{"otherwise": {}}]) == both("a")
    assert reached(make, [{"otherwise": {"x": "b"}}]) == both("a", "b")
    assert reached(make, [{"otherwise": {"x": "up"}}]) == both("a", "b", "c")
    assert reached(make, [{"when": "them.z", "set": {"x": "c"}}]) == both("a", "c")
    assert reached(make, [{"when": "us.x == c", "set": {"x": "b"}}]) == both("a")


def test_a_rule_behind_a_certain_one_is_not_reached(make):
    rules = [{"when": "them.z or not them.z", "set": {"x": "b"}}, {"otherwise": {"x": "c"}}]
    assert reached(make, rules) == both("a", "b")
    assert reached(make, [{"set": {"x": "b"}, "chance": 0.5}, {"otherwise": {"x": "c"}}]) == both("a", "b", "c")
    assert reached(make, [{"set": {"x": "b"}, "chance": 0}]) == both("a")


def test_the_clock_and_unknowns_are_taken_both_ways(make):
    unknowns = {"limit": [0, 1]}
    assert reached(make, [{"when": "time >= 6", "set": {"x": "b"}}, {"otherwise": {"x": "c"}}]) == both("a", "b", "c")
    rules = [{"when": "limit > 0.5 and them.z", "set": {"x": "b"}}]
    assert reached(make, rules, unknowns=unknowns) == both("a", "b")
    rules = [{"when": "limit > 0.5 and not (us.x >= a)", "set": {"x": "b"}}]
    assert reached(make, rules, unknowns=unknowns) == both("a")
    nine = " or ".join(f"limit > 0.{n}" for n in range(1, 10))
    assert reached(make, [{"when": f"({nine}) and false", "set": {"x": "b"}}], unknowns=unknowns) <= both("a", "b")


def test_rates_do_not_matter_for_what_is_reached(make):
    """A rule may wait for a level that the rates never lead to: the graph has what it would set all the same."""
    conditions = {"fear": {"levels": THREE, "rises": 0, "falls": 0}}
    assert reached(make, [{"when": "fear == c", "set": {"x": "c"}}], conditions=conditions) == both("a", "c")


def test_what_others_believe_is_reached_too(make):
    rules, believed = [{"otherwise": {}}], {"them": [{"otherwise": {"x": "c"}}]}
    case = committed(make, rules, believed)
    assert {w["us.x"] for w in words(build_graph(case, case.strategies["s"]))} == {"a", "c"}


def test_a_setting_of_the_strategy_decides(make):
    settings = {"mood": {"levels": ["mild", "harsh"]}}
    rules = [{"when": "mood == harsh", "set": {"x": "c"}}]
    for mood, levels in (("mild", "a"), ("harsh", "ac")):
        strategy = {"player": "us", "does": rules, "settings": {"mood": mood}}
        case = make({"us": {"x": THREE}}, settings=settings, strategies={"s": strategy})
        assert {w["us.x"] for w in words(build_graph(case, case.strategies["s"]))} == set(levels)


def test_games_gather_the_players_who_see_alike(make):
    players = {"us": {"x": THREE}, "them": {"z": NO_YES}, "third": {"w": NO_YES}}
    strategy = {"player": "us", "does": [{"otherwise": {}}], "believed": {"them": [{"otherwise": {"x": "c"}}]}}
    case = make(players, strategies={"s": strategy, "free": {}})
    games = build_graph(case, case.strategies["s"]).games
    assert [game.members for game in games] == [(1,), (2,)]
    assert list(games[0].believed) == [0]
    assert [game.members for game in build_graph(case, case.strategies["free"]).games] == [(0, 1, 2)]
    case = make(players, perceives={"third": {"us.lam": 1}})
    assert [game.members for game in build_graph(case, free(case)).games] == [(0, 1), (2,)]


# Limits


def too_large(make, players, **more):
    case = make(players, **more)
    with pytest.raises(CaseErrors) as raised:
        build_graph(case, free(case))
    assert all(fault.code == "too-large" and fault.hint for fault in raised.value.faults)
    return raised.value.faults


def test_thirty_options_of_three_players_are_too_many(make):
    faults = too_large(make, {f"p{n}": {f"o{k}": NO_YES for k in range(10)} for n in range(3)})
    assert [fault.path for fault in faults] == [("players", f"p{n}") for n in range(3)]
    assert "1,024 combinations" in faults[0].message
    assert "`o0`" in faults[0].hint


def test_one_player_with_twelve_options_of_five_levels_is_too_large(make):
    (fault,) = too_large(make, {"us": {f"o{k}": list("abcde") for k in range(12)}})
    assert "244,140,625 combinations" in fault.message


def test_ten_conditions_of_twenty_levels_are_too_many(make):
    levels = [f"l{n}" for n in range(20)]
    conditions = {f"c{n}": {"levels": levels} for n in range(10)}
    (fault,) = too_large(make, {"us": {"x": NO_YES}}, conditions=conditions)
    assert "10,240,000,000,000 combinations" in fault.message
    assert fault.path == ("conditions", "c0")


def test_more_configurations_than_can_be_numbered(make):
    (fault,) = too_large(make, {f"p{n}": {f"o{k}": NO_YES for k in range(8)} for n in range(10)})
    assert "1.2e+24 configurations" in fault.message


@pytest.mark.parametrize("irreversible", [[], ["p0.o0"]])
def test_a_graph_that_grows_too_large_is_stopped_in_time(make, irreversible):
    players = {f"p{n}": {f"o{k}": NO_YES for k in range(9)} for n in range(3)}
    (fault,) = too_large(make, players, irreversible=irreversible)
    assert "134,217,728" in fault.message
    assert "the most is 1,048,576" in fault.message
    assert "`p0.o0`" in fault.hint


def test_many_outcomes_in_many_states_are_too_much(make):
    players = {f"p{n}": {f"o{k}": NO_YES for k in range(6)} for n in range(3)}
    outcomes = {f"m{n}": {"of": "p0.o0"} for n in range(300)}
    (fault,) = too_large(make, players, outcomes=outcomes)
    assert "262,144 states and 303 values" in fault.message
    assert "outcomes" in fault.hint


def test_a_start_made_impossible_by_a_change(make):
    from offramp.model.variants import Variant, apply_variant

    case = make({"us": {"x": THREE}}, impossible=["us.x == c"])
    changed = apply_variant(case, Variant("free-play", levels=(("us.x", 2),)))
    with pytest.raises(CaseErrors) as raised:
        build_graph(changed.case, changed.strategy)
    (fault,) = raised.value.faults
    assert fault.code == "infeasible-start"
    assert "us.x = c" in fault.message


def test_rules_that_turn_on_very_many_dates(make):
    rules = [{"when": f"time >= {n}", "set": {"x": "b"}} for n in range(201)]
    case = make({"us": {"x": THREE}}, strategies={"s": {"player": "us", "does": rules}})
    with pytest.raises(CaseErrors) as raised:
        build_graph(case, case.strategies["s"])
    (fault,) = raised.value.faults
    assert "201 dates" in fault.message
    assert fault.path == ("strategies", "s")
