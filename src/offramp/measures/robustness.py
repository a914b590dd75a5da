"""Which strategy each robustness metric prefers, and where the metrics disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from offramp.measures.metric import Metric
from offramp.measures.scheme import Better, Sample
from offramp.shapes import Bools, Floats, Numbers

__all__ = ["Robustness", "checked", "robustness", "winners_stay"]


@dataclass(frozen=True, slots=True, eq=False)
class Robustness:
    """Every strategy judged by every metric.

    Attributes
    ----------
    metrics : tuple of Metric
    better : tuple of {"high", "low"}
        Which direction of each metric is good for this outcome.
    values : Floats
        ``[metric, strategy]``; NaN where the metric has no meaning (the skewness of what does not vary).
    ranks : Floats
        ``[metric, strategy]``, whole numbers from 1, the best. Ties share the better rank, and the next ones are left
        out: 1, 1, 3. NaN where the value is.
    """

    metrics: tuple[Metric, ...]
    better: tuple[Better, ...]
    values: Floats
    ranks: Floats

    @property
    def winners(self) -> tuple[tuple[int, ...], ...]:
        """The strategies of rank 1 under each metric; none where it has no meaning for any."""
        return tuple(tuple(np.flatnonzero(ranks == 1).tolist()) for ranks in self.ranks)

    @property
    def disagree(self) -> Bools:
        """Which metrics name different winners, ``[metric, metric]``: both name some, and none that both name."""
        first = self.ranks == 1
        some = first.any(axis=1)
        return np.asarray(some[:, None] & some & ((first.astype(np.int64) @ first.T.astype(np.int64)) == 0))


def robustness(
    payoffs: Floats,
    metrics: Sequence[Metric],
    *,
    weights: Floats | None = None,
    better: Better = "high",
    tie: float = 0.0,
) -> Robustness:
    """Judge every strategy by every metric.

    Parameters
    ----------
    payoffs : Floats
        ``[world, strategy]``, one outcome or a mix of outcomes, all finite. A world that failed under one strategy has
        to be left out under all: it is refused here, for leaving it out changes what the share of the worlds is a share
        of, and the caller has to count it.
    metrics : sequence of Metric
        See `named_metrics`.
    weights : Floats, optional
        ``[world]``, 0 or more; only their proportions matter. A world of weight 0 counts in nothing, not even as the
        worst. By default all count the same.
    better : {"high", "low"}, optional
        Which direction of the outcome is good.
    tie : float, optional
        Values in the outcome's unit that lie no farther apart share a rank, as do, in any case, values within 1e-9 of
        the outcome's scale. Ties chain: a with b and b with c puts all three together.

    Raises
    ------
    ValueError
        Shapes do not fit, there is no strategy or no world, a payoff is not finite, weights are negative or all 0,
        `tie` is negative, or two metrics have the same id.

    References
    ----------
    McPhail, C. et al. (2018), see scheme.py.
    """
    payoffs, shares = checked(payoffs, weights, better)
    if not tie >= 0.0:
        raise ValueError(f"tie must be 0 or more, not {tie}")
    if len({metric.id for metric in metrics}) < len(metrics):
        raise ValueError("two metrics have the same id")
    counts = shares > 0.0
    kept = np.ascontiguousarray(payoffs[counts])
    sample = Sample(kept, np.broadcast_to(shares[counts, None], kept.shape), better)
    values, ranks = np.empty((2, len(metrics), kept.shape[1]))
    for row, metric in enumerate(metrics):
        values[row] = metric.of(sample)
        ranks[row] = _ranks(values[row], metric.direction(better), _apart(metric, kept, tie))
    return Robustness(tuple(metrics), tuple(metric.direction(better) for metric in metrics), values, ranks)


def winners_stay(
    payoffs: Floats, found: Robustness, *, better: Better = "high", tie: float = 0.0, seed: int, resamples: int = 200
) -> Floats:
    """Say in which share of resamples of the worlds the winner of each metric still wins.

    Worlds are drawn with replacement, the same for all metrics. Where strategies tie, one of those that win has to.

    Parameters
    ----------
    payoffs, better, tie
        As given to `robustness`; every world counts the same.
    found : Robustness
        What that returned.
    seed : int
    resamples : int, optional

    Returns
    -------
    Floats
        ``[metric]``; NaN where the metric has no winner, or does not speak for one.

    References
    ----------
    Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman & Hall.
    """
    worlds = len(payoffs)
    drawn = payoffs[np.random.default_rng(seed).integers(worlds, size=(worlds, resamples))]
    sample = Sample(drawn, np.broadcast_to(1.0 / worlds, drawn.shape), better)
    stays = np.full(len(found.metrics), np.nan)
    for row, (metric, winners) in enumerate(zip(found.metrics, found.winners, strict=True)):
        if metric.votes and winners:
            values = metric.of(sample) * (1.0 if found.better[row] == "high" else -1.0)
            ahead = values[:, list(winners)].max(axis=1) - values.max(axis=1)
            stays[row] = float((ahead >= -_apart(metric, payoffs, tie)).mean())
    return stays


def _apart(metric: Metric, payoffs: Floats, tie: float) -> float:
    """How far apart two values of a metric lie that are told apart."""
    return max(1e-9 * float(np.abs(payoffs).max()) ** metric.power, tie if metric.power == 1 else 0.0)


def checked(payoffs: Numbers, weights: Numbers | None, better: str) -> tuple[Floats, Floats]:
    """Return payoffs ``[world, strategy]`` and shares ``[world]`` that add up to 1, or raise ValueError."""
    payoffs = np.asarray(payoffs, dtype=np.float64)
    if payoffs.ndim != 2 or 0 in payoffs.shape:
        raise ValueError(f"payoffs must be [world, strategy], at least one of each, not {payoffs.shape}")
    if better not in ("high", "low"):
        raise ValueError(f"better must be high or low, not {better}")
    worlds = len(payoffs)
    failed = int((~np.isfinite(payoffs)).any(axis=1).sum())
    if failed:
        raise ValueError(f"payoffs must be finite; leave out, under every strategy, {failed} of {worlds} worlds")
    given = np.ones(worlds) if weights is None else np.asarray(weights, dtype=np.float64)
    if given.shape != (worlds,):
        raise ValueError(f"weights must be one number for each of {worlds} worlds, not {given.shape}")
    if not (np.isfinite(given).all() and (given >= 0.0).all() and given.any()):
        raise ValueError("weights must be 0 or more, finite, and not all 0")
    return payoffs, given / given.sum()


def _ranks(values: Floats, better: Better, apart: float) -> Floats:
    """1 for the best; a value farther than `apart` from the one before it begins a new rank."""
    ranks = np.full(len(values), np.nan)
    worst_last = -values if better == "high" else values
    order = np.argsort(worst_last, kind="stable")[: int(np.isfinite(values).sum())]
    if len(order):
        begins = np.concatenate(([True], np.diff(worst_last[order]) > apart))
        places = np.arange(1, len(order) + 1)
        ranks[order] = np.maximum.accumulate(np.where(begins, places, 0))
    return ranks
