"""Races against full enumeration: what may not be lost, what it costs, and that numbers are those of the table."""

from __future__ import annotations

import numpy as np
import pytest

from offramp.errors import UsageError, WorldError
from offramp.inverse.racing import Grid, race

MARGIN = 0.02


def run(found, budget, seed, **asked):
    outcomes = found.outcomes.shape[2]
    return race(
        found.grid, found.solve, worlds=found.outcomes.shape[1], budget=budget, seed=seed, margin=MARGIN,
        signs=(1,) * outcomes, margins=(MARGIN,) * (outcomes - 1), **asked,
    )  # fmt: skip


def lost(found, result, least, strong):
    target = found.target(least)
    others = [-found.grid.cost(), *found.outcomes[:, :, 1:].mean(axis=1).T]
    gone = set()
    for front, other in zip(result.fronts, others, strict=True):
        members = strong(target, other, MARGIN, MARGIN if front.outcome else 0.0)
        gone |= members - {m.package for m in front.members} - set(front.possible)
    return gone


@pytest.mark.slow
def test_members_of_fronts_are_lost_in_at_most_5_of_100_races(surface, strong) -> None:
    setups = [
        ((2, 2, 2, 2, 3), 64, 620, 1, 0.5, "smooth", 30),
        ((2, 2, 2, 2, 3), 64, 620, 1, None, "smooth", 30),
        ((2, 2, 2, 2, 3), 64, 700, 2, 0.5, "jump", 15),
        ((4, 4, 3), 64, 640, 1, 0.5, "smooth", 25),
    ]
    losses, named, packages = 0, 0, 0
    for sizes, worlds, budget, outcomes, least, bend, repetitions in setups:
        for seed in range(repetitions):
            found = surface(sizes, worlds, seed, outcomes, bend)
            result = run(found, budget, seed, least=least)
            assert result.solves == len(found.seen) <= budget < 0.24 * found.grid.packages * worlds
            assert result.risk <= 0.05 + 1e-12
            losses += bool(lost(found, result, least, strong))
            named += sum(len(front.members) + len(front.possible) for front in result.fronts) / outcomes
            packages += found.grid.packages
    assert losses <= 5
    assert named < 0.4 * packages


def test_576_packages_in_5000_solves(surface, strong) -> None:
    found = surface((2, 2, 2, 2, 2, 2, 3, 3), 128, 7)
    result = run(found, 5000, 7)
    target, cost = found.target(0.5), found.grid.cost()
    assert result.solves <= 5000
    assert not lost(found, result, 0.5, strong)
    named = {m.package for m in result.fronts[0].members}
    assert len(named | set(result.fronts[0].possible)) < 60
    assert strong(target, -cost, MARGIN) <= named
    for member in result.fronts[0].members:
        better = target[(cost <= member.cost)].max()
        assert target[member.package] >= better - 0.06
    inside = (target >= result.low[0] - 1e-9) & (target <= result.high[0] + 1e-9)
    assert inside.mean() > 0.9
    complete = result.solved == 128
    assert complete.any()
    np.testing.assert_allclose(result.score[0, complete], target[complete], atol=1e-12)
    np.testing.assert_allclose(result.low[0, complete], target[complete], atol=1e-12)


def test_enough_budget_is_full_enumeration(surface) -> None:
    found = surface((2, 3, 2), 32, 1, outcomes=2)
    result = run(found, 12 * 32, 0, least=None)
    target, minded, cost = found.target(None), found.outcomes[:, :, 1].mean(axis=1), found.grid.cost()
    assert result.finished
    assert result.solves == 12 * 32
    assert result.risk == 0.0
    for front, other in zip(result.fronts, (-cost, minded), strict=True):
        members = {m.package for m in front.members}
        for p in range(12):
            beaten = (target >= target[p]) & (other >= other[p]) & ((target > target[p]) | (other > other[p]))
            assert (p in members) == (not beaten.any())
        assert front.exact
        assert all(m.exact and m.low == m.score == m.high for m in front.members)
    np.testing.assert_allclose(result.score, [target, minded], atol=1e-12)
    tenth = np.sort(found.outcomes[:, :, 0], axis=1)[:, :4].mean(axis=1)
    assert result.worst_tenth.package == int(np.argmax(tenth))
    assert result.worst_tenth.value == pytest.approx(tenth.max())
    assert result.worst_tenth.all


def test_lower_is_better_where_signs_say_so(surface) -> None:
    up, down = (surface((2, 2, 2, 2, 2), 48, 3, outcomes=2) for _ in range(2))
    down.outcomes *= -1
    asked = {"worlds": 48, "budget": 500, "margins": (0.02,), "seed": 5}
    one = race(up.grid, up.solve, signs=(1, 1), least=None, **asked)
    other = race(down.grid, down.solve, signs=(-1, -1), least=None, share=-0.5, **asked)
    np.testing.assert_allclose(other.score, -one.score)
    np.testing.assert_allclose(other.low, -one.high)
    assert [m.package for f in one.fronts for m in f.members] == [m.package for f in other.fronts for m in f.members]
    assert one.worst_tenth.package == other.worst_tenth.package
    assert [s.package for s in one.minimal] == [s.package for s in other.minimal]
    for a, b in zip(one.adds[0].levers, other.adds[0].levers, strict=True):
        assert (a.shapley, a.shapley_low) == pytest.approx((-b.shapley, -b.shapley_high))


def test_the_same_seed_gives_the_same_race(surface) -> None:
    results = [run(surface((2, 2, 3, 2, 2), 64, 2), 700, 11) for _ in range(2)]
    assert results[0].fronts == results[1].fronts
    assert results[0].minimal == results[1].minimal
    assert results[0].adds == results[1].adds
    np.testing.assert_array_equal(results[0].score, results[1].score)


def test_failed_worlds_count_in_no_mean(surface) -> None:
    found = surface((2, 2, 2, 2), 40, 4)
    failing = np.random.default_rng(0).random((16, 40)) < 0.1
    found.outcomes[failing] = np.nan
    full = run(found, 16 * 40, 0, least=None)
    assert full.failed == int(failing.sum())
    np.testing.assert_allclose(full.score[0], np.nanmean(found.outcomes[:, :, 0], axis=1))
    found.seen.clear()
    part = run(found, 250, 0, least=0.5)
    assert part.failed
    share = np.array([(v[np.isfinite(v)] >= 0.5).mean() for v in found.outcomes[:, :, 0]])
    complete = (part.low == part.high)[0]
    np.testing.assert_allclose(part.score[0, complete], share[complete])
    assert np.abs(part.score[0] - share).max() < 0.35


def test_everything_alike_and_everything_failing(surface) -> None:
    found = surface((2, 2, 2, 2), 40, 4)
    found.outcomes[:] = 0.7
    result = run(found, 200, 0)
    assert result.fronts[0].members[0].package == found.grid.today
    assert result.fronts[0].members[0].score == pytest.approx(1.0, abs=0.05)
    found.seen.clear()
    found.outcomes[1:] = np.nan
    result = run(found, 200, 0)
    assert result.fronts[0].members[0].package == 0
    found.seen.clear()
    found.outcomes[:] = np.nan
    for budget in (200, 640):
        found.seen.clear()
        with pytest.raises(WorldError, match="failed"):
            run(found, budget, 0)


def test_a_lever_may_have_one_level(surface) -> None:
    found = surface((1, 2, 1, 3), 30, 0)
    assert run(found, 100, 0).fronts[0].members
    found = surface((1,), 30, 0)
    assert run(found, 100, 0).best == 0


def test_an_interruption_returns_what_is_there(surface) -> None:
    found = surface((2, 2, 2, 2, 2, 2), 64, 0)
    calls = []

    def progress(done, budget, leading):
        calls.append((done, budget, leading))
        if done >= 450:
            raise KeyboardInterrupt

    result = run(found, 900, 0, batch=50, progress=progress)
    assert result.interrupted
    assert not result.finished
    assert result.solves == calls[-1][0] == len(found.seen)
    assert all(budget == 900 for _, budget, _ in calls)
    assert calls[-1][2] in range(64)
    assert result.fronts[0].members

    def refuses(cells):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        race(found.grid, refuses, worlds=8, budget=10)


def test_what_cannot_be_asked_is_refused() -> None:
    with pytest.raises(UsageError, match="65536"):
        Grid((2,) * 16, (0,) * 16, ((0.0, 1.0),) * 16)
    with pytest.raises(UsageError, match="now"):
        Grid((2,), (2,), ((0.0, 1.0),))
    with pytest.raises(UsageError, match="costs"):
        Grid((2,), (0,), ((0.0,),))
    grid = Grid((2,), (0,), ((0.0, 1.0),))
    for wrong in ({"signs": (2,)}, {"budget": 0}, {"margins": (0.1,)}, {"risk": 0.0}):
        with pytest.raises(UsageError):
            race(grid, lambda cells: np.zeros((len(cells), 1)), **wrong)
    with pytest.raises(ValueError, match="rows of 1"):
        race(grid, lambda cells: np.zeros((len(cells), 2)))
