"""The third step of a robustness metric: make one number of each strategy's numbers (see scheme.py).

Each takes a `Sample` and returns ``[strategy]``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from offramp.measures.scheme import Sample
from offramp.shapes import Floats

__all__ = [
    "Aggregate",
    "deviation",
    "mean",
    "mean_and_deviation",
    "mix",
    "peak",
    "ratio",
    "skew",
    "total",
    "variance",
]

Aggregate = Callable[[Sample], Floats]


def mean(sample: Sample) -> Floats:
    """The mean, by weight; of a single column that column."""
    first = sample.values[:, :1]  # counted from here, what does not vary comes out exactly
    return np.asarray(first[:, 0] + ((sample.values - first) * sample.weights).sum(axis=1))


def total(sample: Sample) -> Floats:
    """The mean times the number of worlds: the sum, where all weigh the same."""
    return mean(sample) * sample.worlds


def mix(*parts: float) -> Aggregate:
    """The columns times the parts, added up."""
    return lambda sample: np.asarray(sample.values @ np.asarray(parts, dtype=np.float64))


def variance(*, corrected: bool = False) -> Aggregate:
    """The variance; `corrected` for the estimated mean: times n / (n - 1), with weights 1 / (1 - sum of squares)."""

    def over(sample: Sample) -> Floats:
        found = (sample.weights * (sample.values - mean(sample)[:, None]) ** 2).sum(axis=1)
        if not corrected:
            return np.asarray(found)
        left = 1.0 - (sample.weights**2).sum(axis=1)
        return np.asarray(np.divide(found, left, out=np.full(len(found), np.nan), where=left > 1e-12))

    return over


def deviation(sample: Sample) -> Floats:
    """The standard deviation, not corrected."""
    return np.asarray(np.sqrt(variance()(sample)))


def mean_and_deviation(times: float) -> Aggregate:
    """The mean, made worse by so many standard deviations."""
    return lambda sample: mean(sample) + (-times if sample.better == "high" else times) * deviation(sample)


def ratio(sample: Sample) -> Floats:
    """(mean + 1) / (corrected standard deviation + 1); where low is better their product."""
    first, second = mean(sample) + 1.0, np.sqrt(variance(corrected=True)(sample)) + 1.0
    return np.asarray(first / second if sample.better == "high" else first * second)


def skew(sample: Sample) -> Floats:
    """From the quantiles at 0.1, 0.5 and 0.9: how far the middle of the outer two lies beyond the median, -1 to 1."""
    low, middle, high = sample.values.T
    return _divided((high + low) / 2.0 - middle, (high - low) / 2.0, sample)


def peak(sample: Sample) -> Floats:
    """From the quantiles at 0.1, 0.25, 0.75 and 0.9: the width of the outer two in widths of the inner, at least 1."""
    lowest, low, high, highest = sample.values.T
    return _divided(highest - lowest, high - low, sample)


def _divided(above: Floats, below: Floats, sample: Sample) -> Floats:
    """NaN where what is divided by is nothing but rounding."""
    there = np.abs(below) > 1e-12 * np.abs(sample.values).max(axis=1)
    return np.asarray(np.divide(above, below, out=np.full(len(above), np.nan), where=there))
