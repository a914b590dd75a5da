"""What the sentences carry, as a run tells it: in few worlds, by closed forms."""

from __future__ import annotations

import json
import math

import jsonschema
import pytest

import offramp
from offramp.casefile import parse_case
from offramp.findings.sentences.light_ranking import Carrying
from offramp.findings.sentences.weighing import bench_for, weigh
from offramp.report import results_schema, to_json
from offramp.worlds import draw

TEXT = """\
offramp: 1
name: drift
time: {unit: month, horizon: 6, foresight: 8}
sources: {essay: {title: An essay, author: A. Author, date: 2001}}
mechanisms:
  small: {says: It warms a little.}
  big: {says: Dread grows by itself., source: essay, quote: dread grows, passage: p2}
  twin: {says: Dread grows whatever one does.}
  idle: {says: They are proud.}
  gone: {says: The door may be locked.}
left_out: {gone: nobody says so}
players:
  us: {options: {push: {}}, wants: [{id: win, that: us.push, worth: [0, 1]}]}
  them: {options: {bow: {}}, wants: [{id: pride, that: them.bow, worth: -0.5, mechanism: [idle]}]}
conditions:
  dread: {levels: [low, high], rises: [{rate: 0.3, mechanism: [big, twin]}]}
  warmth: {levels: [low, high], rises: [{rate: 0.05, mechanism: [small]}]}
outcomes:
  calm: {name: Calm at the end, of: dread == low, measure: final, better: high, for: us}
  warm: {of: warmth == high, measure: final, better: high, for: us}
strategies:
  free: {}
  hold: {name: We hold, player: us, does: [{otherwise: {push: no}}]}
"""
case = parse_case(TEXT).case


@pytest.fixture(scope="module")
def found():
    return offramp.analyse(case, worlds=12, seed=1, workers=2)


def test_effects_are_those_of_the_closed_form(found) -> None:
    weights = {w.mechanism: w for w in found.weights}
    assert found.focal == "hold"
    assert [w.mechanism for w in found.weights] == ["big", "twin", "small", "idle"], "the heaviest first"
    big, small, idle = weights["big"], weights["small"], weights["idle"]
    assert (big.largest.outcome, big.worlds) == ("calm", 8)
    assert big.largest.effect == pytest.approx(math.exp(-0.3 * 6) - 1, abs=5e-4), "without it, it stays calm"
    assert big.weight == pytest.approx(1 - math.exp(-0.3 * 6), abs=5e-4)
    assert big.low == pytest.approx(big.high, abs=1e-5), "every world is the same"
    assert (small.largest.outcome, small.largest.effect) == ("warm", pytest.approx(1 - math.exp(-0.05 * 6), abs=1e-4))
    assert (big.same_as, weights["twin"].weight) == (("twin",), big.weight)
    assert (idle.weight, idle.note) == (0, "nothing under this strategy depends on it")
    assert (big.carries, idle.carries) == (True, False)
    assert (big.quote, big.source, big.passage) == ("dread grows", "essay", "p2")


def test_the_same_as_weigh_and_for_any_number_of_workers(found) -> None:
    bench = bench_for(case, draw(case, 12, 1), ())
    plain = weigh(bench, list(case.mechanisms), ("hold",), tuple(case.outcomes), most=8)
    assert found.weights == plain[:-1]
    assert plain[-1].left_out == "nobody says so"
    assert offramp.analyse(case, worlds=12, seed=1, workers=1).weights == found.weights


def test_follows_the_schema(found) -> None:
    content = json.loads(json.dumps(to_json(found)))
    jsonschema.validate(content, results_schema())
    item = results_schema()["properties"]["weights"]["items"]
    assert set(content["weights"][0]) == set(item["properties"]) == set(item["required"])


def test_under_the_strategy_that_was_run() -> None:
    free = offramp.analyse(case, worlds=3, strategies=["free"])
    assert free.focal == "free"
    assert {w.worlds for w in free.weights} == {3}


def test_one_world_has_no_interval() -> None:
    (first, *_) = offramp.analyse(case, worlds=1).weights
    assert math.isnan(first.low)
    assert to_json(offramp.analyse(case, worlds=1))["weights"][0]["low"] is None


def test_a_case_without_mechanisms_has_none() -> None:
    bare = parse_case("offramp: 1\nplayers: {us: {options: {push: {}}}}\nstrategies: {free: {}}\n").case
    assert offramp.analyse(bare, worlds=2).weights == ()


def test_progress_counts_it_from_the_start() -> None:
    seen: list[tuple[int, int]] = []
    offramp.analyse(case, worlds=12, progress=lambda done, total: seen.append((done, total)))
    assert len({total for _, total in seen}) == 1
    assert seen[-1][0] == seen[-1][1]
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


@pytest.mark.parametrize("late", [True, False])
def test_ctrl_c_leaves_it_out(monkeypatch, found, late) -> None:
    def stop(done: int, total: int) -> None:
        if done > total - (1 if late else 30):
            raise KeyboardInterrupt

    whole = offramp.analyse(case, worlds=12, seed=1, progress=stop)
    assert whole.interrupted
    assert whole.weights == ()
    assert whole.outcomes_by == found.outcomes_by, "the rest is there"
    assert whole.verdicts == found.verdicts


def test_no_world_can_be_computed(monkeypatch) -> None:
    import offramp.ensemble.work as module
    from offramp.errors import WorldError

    def fail(*args):
        raise WorldError("it does not converge")

    monkeypatch.setattr(module, "outcomes_of", fail)
    carrying = Carrying(case, "hold", draw(case, 2, 1), 8)
    assert carrying.weights() == ()
    assert Carrying(case, "", draw(case, 2, 1), 8).weights() == ()


def test_a_stopped_run_is_not_weighed() -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    stopped = offramp.analyse(case, worlds=12, seed=1, progress=stop)
    assert stopped.weights == ()
