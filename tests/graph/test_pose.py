"""One strategy in one world as arrays, against the same game worked out state by state."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.linalg import expm

from offramp.errors import WorldError
from offramp.expressions import evaluate, truth
from offramp.graph import FixedPolicy, LogitPolicy, build_graph, pose

NO_YES = ["no", "yes"]
THREE = ["a", "b", "c"]


def posed(case, strategy="free-play", world=None, delay=0.0):
    graph = build_graph(case, case.strategies[strategy], delay)
    return graph, pose(graph, world or {}, tuple(case.outcomes.values())).problem


def wanting(case, player, wants, **more):
    """The plain data of a player."""
    return {"options": {"x": {"levels": THREE}}, "wants": wants, **more}


# Rates


def test_rates_are_the_sum_of_their_terms(make, reference):
    conditions = {
        "fear": {
            "levels": THREE,
            "rises": [{"of": "us.x", "rate": "heat"}, {"of": "(hope == high) * 2", "rate": 0.1}],
            "falls": "0.3 * (1 - us.x)",
        },
        "hope": {"levels": ["low", "high"], "rises": [0.1, 0.2], "falls": 0.05},
    }
    case = make({"us": {"x": THREE}}, conditions=conditions, unknowns={"heat": [0, 1]})
    world = {"heat": 0.7, "conditions.hope.rises": 0.15}
    graph, problem = posed(case, world=world)
    segment = problem.segments[-1]
    for state, (c, p) in reference.all_states(graph):
        x, hope = state["us.x"] / 2, state["hope"]
        assert segment.rise[0, c, p] == pytest.approx(0 if state["fear"] == 2 else 0.7 * x + 0.2 * hope)
        assert segment.fall[0, c, p] == pytest.approx(0 if state["fear"] == 0 else 0.3 * (1 - x))
        assert segment.rise[1, c, p] == pytest.approx(0.15 if hope == 0 else 0)
        assert segment.fall[1, c, p] == pytest.approx(0.05 if hope == 1 else 0)


def test_a_negative_rate_names_the_state(make):
    case = make({"us": {"x": THREE}}, conditions={"fear": {"levels": THREE, "rises": "0.2 - us.x"}})
    with pytest.raises(WorldError) as raised:
        posed(case)
    assert "negative (-0.3) where us.x = b, fear = a" in raised.value.message
    assert raised.value.path == ("conditions", "fear", "rises")
    assert raised.value.hint


def test_a_rate_is_not_asked_where_the_ladder_ends(make):
    """At the top nothing rises, whatever the rate would be there."""
    conditions = {"fear": {"levels": THREE, "rises": "0.5 - fear", "falls": "1 / fear"}}
    with pytest.raises(WorldError):
        posed(make({"us": {}}, conditions={"fear": {"levels": THREE, "rises": "0.4 - fear"}}))
    _, problem = posed(make({"us": {}}, conditions=conditions))
    np.testing.assert_allclose(problem.segments[-1].rise[0, 0], [0.5, 0, 0])
    np.testing.assert_allclose(problem.segments[-1].fall[0, 0], [0, 2, 1])


def test_rates_that_turn_with_time(make):
    conditions = {"fear": {"levels": THREE, "rises": "0.5 if time >= 4 else 0.1"}}
    _, problem = posed(make({"us": {}}, conditions=conditions, time={"horizon": 10, "foresight": 12}))
    assert [(s.start, s.end, s.rise[0, 0, 0]) for s in problem.segments] == [(10, 12, 0.5), (4, 10, 0.5), (0, 4, 0.1)]


# Wants, influence, switching, perceptions


def test_flows_end_worths_and_switching_costs(make):
    players = {
        "us": {"x": {"levels": THREE, "switching": {"raise": 0.5, "lower": "dear"}}, "y": {"switching": 1}},
        "them": {"z": NO_YES},
    }
    case = make(players, unknowns={"dear": [0, 4]}, conditions={"fear": {"levels": THREE}})
    _, problem = posed(case, world={"dear": 2.0})
    policy = problem.segments[0].policies[0]
    assert isinstance(policy, LogitPolicy)
    a_no, b_no, c_yes = 0, 2, 5
    assert policy.cost[a_no, c_yes] == pytest.approx(2 * 0.5 + 1)
    assert policy.cost[c_yes, b_no] == pytest.approx(1 * 2 + 1)
    assert not policy.cost.diagonal().any()


@pytest.fixture
def quarrel():
    """Two factions; them perceive both worth and influence differently."""
    from offramp.model import build_case

    return build_case({
        "offramp": 1,
        "time": {"horizon": 4, "foresight": 6},
        "unknowns": {"much": [0, 10]},
        "players": {
            "us": {
                "pace": 2,
                "lam": 1.5,
                "discount": 0.1,
                "options": {"x": {"levels": THREE}},
                "factions": {
                    "doves": {
                        "influence": "0.2 + 0.5 * fear",
                        "consent": True,
                        "wants": [{"id": "peace", "that": "us.x == a", "worth": "much"}, {"that": "fear", "worth": -1}],
                    },
                    "hawks": {"influence": "rest", "at_end": [{"id": "win", "that": "them.z", "worth": 3}]},
                },
            },
            "them": {"options": {"z": {}}, "wants": [{"that": "us.x", "worth": -1}]},
        },
        "conditions": {"fear": {"levels": THREE}},
        "perceives": {
            "them": {
                "us.factions.doves.wants.peace.worth": 7,
                "us.factions.doves.influence": 0.9,
                "us.factions.hawks.at_end.win.worth": "much / 2",
                "us.lam": 5,
            }
        },
        "outcomes": {"gain": {"payoff": "us"}, "doves": {"payoff": "us.doves"}},
    })  # fmt: skip


def test_factions_and_perceived_games(quarrel, reference):
    graph, problem = posed(quarrel, world={"much": 4.0})
    names = [column.name for column in problem.columns]
    assert names == ["us.doves", "us.hawks", "them.them"] * 2 + ["gain", "doves"]
    assert [column.discount for column in problem.columns] == [0.1, 0.1, 0, 0.1, 0.1, 0, 0.1, 0.1]
    last = problem.segments[-1]
    for state, (c, p) in reference.all_states(graph):
        at_peace, fear = state["us.x"] == 0, state["fear"] / 2
        assert last.flow[c, 0, p] == pytest.approx(4 * at_peace - fear)
        assert last.flow[c, 3, p] == pytest.approx(7 * at_peace - fear)
        assert last.flow[c, 1, p] == last.flow[c, 4, p] == 0
        assert last.flow[c, 6, p] == pytest.approx((0.2 + 0.5 * fear) * (4 * at_peace - fear))
        assert last.flow[c, 7, p] == pytest.approx(4 * at_peace - fear)
        ends = dict(problem.segments[0].terminal)
        assert ends[1][c, p] == 3 * state["them.z"]
        assert ends[4][c, p] == 2 * state["them.z"]
    true_us, _, seen_us, seen_them = last.policies
    np.testing.assert_allclose(true_us.weight, [[0.2, 0.45, 0.7], [0.8, 0.55, 0.3]])
    np.testing.assert_allclose(seen_us.weight, [[0.9] * 3, [0.1] * 3])
    assert (true_us.precision, seen_us.precision) == (3.0, 10.0)
    assert (true_us.consents, seen_us.consents) == ((0,), (3,))
    assert (true_us.decides, seen_us.decides, seen_them.decides) == ((0, 1), (3, 4), (5,))


def test_what_happens_is_the_composite_of_what_each_does_in_its_own_game(quarrel):
    _, problem = posed(quarrel, world={"much": 4.0})
    true_us, true_them, seen_us, seen_them = problem.segments[-1].policies
    assert true_us.drives == ((0, 3), (6, 8))
    assert true_them.drives == ((0, 3),)
    assert seen_us.drives == ((3, 6),)
    assert seen_them.drives == ((3, 6), (6, 8))
    assert problem.truth == (0, 3)


def test_shares_above_one_are_refused_in_the_world_where_they_are(quarrel):
    from dataclasses import replace

    from offramp.expressions import parse

    us = quarrel.players["us"]
    doves = replace(us.factions[0], influence=parse("much"))
    case = replace(quarrel, players={**quarrel.players, "us": replace(us, factions=(doves, us.factions[1]))})
    with pytest.raises(WorldError) as raised:
        posed(case, world={"much": 1.5})
    assert "exceed 1" in raised.value.message
    assert raised.value.path == ("players", "us", "factions")
    posed(case, world={"much": 0.5})


@pytest.mark.parametrize("number", ["pace", "lam", "discount"])
def test_numbers_that_turn_negative_or_not_finite_in_a_world(number):
    from offramp.model import build_case

    data = {"offramp": 1, "unknowns": {"v": [-1, 1]}, "players": {"us": {"options": {"x": {}}, number: "v"}}}
    with pytest.raises(WorldError) as raised:
        posed(build_case(data), world={"v": -0.5})
    assert raised.value.path == ("players", "us", number)
    data["players"]["us"][number] = "1 / v"
    with pytest.raises(WorldError) as raised:
        posed(build_case(data), world={"v": 0.0})
    assert "not finite" in raised.value.message


# Committed players


RULES = [
    {"when": "fear == c and time >= 3", "chance": 0.25, "set": {"x": "a", "y": "yes"}},
    {"when": "them.z or v > 0.5", "chance": "0.5 * fear", "set": {"x": "up"}},
    {"when": "us.x != b", "chance": 0.5, "set": {"y": "yes"}},
    {"when": "time < 5", "set": {"x": "down", "y": "no"}},
    {"otherwise": {"x": "c"}},
]


@pytest.fixture
def driven(make):
    return make(
        {"us": {"x": {"levels": THREE, "switching": {"raise": 1, "lower": 2}}, "y": NO_YES}, "them": {"z": NO_YES}},
        unknowns={"v": [0, 1]},
        conditions={"fear": {"levels": THREE, "rises": "0.2 + us.x", "falls": "0.3 * them.z"}},
        impossible=["us.x == c and us.y and them.z"],
        irreversible=["us.y"],
        strategies={
            "s": {
                "players": ["us", "them"],
                "does": {
                    "us": RULES,
                    "them": [{"when": "fear >= b", "chance": 0.5, "set": {"z": "yes"}}, {"set": {"z": "no"}}],
                },
            }
        },
        time={"horizon": 8, "foresight": 10},
    )


@pytest.mark.parametrize("v", [0.2, 0.8])
@pytest.mark.parametrize("delay", [0.0, 1.5])
def test_rules_are_followed_as_worked_out_state_by_state(driven, reference, v, delay):
    """The first rule that holds and whose chance comes up; up, down, what cannot be and what cannot be undone."""
    strategy = driven.strategies["s"]
    graph, problem = posed(driven, "s", {"v": v}, delay)
    dates = sorted({0, 8, 10, delay, 3 + delay, 5 + delay})
    assert [(s.start, s.end) for s in problem.segments] == list(pairwise(dates))[::-1]
    place = {tuple(sorted(state.items())): at for state, at in reference.all_states(graph)}
    for segment in problem.segments:
        clock = (segment.start + segment.end) / 2
        for policy, rules in zip(segment.policies, strategy.committed, strict=True):
            assert isinstance(policy, FixedPolicy)
            for state, (c, p) in reference.all_states(graph):
                expected = np.zeros(graph.shape[0])
                if clock >= delay:
                    for chance, new in reference.lottery(
                        driven, state, rules.player, rules.rules, time=clock - delay, v=v
                    ):
                        expected[place[tuple(sorted(new.items()))][0]] += chance
                else:
                    expected[c] = 1
                found = np.zeros(graph.shape[0])
                np.add.at(found, policy.targets[:, c], policy.chance[:, c, p])
                found[c] += 1 - policy.chance[:, c, p].sum()
                np.testing.assert_allclose(found, expected, atol=1e-12)


def test_switching_costs_of_rules(driven, reference):
    graph, problem = posed(driven, "s", {"v": 0.2})
    policy = problem.segments[-1].policies[0]
    for state, (c, _) in reference.all_states(graph):
        for r in range(len(RULES)):
            new = graph.space.rungs(graph.codes[policy.targets[r, c]][None])[0, 0]
            change = new - state["us.x"]
            assert policy.cost[r, c] == pytest.approx(max(change, 0) * 1 + max(-change, 0) * 2)


def test_a_chance_outside_0_and_1_is_refused_where_its_rule_applies(make):
    def case(when):
        rule = {"when": when, "chance": "2 * fear", "set": {"x": "b"}}
        conditions = {"fear": {"levels": THREE, "rises": 1}}
        return make({"us": {"x": THREE}}, conditions=conditions, strategies={"s": {"player": "us", "does": [rule]}})

    posed(case("fear < c"), "s")
    with pytest.raises(WorldError) as raised:
        posed(case("us.x == a"), "s")
    assert raised.value.path == ("strategies", "s", "does", 0, "chance")
    assert "clip" in raised.value.hint


def test_believed_rules_move_the_believers_game_alone(make):
    strategy = {
        "player": "us",
        "does": [{"otherwise": {"x": "b"}}],
        "believed": {"them": [{"chance": 0.5, "set": {"x": "c"}}]},
    }
    players = {"us": {"x": THREE}, "them": {"z": NO_YES}, "third": {"w": NO_YES}}
    case = make(players, strategies={"s": strategy}, outcomes={"m": {"of": "us.x"}})
    _, problem = posed(case, "s")
    fixed = [policy for policy in problem.segments[-1].policies if isinstance(policy, FixedPolicy)]
    true, believed = fixed
    assert [column.name for column in problem.columns] == ["them.them", "third.third"] * 2 + ["m"]
    assert true.drives == ((2, 4), (4, 5))
    assert believed.drives == ((0, 2),)
    assert believed.chance.max() == 0.5
    assert problem.truth == (0, 3, 4)


def test_the_value_of_an_expression_is_not_mixed_up_with_anothers(make):
    """Values that no world changes are kept by the identity of their expression, which must then live on."""
    from offramp.expressions import Constant

    case = make({"us": {"x": THREE}})
    graph = build_graph(case, case.strategies["free-play"])
    for n in range(200):
        assert float(graph.settled(Constant(float(n)))) == n


# Outcomes


def chain(make, outcomes, horizon=8):
    conditions = {"fear": {"levels": list("abcd"), "rises": 0.4, "falls": "0.3 if time < 3 else 0.1"}}
    return make({"us": {}}, conditions=conditions, time={"horizon": horizon, "foresight": 12}, outcomes=outcomes)


def q_at(time):
    matrix = np.zeros((4, 4))
    for n in range(4):
        for step, rate in ((1, 0.4), (-1, 0.3 if time < 3 else 0.1)):
            if 0 <= n + step < 4:
                matrix[n, n + step] = rate
                matrix[n, n] -= rate
    return matrix


def forward(mass, start, end, stopped=()):
    """Carry a distribution forward; what reaches a stopped state stays."""
    dates = sorted({start, end, *(d for d in (3,) if start < d < end)})
    for a, b in pairwise(dates):
        matrix = q_at((a + b) / 2)
        matrix[list(stopped)] = 0
        mass = mass @ expm(matrix * (b - a))
    return mass


def reached_by(date, start, target, unless):
    """P(reached within [start, date]), a constrained until worked out forward."""
    mass = np.eye(4)[0]
    if start:
        mass = forward(mass, 0, start, unless)
        mass[list(unless)] = 0
    return forward(mass, start, date, {*target, *unless})[list(target)].sum()


WINDOWS = [(0, 8), (0, 5), (2, 8), (2, 5), (4, 6.5)]


@pytest.mark.parametrize(("start", "end"), WINDOWS)
@pytest.mark.parametrize(
    ("target", "unless"), [("d", ""), ("c", ""), ("d", "b"), ("b", "d"), ("c", "c"), ("a", "a"), ("bd", "bc")]
)
def test_ever_and_first_are_a_constrained_until(make, reference, start, end, target, unless):
    stated = {"of": " or ".join(f"fear == {level}" for level in target), "from": start, "to": end}
    if unless:
        stated["unless"] = " or ".join(f"fear == {level}" for level in unless)
    case = chain(make, {"ever": {**stated, "measure": "ever"}, "first": {**stated, "measure": "first"}})
    found = reference.read(case, committed_to_nothing(case))
    at, out = (["abcd".index(level) for level in target], ["abcd".index(level) for level in unless])
    assert found["ever"] == pytest.approx(reached_by(end, start, at, out), abs=1e-9)
    missed = quad(
        lambda date: 1 - reached_by(date, start, at, out), start, end, points=[3] if start < 3 < end else None
    )
    assert found["first"] == pytest.approx(start + missed[0], abs=1e-6)


def committed_to_nothing(case):
    from offramp.model import RuleSet, Strategy

    return Strategy("none", "none", {}, (RuleSet("us", ()),))


@pytest.mark.parametrize(("start", "end"), WINDOWS)
def test_final_average_and_total(make, reference, start, end):
    window = {"of": "fear * fear", "from": start, "to": end}
    outcomes = {
        "average": {**window, "measure": "average"},
        "total": {**window, "measure": "total"},
        "final": {"of": "fear * fear", "to": end, "measure": "final"},
    }
    case = chain(make, outcomes)
    found = reference.read(case, committed_to_nothing(case))
    worth = (np.arange(4) / 3) ** 2

    def mean(date):
        return forward(np.eye(4)[0], 0, date) @ worth if date else worth[0]

    total = quad(mean, start, end, points=[3] if start < 3 < end else None)[0]
    assert found["total"] == pytest.approx(total, abs=1e-7)
    assert found["average"] == pytest.approx(total / (end - start), abs=1e-7)
    assert found["final"] == pytest.approx(mean(end), abs=1e-9)


def test_a_payoff_is_discounted_and_pays_for_switching(make, reference):
    """One switch at rate 2, costing 0.7, then 3 per unit of time: worked out by hand."""
    from offramp.model import build_case

    case = build_case(
        {
            "offramp": 1,
            "time": {"horizon": 5, "foresight": 6},
            "players": {
                "us": {
                    "pace": 2,
                    "discount": 0.1,
                    "options": {"x": {"switching": 0.7}},
                    "wants": [{"that": "us.x", "worth": 3}],
                }
            },
            "outcomes": {"gain": {"payoff": "us"}, "later": {"payoff": "us", "from": 1, "to": 4}},
            "strategies": {"s": {"player": "us", "does": [{"otherwise": {"x": "yes"}}]}},
        }
    )
    found = reference.read(case, case.strategies["s"])

    def by_hand(start, end):
        earned = quad(lambda t: 3 * (1 - np.exp(-2 * t)) * np.exp(-0.1 * t), start, end)[0]
        return earned - quad(lambda t: 0.7 * 2 * np.exp(-2 * t) * np.exp(-0.1 * t), start, end)[0]

    assert found["gain"] == pytest.approx(by_hand(0, 5), abs=1e-9)
    assert found["later"] == pytest.approx(by_hand(1, 4), abs=1e-9)


@pytest.mark.parametrize("v", [0.2, 0.8])
@pytest.mark.parametrize("delay", [0.0, 1.5])
def test_a_whole_game_of_committed_players(driven, reference, v, delay):
    """Columns swept backward against a distribution carried forward over the brute-force generator."""
    from dataclasses import replace

    from offramp.model import Outcome

    outcomes = {
        "y": Outcome("y", "y", "final", parse_in(driven, "us.y"), None),
        "both": Outcome("both", "both", "ever", parse_in(driven, "us.y and fear == c"), None),
    }
    case = replace(driven, outcomes=outcomes)
    strategy = case.strategies["s"]
    found = reference.read(case, strategy, {"v": v}, delay)
    graph = build_graph(case, strategy, delay)
    dates = sorted({0, 8, delay, 3 + delay, 5 + delay})
    states = [state for state, _ in reference.all_states(graph)]
    both = [bool(truth(outcomes["both"].of, reference.scope(case, state))) for state in states]
    y = [float(evaluate(outcomes["y"].of, reference.scope(case, state))) for state in states]
    final = stopped = np.eye(len(states))[graph.start[0] * graph.shape[1] + graph.start[1]]
    for start, end in pairwise(dates):
        matrix = reference.generator(case, graph, strategy, (start + end) / 2, delay, v=v)
        final = final @ expm(matrix * (end - start))
        matrix[both] = 0
        stopped = stopped @ expm(matrix * (end - start))
    assert found["y"] == pytest.approx(final @ y, abs=1e-9)
    assert found["both"] == pytest.approx(stopped[both].sum(), abs=1e-9)


def parse_in(case, text):
    from offramp.expressions import Levelled, Scope, parse, resolve

    known = [Levelled(f"{p.id}.{o.id}", o.levels, "option") for p in case.players.values() for o in p.options]
    known += [Levelled(c.id, c.levels, "condition") for c in case.conditions.values()]
    node, faults = resolve(parse(text), Scope.of(known))
    assert not faults
    return node


def test_segments_between_the_same_dates_share_what_is_earned(driven):
    _, problem = posed(driven, "s", {"v": 0.5})
    assert len({id(s.flow) for s in problem.segments}) < len(problem.segments)
    assert len({id(s.policies[1]) for s in problem.segments}) == 1


def test_dates_that_a_setting_rules_out_change_nothing(make):
    rules = [{"when": "pace == slow and time < 4 or us.x == b", "set": {"x": "up"}}, {"set": {}}]
    case = make(
        {"us": {"x": THREE}},
        settings={"pace": {"levels": ["quick", "slow"]}},
        strategies={
            name: {"player": "us", "settings": {"pace": name}, "does": rules} for name in ("quick", "slow")
        },
    )  # fmt: skip
    for name, expected in (("quick", 1), ("slow", 2)):
        _, problem = posed(case, name)
        assert len({id(s.policies[0]) for s in problem.segments}) == expected
        before, after = problem.segments[-1].policies[0], problem.segments[0].policies[0]
        assert np.array_equal(before.chance, after.chance) == (name == "quick")


def test_worlds_do_not_write_into_each_other(driven):
    graph = build_graph(driven, driven.strategies["s"])
    outcomes = tuple(driven.outcomes.values())
    first = pose(graph, {"v": 0.5}, outcomes).problem
    kept = [(s.flow.copy(), s.rise.copy(), s.policies[0].chance.copy()) for s in first.segments]
    pose(graph, {"v": 0.1}, outcomes)
    for segment, (flow, rise, chance) in zip(first.segments, kept, strict=True):
        assert np.array_equal(segment.flow, flow)
        assert np.array_equal(segment.rise, rise)
        assert np.array_equal(segment.policies[0].chance, chance)
