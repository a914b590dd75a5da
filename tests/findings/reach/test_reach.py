from __future__ import annotations

from dataclasses import replace

import jsonschema
import numpy as np
import pytest

from offramp.casefile import load_case
from offramp.errors import UsageError
from offramp.findings.reach.reach import reach
from offramp.findings.reach.theirs import turning_points
from offramp.inverse.asking import target_of
from offramp.inverse.mediation import posed_freely, wanted_configurations
from offramp.inverse.packages import packages_of
from offramp.inverse.trial import Trial
from offramp.model import Price
from offramp.model.uncertain import View
from offramp.report.reach_json import reach_schema, reach_to_json
from offramp.stability import judge_world
from offramp.worlds import draw
from offramp.worlds import replace as at_values


@pytest.fixture(scope="module")
def coercion():
    return load_case("coercion")


@pytest.fixture(scope="module")
def found(coercion):
    return reach(coercion, target_of(coercion, "concession"), worlds=64, workers=2)


def test_every_answer_put_back_into_the_case_reaches_the_target(coercion, found) -> None:
    target, worlds = coercion.targets["concession"], draw(coercion, 64, 0)
    packages = packages_of(coercion, target, ["sender"])
    trial = Trial(packages, ["concession"], worlds)

    def share(n: int) -> float:
        values = trial([(n, w) for w in range(1, 65)])[:, 0]
        return float((values >= 0.5).mean())

    for package in (found.now, found.best, *found.front, *found.minimal):
        assert package.share == pytest.approx(share(package.number))
    assert found.best.share == max(share(n) for n in range(packages.grid.packages))
    assert found.minimal
    for package in found.minimal:
        assert share(package.number) >= target.share
        for lever in packages.grid.moved(package.number):
            assert share(int(packages.grid.without(np.array([package.number]), lever)[0])) < target.share


def test_what_the_levers_add_adds_up(found) -> None:
    assert sum(each.average for each in found.adds) == pytest.approx(found.best.share - found.now.share)


def test_what_only_the_other_side_can_change(coercion, found) -> None:
    packages = packages_of(coercion, coercion.targets["concession"], ["sender"])
    worlds = draw(coercion, 64, 0)
    theirs = turning_points(packages, found.best.number, worlds, ["sender"])
    assert found.theirs == theirs
    assert {each.unknown for each in theirs.turning} <= set(coercion.unknowns)
    assert {each.owner for each in theirs.turning} == {"Target"}
    first = theirs.turning[0]
    step = 0.01 * (first.high - first.low)
    values = []
    for at in (first.at - step, first.at + step):
        moved = at_values(worlds, {first.unknown: np.full(65, at)})
        values.append(Trial(packages, ["concession"], moved)([(found.best.number, 0)])[0, 0])
    assert (values[0] < 0.5) != (values[1] < 0.5)
    assert (values[1] >= 0.5) == first.rising


def test_no_matter_how_many_workers(coercion, found) -> None:
    again = reach(coercion, target_of(coercion, "concession"), worlds=64, workers=1)
    assert reach_to_json(again) == reach_to_json(found)


def test_json_has_the_shape_it_says(found) -> None:
    schema = reach_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(reach_to_json(found), schema)


def test_nothing_dearer_than_the_budget(coercion, found) -> None:
    cheap = reach(coercion, target_of(coercion, "concession"), worlds=16, most=0.4)
    assert cheap.best.price <= 0.4
    assert all(package.price <= 0.4 for package in (*cheap.front, *cheap.minimal))
    assert found.best.price > 0.4


def test_a_held_lever_stays(coercion) -> None:
    target = target_of(coercion, "concession")
    held = reach(coercion, target, worlds=16, held={"threat": None})
    assert not held.minimal
    assert held.best.share < target.share
    assert all(move.lever != "threat" for package in held.front for move in package.moves)


def test_a_target_that_is_reached_already(coercion) -> None:
    done = reach(coercion, target_of(coercion, "not target.concede"), by=["sender"], worlds=16)
    assert done.now.share == 1.0
    assert done.best.moves == ()


def test_several_players_mind_what_each_earns() -> None:
    case = load_case("cuba-1962")
    found = reach(case, target_of(case, "settled"), by=["us", "ussr"], worlds=16)
    assert found.earns == ("payoff-us", "payoff-ussr")
    assert set(found.best.minds) >= set(found.earns)
    assert found.held["best"].parties == ("us", "ussr")


def test_a_view_and_what_it_assumes(coercion) -> None:
    """The assured threat does not use what the view speaks of; the doubtful one does."""
    target = target_of(coercion, "concession")
    seen = reach(coercion, target, view="doubted", worlds=64, solves=100, seed=2)
    assert (seen.best.low, seen.best.high, seen.best.worlds) == (seen.best.share, seen.best.share, 64)
    assert [(each.unknown, each.share) for each in seen.assumed.assumptions] == [("after-concession", seen.best.share)]
    held = reach(coercion, target, view="doubted", worlds=64, held={"threat": "doubtful", "standing": None})
    plain = reach(coercion, target, worlds=64, held={"threat": "doubtful", "standing": None})
    assert held.assumed.best == held.assumed.now == held.assumed.assumptions[0].share == plain.best.share
    assert held.best.share < plain.best.share
    with pytest.raises(UsageError, match="no view"):
        reach(coercion, target, view="none", worlds=8)


def test_told_changes_of_wants_suffice(coercion) -> None:
    target = target_of(coercion, "concession")
    found = reach(coercion, target, worlds=8)
    changes = found.other_wants.changes
    assert len(changes) > 1
    levels = {"sender.punish": 0}
    graph = posed_freely(coercion, levels)
    wanted = wanted_configurations(graph, target.that)
    for change in changes:
        told = {shift.unknown: float(f"{shift.end:.9g}") for shift in change.shifts}
        world = at_values(draw(coercion, 0, 0), told).world(0)
        assert wanted[judge_world(graph, world, ("seq",)).equilibria["seq"]].any()


def test_wants_change_inside_the_view(coercion) -> None:
    target = target_of(coercion, "concession")
    (shift,) = reach(coercion, target, worlds=8).other_wants.changes[0].shifts
    narrow = replace(coercion.unknowns[shift.unknown].law, low=shift.start - 1e-6, high=shift.start + 1e-6)
    case = replace(coercion, views={"sure": View("sure", "Sure", {shift.unknown: narrow})})
    seen = reach(case, target, worlds=8, view="sure").other_wants
    assert shift.unknown not in {each.unknown for change in seen.changes for each in change.shifts}


def test_what_may_be_spent_bounds_everything(coercion) -> None:
    cheap = reach(coercion, target_of(coercion, "concession"), worlds=16, most=0.35)
    assert cheap.search.solves == 16 * cheap.search.within < 16 * cheap.search.packages
    assert cheap.worst_tenth.price <= 0.35
    assert cheap.fronts["sender-payoff"]
    assert all(package.price <= 0.35 for package in cheap.fronts["sender-payoff"])


def test_a_bound_that_is_met_exactly(coercion) -> None:
    """0.1 + 0.2 is a hair more than 0.3."""
    threat, standing = coercion.levers.values()
    dear = replace(threat, levels=tuple(replace(each, price=Price(0.1, 0.1)) for each in threat.levels))
    other = replace(standing, levels=tuple(replace(each, price=Price(0.2, 0.2)) for each in standing.levels))
    case = replace(coercion, levers={"threat": dear, "standing": other})
    found = reach(case, target_of(case, "concession"), worlds=8, most=0.3)
    assert found.search.within == found.search.packages
    assert found.best.number in {package.number for package in found.front}


def test_a_lever_that_is_supposed_elsewhere(coercion) -> None:
    found = reach(coercion, target_of(coercion, "concession"), worlds=16, held={"threat": "doubtful"})
    (threat,) = (lever for lever in found.levers if lever.id == "threat")
    assert (threat.now, threat.held, threat.supposed) == ("none", "doubtful", "doubtful")
    assert found.now.price_high == pytest.approx(0.5)
    kept = reach(coercion, target_of(coercion, "concession"), worlds=16, held={"threat": None})
    assert next(lever for lever in kept.levers if lever.id == "threat").supposed is None


@pytest.mark.parametrize(("by", "said"), [(["nobody"], "no player `nobody`"), (["target"], "`target` has no lever")])
def test_whose_levers(coercion, by, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        reach(coercion, target_of(coercion, "concession"), by=by, worlds=8)


def test_a_case_without_levers(coercion) -> None:
    bare = replace(coercion, levers={}, targets={})
    with pytest.raises(UsageError, match="nothing that anybody could move"):
        reach(bare, target_of(bare, "target.concede"), worlds=8)
