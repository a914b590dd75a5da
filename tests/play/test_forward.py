"""Forward in time agrees with backward."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import play_problems as build
import pytest

from offramp.play import follow, myopic, random_movers, solve, storyline

KINDS = {
    "plain": {},
    "consent, holes, irreversible": {"consent": True, "holes": 2, "irreversible": True},
    "precise": {"lam": 12.0},
}


@pytest.fixture(params=KINDS)
def case(request):
    """Column 3 is the final value of a function of the state, column 4 its total over [0, 6]."""
    case = build.random_problem(11, **KINDS[request.param])
    late, early = case.segments
    flow = early.flow.copy()
    flow[:, 3] = 0.0
    measure = flow[:, 4].copy()
    early = replace(early, flow=flow, terminal=((3, measure),))
    middle = replace(early, start=2.0)
    return replace(case, segments=(late, middle, replace(early, end=2.0, terminal=()))), measure


def test_final_total_and_average(case) -> None:
    problem, measure = case
    solution = solve(problem, snapshots=6.0)
    paths = follow(solution, measure[None], np.linspace(0, 6, 25))
    assert paths.expected[-1, 0] == pytest.approx(solution.at_start[3], abs=1e-6)
    assert 6.0 * (paths.occupancy * measure).sum() == pytest.approx(solution.at_start[4], abs=1e-5)
    assert paths.by_configuration.sum() == pytest.approx(1.0)
    assert paths.final.sum() == pytest.approx(1.0)
    assert paths.expected[0, 0] == measure[problem.start]
    assert (paths.final > -1e-9).all()


@pytest.mark.parametrize("baseline", [random_movers, myopic])
def test_baselines(case, baseline) -> None:
    problem, measure = case
    solution = solve(baseline(problem), snapshots=6.0)
    paths = follow(solution, measure[None], [6.0])
    assert paths.expected[-1, 0] == pytest.approx(solution.at_start[3], abs=1e-6)


def test_moves_are_conserved(case) -> None:
    """Chance gained by a configuration is what moves bring less what they take."""
    problem, measure = case
    paths = follow(solve(problem, snapshots=6.0), measure[None], [6.0])
    net = np.zeros(problem.configurations)
    np.add.at(net, paths.targets, paths.moves)
    np.add.at(net, paths.sources, -paths.moves)
    net[problem.start[0]] += 1.0
    assert net == pytest.approx(paths.final.sum(axis=1), abs=1e-9)
    assert (paths.moves > 0).all()
    assert set(paths.movers.tolist()) <= {0, 1, 2}


def test_switching_costs_are_those_of_the_expected_moves() -> None:
    """With nothing but switching costs in a column, its value is their price."""
    case = build.random_problem(8, rungs=(1,), until=4.0, foresight=4.0 + 1e-9)
    case = replace(case, columns=(*case.columns[:3], replace(case.columns[3], payer=1), case.columns[4]))
    late, early = case.segments
    flow = early.flow.copy()
    flow[:, 3] = 0.0
    solution = solve(
        replace(case, segments=(late, replace(early, flow=flow, terminal=()))), snapshots=4.0, tolerance=1e-9
    )
    paths = follow(solution, flow[:, 4][None], [4.0])
    posture = early.policies[1].moves.posture
    steps = np.abs(posture[paths.sources] - posture[paths.targets]) * (paths.movers == 1)
    assert -0.1 * (steps * paths.moves).sum() == pytest.approx(solution.at_start[3], abs=1e-6)


def test_storylines_agree_on_average() -> None:
    case = build.random_problem(11, consent=True, holes=2, irreversible=True, until=3.0, foresight=5.0)
    late, early = case.segments
    flow = early.flow.copy()
    flow[:, 3] = 0.0
    measure = flow[:, 4].copy()
    case = replace(case, segments=(late, replace(early, flow=flow, terminal=((3, measure),))))
    solution = solve(case, snapshots=3.0)
    draw = np.random.default_rng(5)
    stories = [storyline(solution, 3.0, draw) for _ in range(1500)]
    ends = np.array([measure[story.end] for story in stories])
    error = ends.std() / np.sqrt(len(ends))
    assert abs(ends.mean() - solution.at_start[3]) < 4 * error
    paths = follow(solution, measure[None], [3.0])
    count = np.array([sum(e.player >= 0 for e in story.events) for story in stories])
    assert abs(count.mean() - paths.moves.sum()) < 4 * count.std() / np.sqrt(len(count))


def test_a_storyline_is_one_chain_of_events() -> None:
    solution = solve(build.random_problem(2), snapshots=6.0)
    story = storyline(solution, 6.0, 3)
    assert story == storyline(solution, 6.0, 3)
    assert story != storyline(solution, 6.0, 4)
    state = solution.problem.start
    for event in story.events:
        assert event.before == state
        assert (event.player < 0) != (event.condition < 0)
        assert (event.before[0] == event.after[0]) == (event.player < 0)
        state = event.after
    assert state == story.end
    times = [e.time for e in story.events]
    assert times == sorted(times)
    assert times[-1] <= 6.0
