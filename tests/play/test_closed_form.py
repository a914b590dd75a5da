"""One player, two states: closed forms derived here.

With flows u0 and u1, u = u1 - u0, s the time left, x = V1 - V0 and no switching costs, both states choose alike, so
dx/ds = u - pace x and x = u (1 - exp(-pace s)) / pace, whatever the precision; V0 is the integral of
u0 + pace x / (1 + exp(-precision x)). At lam = 0 the share is 1/2, at lam = infinity 1, and the integral is elementary.
If state 1 cannot be left, dx/ds = u - pace x / (1 + exp(-precision x)) is separable: s as an integral over x.
"""

from __future__ import annotations

import numpy as np
import play_problems as build
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq

from offramp.play import solve


@pytest.mark.parametrize("precision", [0.0, 0.5, 3.0, 40.0])
def test_one_player_two_states(precision: float) -> None:
    pace, u0, u1, until = 0.8, 0.3, 1.1, 7.0
    case = build.problem(
        [[[u0]], [[u1]]], [build.logit(0, build.moves((2,), 0), pace=pace, precision=precision)], until=until
    )
    values = solve(case, tolerance=1e-11).values[:, 0, 0]
    gap = lambda s: (u1 - u0) * (1 - np.exp(-pace * s)) / pace  # noqa: E731
    assert values[1] - values[0] == pytest.approx(gap(until), abs=1e-9)
    earned = quad(lambda s: u0 + pace * gap(s) / (1 + np.exp(-precision * gap(s))), 0, until, epsabs=1e-13)[0]
    assert values[0] == pytest.approx(earned, abs=1e-9)


def test_one_player_two_states_at_lam_0_and_hard() -> None:
    pace, u, until = 0.8, 0.8, 7.0
    decay = (until - (1 - np.exp(-pace * until)) / pace) * u
    for precision, share in [(0.0, 0.5), (1e7, 1.0)]:
        case = build.problem(
            [[[0.0]], [[u]]], [build.logit(0, build.moves((2,), 0), pace=pace, precision=precision)], until=until
        )
        assert solve(case, tolerance=1e-9).values[0, 0, 0] == pytest.approx(share * decay, abs=1e-6)


def test_one_player_two_states_irreversible() -> None:
    """ds = dx / (u - pace x p(x)): time as a quadrature, inverted."""
    pace, u, until, precision = 0.8, 0.5, 6.0, 2.0
    allowed = np.array([[True, True], [False, True]])
    case = build.problem(
        [[[0.0]], [[u]]],
        [build.logit(0, build.moves((2,), 0, allowed=allowed), pace=pace, precision=precision)],
        until=until,
    )
    values = solve(case, tolerance=1e-11).values[:, 0, 0]
    speed = lambda x: u - pace * x / (1 + np.exp(-precision * x))  # noqa: E731
    most = brentq(speed, 0.0, 10.0, xtol=1e-15)
    reached = lambda x: quad(lambda y: 1 / speed(y), 0, x, epsabs=1e-12)[0] - until  # noqa: E731
    gap = brentq(reached, 0.0, most * (1 - 1e-6), xtol=1e-13)
    assert values[1] == pytest.approx(u * until, abs=1e-9)
    assert values[1] - values[0] == pytest.approx(gap, abs=1e-8)
