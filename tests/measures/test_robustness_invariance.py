"""What must not change a robustness metric: unit, zero, order, direction, repetition; what weights do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offramp.measures import metrics
from offramp.measures.metrics import named_metrics
from offramp.measures.quantiles import weighted_quantiles
from offramp.measures.robustness import robustness

PAYOFF = np.array([[5, 5, 5, 5, 5, 5], [9, 8, 2, 1, 7, 6], [10, 1, 9, 0, 3, 4], [7, 6, 5, 4, 6, 7]], dtype=float).T
WEIGHTS = np.array([0.1, 0.2, 0.1, 0.3, 0.2, 0.1])
ALL = named_metrics(level=4)


def judged(payoffs, metric, **given):
    """One metric's values and ranks."""
    found = robustness(np.asarray(payoffs, dtype=float), [metric], **given)
    return found.values[0], found.ranks[0]


@pytest.mark.parametrize("metric", ALL, ids=lambda metric: metric.id)
@pytest.mark.parametrize("weights", [None, WEIGHTS], ids=["even", "weighted"])
def test_what_is_low_and_better_is_what_is_high_mirrored(metric, weights) -> None:
    mirrored = metrics.satisficing(-4) if metric.id.startswith("satisficing") else metric
    high = judged(PAYOFF, metric, weights=weights)
    low = judged(-PAYOFF, mirrored, weights=weights, better="low")
    np.testing.assert_allclose(low[0], -high[0] if metric.kind == "level" else high[0], atol=1e-12)
    np.testing.assert_array_equal(low[1], high[1])
    assert metric.direction("low") == ({"high": "low", "low": "high"}[metric.better] if metric.kind == "level"
                                       else metric.better)  # fmt: skip


@pytest.mark.parametrize("metric", ALL, ids=lambda metric: metric.id)
@given(st.sampled_from([0.25, 2.0, 8.0]), st.integers(-50, 50), st.permutations(range(6)))
def test_another_unit_another_zero_and_another_order_change_no_rank(metric, times, plus, order) -> None:
    other = metrics.satisficing(4 * times + plus) if metric.id.startswith("satisficing") else metric
    before = judged(PAYOFF, metric, weights=WEIGHTS)
    after = judged((PAYOFF * times + plus)[list(order)], other, weights=WEIGHTS[list(order)])
    moved = plus if metric.kind == "level" else 0.0
    np.testing.assert_allclose(after[0], before[0] * times**metric.power + moved, rtol=1e-9, atol=1e-9)
    np.testing.assert_array_equal(after[1], before[1])


BETWEEN_WORLDS = ("percentile-0.1", "regret-0.9", "skewness", "peakedness")
"""Percentiles lie between two worlds."""


@pytest.mark.parametrize("metric", [m for m in ALL if m.id not in BETWEEN_WORLDS], ids=lambda metric: metric.id)
def test_worlds_twice_change_nothing_else(metric) -> None:
    before, after = judged(PAYOFF, metric), judged(np.repeat(PAYOFF, 2, axis=0), metric)
    np.testing.assert_allclose(after[0], before[0], rtol=1e-13)
    np.testing.assert_array_equal(after[1], before[1])


@pytest.mark.parametrize("metric", ALL, ids=lambda metric: metric.id)
def test_weights(metric) -> None:
    """Equal ones are none, only proportions matter, and a world without weight is not there."""
    plain = judged(PAYOFF, metric)
    np.testing.assert_allclose(judged(PAYOFF, metric, weights=np.full(6, 7.0))[0], plain[0], rtol=1e-13)
    apart = judged(PAYOFF[:4], metric, weights=WEIGHTS[:4])
    gone = judged(PAYOFF, metric, weights=np.append(WEIGHTS[:4] * 3, [0, 0]))
    np.testing.assert_allclose(gone[0], apart[0], rtol=1e-12, atol=1e-12)


def test_what_ignores_weights() -> None:
    """Laplace by definition, the others for they look at one or two worlds."""
    changed = {m.id for m in ALL if not np.allclose(judged(PAYOFF, m)[0], judged(PAYOFF, m, weights=WEIGHTS)[0],
                                                    equal_nan=True)}  # fmt: skip
    assert {m.id for m in ALL} - changed == {
        "laplace", "maximin", "maximax", "hurwicz-0.5", "minimax-regret", "worst-0.1"}  # fmt: skip


def test_weighted_quantiles() -> None:
    rng = np.random.default_rng(1)
    values, shares = rng.normal(size=(40, 3)), (0.0, 0.1, 0.5, 0.93, 1.0)
    even = np.full((40, 3), 1 / 40)
    np.testing.assert_array_equal(weighted_quantiles(values, even, shares), np.quantile(values, shares, axis=0))
    nearly = even * (1 + 1e-9 * rng.normal(size=(40, 3)))
    nearly /= nearly.sum(axis=0)
    np.testing.assert_allclose(
        weighted_quantiles(values, nearly, shares), np.quantile(values, shares, axis=0), atol=1e-6
    )
    uneven = rng.random((40, 3))
    uneven /= uneven.sum(axis=0)
    found = weighted_quantiles(values, uneven, shares)
    assert (np.diff(found, axis=0) > 0).all()
    np.testing.assert_allclose(found, -weighted_quantiles(-values, uneven, [1 - share for share in shares]))
