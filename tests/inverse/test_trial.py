from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from offramp.casefile import load_case
from offramp.ensemble import Job, run_jobs
from offramp.errors import UsageError
from offramp.inverse.packages import packages_of
from offramp.inverse.trial import Trial
from offramp.worlds import draw


@pytest.fixture(scope="module")
def coercion():
    return load_case("coercion")


@pytest.fixture(scope="module")
def packages(coercion):
    return packages_of(coercion, coercion.targets["concession"], ["sender"])


def test_every_combination_is_a_package_with_the_sum_of_its_prices(coercion, packages) -> None:
    assert packages.grid.packages == 8
    for n in range(packages.grid.packages):
        low = sum(lever.levels[k].price.low for lever, k in zip(packages.levers, packages.levels(n), strict=True))
        assert packages.price(n).low == pytest.approx(low)
        assert packages.grid.cost()[n] == pytest.approx(packages.price(n).best)
        moved = {lever.id: level.id for lever, level in packages.moved(n)}
        assert (moved == {}) == (n == packages.grid.today)
    assert packages.price(packages.grid.today).high == 0.0


def test_solves_as_a_run_does(coercion, packages) -> None:
    worlds = draw(coercion, 6, 3)
    trial = Trial(packages, ["concession", "sender-payoff"], worlds, workers=2)
    asks = [(n, w) for w in (5, 0, 2) for n in range(packages.grid.packages)]
    found = trial(asks)
    for n in range(packages.grid.packages):
        job = Job(packages.variant(n), "main", ("concession", "sender-payoff"))
        table = run_jobs(coercion, [job], {"main": worlds}, workers=1)
        for k, name in enumerate(job.outcomes):
            column = table.column(packages.variant(n), name)
            assert [found[asks.index((n, w)), k] for w in (5, 0, 2)] == column[[5, 0, 2]].tolist()


def test_nothing_is_solved_twice(coercion, packages, monkeypatch) -> None:
    trial = Trial(packages, ["concession"], draw(coercion, 4, 0), workers=1)
    first = trial([(0, 1), (0, 1), (1, 2)])
    monkeypatch.setattr("offramp.inverse.trial.outcomes_of", None)
    assert trial([(1, 2), (0, 1)]).tolist() == [first[2].tolist(), first[0].tolist()]


def test_a_world_that_fails_is_told(coercion, packages) -> None:
    broken = replace(coercion, outcomes={**coercion.outcomes})
    worlds = draw(broken, 3, 0)
    values = worlds.values.copy()
    values[2] = np.nan
    trial = Trial(packages, ["concession"], replace(worlds, values=values), workers=1)
    found = trial([(0, 1), (0, 2)])
    assert np.isfinite(found[0]).all()
    assert np.isnan(found[1]).all()
    assert list(trial.failures) == [(packages.variant(0), 2)]


@pytest.mark.parametrize("workers", [1, 4])
def test_failures_come_in_the_order_in_which_they_were_asked_for(coercion, packages, workers: int) -> None:
    worlds = draw(coercion, 40, 0)
    broken = replace(worlds, values=np.full_like(worlds.values, np.nan))
    trial = Trial(packages, ["concession"], broken, workers=workers)
    trial([(n, w) for n in (3, 1) for w in range(40, 0, -1)])
    assert list(trial.failures) == [(packages.variant(n), w) for n in (3, 1) for w in range(40, 0, -1)]


def test_levers_of_whoever_does_not_move_play_no_part() -> None:
    case = load_case("iran-2009")
    levers = {**case.levers, "sequence": replace(case.levers["sequence"], by="partners")}
    case, target = replace(case, levers=levers), replace(case.targets["earnest"], by=None)
    assert case.levers["sequence"].now != case.settings["sequence"].start
    for by in (["us"], ["us", "regime"]):
        packages = packages_of(case, target, by)
        assert "sequence" not in dict(packages.variant(packages.grid.today).levels)


def test_a_lever_that_is_held(coercion) -> None:
    target = coercion.targets["concession"]
    held = packages_of(coercion, target, ["sender"], {"threat": "assured"})
    assert held.grid.packages == 2
    assert all(("threat", "assured") not in {(a.id, b.id) for a, b in held.moved(n)} for n in range(2))
    assert {held.variant(n).strategy for n in range(2)} == {"assured-threat"}
    assert held.price(held.grid.today).low == 0.2
    still = packages_of(coercion, target, ["sender"], {"threat": None})
    assert {still.variant(n).strategy for n in range(2)} == {"never-punish"}


@pytest.mark.parametrize(
    ("by", "held", "said", "hint"),
    [
        (["target"], {}, "`target` has no lever", "--by sender"),
        (["sender"], {"thread": None}, "no lever `thread`", "threat"),
        (["sender"], {"threat": "asured"}, "no level `asured`", "assured"),
    ],
)
def test_what_cannot_be_moved(coercion, by, held, said: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        packages_of(coercion, coercion.targets["concession"], by, held)
    assert said in raised.value.message
    assert hint in raised.value.hint
