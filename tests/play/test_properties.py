"""What must hold in every game."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import play_problems as build
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offramp.graph.arrays import Moves
from offramp.play import amplification, solve

seeds = st.integers(0, 10**6)
few = settings(max_examples=15, deadline=None, derandomize=True)
TIGHT = 1e-10


def close(first, second) -> None:
    assert first == pytest.approx(second, abs=1e-7 * max(1.0, np.abs(second).max()))


@few
@given(seeds, st.permutations(range(10)))
def test_names_of_configurations_do_not_matter(seed, order) -> None:
    case = build.random_problem(seed, holes=2, irreversible=True)
    new = np.array(order)
    old = np.argsort(new)

    def renamed(policy):
        m = policy.moves
        members = np.where(m.members < 0, -1, new[m.members])
        return replace(policy, moves=Moves(members, m.allowed, m.group[old], m.posture[old]))

    segments = tuple(
        replace(
            s,
            flow=s.flow[old],
            rise=s.rise[:, old],
            fall=s.fall[:, old],
            terminal=tuple((n, v[old]) for n, v in s.terminal),
            policies=tuple(map(renamed, s.policies)),
        )
        for s in case.segments
    )
    again = replace(case, segments=segments, start=(int(new[0]), 0))
    close(solve(again, tolerance=TIGHT).values[new], solve(case, tolerance=TIGHT).values)


@few
@given(seeds, st.permutations(range(3)))
def test_order_of_players_and_postures_does_not_matter(seed, order) -> None:
    case = build.random_problem(seed, irreversible=True)

    def renamed(policy):
        if policy.player != 1:
            return policy
        m, o = policy.moves, np.array(order)
        inverse = np.argsort(o)
        moves = Moves(m.members[:, o], m.allowed[np.ix_(o, o)], m.group, inverse[m.posture])
        return replace(policy, moves=moves, cost=policy.cost[np.ix_(o, o)])

    segments = tuple(replace(s, policies=tuple(renamed(s.policies[i]) for i in order)) for s in case.segments)
    close(solve(replace(case, segments=segments), tolerance=TIGHT).values, solve(case, tolerance=TIGHT).values)


@few
@given(seeds, st.floats(0.1, 20.0))
def test_chances_stay_in_bounds_and_ever_is_at_least_final(seed, lam) -> None:
    case = build.random_problem(seed, lam=lam)
    late, early = case.segments
    event = np.random.default_rng(seed).random((case.configurations, case.ladders.positions)) < 0.3
    flow = early.flow.copy()
    flow[:, 3:] = 0.0
    early = replace(early, flow=flow, terminal=((3, event * 1.0), (4, event * 1.0)), held=((4, event),))
    values = solve(replace(case, segments=(late, early))).values
    assert (values[:, 3:] > -1e-6).all()
    assert (values[:, 3:] < 1 + 1e-6).all()
    assert (values[:, 4] - values[:, 3] > -1e-6).all()


@few
@given(seeds)
def test_values_stay_in_bounds(seed) -> None:
    case = build.random_problem(seed, cost=0.0)
    horizon = case.segments[0].end
    worst = max(np.abs(s.flow[:, :3]).max() for s in case.segments)
    assert np.abs(solve(case).values[:, :3]).max() <= horizon * worst * (1 + 1e-6)


@few
@given(seeds, st.floats(0.01, 100.0))
def test_unit_of_worth_does_not_matter(seed, k) -> None:
    case = build.random_problem(seed)
    segments = []
    for s in case.segments:
        flow = s.flow.copy()
        flow[:, :3] *= k
        policies = tuple(replace(p, precision=p.precision / k, cost=p.cost * k) for p in s.policies)
        segments.append(replace(s, flow=flow, policies=policies))
    scaled = solve(replace(case, segments=tuple(segments)), tolerance=TIGHT).values
    scaled[:, :3] /= k
    close(scaled, solve(case, tolerance=TIGHT).values)


@few
@given(seeds, st.floats(0.05, 50.0))
def test_unit_of_time_does_not_matter(seed, k) -> None:
    """Rates per new unit shrink by k, worths per unit too; switching costs, in worth times time, stay."""
    case = build.random_problem(seed)
    segments = tuple(
        replace(
            s,
            start=s.start * k,
            end=s.end * k,
            flow=s.flow / k,
            rise=s.rise / k,
            fall=s.fall / k,
            policies=tuple(replace(p, pace=p.pace / k) for p in s.policies),
        )
        for s in case.segments
    )
    columns = tuple(replace(c, discount=c.discount / k) for c in case.columns)
    slow = solve(replace(case, segments=segments, columns=columns), tolerance=TIGHT).values
    close(slow, solve(case, tolerance=TIGHT).values)


@few
@given(seeds, st.floats(0.5, 15.0))
def test_tolerance_is_kept(seed, lam) -> None:
    case = build.random_problem(seed, lam=lam)
    exact, found = solve(case, tolerance=1e-11).values, solve(case).values
    scale = np.abs(exact).max(axis=(0, 2), keepdims=True)
    assert (np.abs(found - exact) / scale).max() < 1e-6


def test_same_bits_for_any_number_of_threads() -> None:
    cases = [build.random_problem(seed, consent=seed % 2 == 0, lam=5.0) for seed in range(12)]
    alone = [solve(case).values.tobytes() for case in cases]
    for threads in (1, 2, 5):
        with ThreadPoolExecutor(threads) as pool:
            assert [s.values.tobytes() for s in pool.map(solve, cases)] == alone


def test_amplification_without_choices_is_at_most_1() -> None:
    case = build.random_problem(3, lam=0.0)
    assert 0.0 < amplification(case, [0, 1, 2], [1.0, 1.0, 1.0]) <= 1.0
    assert amplification(case, [3, 4], [1.0, 1.0]) == pytest.approx(0.0, abs=1e-6)
    assert amplification(build.random_problem(3, lam=6.0), [3, 4], [1.0, 1.0]) > 0.0
