"""Which strategy is safe: recomputed by hand from the table, and cases whose answer is known."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest

import offramp
from offramp.casefile import parse_case
from offramp.ensemble import Job, Table, run_jobs
from offramp.findings.choice.levels import level_of
from offramp.findings.choice.robust import judge_outcome, robust_of
from offramp.findings.common.draws import Draws
from offramp.model.variants import Variant
from offramp.worlds import draw

CASE = """\
offramp: 1
name: small
time: {unit: month, horizon: 4, foresight: 6}
unknowns:
  gain: {range: [-1, 1], origin: guess}
  speed: {range: [0.1, 0.8], origin: guess}
  double: 2 * gain
players:
  us: {options: {push: {}}, wants: [{id: win, that: us.push * (1 + dread), worth: gain}]}
  them: {lam: 5, options: {bow: {}}, wants: [{that: them.bow and not us.push, worth: 1}, {that: them.bow, worth: -0.5}]}
conditions: {dread: {levels: [low, high], rises: speed, falls: 0.2}}
outcomes:
  pushed: {of: us.push, measure: average, better: low}
  bowed: {of: them.bow, measure: average, better: high}
  aside: {of: them.bow, measure: final, better: high, main: false}
  alarm: {of: dread == high, measure: ever}
  pay: {payoff: us, measure: average, main: false}
strategies:
  free: {}
  shove: {player: us, does: [{set: {push: yes}}]}
  hold: {player: us, does: [{otherwise: {push: no}}]}
claims:
  a: {says: They bow., test: "bowed[hold] > 0.5 and pushed[free] > 0.4"}
  b: {says: We hold., test: "0.25 >= pushed[hold]"}
  c: {says: We push a little., test: "pushed[hold] < 0.25 or pushed[free] < 0.25"}
"""
case = parse_case(CASE).case
WORLDS = 80
STRATEGIES = tuple(case.strategies)
SAMPLE = draw(case, WORLDS, 4)


@pytest.fixture(scope="module")
def table() -> Table:
    return run_jobs(case, [Job(Variant(s), "main", tuple(case.outcomes)) for s in STRATEGIES], {"main": SAMPLE})


@pytest.fixture(scope="module")
def found(table):
    return robust_of(case, table, STRATEGIES, case.claims.values(), SAMPLE, 4)


def column(table, strategy, outcome):
    return table.column(Variant(strategy), outcome)[1:].tolist()


def test_which_outcomes(found) -> None:
    assert list(found.outcomes) == ["pushed", "bowed", "pay"]
    assert (found.worlds, found.compared) == (WORLDS, ("pushed", "bowed"))
    assert found.outcomes["pay"].better == "high"


def test_by_brute_force(table, found) -> None:
    """Each metric again, in plain Python."""
    for outcome in ("pushed", "bowed"):
        judged = found.outcomes[outcome]
        high = judged.better == "high"
        by = {s: column(table, s, outcome) for s in STRATEGIES}
        top = [(max if high else min)(row) for row in zip(*by.values(), strict=True)]
        for s, values in by.items():
            worst_first = sorted(values, reverse=not high)
            regrets = sorted(abs(best - value) for best, value in zip(top, values, strict=True))
            mean = sum(values) / WORLDS
            deviation = math.sqrt(sum((v - mean) ** 2 for v in values) / WORLDS)
            ends = worst_first[0], worst_first[-1]
            place = 0.9 * (WORLDS - 1)
            ninth = regrets[int(place)] + (place - int(place)) * (regrets[int(place) + 1] - regrets[int(place)])
            level = found.outcomes[outcome].level.value
            expected = {
                "worst-0.1": sum(worst_first[:8]) / 8,
                "laplace": mean,
                "mean-variance-1": mean - deviation if high else mean + deviation,
                "maximin": ends[0],
                "maximax": ends[1],
                "hurwicz-0.5": sum(ends) / 2,
                "minimax-regret": regrets[-1],
                "regret-0.9": ninth,
                "best-share": sum(regret <= 0.01 for regret in regrets) / WORLDS,
                f"satisficing-{level:g}": sum((v >= level) if high else (v <= level) for v in values) / WORLDS,
            }
            told = {each.metric: each.values[s] for each in judged.metrics}
            for metric, value in expected.items():
                assert told[metric] == pytest.approx(value, abs=1e-9), metric


def test_votes_winners_and_pairs(found) -> None:
    for judged in found.outcomes.values():
        for each in judged.metrics:
            assert set(each.winners) == {s for s, rank in each.ranks.items() if rank == 1}
            assert each.votes == (each.kind != "spread" and 0 < len(each.winners) < len(STRATEGIES))
        voting = [each for each in judged.metrics if each.votes]
        assert judged.votes == {s: sum(s in each.winners for each in voting) for s in STRATEGIES}
        assert judged.votes[judged.leader] == max(judged.votes.values())
        assert set(judged.disagree) == {(a.metric, b.metric) for a, b in combinations(voting, 2)
                                        if not set(a.winners) & set(b.winners)}  # fmt: skip


def test_regrets_are_sorted_by_the_leader(table, found) -> None:
    judged = found.outcomes["bowed"]
    place = judged.regrets.strategies.index(judged.leader)
    own = [row[place] for row in judged.regrets.regrets]
    assert own == sorted(own)
    for world, row in zip(judged.regrets.worlds, judged.regrets.regrets, strict=True):
        values = [table.column(Variant(s), "bowed")[world] for s in STRATEGIES]
        assert row == pytest.approx([max(values) - value for value in values], rel=1e-3)
    assert judged.regret == pytest.approx(
        min(np.mean([max(row) - row[n] for row in zip(*(column(table, s, "bowed") for s in STRATEGIES), strict=True)])
            for n in range(3))
    )  # fmt: skip


def test_level_only_where_claims_state_one_clearly() -> None:
    claims = case.claims.values()
    bowed, pushed = level_of(case, claims, "bowed"), level_of(case, claims, "pushed")
    assert bowed is not None
    assert pushed is not None
    assert (bowed.value, bowed.claim) == (0.5, "a")
    assert (pushed.value, pushed.claim) == (0.25, "b"), "0.4 lies on the other side"
    more = parse_case(CASE + '  d: {says: More., test: "bowed[free] >= 0.6"}\n').case
    assert level_of(more, more.claims.values(), "bowed") is None
    assert level_of(case, (), "bowed") is None


def test_nothing_to_compare(table) -> None:
    assert robust_of(case, table, ("free",), (), SAMPLE, 4) is None
    bare = parse_case(CASE.replace(", better: low", "").replace(", better: high", "").replace(
        "  pay: {payoff: us, measure: average, main: false}\n", "").split("claims:")[0]).case  # fmt: skip
    assert robust_of(bare, table, STRATEGIES, (), SAMPLE, 4) is None


def test_a_run_has_it_and_the_same_each_time(found, table) -> None:
    run = offramp.analyse(case, worlds=WORLDS, seed=4)
    assert repr(run.robust) == repr(found)
    again = robust_of(case, table, STRATEGIES, case.claims.values(), SAMPLE, 4)
    assert repr(again) == repr(found)


NO_DRAWS = Draws({}, {}, 64)


def judged_of(values, draws=NO_DRAWS, better="high", **given):
    values = np.asarray(values, dtype=float)
    names = ("a", "b", "c")[: values.shape[1]]
    rows = np.arange(1, len(values) + 1)
    return judge_outcome("x", values, names, better, rows, draws, **{"margin": 0.01, "level": None, "seed": 1} | given)


@pytest.mark.parametrize("better", ["high", "low"])
def test_what_dominates_wins_everywhere(better) -> None:
    rng = np.random.default_rng(1)
    good = rng.random((64, 1))
    judged = judged_of((1 if better == "high" else -1) * np.hstack((good, good + 0.2, good - 0.3)), better=better)
    voting = [each for each in judged.metrics if each.kind != "spread"]
    assert all(each.votes and each.winners == ("b",) and each.stays == 1 for each in voting)
    assert (judged.leader, judged.votes, judged.disagree) == ("b", {"a": 0, "b": len(voting), "c": 0}, ())
    assert (judged.regret, judged.chosen, judged.knowing) == (0, "b", ())
    assert all(row[1] == 0 for row in judged.regrets.regrets)


def test_mirrors_tie() -> None:
    """What one gives in a world the other gives in its mirror image."""
    x = (np.arange(64) + 0.5) / 64
    judged = judged_of(np.stack((x, 1 - x), axis=1))
    assert all(set(each.winners) == {"a", "b"} and not each.votes for each in judged.metrics if each.kind != "spread")
    assert judged.votes == {"a": 0, "b": 0}
    assert (judged.leader, judged.disagree) == ("a", ())


def test_the_unknown_that_decides_is_found_and_where_the_choice_turns() -> None:
    """The first strategy gives what the decisive unknown is, the second a sure 0.3."""
    rng = np.random.default_rng(5)
    decisive, other, twin = rng.random((3, 256))
    twin = np.where(rng.random(256) < 0.02, twin, 3 * decisive)
    draws = Draws({"x": decisive, "y": other, "z": twin}, {"x": "the key", "y": "another", "z": "its shadow"}, 256)
    judged = judged_of(np.stack((decisive, np.full(256, 0.3)), axis=1), draws)
    (one,) = judged.knowing
    assert (one.unknown, one.label, one.twins) == ("x", "the key", ("its shadow",))
    assert judged.chosen == "a"
    assert judged.regret == pytest.approx(0.045, abs=0.01), "the integral of 0.3 - x up to 0.3"
    assert one.value > 0.85 * judged.regret > judged.floor
    assert [step.strategy for step in one.chosen] == ["b", "a"]
    assert one.chosen[0].high == one.chosen[1].low == pytest.approx(0.3, abs=0.1)
    assert judged.unknowns == 3


def test_few_worlds_value_nothing() -> None:
    rng = np.random.default_rng(6)
    x = rng.random(40)
    judged = judged_of(np.stack((x, 1 - x), axis=1), Draws({"x": x}, {"x": "x"}, 40))
    assert (judged.unknowns, judged.knowing) == (0, ())
    assert math.isnan(judged.floor)


def test_many_worlds_are_thinned() -> None:
    x = np.random.default_rng(7).random(1000)
    judged = judged_of(np.stack((x, 0.5 + 0 * x), axis=1), Draws({}, {}, 1000))
    assert len(judged.regrets.worlds) == len(set(judged.regrets.worlds)) == 128
