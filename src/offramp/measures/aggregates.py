"""The third step of a robustness metric: make one number of each strategy's numbers (see scheme.py).

Each takes a `Sample` and returns ``[..., strategy]``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from offramp.measures.scheme import Sample
from offramp.shapes import Floats

__all__ = ["Aggregate", "deviation", "mean", "mean_and_deviation", "mix", "peak", "skew"]

Aggregate = Callable[[Sample], Floats]


def mean(sample: Sample) -> Floats:
    """The mean, by weight; of a single row that row."""
    first = sample.values[0]  # counted from here, what does not vary comes out exactly
    return np.asarray(first + ((sample.values - first) * sample.weights).sum(axis=0))


def mix(*parts: float) -> Aggregate:
    """The rows times the parts, added up."""
    return lambda sample: np.asarray(np.tensordot(np.asarray(parts, dtype=np.float64), sample.values, axes=1))


def deviation(sample: Sample) -> Floats:
    """The standard deviation, not corrected for the estimated mean."""
    return np.asarray(np.sqrt((sample.weights * (sample.values - mean(sample)) ** 2).sum(axis=0)))


def mean_and_deviation(times: float) -> Aggregate:
    """The mean, made worse by so many standard deviations."""
    return lambda sample: mean(sample) + (-times if sample.better == "high" else times) * deviation(sample)


def skew(sample: Sample) -> Floats:
    """From the quantiles at 0.1, 0.5 and 0.9: how far the middle of the outer two lies beyond the median, -1 to 1."""
    low, middle, high = sample.values
    return _divided((high + low) / 2.0 - middle, (high - low) / 2.0, sample)


def peak(sample: Sample) -> Floats:
    """From the quantiles at 0.1, 0.25, 0.75 and 0.9: the width of the outer two in widths of the inner, at least 1."""
    lowest, low, high, highest = sample.values
    return _divided(highest - lowest, high - low, sample)


def _divided(above: Floats, below: Floats, sample: Sample) -> Floats:
    """NaN where what is divided by is nothing but rounding."""
    there = np.abs(below) > 1e-12 * np.abs(sample.values).max(axis=0)
    return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=there))
