"""How easily chance alone would put so many worlds of interest into a box."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from offramp.measures.boxes import Box, Limit, Sample
from offramp.shapes import Floats

__all__ = ["binomial_tail", "hypergeometric_tail", "quasi_p"]


def quasi_p(box: Box, sample: Sample) -> tuple[tuple[float, float], ...]:
    """For each end of each limit: would the box be as dense without it, but for chance?

    The end is taken away and the others stay. Were each world of interest with the share of that wider box,
    independently: how probable are so many of interest, or more, among as many worlds as the box holds? Quasi,
    since the limits were chosen on the same worlds as the best of many: a small value is needed, and proves nothing.

    Parameters
    ----------
    box : Box
    sample : Sample
        The worlds that the box was found on.

    Returns
    -------
    tuple of pairs
        One for each limit of the box, in its order: of the low end and of the high end, NaN where that end is open.
        A category has a first value only.

    References
    ----------
    Bryant, B. P. and Lempert, R. J. (2010). Thinking inside the box: a participatory, computer-assisted approach to
    scenario discovery. Technological Forecasting and Social Change 77(1), 34-49.
    """
    inside = sample.fit(box)

    def against(wider: Box) -> float:
        around = sample.fit(wider)
        return binomial_tail(inside.hits, inside.worlds, around.density) if inside.worlds else 1.0

    def ends(limit: Limit) -> tuple[float, float]:
        if limit.kind == "category":
            return against(box.without(limit.column)), math.nan
        return (
            against(box.limited(replace(limit, low=-math.inf))) if limit.low > -math.inf else math.nan,
            against(box.limited(replace(limit, high=math.inf))) if limit.high < math.inf else math.nan,
        )

    return tuple(ends(limit) for limit in box.limits)


def binomial_tail(hits: int, trials: int, share: float) -> float:
    """Return the probability of `hits` or more in independent trials, each a hit with probability `share`.

    To about 1e-9 of its value, for up to a million trials.
    """
    if hits <= 0:
        return 1.0
    if hits > trials or share <= 0.0:
        return 0.0
    if share >= 1.0:
        return 1.0
    first = _log_choose(trials, hits) + hits * math.log(share) + (trials - hits) * math.log1p(-share)
    more = np.arange(hits + 1, trials + 1, dtype=np.float64)
    return _tail(first, (trials - more + 1.0) / more * (share / (1.0 - share)))


def hypergeometric_tail(hits: int, drawn: int, worlds: int, interesting: int) -> float:
    """Return the probability of `hits` or more among the drawn, of `worlds` of which some are interesting.

    This is how often labels that are shuffled over the worlds do as well in a given box.

    References
    ----------
    Fisher, R. A. (1935). The Design of Experiments. Oliver & Boyd, chapter 2.
    """
    others = worlds - interesting
    if hits <= max(0, drawn - others):
        return 1.0
    if hits > min(drawn, interesting):
        return 0.0
    first = _log_choose(interesting, hits) + _log_choose(others, drawn - hits) - _log_choose(worlds, drawn)
    more = np.arange(hits + 1, min(drawn, interesting) + 1, dtype=np.float64)
    return _tail(first, (interesting - more + 1.0) * (drawn - more + 1.0) / (more * (others - drawn + more)))


def _tail(first: float, ratios: Floats) -> float:
    """Add up probabilities, from the logarithm of the first and the ratio of each other to the one before it."""
    logs = first + np.concatenate(([0.0], np.log(ratios).cumsum()))
    return min(1.0, float(np.exp(logs).sum()))


def _log_choose(count: int, chosen: int) -> float:
    return math.lgamma(count + 1) - math.lgamma(chosen + 1) - math.lgamma(count - chosen + 1)
