"""A run end to end: what its findings say of themselves."""

from __future__ import annotations

import json
import math

import jsonschema
import numpy as np
import pytest

import offramp
from offramp.casefile import parse_case
from offramp.ensemble import Job, run_jobs
from offramp.errors import UsageError, WorldError
from offramp.findings.check import check_case
from offramp.model.variants import Variant
from offramp.report import results_schema, to_json
from offramp.worlds import draw

CASE = """\
offramp: 1
name: small
time: {unit: month, horizon: 4, foresight: 6}
sources: {essay: {title: An essay, author: A. Author}}
unknowns:
  gain: {range: [-1, 1], origin: guess}
  speed: {range: [0.1, 0.8], source: essay}
players:
  us: {options: {push: {}}, wants: [{id: win, that: us.push * (1 + dread), worth: gain}]}
  them: {lam: 5, options: {bow: {}}, wants: [{that: them.bow and not us.push, worth: 1}, {that: them.bow, worth: -0.5}]}
conditions: {dread: {levels: [low, high], rises: speed, falls: 0.2}}
outcomes:
  pushed: {of: us.push, measure: average, better: low, for: them}
  bowed: {of: them.bow, measure: average, better: high, for: us}
  alarm: {of: dread == high, measure: ever}
strategies:
  free: {}
  shove: {player: us, does: [{set: {push: yes}}]}
  hold: {player: us, does: [{otherwise: {push: no}}]}
views:
  rosy: {gain: [-1, -0.5]}
  same: {}
claims:
  plain: {says: Holding buys more than shoving., source: essay, test: "bowed[hold] > bowed[shove]"}
  depends: {says: They push., test: "pushed[free] > 0.4"}
  built: {says: Pushing is pushing., test: "pushed[shove] > pushed[hold]"}
  late: {says: Waiting costs., test: "pushed[shove] > pushed[shove; delay = 2]"}
  matters: {says: The gain decides., test: "variance(pushed[free], gain) > 0.5"}
  everyday: {says: A fact., quote: a fact, source: essay, factual: true}
  beyond: {says: A hope., untestable: no such thing in the model}
"""
case = parse_case(CASE).case


@pytest.fixture(scope="module")
def found():
    return offramp.analyse(case, worlds=12, seed=2, workers=2)


def test_any_number_of_workers_gives_the_same_text(found) -> None:
    text = json.dumps(to_json(found))
    for workers in (1, 5):
        assert json.dumps(to_json(offramp.analyse(case, worlds=12, seed=2, workers=workers))) == text
    assert json.dumps(to_json(offramp.analyse(case, worlds=12, seed=3, workers=2))) != text
    jsonschema.validate(json.loads(text), results_schema())


def test_outcomes_are_those_of_the_worlds(found) -> None:
    variants = [Variant(s) for s in case.strategies]
    table = run_jobs(case, [Job(v, "main", tuple(case.outcomes)) for v in variants], {"main": draw(case, 12, 2)})
    best = np.max([table.column(v, "bowed")[1:] for v in variants], axis=0)
    for variant in variants:
        column = table.column(variant, "bowed")
        band = found.outcomes_by[variant.strategy]["bowed"]
        assert band.best_guess == column[0]
        assert band.mean == pytest.approx(column[1:].mean())
        assert (band.p05, band.p95) == pytest.approx(tuple(np.quantile(column[1:], (0.05, 0.95))))
        assert band.robust_regret == pytest.approx((best - column[1:]).max())
        assert band.mean_regret == pytest.approx((best - column[1:]).mean())
        assert found.outcomes_by[variant.strategy]["alarm"].robust_regret is None


def test_verdicts(found) -> None:
    word = {id_: verdict.verdict for id_, verdict in found.verdicts.items()}
    assert word == {"plain": "holds", "depends": "depends", "built": "holds", "late": "holds", "matters": "holds",
                    "beyond": "cannot be tested here"}  # fmt: skip
    assert found.verdicts["built"].by_construction
    assert not found.verdicts["plain"].by_construction
    assert (found.verdicts["plain"].source, found.verdicts["plain"].worlds) == ("essay", 12)
    assert found.verdicts["beyond"].note == "no such thing in the model"
    assert math.isnan(found.verdicts["beyond"].share)
    assert found.verdicts["depends"].views["rosy"].verdict == "fails"
    assert found.verdicts["depends"].views["same"].share == found.verdicts["depends"].share
    assert "resamples" in found.verdicts["matters"].note


def test_facts_are_assumptions_never_results(found) -> None:
    assert [(a.claim, a.quote, a.source) for a in found.assumptions] == [("everyday", "a fact", "essay")]
    assert "everyday" not in found.verdicts


def test_what_stands_beside(found) -> None:
    assert (found.worlds, found.done, found.failed, found.interrupted) == (12, 12, (), False)
    assert found.baselines is not None
    assert found.baselines.worlds == 12
    assert found.baselines.foresight == found.outcomes_by
    random = found.baselines.random["free"]["pushed"]
    assert random.p95 == pytest.approx(random.p05, abs=1e-3), "wants do not matter to those who move at random"
    assert found.views["rosy"].worlds == found.views["same"].worlds == 12
    assert found.views["same"].outcomes == found.outcomes_by
    assert set(found.paths) == set(found.maps) == set(found.stories) == set(case.strategies)
    assert len(found.paths["free"].times) == len(found.paths["free"].series["dread"].p95)
    assert found.sources == {"essay": "A. Author, An essay"}
    assert found.outcomes["pushed"].for_whom == "them"
    assert max(found.numerics.error.values()) < 1e-2


def test_a_path_averages_to_its_outcome(found) -> None:
    """The forward pass against the backward sweep."""
    for strategy in case.strategies:
        for outcome in ("pushed", "bowed"):
            line = np.array(found.paths[strategy].series[outcome].best_guess)
            assert np.trapezoid(line) / (len(line) - 1) == pytest.approx(
                found.outcomes_by[strategy][outcome].best_guess, abs=5e-3
            )


def test_some_strategies_only() -> None:
    some = offramp.analyse(case, worlds=4, seed=2, strategies=["shove", "hold"])
    assert list(some.strategies) == list(some.outcomes_by) == ["shove", "hold"]
    assert set(some.verdicts) == {"plain", "built", "late", "beyond"}
    one = offramp.analyse(case, worlds=4, seed=2, strategies=["free"])
    assert one.outcomes_by["free"]["bowed"].robust_regret is None
    whole = offramp.analyse(case, worlds=4, seed=2)
    assert some.outcomes_by["hold"]["pushed"].mean == whole.outcomes_by["hold"]["pushed"].mean


@pytest.mark.parametrize(("arguments", "said"), [({"worlds": 0}, "worlds"), ({"strategies": ["no"]}, "no strategy")])
def test_what_cannot_be_run(arguments, said) -> None:
    with pytest.raises(UsageError, match=said):
        offramp.analyse(case, **arguments)


def test_failed_worlds_are_reported_and_left_out() -> None:
    """The rate turns negative in some worlds."""
    bad = parse_case(CASE.replace("rises: speed", 'rises: "speed - 0.3"')).case
    found = offramp.analyse(bad, worlds=16, seed=2)
    draws = draw(bad, 16, 2)
    failing = set(np.flatnonzero(draws.column("speed") < 0.3).tolist())
    plain = [f for f in found.failed if f.strategy in bad.strategies]
    assert {f.world for f in plain} == failing
    assert len(plain) == 3 * len(failing)
    assert all(f.draws == draws.world(f.world) and "the rate is negative" in f.message for f in plain)
    assert (found.worlds, found.done) == (16, 16 - len(failing - {0}))
    assert found.verdicts["plain"].worlds == found.done
    assert found.baselines is not None
    assert found.baselines.worlds == found.done
    sound = draws.column("speed")[1:] >= 0.3
    assert not sound.all()
    alone = run_jobs(bad, [Job(Variant("hold"), "main", ("bowed",))], {"main": draws}).column(Variant("hold"), "bowed")
    assert found.outcomes_by["hold"]["bowed"].mean == pytest.approx(alone[1:][sound].mean())
    assert len({(f.world, f.strategy) for f in found.failed}) == len(found.failed), "told once"
    jsonschema.validate(to_json(found), results_schema())


def test_influence_above_1_in_some_worlds() -> None:
    text = CASE.replace("them: {lam: 5, options: {bow: {}}, wants: [", "them: {lam: 5, options: {bow: {}}, factions: "
                        "{f: {influence: [0.5, 0.9]}, g: {influence: [0, 0.4]}, h: {influence: rest, wants: [").replace(
                        "worth: -0.5}]}", "worth: -0.5}]}}}")  # fmt: skip
    bad = parse_case(text).case
    found = offramp.analyse(bad, worlds=16, seed=2)
    assert 0 < found.done < 16
    assert all("influence exceed 1" in f.message for f in found.failed)


def test_worlds_that_fail_in_a_view_alone() -> None:
    bad = parse_case(
        CASE.replace("rosy: {gain: [-1, -0.5]}", "rosy: {speed: [0.1, 0.11]}").replace("s: speed", 's: "speed - 0.105"')
    ).case
    found = offramp.analyse(bad, worlds=8, seed=2)
    assert found.done == 8
    assert 0 < found.views["rosy"].worlds < 8
    assert {f.strategy for f in found.failed} >= {"free (view rosy)", "hold (view rosy)"}
    assert math.isfinite(found.views["rosy"].outcomes["free"]["pushed"].mean)


def test_a_change_that_no_world_bears_spares_the_rest() -> None:
    bad = parse_case(CASE.replace("delay = 2", "speed = -1")).case
    found = offramp.analyse(bad, worlds=4, seed=2)
    assert found.done == 4
    assert found.verdicts["late"].verdict == "cannot be tested here"
    assert found.verdicts["plain"].verdict == "holds"
    assert {f.strategy for f in found.failed} == {"shove; speed = -1", "shove; speed = -1 (view rosy)"}


def test_no_world_at_all() -> None:
    bad = parse_case(CASE.replace("rises: speed", 'rises: "speed - 2"')).case
    with pytest.raises(WorldError, match=r"no world could be computed.*negative"):
        offramp.analyse(bad, worlds=4)


def test_ctrl_c_keeps_what_is_done() -> None:
    def stop(done, total):
        raise KeyboardInterrupt

    found = offramp.analyse(case, worlds=16, seed=2, progress=stop)
    assert found.interrupted
    assert (found.done, found.worlds) == (3, 16)
    assert found.verdicts["plain"].worlds == 3
    first = offramp.analyse(case, worlds=3, seed=2)
    assert found.outcomes_by == first.outcomes_by
    jsonschema.validate(to_json(found), results_schema())


@pytest.mark.parametrize("where", ["courses", "measure_numerics"])
def test_ctrl_c_while_the_rest_is_told(monkeypatch, where) -> None:
    import offramp.findings.beside as module

    def stop(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, where, stop)
    found = offramp.analyse(case, worlds=3, seed=2)
    assert found.interrupted
    assert found.done == 3
    assert found.paths == {}


def test_ctrl_c_before_the_first_worlds(monkeypatch) -> None:
    import offramp.ensemble.work as module

    def stop(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "outcomes_of", stop)
    with pytest.raises(KeyboardInterrupt):
        offramp.analyse(case, worlds=3, seed=2)


def test_check_names_what_a_run_would_meet() -> None:
    checked = check_case(case)
    assert checked.states == {"free": 8, "shove": 8, "hold": 4}
    assert "players.them.wants.0" in checked.unquoted


def test_a_case_without_outcomes_or_claims() -> None:
    bare = parse_case("offramp: 1\nplayers: {us: {options: {push: {}}}}\n").case
    found = offramp.analyse(bare, worlds=2)
    assert found.done == 2
    assert found.verdicts == {}
    jsonschema.validate(to_json(found), results_schema())
