"""Whole case files, from YAML to outcomes, against section 3.2 worked out by other means (see brute_force.py)."""

from __future__ import annotations

import math

import brute_force as brute
import numpy as np
import pytest
from scipy.linalg import expm

from offramp.casefile import parse_case
from offramp.ensemble import Job, outcomes_of, prepare
from offramp.model.variants import Variant
from offramp.worlds import draw

TOLERANCE = 1e-8
CLOSE = 1e-6


def played(case, strategy, world=0, **changes):
    """Outcomes of a strategy in one world of seed 5, and that world."""
    worlds = draw(case, 4, 5)
    job = Job(Variant(strategy, **changes), "main", tuple(case.outcomes))
    ready = prepare(case, job.variant, worlds)
    numbers = ready.worlds.world(world)
    found = outcomes_of(ready.graph, numbers, tuple(case.outcomes.values()), job, TOLERANCE)
    return dict(zip(case.outcomes, found, strict=True)), numbers


def same(found, measures, solved):
    """Each outcome within 1e-6 of its own size, or of 1 where that is more."""
    assert found.keys() == measures.keys()
    for name, measure in measures.items():
        expected = solved.read(measure)
        assert found[name] == pytest.approx(expected, abs=CLOSE * max(1.0, abs(expected))), name


DRIFT = """\
offramp: 1
name: drift
time: {unit: week, horizon: 10, foresight: 15}
unknowns:
  heat: {range: [0.2, 0.9]}
players:
  nobody: {options: {}}
conditions:
  anger: {levels: [calm, cross, furious], start: cross, rises: [{of: "1 - 0.5 * arms", rate: heat}], falls: 0.4}
  arms:
    levels: [none, some, many, all]
    rises: [{of: anger, rate: 0.7}, {of: 1, rate: 0.1}]
    falls: "0.3 * (anger == calm)"
outcomes:
  at-end: {of: anger + arms, measure: final}
  midway: {of: anger * arms, measure: final, to: 4}
  mean: {of: arms, measure: average, from: 2, to: 7}
  sum: {of: "max(anger, arms)", measure: total}
  armed: {of: arms == all, measure: ever}
  late: {of: arms >= many, measure: ever, from: 3, to: 8, unless: anger == furious}
  date: {of: anger == furious, measure: first, unless: arms == many}
strategies:
  wait: {}
"""


def test_no_choice_scipy_matrix_exponential() -> None:
    """Only conditions: every measure by scipy.linalg.expm on twelve states."""
    case = parse_case(DRIFT).case
    for world in (0, 3):
        found, numbers = played(case, "wait", world)
        states = [(a, b) for a in range(3) for b in range(4)]
        rates = np.zeros((12, 12))
        for n, (a, b) in enumerate(states):
            steps = {
                (a + 1, b): numbers["heat"] * (1 - 0.5 * b / 3), (a - 1, b): 0.4,
                (a, b + 1): 0.7 * a / 2 + 0.1, (a, b - 1): 0.3 * (a == 0),
            }  # fmt: skip
            for to, rate in steps.items():
                if to in states:
                    rates[n, states.index(to)] += rate
                    rates[n, n] -= rate
        start = np.eye(12)[states.index((1, 0))]
        anger, arms = (np.array([s[k] / (2 + k) for s in states]) for k in (0, 1))

        def at(t, start=start, rates=rates):
            return start @ expm(rates * t)

        def over(flow, a, b, rates=rates, start=start):
            whole = np.zeros((13, 13))
            whole[:12, :12], whole[:12, 12] = rates, flow
            return start @ expm(rates * a) @ expm(whole * (b - a))[:12, 12]

        def stopped(where, rates=rates):
            return np.where(where[:, None], 0.0, rates)

        full, many, furious = arms == 1, arms >= 0.6, anger == 1
        reached = {
            "armed": (start @ expm(stopped(full) * 10))[full].sum(),
        }
        before = (start @ expm(stopped(furious) * 3)) * ~furious
        reached["late"] = (before @ expm(stopped(many | furious) * 5))[many].sum()
        ruled_out = np.isclose(arms, 2 / 3)
        clock = np.zeros((13, 13))
        clock[:12, :12], clock[:12, 12] = stopped(furious | ruled_out), ~furious
        expected = {
            "at-end": at(10) @ (anger + arms),
            "midway": at(4) @ (anger * arms),
            "mean": over(arms, 2, 7) / 5,
            "sum": over(np.maximum(anger, arms), 0, 10),
            **reached,
            # where `unless` holds the path is lost, and its clock runs to the end
            "date": start @ expm(clock * 10)[:12, 12],
        }
        assert found == pytest.approx(expected, abs=CLOSE)


ALONE = """\
offramp: 1
name: alone
time: {unit: month, horizon: 9, foresight: 14}
unknowns:
  worth: [0.3, 1.4]
players:
  firm:
    pace: 1.7
    lam: 2.2
    discount: 0.06
    options:
      build: {levels: [none, half, full], start: none, switching: {raise: 0.4, lower: 0.15}}
      sell: {}
    wants:
      - {id: gain, that: "firm.build * market", worth: worth}
      - {id: cash, that: firm.sell, worth: 0.5}
      - {id: upkeep, that: "firm.build == full and firm.sell", worth: -0.7}
    at_end:
      - {id: legacy, that: firm.build, worth: 2.5}
conditions:
  market: {levels: [bad, good], start: good, rises: 0.2, falls: "0.1 + 0.3 * firm.sell"}
impossible: ["firm.build == none and firm.sell"]
irreversible: [firm.sell]
outcomes:
  size: {of: firm.build, measure: average}
  sold: {of: firm.sell, measure: final}
  crash: {of: market == bad, measure: ever, from: 1, to: 6, unless: firm.sell}
  when: {of: firm.build == full, measure: first}
  value: {payoff: firm, measure: total}
  rate: {payoff: firm, measure: average, from: 2, to: 5}
strategies:
  free: {}
"""


def alone(worth, gone=()):
    up, half = (0.4, 0.15), 2
    return brute.World(
        sizes={"build": 3, "sell": 2, "market": 2},
        start={"build": 0, "sell": 0, "market": 1},
        players={
            "firm": brute.Player(
                ("build", "sell"), pace=1.7, lam=2.2, discount=0.06, costs={"build": up},
                factions={"firm": brute.Faction(
                    worth=lambda s: worth * s["build"] / half * s["market"] + 0.5 * s["sell"]
                    - 0.7 * (s["build"] == half and s["sell"]),
                    at_end=lambda s: 2.5 * s["build"] / half,
                )},
            )
        },
        rates=lambda s, t: {"market": (0.2, 0.1 + 0.3 * s["sell"])},
        possible=lambda s: not (s["build"] == 0 and s["sell"]),
        irreversible=("sell",),
        dates=(1, 2, 5, 6),
        horizon=9,
        foresight=14,
    )  # fmt: skip


def test_one_player_brute_force() -> None:
    """Options with three levels, switching costs, worths at the end, discount, a hole, something irreversible."""
    case = parse_case(ALONE).case
    measures = {
        "size": brute.Measure("average", lambda s: s["build"] / 2),
        "sold": brute.Measure("final", lambda s: s["sell"]),
        "crash": brute.Measure("ever", lambda s: s["market"] == 0, 1, 6, unless=lambda s: s["sell"]),
        "when": brute.Measure("first", lambda s: s["build"] == 2),
        "value": brute.Measure("total", payoff=("firm", None)),
        "rate": brute.Measure("average", payoff=("firm", None), start=2, end=5),
    }
    for world in (0, 2):
        found, numbers = played(case, "free", world)
        same(found, measures, brute.Solved(alone(numbers["worth"])))


TWO = """\
offramp: 1
name: two
time: {unit: month, horizon: 12, foresight: 20}
settings:
  guarantee: {levels: [none, weak, firm], start: weak}
unknowns:
  strain: [0.2, 0.8]
  lead: [0.3, 0.6]
players:
  sender:
    pace: 2
    discount: 0.02
    options:
      press: {levels: [none, some, full], start: some, switching: {raise: 0.1, lower: 0.3}}
    wants:
      - {id: relief, that: target.concede, worth: 1}
      - {id: expense, that: sender.press, worth: -0.3}
  target:
    pace: 1.5
    lam: 2.5
    discount: 0.03
    options:
      concede: {switching: 0.2}
      arm: {levels: [no, yes], switching: {raise: 0.5}}
    factions:
      hard:
        influence: "clip(lead + 0.5 * fear - 0.2 * guarantee, 0, 1)"
        consent: true
        wants:
          - {id: pride, that: target.concede, worth: "-0.4 + 0.3 * guarantee"}
          - {id: arms, that: target.arm, worth: 0.8}
          - {id: pain, that: sender.press, worth: "-strain"}
      soft:
        influence: rest
        wants:
          - {id: trade, that: "target.concede and not target.arm", worth: 0.9}
          - {id: pain, that: "sender.press * (1 + fear)", worth: -0.7}
        at_end:
          - {id: peace, that: target.concede, worth: 1.5}
conditions:
  fear:
    levels: [low, mid, high]
    start: mid
    rises: [{of: "sender.press if time < 5 else 2 * sender.press", rate: 0.3}, {of: target.arm, rate: 0.1}]
    falls: [{of: "target.concede", rate: strain}, {of: 1, rate: 0.05}]
outcomes:
  concession: {of: target.concede, measure: average}
  armed: {of: target.arm, measure: final}
  scared: {of: fear, measure: total, from: 3, to: 11}
  settled: {of: "target.concede and not target.arm", measure: ever, unless: fear == high, to: 10}
  date: {of: "target.arm and fear >= mid", measure: first, from: 2}
  cost: {payoff: sender, measure: total}
  hard-pay: {payoff: target.hard, measure: average}
  target-pay: {payoff: target, measure: total, from: 4, to: 9}
strategies:
  ramp:
    player: sender
    settings: {guarantee: firm}
    does:
      - {when: "target.concede and fear < high", set: {press: down}}
      - {when: "time >= 4 and time < 9", chance: 0.7, set: {press: up}}
      - {when: target.arm, chance: "0.2 + 0.5 * fear", set: {press: full}}
      - {when: "time >= 9", chance: 0.4, set: {press: some}}
  free: {}
"""


def two(numbers, committed, guarantee, delay=0.0):
    strain, lead = numbers["strain"], numbers["lead"]

    def rules(s, t):
        """Chances in order: each rule's own times that no earlier one was followed."""
        t, left, found = t - delay, 1.0, []
        if t < 0:
            return []
        ladder = [
            (s["concede"] and s["fear"] < 2, 1.0, max(s["press"] - 1, 0)),
            (4 <= t < 9, 0.7, min(s["press"] + 1, 2)),
            (s["arm"], 0.2 + 0.5 * s["fear"] / 2, 2),
            (t >= 9, 0.4, 1),
        ]
        for holds, chance, level in ladder:
            if holds:
                found.append((left * chance, {"press": level}))
                left *= 1 - chance
        return found

    def hard(s):
        return min(max(lead + 0.5 * s["fear"] / 2 - 0.2 * guarantee, 0.0), 1.0)

    return brute.World(
        sizes={"press": 3, "concede": 2, "arm": 2, "fear": 3},
        start={"press": 1, "concede": 0, "arm": 0, "fear": 1},
        players={
            "sender": brute.Player(
                ("press",), pace=2, lam=3, discount=0.02, costs={"press": (0.1, 0.3)},
                factions={"sender": brute.Faction(lambda s: s["concede"] - 0.3 * s["press"] / 2)},
                rules=rules if committed else None,
            ),
            "target": brute.Player(
                ("concede", "arm"), pace=1.5, lam=2.5, discount=0.03,
                costs={"concede": (0.2, 0.2), "arm": (0.5, 0.0)},
                factions={
                    "hard": brute.Faction(
                        lambda s: (-0.4 + 0.3 * guarantee) * s["concede"] + 0.8 * s["arm"] - strain * s["press"] / 2,
                        share=hard, consent=True,
                    ),
                    "soft": brute.Faction(
                        lambda s: 0.9 * (s["concede"] and not s["arm"]) - 0.7 * s["press"] / 2 * (1 + s["fear"] / 2),
                        share=lambda s: 1 - hard(s), at_end=lambda s: 1.5 * s["concede"],
                    ),
                },
            ),
        },
        rates=lambda s, t: {"fear": (
            0.3 * s["press"] / 2 * (1 if t < 5 else 2) + 0.1 * s["arm"], strain * s["concede"] + 0.05,
        )},
        dates=(2, 3, 4, 5, 9, 10, 11, *(d + delay for d in (0, 4, 9))),
        horizon=12,
        foresight=20,
    )  # fmt: skip


TWO_MEASURES = {
    "concession": brute.Measure("average", lambda s: s["concede"]),
    "armed": brute.Measure("final", lambda s: s["arm"]),
    "scared": brute.Measure("total", lambda s: s["fear"] / 2, 3, 11),
    "settled": brute.Measure(
        "ever", lambda s: s["concede"] and not s["arm"], end=10, unless=lambda s: s["fear"] == 2
    ),
    "date": brute.Measure("first", lambda s: s["arm"] and s["fear"] >= 1, 2),
    "cost": brute.Measure("total", payoff=("sender", None)),
    "hard-pay": brute.Measure("average", payoff=("target", "hard")),
    "target-pay": brute.Measure("total", payoff=("target", None), start=4, end=9),
}  # fmt: skip


@pytest.mark.parametrize(
    ("strategy", "world", "changes"),
    [("ramp", 0, {}), ("ramp", 3, {}), ("free", 0, {}), ("ramp", 0, {"delay": 2.5})],
    ids=["committed", "another-world", "free-play", "delayed"],
)
def test_two_players_brute_force(strategy, world, changes) -> None:
    """Factions whose influence turns on a condition and a setting, consent, costs, timed rules with chances."""
    case = parse_case(TWO).case
    found, numbers = played(case, strategy, world, **changes)
    guarantee = 1.0 if strategy == "ramp" else 0.5
    solved = brute.Solved(two(numbers, strategy == "ramp", guarantee, **changes))
    same(found, TWO_MEASURES, solved)


def test_two_players_after_changes_of_a_claim_brute_force() -> None:
    """`outcome[ramp; guarantee = none, fear = low, strain = 0.3]`."""
    case = parse_case(TWO).case
    one = Variant("ramp", levels=(("fear", 0), ("guarantee", 0)))
    worlds = draw(case, 4, 5)
    ready = prepare(case, one, worlds)
    job = Job(one, "main", tuple(case.outcomes))
    found = outcomes_of(ready.graph, {"strain": 0.3, "lead": 0.5}, tuple(case.outcomes.values()), job, TOLERANCE)
    world = two({"strain": 0.3, "lead": 0.5}, True, 0.0)
    world.start = {**world.start, "fear": 0}
    same(dict(zip(case.outcomes, found, strict=True)), TWO_MEASURES, brute.Solved(world))


SEEN = """\
offramp: 1
name: seen
time: {unit: month, horizon: 8, foresight: 14}
unknowns:
  zeal: [0.5, 1.5]
players:
  north:
    lam: 2
    options: {arm: {switching: 0.2}}
    factions:
      army: {influence: 0.6, wants: [{id: strong, that: "north.arm and not south.arm", worth: zeal}]}
      court:
        influence: rest
        wants: [{id: calm, that: "not south.arm", worth: 0.8}, {id: gold, that: north.arm, worth: -0.6}]
  south:
    pace: 1.5
    options: {arm: {}}
    wants:
      - {id: safe, that: "south.arm or not north.arm", worth: 1}
      - {id: gold, that: south.arm, worth: -0.5}
  west:
    pace: 2
    discount: 0.05
    options: {aid: {levels: [none, north, south]}}
    wants: [{id: quiet, that: "not north.arm and not south.arm", worth: 1}]
perceives:
  south:
    north.factions.army.wants.strong.worth: "2 * zeal"
    north.factions.army.influence: 0.9
    north.lam: 5
  north: {south.wants.gold.worth: -0.1}
conditions:
  trust: {levels: [none, some], rises: "0.5 * (west.aid == none)", falls: "0.6 * (north.arm or south.arm)"}
outcomes:
  race: {of: "north.arm and south.arm", measure: average}
  armed: {of: north.arm, measure: final, to: 6}
  trusted: {of: trust, measure: total}
  clash: {of: "north.arm and south.arm", measure: ever, unless: trust, from: 1}
  date: {of: south.arm, measure: first}
  north-pay: {payoff: north, measure: average}
  south-pay: {payoff: south, measure: total}
  west-pay: {payoff: west, measure: total}
strategies:
  bluff:
    player: west
    does:
      - {when: north.arm, chance: 0.5, set: {aid: south}}
      - {when: "time >= 3", set: {aid: north}}
      - {otherwise: {aid: none}}
    believed:
      south:
        - {when: south.arm, set: {aid: none}}
        - {otherwise: {aid: south}}
  free: {}
"""


def seen(zeal, committed):
    def army(worth):
        return brute.Faction(lambda s: worth * (s["n"] and not s["s"]), share=lambda s: 0.6)

    def south(gold):
        return {"south": brute.Faction(lambda s: 1.0 * bool(s["s"] or not s["n"]) - gold * s["s"])}

    court = brute.Faction(lambda s: 0.8 * (not s["s"]) - 0.6 * s["n"], share=lambda s: 0.4)
    hawks = brute.Faction(army(2 * zeal).worth, share=lambda s: 0.9)
    doves = brute.Faction(court.worth, share=lambda s: 1 - 0.9)

    def really(s, t):
        found, left = [], 1.0
        if s["n"]:
            found.append((0.5, {"aid": 2}))
            left = 0.5
        return [*found, (left, {"aid": 1 if t >= 3 else 0})]

    def believed(s, t):
        return [(1.0, {"aid": 0 if s["s"] else 2})]

    west = {"west": brute.Faction(lambda s: 1.0 * (not s["n"] and not s["s"]))}
    as_north = {"south": {"factions": south(0.1)}}
    as_south = {"north": {"factions": {"army": hawks, "court": doves}, "lam": 5.0}}
    if committed:
        as_south["west"] = {"rules": believed}
    return brute.World(
        sizes={"n": 2, "s": 2, "aid": 3, "trust": 2},
        start={"n": 0, "s": 0, "aid": 0, "trust": 0},
        players={
            "north": brute.Player(("n",), lam=2, costs={"n": (0.2, 0.2)},
                                  factions={"army": army(zeal), "court": court}, sees=as_north),
            "south": brute.Player(("s",), pace=1.5, factions=south(0.5), sees=as_south),
            "west": brute.Player(("aid",), pace=2, discount=0.05, factions=west, rules=really if committed else None),
        },
        rates=lambda s, t: {"trust": (0.5 * (s["aid"] == 0), 0.6 * bool(s["n"] or s["s"]))},
        dates=(1, 3, 6),
        horizon=8,
        foresight=14,
    )  # fmt: skip


@pytest.mark.parametrize("strategy", ["bluff", "free"])
def test_perceptions_and_believed_rules_brute_force(strategy) -> None:
    """Each decides in the game it sees; what is reported follows what they do together, with true worths."""
    both = lambda s: s["n"] and s["s"]  # noqa: E731
    measures = {
        "race": brute.Measure("average", both),
        "armed": brute.Measure("final", lambda s: s["n"], end=6),
        "trusted": brute.Measure("total", lambda s: s["trust"]),
        "clash": brute.Measure("ever", both, 1, unless=lambda s: s["trust"]),
        "date": brute.Measure("first", lambda s: s["s"]),
        "north-pay": brute.Measure("average", payoff=("north", None)),
        "south-pay": brute.Measure("total", payoff=("south", None)),
        "west-pay": brute.Measure("total", payoff=("west", None)),
    }
    case = parse_case(SEEN).case
    found, numbers = played(case, strategy, 1)
    same(found, measures, brute.Solved(seen(numbers["zeal"], strategy == "bluff")))


def test_a_run_reports_these_numbers() -> None:
    """`offramp.analyse` at its own tolerance: the best guess and the mean over worlds, against brute force."""
    import offramp

    case = parse_case(TWO).case
    findings = offramp.analyse(case, worlds=2, seed=5, strategies=["ramp"], workers=1)
    worlds = draw(case, 2, 5)
    solved = [brute.Solved(two(worlds.world(w), True, 1.0)) for w in range(3)]
    for name, measure in TWO_MEASURES.items():
        exact = [s.read(measure) for s in solved]
        band = findings.outcomes_by["ramp"][name]
        assert band.best_guess == pytest.approx(exact[0], abs=1e-3 * max(1, abs(exact[0]))), name
        assert band.mean == pytest.approx(math.fsum(exact[1:]) / 2, abs=1e-3 * max(1, abs(exact[0]))), name
    assert findings.numerics.error["ramp"] < 1e-3
