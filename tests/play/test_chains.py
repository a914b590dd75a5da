"""No choice is left: scipy's matrix exponential of the same Markov chain."""

from __future__ import annotations

import numpy as np
import play_problems as build
import pytest
from scipy.linalg import expm

from offramp.play import random_movers, solve


def test_without_players_values_are_those_of_a_birth_death_chain() -> None:
    n, until, rho = 7, 9.0, 0.1
    draw = np.random.default_rng(3)
    rise = np.append(draw.random(n - 1), 0.0)
    fall = np.insert(draw.random(n - 1), 0, 0.0)
    flow, end = draw.normal(size=n), draw.normal(size=n)
    generator = np.diag(rise[:-1], 1) + np.diag(fall[1:], -1)
    generator -= np.diag(generator.sum(axis=1))
    both = np.zeros((n + 1, n + 1))
    both[:n, :n] = generator - rho * np.eye(n)
    both[:n, n] = flow
    expected = (expm(both * until) @ np.append(end, 1.0))[:n]
    case = build.problem(
        flow[None, None],
        [],
        until=until,
        terminal=[(0, end[None])],
        rungs=build.ladders(n),
        rise=rise[None, None],
        fall=fall[None, None],
        discounts=[rho],
    )
    assert solve(case).values[0, 0] == pytest.approx(expected, abs=1e-6)
    assert solve(case, tolerance=1e-11).values[0, 0] == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize("tabulated", [False, True])
def test_at_lam_0_players_are_a_markov_chain(tabulated: bool) -> None:
    sizes, cost, pace, until = (3, 2), 0.4, (1.3, 0.6), 5.0
    flow = np.random.default_rng(1).normal(size=(6, 2, 1))
    rates, paid = np.zeros((6, 6)), np.zeros((6, 2))
    for a, b in np.ndindex(*sizes):
        here = a * 2 + b
        for to in set(range(3)) - {a}:
            rates[here, to * 2 + b] += pace[0] / 3
            paid[here, 0] += pace[0] / 3 * cost * abs(to - a)
        rates[here, a * 2 + 1 - b] += pace[1] / 2
        paid[here, 1] += pace[1] / 2 * cost
    generator = rates - np.diag(rates.sum(axis=1))
    policies = [
        build.logit(i, build.moves(sizes, i), pace=pace[i], precision=5.0 if tabulated else 0.0, cost=cost)
        for i in range(2)
    ]
    case = build.problem(flow, policies, until=until, payers=[0, 1])
    found = solve(random_movers(case) if tabulated else case, tolerance=1e-10).values
    for n in range(2):
        both = np.zeros((7, 7))
        both[:6, :6], both[:6, 6] = generator, flow[:, n, 0] - paid[:, n]
        assert found[:, n, 0] == pytest.approx((expm(both * until) @ np.eye(7)[6])[:6], abs=1e-8)
