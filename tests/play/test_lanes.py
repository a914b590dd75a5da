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
        total = spread(1.0) - 2.0 * load(x, q) / load(y, q)
        total += larger(load(x, q), load(y, q)) * smaller(load(x, q), load(y, q))
        store(out, q, total)


@njit
def all_above(x, bound):
    return above(load(x, 0), bound)


def test_exponential_has_the_same_bits() -> None:
    x = np.concatenate([np.linspace(-800, 800, 792), np.linspace(-1, 1, 8)]).reshape(-1, 16)
    out = np.empty_like(x)
    exponentials(x, out)
    assert out.ravel().tolist() == pytest.approx([exp(v) for v in x.ravel()], rel=1e-15)


def test_arithmetic() -> None:
    x, y = np.random.default_rng(0).normal(size=(2, 32))
    out = np.empty_like(x)
    sums(x, y, out)
    assert out == pytest.approx(1.0 - 2.0 * x / y + np.maximum(x, y) * np.minimum(x, y), rel=1e-14)


def test_all_above() -> None:
    x = np.arange(1.0, 9.0)
    assert all_above(x, 0.5)
    assert not all_above(x, 1.0)
    x[5] = np.nan
    assert not all_above(x, 0.5)
