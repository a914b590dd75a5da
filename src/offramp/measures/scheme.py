"""The first two of the three steps of a robustness metric: transform the numbers, choose a subset of the worlds.

Every step takes a `Sample`, so that any transform goes with any subset and any aggregate (aggregates.py):
``mean(worst_share(0.1)(regrets(sample)))`` is the mean regret over the tenth of the worlds in which it is largest.

* transforms: `outcome`, `regrets`, `shortfalls`, `reached`, `regret_within`
* subsets: `every`, `equally`, `worst`, `best`, `worst_and_best`, `quantiles`, `worst_share`

References
----------
Acerbi, C. and Tasche, D. (2002). On the coherence of expected shortfall. Journal of Banking & Finance 26(7),
1487-1503.

McPhail, C., Maier, H. R., Kwakkel, J. H., Giuliani, M., Castelletti, A. and Westra, S. (2018). Robustness metrics:
how are they calculated, when should they be used and why do they give different results? Earth's Future 6(2),
169-191.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from offramp.measures.quantiles import in_order, weighted_quantiles
from offramp.shapes import Floats

__all__ = [
    "Better",
    "Sample",
    "Step",
    "best",
    "equally",
    "every",
    "outcome",
    "quantiles",
    "reached",
    "regret_within",
    "regrets",
    "shortfalls",
    "worst",
    "worst_and_best",
    "worst_share",
]

Better = Literal["high", "low"]


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Numbers of every strategy in some worlds.

    Attributes
    ----------
    values : Floats
        ``[world, ..., strategy]``, finite; axes in between are resamples of the worlds. What a subset leaves may be
        fewer rows, of other worlds for each strategy.
    weights : Floats
        The same shape, not negative; over the worlds they add up to 1.
    better : {"high", "low"}
        Which direction is good for `values`.
    """

    values: Floats
    weights: Floats
    better: Better


Step = Callable[[Sample], Sample]


def outcome(sample: Sample) -> Sample:
    """The numbers themselves."""
    return sample


def regrets(sample: Sample) -> Sample:
    """How far each strategy falls behind the best one of the same world; low is better."""
    values = sample.values if sample.better == "high" else -sample.values
    return replace(sample, values=values.max(axis=-1, keepdims=True) - values, better="low")


def shortfalls(sample: Sample) -> Sample:
    """How far each strategy falls behind its own median, 0 where it does not; low is better."""
    median = weighted_quantiles(sample.values, sample.weights, (0.5,))
    behind = median - sample.values if sample.better == "high" else sample.values - median
    return replace(sample, values=np.maximum(behind, 0.0), better="low")


def reached(level: float) -> Step:
    """1 where the number is `level` or better, else 0."""

    def step(sample: Sample) -> Sample:
        good = sample.values >= level if sample.better == "high" else sample.values <= level
        return replace(sample, values=good.astype(np.float64), better="high")

    return step


def regret_within(most: float) -> Step:
    """1 where the strategy is at most so far behind the best one of the same world, else 0."""
    return lambda sample: reached(most)(regrets(sample))


def every(sample: Sample) -> Sample:
    """All worlds, by their weights."""
    return sample


def equally(sample: Sample) -> Sample:
    """All worlds, each counting the same whatever its weight."""
    return replace(sample, weights=np.broadcast_to(1.0 / len(sample.values), sample.values.shape))


def worst(sample: Sample) -> Sample:
    """The worst number of each strategy, in whichever world that is."""
    return _ends(sample, (sample.values.min if sample.better == "high" else sample.values.max)(axis=0)[None])


def best(sample: Sample) -> Sample:
    """The best number of each strategy."""
    return _ends(sample, (sample.values.max if sample.better == "high" else sample.values.min)(axis=0)[None])


def worst_and_best(sample: Sample) -> Sample:
    """The worst number of each strategy, then its best."""
    return _ends(sample, np.concatenate((worst(sample).values, best(sample).values)))


def quantiles(*shares: float) -> Step:
    """The numbers than which so large shares of the worlds are worse, one row for each share."""

    def step(sample: Sample) -> Sample:
        wanted = shares if sample.better == "high" else tuple(1.0 - share for share in shares)
        return _ends(sample, weighted_quantiles(sample.values, sample.weights, wanted))

    return step


def worst_share(share: float) -> Step:
    """The worst worlds of each strategy that make up so large a share of them.

    The world at the edge counts in part, so that the share is exact for any number of worlds (Acerbi and Tasche
    2002).
    """

    def step(sample: Sample) -> Sample:
        sign = 1.0 if sample.better == "high" else -1.0
        ordered, weights = in_order(sign * sample.values, sample.weights)
        before = np.cumsum(weights, axis=0) - weights
        kept = np.clip(share - before, 0.0, weights)
        kept /= kept.sum(axis=0)
        return replace(sample, values=sign * ordered, weights=kept)

    return step


def _ends(sample: Sample, values: Floats) -> Sample:
    return replace(sample, values=values, weights=np.broadcast_to(1.0 / len(values), values.shape))
