"""Outcomes read off weights pushed forward, against the same outcomes swept back as columns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import play_problems as build
import pytest
from play_problems import CASES, PLAYERS, many_outcomes

from offramp.play import adjoint, follow, solve
from offramp.play.adjoint import outcomes_at_start
from offramp.play.shortsighted import shortsighted_outcomes


@pytest.mark.parametrize("name", CASES)
def test_weights_forward_give_what_columns_back_give(name, monkeypatch) -> None:
    case = many_outcomes(**CASES[name])
    monkeypatch.setattr(adjoint, "MOST_KEPT", 2**40)
    assert not adjoint.pays_for_moves(case, PLAYERS)
    columns = solve(case, tolerance=1e-8).at_start[PLAYERS:]
    found = outcomes_at_start(case, PLAYERS, tolerance=1e-8)
    assert np.isnan(found[:PLAYERS]).all()
    assert found[PLAYERS:] == pytest.approx(columns, abs=1e-6)


def test_the_same_steps_give_the_same_numbers_but_for_rounding() -> None:
    """Where stability limits the steps both ways, they are the same."""
    case = many_outcomes(cost=0.0, lam=0.2)
    columns = solve(case, tolerance=0.5).at_start[PLAYERS:]
    assert outcomes_at_start(case, PLAYERS, tolerance=0.5)[PLAYERS:] == pytest.approx(columns, rel=1e-11)


def test_who_pays_for_moves_is_swept_as_a_column() -> None:
    case = many_outcomes()
    names = [replace(c, payer=0) if n == PLAYERS + 3 else c for n, c in enumerate(case.columns)]
    case = replace(case, columns=tuple(names))
    assert adjoint.pays_for_moves(case, PLAYERS)
    expected = solve(case, tolerance=1e-7).at_start
    np.testing.assert_array_equal(outcomes_at_start(case, PLAYERS, tolerance=1e-7)[PLAYERS:], expected[PLAYERS:])


def test_a_problem_too_large_to_keep_is_swept_as_columns(monkeypatch) -> None:
    case = many_outcomes()
    monkeypatch.setattr(adjoint, "MOST_KEPT", 1000)
    expected = solve(case, tolerance=1e-7).at_start
    np.testing.assert_array_equal(outcomes_at_start(case, PLAYERS, tolerance=1e-7)[PLAYERS:], expected[PLAYERS:])


def test_what_the_last_problem_kept_leaves_no_trace() -> None:
    small, large = many_outcomes(rungs=(2, 2)), many_outcomes()
    first = outcomes_at_start(small, PLAYERS, tolerance=1e-3)
    outcomes_at_start(large, PLAYERS, tolerance=1e-3)
    np.testing.assert_array_equal(outcomes_at_start(small, PLAYERS, tolerance=1e-3), first)


@pytest.mark.parametrize("movers", ["random", "myopic"])
@pytest.mark.parametrize("consent", [False, True])
def test_baselines(movers, consent, monkeypatch) -> None:
    case = many_outcomes(consent=consent, holes=2)
    found = shortsighted_outcomes(case, movers, PLAYERS, tolerance=1e-9)[PLAYERS:]
    quick = shortsighted_outcomes(case, movers, PLAYERS, tolerance=1e-2)[PLAYERS:]
    monkeypatch.setattr("offramp.play.shortsighted.pays_for_moves", lambda *_: True)
    columns = shortsighted_outcomes(case, movers, PLAYERS, tolerance=1e-9)[PLAYERS:]
    assert found == pytest.approx(columns, abs=1e-7)
    assert quick == pytest.approx(columns, abs=1e-2)


@pytest.mark.parametrize("consent", [False, True])
def test_paths_without_moves_are_the_same_paths(consent) -> None:
    case = build.random_problem(8, consent=consent, holes=2)
    solution = solve(case, snapshots=4.0)
    seen = np.random.default_rng(0).random((2, case.configurations, case.ladders.positions))
    dates = np.linspace(0.0, 4.0, 7)
    told, plain = follow(solution, seen, dates), follow(solution, seen, dates, moves=False)
    assert plain.expected == pytest.approx(told.expected, abs=1e-12)
    assert plain.occupancy == pytest.approx(told.occupancy, abs=1e-12)
    assert plain.final == pytest.approx(told.final, abs=1e-12)
    assert len(told.moves) > 0
    assert len(plain.moves) == 0
