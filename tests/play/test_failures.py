"""A world that cannot be computed says so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import play_problems as build
import pytest

from offramp.errors import UsageError, WorldError
from offramp.play import follow, solve, solve_ticks, solving, storyline


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("where", ["flow", "terminal"])
def test_values_that_are_not_finite(bad, where) -> None:
    case = build.random_problem(1)
    late, early = case.segments
    if where == "flow":
        flow = early.flow.copy()
        flow[3, 4, 2] = bad
        early = replace(early, flow=flow)
    else:
        early = replace(early, terminal=((4, np.full_like(early.terminal[0][1], bad)), *early.terminal[:-1]))
    with pytest.raises(WorldError, match="not finite at time 6") as caught:
        solve(replace(case, segments=(late, early)))
    assert caught.value.code == "not-finite"


@pytest.mark.parametrize("bad", [np.nan, np.inf, -0.1])
def test_rates_that_cannot_be(bad) -> None:
    case = build.random_problem(1)
    late, early = case.segments
    rise = early.rise.copy()
    rise[1, 3, 0] = bad
    with pytest.raises(WorldError, match=r"condition 1 rises is .* from time 0 to 6") as caught:
        solve(replace(case, segments=(late, replace(early, rise=rise))))
    assert caught.value.code == "bad-rate"


def test_not_finite_names_the_column() -> None:
    case = build.random_problem(1)
    late, early = case.segments
    early = replace(early, terminal=((4, np.full_like(early.terminal[0][1], np.nan)),))
    with pytest.raises(WorldError, match="outcome 1"):
        solve(replace(case, segments=(late, early)))


def test_ticks_that_overflow() -> None:
    case = build.problem([[[1e300]]], [], discounts=[-1e300])
    with pytest.raises(WorldError, match="not finite"):
        solve_ticks(case, 3)


def test_step_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solving, "MOST_STEPS", 5)
    with pytest.raises(WorldError, match=r"do not converge at time .*more than 5 steps") as caught:
        solve(build.random_problem(1))
    assert caught.value.code == "no-convergence"


def test_going_forward_needs_snapshots() -> None:
    solution = solve(build.random_problem(1))
    with pytest.raises(UsageError, match="snapshots=6"):
        follow(solution, np.zeros((1, 12, 6)), [6.0])
    with pytest.raises(UsageError, match="snapshots=6"):
        storyline(solution, 6.0, 1)
