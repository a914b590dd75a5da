"""The kernels against the same equations in plain NumPy (offramp.play.choosing) and loops over states."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import play_problems as build
import pytest

from offramp.graph.arrays import FixedPolicy
from offramp.play import myopic, random_movers, solve
from offramp.play.blocks import blocks, room_for, span_of
from offramp.play.choosing import move_chances
from offramp.play.kernels.exponential import exp
from offramp.play.kernels.sweep import fill_slope
from offramp.play.packing import Packer


def slow_slope(problem, segment, values):
    """-dV/dt of the active columns, [C, active, P]."""
    active = segment.active
    now = values[:, :active]
    slope = segment.flow - np.array([c.discount for c in problem.columns[:active]])[:, None] * now
    for k, stride in enumerate(problem.ladders.strides):
        up, down = np.roll(now, -stride, axis=2), np.roll(now, stride, axis=2)
        slope += segment.rise[k][:, None] * (up - now) + segment.fall[k][:, None] * (down - now)
    for policy in segment.policies:
        driven = [n for low, high in policy.drives for n in range(low, min(high, active))]
        paying = segment.paying or (True,) * active
        pays = [problem.columns[n].payer == policy.player and paying[n] for n in driven]
        if isinstance(policy, FixedPolicy):
            targets, chance, cost = policy.targets, policy.chance, policy.cost
        else:
            moves = policy.moves
            own = np.einsum("np,cnp->cp", policy.weight, values[:, list(policy.decides)])
            gates = values[:, list(policy.consents)].transpose(1, 0, 2)
            every = move_chances(policy, moves.members, own[moves.members], gates[:, moves.members])
            chance = every[moves.group, moves.posture].transpose(1, 0, 2)
            targets = moves.members[moves.group].T
            cost = policy.cost[moves.posture].T
        for there, chances, costs in zip(targets, chance, cost, strict=True):
            for n, pay in zip(driven, pays, strict=True):
                gain = now[there, n] - now[:, n] - pay * costs[:, None]
                slope[:, n] += policy.pace * np.where(there[:, None] < 0, 0.0, chances * gain)
    for n, mask in segment.held:
        slope[:, n] = np.where(mask, segment.flow[:, n], slope[:, n])
    return slope


CASES = {
    "plain": {},
    "no switching costs": {"cost": 0.0},
    "switching gains": {"cost": -0.3},
    "holes and irreversible": {"holes": 3, "irreversible": True},
    "consent": {"consent": True},
    "precise": {"lam": 300.0},
    "very precise, holes, irreversible": {"lam": 1e5, "holes": 3, "irreversible": True},
    "one position": {"rungs": (1,)},
    "nine positions": {"rungs": (3, 3)},
    "eight positions": {"rungs": (2, 2, 2)},
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("share", [True, False])
@pytest.mark.parametrize("number", [0, 1])
def test_slope(name, share, number) -> None:
    case = build.random_problem(7, **CASES[name])
    segment = case.segments[number]
    if number:
        mask = np.random.default_rng(0).random((case.configurations, case.ladders.positions)) < 0.3
        segment = replace(segment, held=((3, mask),), paying=(True, False, True, True, True))
    check(case, segment, share)


def check(case, segment, share) -> None:
    draw = np.random.default_rng(2)
    values = draw.normal(size=(case.configurations, len(case.columns), case.ladders.positions))
    span = span_of(case.ladders.positions)
    found = blocks(np.zeros_like(values), span)
    fill_slope(Packer(case, share=share).tables(segment), blocks(values, span), found, room_for(case))
    expected = slow_slope(case, segment, values)
    assert found[:, : segment.active, : values.shape[2]] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("baseline", [random_movers, myopic])
@pytest.mark.parametrize("consent", [False, True])
def test_slope_of_tabulated_policies(baseline, consent) -> None:
    case = baseline(build.random_problem(5, holes=2, irreversible=True, consent=consent))
    check(case, case.segments[1], True)


def test_columns_driven_by_different_policies() -> None:
    case = build.random_problem(4)
    segment = case.segments[1]
    first, *rest = segment.policies
    other = replace(first, precision=0.3, drives=((2, 4),), weight=first.weight, decides=(1,))
    policies = (replace(first, drives=((0, 2), (4, 5))), other, *rest)
    check(case, replace(segment, policies=policies), True)
    check(case, replace(segment, policies=policies), False)


def test_shares_of_influence_may_depend_on_the_position() -> None:
    case = build.random_problem(4)
    segment = case.segments[1]
    weight = np.random.default_rng(0).dirichlet((1, 1), 6).T
    policies = (replace(segment.policies[0], decides=(0, 2), weight=weight), *segment.policies[1:])
    check(case, replace(segment, policies=policies), True)


def test_values_agree_with_and_without_sharing() -> None:
    case = build.random_problem(9, holes=3, irreversible=True)
    assert solve(case, share=False).values == pytest.approx(solve(case).values, abs=1e-9)


def test_exponential() -> None:
    x = np.concatenate([np.linspace(-700, 700, 4001), np.linspace(-1, 1, 999)])
    found = np.array([exp(v) for v in x])
    assert found == pytest.approx(np.exp(x), rel=2e-15)
    assert exp(-1e9) == exp(-700.0)
