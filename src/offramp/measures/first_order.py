"""First-order shares of variance from the draws at hand, without running anything again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from offramp.shapes import Floats, Ints

__all__ = ["FirstOrder", "first_order"]


@dataclass(frozen=True, slots=True, eq=False)
class FirstOrder:
    """Estimated shares, and how large a share noise alone produces.

    Attributes
    ----------
    shares : Floats
        ``[unknown]``; may be slightly negative. NaN for an unknown that is constant or not always finite, or
        where the outcome does not vary.
    floor : float
        The 95 % point of the largest share over all unknowns when the outcome is shuffled over the worlds:
        only a share above it should be named.
    """

    shares: Floats
    floor: float


def first_order(
    outcome: Floats, unknowns: Floats, *, seed: int, permutations: int = 200, bins: int | None = None
) -> FirstOrder:
    """Estimate Var E[outcome | unknown] / Var outcome for each unknown from one sample.

    The worlds are sorted by the unknown and cut into bins of equal size (equal values stay together); the
    share is the variance of the outcome between bins, corrected for what bins of pure noise would show: 1 -
    (1 - raw) (W - 1) / (W - M) with M bins, the adjusted correlation ratio. What remains is a bias downwards,
    for what the unknown does within a bin is not seen: a share of about 1/M^2 for a straight line, much more
    for a function that swings within a bin. Unknowns that are drawn together (an order's worths) share what
    they explain.

    Parameters
    ----------
    outcome : Floats
        ``[world]``, finite.
    unknowns : Floats
        ``[world, unknown]``, the drawn values or points.
    seed : int
        Of the permutations.
    permutations : int, optional
    bins : int, optional
        By default the root of half the number of worlds, from 2 to 32.

    References
    ----------
    Plischke, E., Borgonovo, E. and Smith, C. L. (2013). Global sensitivity measures from given data. European
    Journal of Operational Research 226(3), 536-550.

    Kelley, T. L. (1935). An unbiased correlation ratio measure. Proceedings of the National Academy of
    Sciences 21(9), 554-559.
    """
    outcome, unknowns = np.asarray(outcome, dtype=np.float64), np.asarray(unknowns, dtype=np.float64)
    if outcome.ndim != 1 or unknowns.ndim != 2 or len(outcome) != len(unknowns):
        raise ValueError("outcome must be [world] and unknowns [world, unknown]")
    if not np.isfinite(outcome).all():
        raise ValueError("outcomes must be finite; leave failed worlds out")
    worlds, count = unknowns.shape
    if bins is None:
        bins = int(np.clip(round((worlds / 2.0) ** 0.5), 2, 32))
    shares = np.full(count, np.nan)
    scale = float(np.abs(outcome).max(initial=0.0))
    if worlds < 2 * bins or float(outcome.std()) <= 1e-12 * scale:
        return FirstOrder(shares, np.nan)
    standard = (outcome - outcome.mean()) / outcome.std()
    rng = np.random.default_rng(seed)
    shuffled = rng.permuted(np.repeat(standard[None, :], permutations, axis=0), axis=1)
    both = np.vstack((standard, shuffled)).T.copy()
    largest = np.full(permutations, -np.inf)
    for column in range(count):
        if not np.isfinite(unknowns[:, column]).all():
            continue
        order = np.argsort(unknowns[:, column], kind="stable")
        starts = _bin_starts(unknowns[order, column], bins)
        if len(starts) < 2:
            continue
        found = _adjusted(both[order], starts)
        shares[column] = found[0]
        np.maximum(largest, found[1:], out=largest)
    if not np.isfinite(largest).all():
        return FirstOrder(shares, np.nan)
    return FirstOrder(shares, float(np.quantile(largest, 0.95)))


def _bin_starts(ordered: Floats, bins: int) -> Ints:
    """Where the bins begin in the sorted values; equal values share a bin, and bins that this empties go."""
    wanted = np.linspace(0, len(ordered), bins + 1)[:-1].round().astype(np.int64)
    moved = np.searchsorted(ordered, ordered[wanted], side="left")
    if len(np.unique(ordered)) <= bins:
        moved = np.flatnonzero(np.concatenate(([True], ordered[1:] > ordered[:-1])))
    return np.unique(moved)


def _adjusted(rows: Floats, starts: Ints) -> Floats:
    """Adjusted correlation ratio of each column of standardised outcomes, sorted by the unknown."""
    worlds = len(rows)
    sizes = np.diff(np.append(starts, worlds))
    sums = np.add.reduceat(rows, starts, axis=0)
    raw = (sums**2 / sizes[:, None]).sum(axis=0) / worlds
    return np.asarray(1.0 - (1.0 - raw) * (worlds - 1) / (worlds - len(starts)))
