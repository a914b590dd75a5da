"""The one unknown and value that best separate two kinds of worlds, where noise would not do as well."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from offramp.shapes import Bools, Floats, Ints, Numbers

__all__ = ["Split", "find_split"]

_MOST_CUTS = 256
"""Where more are possible, as many are tried, evenly over the worlds."""


@dataclass(frozen=True, slots=True)
class Split:
    """A threshold on one unknown.

    Attributes
    ----------
    column : int
        The unknown.
    value : float
        Halfway between the two values nearest to the cut.
    holds_above : bool
        The label is mostly true above the value (else below).
    accuracy : float
        Share of the worlds on the right side.
    balanced_accuracy : float
        The mean of the shares of true worlds and of false worlds on the right side: what is maximised.
    share_above, share_below : float
        Share of the worlds above, and of those below, for which the label is true.
    p_value : float
        How often shuffled labels are separated at least as well, by whichever unknown does it best.
    """

    column: int
    value: float
    holds_above: bool
    accuracy: float
    balanced_accuracy: float
    share_above: float
    share_below: float
    p_value: float


def find_split(
    labels: Bools, unknowns: Floats, *, seed: int, permutations: int = 400, level: float = 0.05
) -> Split | None:
    """Find the threshold on a single unknown that best separates true from false worlds.

    Every cut between two neighbouring values is tried that leaves at least three worlds, and 5 % of them, on
    either side (in samples of many worlds 256 of these cuts, evenly over the worlds). The best is named only
    if its balanced accuracy lies beyond the 95th percentile of what shuffled labels give when all unknowns
    and cuts are searched in the same way: one false name in twenty searches, not per unknown.

    Parameters
    ----------
    labels : Bools
        ``[world]``
    unknowns : Floats
        ``[world, unknown]``. Constant columns, and those with values that are not finite, are skipped.
    seed : int
        Of the permutations.
    permutations : int, optional
    level : float, optional
        The largest `p_value` that is named.

    Returns
    -------
    Split or None
        None where no threshold separates better than chance, or there is nothing to separate.

    References
    ----------
    Westfall, P. H. and Young, S. S. (1993). Resampling-Based Multiple Testing. Wiley (the maximum over all
    tests).

    Phipson, B. and Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical Applications
    in Genetics and Molecular Biology 9(1), 39.

    Bryant, B. P. and Lempert, R. J. (2010). Thinking inside the box: a participatory, computer-assisted
    approach to scenario discovery. Technological Forecasting and Social Change 77(1), 34-49.
    """
    labels, unknowns = np.asarray(labels, dtype=np.bool_), np.asarray(unknowns, dtype=np.float64)
    if labels.ndim != 1 or unknowns.ndim != 2 or len(labels) != len(unknowns):
        raise ValueError("labels must be [world] and unknowns [world, unknown]")
    worlds = len(labels)
    true = int(labels.sum())
    if true in (0, worlds):
        return None
    rng = np.random.default_rng(seed)
    shuffled = rng.permuted(np.repeat(labels[None, :], permutations, axis=0), axis=1)
    both = np.vstack((labels, shuffled)).T.astype(np.uint8)
    best, where = -1.0, (0, 0)
    largest = np.zeros(permutations)
    for column in range(unknowns.shape[1]):
        order = np.argsort(unknowns[:, column], kind="stable")
        cuts = _cuts(unknowns[order, column])
        if cuts.size == 0:
            continue
        gaps = _gaps(both[order], cuts, true)
        np.maximum(largest, gaps[:, 1:].max(axis=0), out=largest)
        top = int(gaps[:, 0].argmax())
        if gaps[top, 0] > best:
            best, where = float(gaps[top, 0]), (column, int(cuts[top]))
    p_value = (1 + int(np.count_nonzero(largest >= best * (1.0 - 1e-12)))) / (permutations + 1)
    if best < 0.0 or p_value > level:
        return None
    return _described(labels, unknowns[:, where[0]], where, p_value)


def _cuts(ordered: Floats) -> Ints:
    """How many worlds a cut may leave below: values differ there, and both sides are large enough."""
    worlds = len(ordered)
    if not (math.isfinite(ordered[0]) and math.isfinite(ordered[-1])):
        return np.zeros(0, dtype=np.int64)
    least = max(3, math.ceil(0.05 * worlds))
    differ = np.flatnonzero(ordered[1:] > ordered[:-1]) + 1
    cuts = differ[(differ >= least) & (differ <= worlds - least)]
    if cuts.size > _MOST_CUTS:
        cuts = cuts[np.linspace(0, cuts.size - 1, _MOST_CUTS).round().astype(np.int64)]
    return cuts


def _gaps(rows: Numbers, cuts: Ints, true: int) -> Floats:
    """Share of true worlds below minus share of false worlds below, absolute: 2 balanced accuracy - 1.

    ``[cut, labelling]`` from labels ``[world, labelling]`` sorted by the unknown.
    """
    worlds = len(rows)
    starts = np.concatenate(([0], cuts[:-1]))
    below = np.add.reduceat(rows[: cuts[-1]], starts, axis=0, dtype=np.int64).cumsum(axis=0)
    return np.abs(below * worlds - cuts[:, None] * true) / (float(true) * (worlds - true))


def _described(labels: Bools, values: Floats, where: tuple[int, int], p_value: float) -> Split:
    column, below_count = where
    ordered = np.sort(values)
    low, high = float(ordered[below_count - 1]), float(ordered[below_count])
    middle = low + 0.5 * (high - low)
    value = middle if middle < high else low
    above = values > value
    share_above, share_below = float(labels[above].mean()), float(labels[~above].mean())
    holds_above = share_above > share_below
    right = labels == above if holds_above else labels != above
    balanced = 0.5 * float(right[labels].mean() + right[~labels].mean())
    return Split(column, value, holds_above, float(right.mean()), balanced, share_above, share_below, p_value)
