"""From sentences to outcomes and back, against closed forms and plain runs."""

from __future__ import annotations

import json
import math

import jsonschema
import numpy as np
import pytest
from scipy.integrate import quad

import offramp
from offramp.casefile import parse_case
from offramp.errors import UsageError, WorldError
from offramp.findings.choice.focal import focal
from offramp.findings.common.dependence import touched
from offramp.findings.sentences.effects import switched
from offramp.findings.sentences.trace import trace
from offramp.findings.sentences.weighing import bench_for, weigh
from offramp.measures import share_difference
from offramp.model.variants import Variant
from offramp.report.trace_json import trace_schema, trace_to_json
from offramp.worlds import draw, stretch

from .door import TEXT, case


def pushing(worth: float) -> float:
    """The share of the time a lone player with lam 4, pace 1 pushes: its value differs by D(t), and p follows D."""

    def chance(t: float) -> float:
        return 1 / (1 + math.exp(-4 * worth * (1 - math.exp(-(10 - t)))))

    # p' = chance(t) - p from 0, averaged over 6: each moment's chance counts until the horizon
    return quad(lambda t: chance(t) * (1 - math.exp(-(6 - t))), 0, 6)[0] / 6


@pytest.fixture(scope="module")
def ranking():
    return trace(case, worlds=32, seed=1, precision=0.004, workers=2)


def by_id(found):
    return {weight.mechanism: weight for weight in found.weights}


def test_effect_is_that_of_the_closed_form(ranking) -> None:
    m1 = by_id(ranking)["M1"]
    worlds = draw(case, 32, 1)
    gain = worlds.column("gain")[1 : m1.worlds + 1]
    fear = worlds.column("players.us.wants.fear.worth")[1 : m1.worlds + 1]
    gaps = np.array([pushing(g + f) - pushing(f) for g, f in zip(gain, fear, strict=True)])
    (effect,) = [e for e in m1.effects if e.outcome == "pushed"]
    assert effect.strategy == "hold"
    assert effect.effect == pytest.approx(gaps.mean(), abs=2e-3)
    half = 2.04 * gaps.std(ddof=1) / math.sqrt(len(gaps))
    assert (effect.high - effect.low) / 2 == pytest.approx(half, rel=0.08)
    assert (effect.raised, effect.lowered) == (1, 0)
    assert effect.absolute == pytest.approx(effect.effect)


def test_effect_is_that_of_two_plain_runs() -> None:
    found = trace(case, "M1", worlds=8, seed=3)
    off = parse_case(TEXT.replace("worth: gain", "worth: gain * 0")).case
    bands = [offramp.analyse(c, worlds=8, seed=3).outcomes_by for c in (case, off)]
    for effect in found.weights[0].effects:
        on, other = (band[effect.strategy][effect.outcome].mean for band in bands)
        assert (effect.on, effect.off) == pytest.approx((on, other), abs=2e-3)
    assert set(found.strategies) == {"hold", "bend"}, "free play costs ten times as much: by name only"


def test_what_cannot_be_touched_is_exactly_nothing(ranking) -> None:
    weights = by_id(ranking)
    for id_ in ("M4", "M5", "M8"):
        assert [(e.effect, e.low, e.high) for e in weights[id_].effects] == [(0, 0, 0)] * 3, id_
        assert weights[id_].weight == 0
    assert not any(e.touched for id_ in ("M4", "M5") for e in weights[id_].effects)
    assert weights["M5"].note == "it can touch “gained” alone"
    assert weights["M4"].note == "nothing under this strategy depends on it"
    assert weights["M8"].note == "it never comes into play under this strategy"
    ledger = {e.outcome: e for e in weights["M3"].effects}
    assert ledger["pushed"].effect == ledger["alarm"].effect == 0
    assert ledger["image"].effect < -0.1
    drift = {e.outcome: e for e in weights["M9"].effects}
    assert not drift["pushed"].touched
    assert drift["alarm"].effect > 0.3


def test_what_can_be_touched_is_told_without_solving(monkeypatch) -> None:
    import offramp.ensemble.run as module

    monkeypatch.setattr(module, "run_jobs", None)
    everything = frozenset(case.outcomes)
    hold = Variant("hold")
    assert touched(case, hold, Variant("hold", without=("M1",))) == everything
    assert touched(case, hold, Variant("hold", without=("M3",))) == {"image"}
    assert touched(case, hold, Variant("hold", without=("M5",))) == {"gained"}
    assert touched(case, Variant("free"), Variant("free", without=("M5",))) == everything
    assert touched(case, hold, hold) == frozenset()
    loud = Variant("hold", levels=(("loud", 1),))
    assert touched(case, loud, Variant("hold", levels=(("loud", 1),), without=("M4",))) == frozenset()


def test_the_heaviest_come_first_and_equals_are_named(ranking) -> None:
    weights = [w.weight for w in ranking.weights]
    assert weights == sorted(weights, reverse=True)
    assert [w.mechanism for w in ranking.weights[:3]] == ["M9", "M1", "M7"]
    assert by_id(ranking)["M1"].same_as == ("M7",)
    assert by_id(ranking)["M1"].effects == by_id(ranking)["M7"].effects
    assert [(w.mechanism, w.left_out) for w in ranking.left_out] == [("M6", "nobody says so")]
    assert (ranking.strategies, focal(case)) == ({"hold": "They hold"}, "hold")


def test_worlds_are_added_until_the_interval_is_narrow_enough() -> None:
    found = by_id(trace(case, worlds=64, precision=0.03))
    assert found["M9"].worlds == 16
    assert {w.worlds for w in by_id(trace(case, worlds=24, precision=1e-9)).values() if w.weight > 0} == {24}
    wide = by_id(trace(case, worlds=64, precision=0.005))
    for weight in wide.values():
        largest = weight.largest
        assert weight.worlds == 64 or (largest.high - largest.low) / 2 <= 0.005 * largest.width


def test_more_worlds_do_not_change_the_first() -> None:
    """Rounds that go on where the last one stopped give what one run gives, to the last bit."""
    main = ("pushed", "image", "alarm")
    whole, rounds = (
        weigh(bench_for(case, draw(case, 32, 0), ()), ["M1"], ("hold",), main, most=32, precision=precision)
        for precision in (None, 1e-12)
    )
    assert whole == rounds


def test_ranking_looks_at_main_outcomes_and_puts_what_is_left_out_apart(ranking) -> None:
    assert [w.mechanism for w in ranking.left_out] == ["M6"]
    assert {e.outcome for w in ranking.weights for e in w.effects} == {"pushed", "image", "alarm"}


def test_a_verdict_flips() -> None:
    verdicts = {v.claim: v for v in trace(case, "M1", worlds=16).weights[0].verdicts}
    assert set(verdicts) == {"E1", "E2", "E3"}
    e1 = verdicts["E1"]
    assert (e1.with_it, e1.without_it, e1.share_with, e1.share_without) == ("holds", "fails", 1, 0)
    assert e1.low > 0.5
    assert (verdicts["E2"].with_it, verdicts["E2"].without_it) == ("holds", "no difference"), "like with like"
    assert math.isnan(verdicts["E3"].low), "a statement about all worlds together has no interval"
    quiet = {v.claim: v for v in trace(case, "M3", worlds=4).weights[0].verdicts}
    assert (quiet["E1"].touched, quiet["E1"].difference, quiet["E1"].low, quiet["E1"].high) == (False, 0, 0, 0)


def test_a_test_with_a_mechanism_off_is_off_everywhere() -> None:
    changed = switched(case.claims["E2"].test, "M2")
    assert [c.name for c in changed.left.changes] == ["M2"]
    assert [c.name for c in changed.right.changes] == ["M1", "M2"]


def test_a_claim_by_the_sentences_it_names() -> None:
    found = trace(case, "E1", worlds=16)
    assert (found.kind, found.claim.verdict, found.claim.share) == ("claim", "holds", 1)
    (weight,) = found.weights
    assert (weight.mechanism, weight.verdicts[0].without_it) == ("M1", "fails")
    assert [w.mechanism for w in trace(case, "E2", worlds=2).weights] == ["M1"], "named in its test"
    fact = trace(case, "E4")
    assert (fact.claim.test, fact.claim.fate, fact.claim.verdict, fact.weights) == (None, "assumption", None, ())


def test_from_an_outcome_back_to_the_sentences() -> None:
    found = trace(case, "image", worlds=16)
    assert (found.kind, list(found.outcomes)) == ("outcome", ["image"])
    assert found.weights[0].mechanism in ("M1", "M7")
    assert by_id(found)["M3"].largest.outcome == "image"


def test_a_tension_by_its_sentences() -> None:
    found = trace(case, "X1", worlds=16)
    assert (found.kind, found.says, list(found.outcomes)) == ("tension", "Worth against fear.", ["pushed"])
    assert [w.mechanism for w in found.weights] == ["M1", "M2"]
    assert [v.claim for v in found.weights[0].verdicts] == ["E1"]


def test_strategies_can_be_named() -> None:
    found = trace(case, "M5", strategies=["free", "bend"], worlds=4)
    assert list(found.strategies) == ["free", "bend"]
    assert found.weights[0].largest.strategy == "free"
    with pytest.raises(UsageError, match="there is no strategy `fold`"):
        trace(case, "M1", strategies=["fold"])


@pytest.mark.parametrize("asked", ["", "M1", "E1", "X1", "image"])
def test_any_number_of_workers_gives_the_same_text(asked) -> None:
    texts = [json.dumps(trace_to_json(trace(case, asked, worlds=18, workers=n)), allow_nan=False) for n in (1, 3)]
    assert texts[0] == texts[1]
    jsonschema.validate(json.loads(texts[0]), trace_schema())


def test_every_field_stands_in_the_schema() -> None:
    schema = trace_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert list(trace_to_json(trace(case, "M2", worlds=2))) == schema["required"]


# Parts


def test_a_stretch_of_worlds_is_the_same_worlds() -> None:
    worlds = draw(case, 16, 4)
    part = stretch(worlds, 5, 9)
    assert part.count == 5
    assert (part.values[1:] == worlds.values[5:10]).all()
    assert (part.values[0] == worlds.values[0]).all()
    assert stretch(worlds, 1, 0).count == 0
    with pytest.raises(UsageError, match="no worlds 3 to 17"):
        stretch(worlds, 3, 17)


def test_interval_for_paired_shares() -> None:
    """Newcombe 1998, table II: 36 both, 12 and 2 apart, none neither."""
    first, second = np.repeat([True, True, False], [36, 12, 2]), np.repeat([True, False, True], [36, 12, 2])
    assert share_difference(first, second) == pytest.approx((0.2, 0.0569, 0.3404), abs=5e-5)
    assert share_difference(second, first) == pytest.approx((-0.2, -0.3404, -0.0569), abs=5e-5)
    same = share_difference(np.ones(16, bool), np.ones(16, bool))
    assert same[0] == 0
    assert same[2] == -same[1] == pytest.approx(0.1936, abs=1e-4)
    assert math.isnan(share_difference(np.zeros(0, bool), np.zeros(0, bool))[1])


def test_a_reader_who_stops_gets_what_is_done(monkeypatch) -> None:
    import offramp.ensemble.run as module

    real = module._Run._finish
    rounds = iter(range(99))

    def stopping(*args):
        if next(rounds) == 2:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(module._Run, "_finish", stopping)
    found = trace(case, worlds=64)
    assert found.interrupted
    assert {w.worlds for w in found.weights} == {7}
    monkeypatch.setattr(module._Run, "_finish", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        trace(case)


def test_no_world_can_be_computed(monkeypatch) -> None:
    import offramp.ensemble.work as module

    def fail(*args):
        raise WorldError("the policies do not converge")

    monkeypatch.setattr(module, "outcomes_of", fail)
    with pytest.raises(WorldError, match="do not converge"):
        trace(case, worlds=2)


def test_failed_worlds_are_left_out_and_told(monkeypatch) -> None:
    import offramp.ensemble.work as module

    real = module.outcomes_of

    def sometimes(graph, world, *rest):
        if world["gain"] > 1.8:
            raise WorldError("too much gain")
        return real(graph, world, *rest)

    monkeypatch.setattr(module, "outcomes_of", sometimes)
    found = trace(case, "M2", worlds=16)
    lost = int((draw(case, 16, 0).column("gain")[1:] > 1.8).sum())
    assert lost
    assert (found.weights[0].worlds, found.weights[0].failed, found.failure) == (16 - lost, lost, "too much gain")
