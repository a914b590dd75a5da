"""Vectors told as such compute what loops over numbers compute."""

from __future__ import annotations

import numpy as np
import pytest
from numba import njit

from offramp.play.kernels.exponential import exp
from offramp.play.kernels.lanes import WIDTH, above, exp_lanes, larger, load, smaller, spread, store


@njit
def exponentials(x, out):
    for q in range(0, x.shape[1], WIDTH):
        for n in range(x.shape[0]):
            store(out, (n, q), exp_lanes(load(x, (n, q))))


@njit
def sums(x, y, out):
    for q in range(0, x.shape[0], WIDTH):
        total = spread(x, 1.0) - 2.0 * load(x, q) / load(y, q)
        total += larger(load(x, q), load(y, q)) * smaller(load(x, q), load(y, q))
        store(out, q, total)


@njit
def all_above(x, bound):
    return above(load(x, 0), bound)


BOTH = [(np.float64, 1e-15), (np.float32, 2e-7)]


@pytest.mark.parametrize(("number", "error"), BOTH)
def test_exponential(number, error) -> None:
    low, high = (-700, 700) if number is np.float64 else (-87, 88)
    x = np.concatenate([np.linspace(low, high, 792), np.linspace(-1, 1, 8)]).reshape(-1, 16).astype(number)
    out = np.empty_like(x)
    exponentials(x, out)
    assert out.ravel() == pytest.approx(np.exp(x.astype(np.longdouble)).ravel().astype(number), rel=error)


def test_exponential_is_that_of_the_loops_over_numbers() -> None:
    x = np.linspace(-800, 800, 800).reshape(-1, 16)
    out = np.empty_like(x)
    exponentials(x, out)
    assert out.ravel().tolist() == pytest.approx([exp(v) for v in x.ravel()], rel=1e-15)


def test_exponential_is_clipped_and_stays_finite_in_single_precision() -> None:
    x = np.array([[-1e30, -200.0, -87.0, 0.0, 88.0, 89.0, 200.0, 1e30]], dtype=np.float32)
    out = np.empty_like(x)
    exponentials(x, out)
    assert np.isfinite(out).all()
    assert (out[0, :3] > 0).all()
    assert out[0, 3] == 1.0


@pytest.mark.parametrize(("number", "error"), BOTH)
def test_arithmetic(number, error) -> None:
    x, y = np.random.default_rng(0).normal(size=(2, 32)).astype(number)
    out = np.empty_like(x)
    sums(x, y, out)
    expected = 1.0 - 2.0 * x / y + np.maximum(x, y) * np.minimum(x, y)
    assert out == pytest.approx(expected, rel=20 * error, abs=20 * error)


@pytest.mark.parametrize("number", [np.float32, np.float64])
def test_all_above(number) -> None:
    x = np.arange(1.0, 9.0).astype(number)
    assert all_above(x, 0.5)
    assert not all_above(x, 1.0)
    x[5] = np.nan
    assert not all_above(x, 0.5)
