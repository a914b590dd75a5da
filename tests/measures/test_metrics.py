"""Each robustness metric on a table worked by hand, and its words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from offramp.measures import aggregates, metrics, scheme
from offramp.measures.metrics import named_metrics
from offramp.measures.robustness import robustness

ALL = named_metrics(level=4)

HAND = np.array([[0.0, 10.0, 4.0, 4.0], [3.0, 5.0, 3.0, 5.0]]).T
"""``[world, strategy]``. Regrets: 3 0 0 1 and 0 5 1 0. Sorted: 0 4 4 10 and 3 3 5 5."""


@pytest.mark.parametrize(
    ("metric", "values", "ranks"),
    [
        (metrics.MAXIMIN, [0, 3], [2, 1]),
        (metrics.MAXIMAX, [10, 5], [1, 2]),
        (metrics.hurwicz(0.25), [2.5, 3.5], [2, 1]),
        (metrics.LAPLACE, [4.5, 4], [1, 2]),
        (metrics.mean_variance(), [4.5 - 12.75**0.5, 3], [2, 1]),
        (metrics.mean_variance(0), [4.5, 4], [1, 2]),
        (metrics.MINIMAX_REGRET, [3, 5], [1, 2]),
        (metrics.regret_percentile(0.5), [0.5, 0.5], [1, 1]),
        (metrics.best_share(), [0.5, 0.5], [1, 1]),
        (metrics.best_share(1), [0.75, 0.75], [1, 1]),
        (metrics.best_share(3), [1, 0.75], [1, 2]),
        (metrics.satisficing(4), [0.75, 0.5], [1, 2]),
        (metrics.percentile(0.5), [4, 4], [1, 1]),
        (metrics.mean_of_worst(0.1), [0, 3], [2, 1]),
        (metrics.mean_of_worst(0.375), [4 * 0.125 / 0.375, 3], [2, 1]),
        (metrics.mean_of_worst(1), [4.5, 4], [1, 2]),
        (metrics.UNDESIRABLE_DEVIATIONS, [1, 0.5], [2, 1]),
        (metrics.PEAKEDNESS, [(8.2 - 1.2) / (5.5 - 3), (5 - 3) / (5 - 3)], [1, 2]),
        (metrics.SKEWNESS, [(4.7 - 4) / 3.5, 0], [2, 1]),
    ],
)
def test_by_hand(metric, values, ranks) -> None:
    found = robustness(HAND, [metric])
    np.testing.assert_allclose(found.values[0], values, rtol=1e-13, atol=1e-14)
    assert found.ranks[0].tolist() == ranks


def test_the_steps_go_together_in_any_way() -> None:
    sample = scheme.Sample(HAND, np.full(HAND.shape, 0.25), "high")
    assert aggregates.mean(scheme.worst_share(0.5)(scheme.regrets(sample))).tolist() == [2, 3]
    assert aggregates.mean(scheme.worst(scheme.shortfalls(sample))).tolist() == [4, 1]
    assert aggregates.mean(scheme.worst_share(0.5)(sample)).tolist() == [2, 3]
    assert aggregates.mean(scheme.regret_within(1)(sample)).tolist() == [0.75, 0.75]
    low = replace(sample, better="low")
    assert scheme.worst_and_best(low).values.tolist() == [[10, 5], [0, 3]]
    assert scheme.worst(scheme.regrets(low)).values.tolist() == [[5, 3]]


@pytest.mark.parametrize("metric", ALL, ids=lambda metric: metric.id)
def test_resamples_side_by_side_are_resamples_one_by_one(metric) -> None:
    values = np.random.default_rng(1).normal(size=(20, 3))
    drawn = values[np.random.default_rng(2).integers(20, size=(20, 5))]
    together = metric.of(scheme.Sample(drawn, np.full(drawn.shape, 1 / 20), "high"))
    apart = [robustness(drawn[:, n], [metric]).values[0] for n in range(5)]
    np.testing.assert_allclose(together, apart, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("wrong", [lambda: metrics.hurwicz(1.1), lambda: metrics.percentile(10),
                                   lambda: metrics.mean_of_worst(0), lambda: metrics.regret_percentile(1),
                                   lambda: metrics.mean_variance(-1), lambda: metrics.satisficing(np.nan),
                                   lambda: metrics.best_share(-1)])  # fmt: skip
def test_unfit_numbers_are_refused(wrong) -> None:
    with pytest.raises(ValueError, match="must"):
        wrong()


def test_every_metric_says_what_it_asks() -> None:
    assert len({metric.id for metric in ALL}) == len(ALL)
    for metric in ALL:
        assert metric.asks[0].isupper()
        assert metric.asks.endswith(".")
        assert any(character.isdigit() for character in metric.source)
        assert metric.votes == (metric.kind != "spread")
    assert "worst 10 %" in metrics.mean_of_worst().asks
    assert [m.id for m in named_metrics()] == [m.id for m in ALL if m.id != "satisficing-4"]
    assert [m.id for m in ALL if m.extreme] == ["maximin", "hurwicz-0.5", "maximax", "minimax-regret"]
    assert named_metrics()[0].id == "worst-0.1"
    assert next(m.id for m in ALL if m.kind == "regret") == "regret-0.9"
