"""The value of information: how much expected regret falls if one unknown were known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from offramp.measures.robustness import checked
from offramp.measures.scheme import Better
from offramp.shapes import Floats, Ints, Numbers

__all__ = ["Information", "groups_of", "information_floor", "value_of_information"]


@dataclass(frozen=True, slots=True, eq=False)
class Information:
    """What knowing an unknown's group before choosing is worth, in the outcome's unit.

    Attributes
    ----------
    value : float
        By how much the expected regret falls; never negative, never more than `regret`.
    regret : float
        The expected regret of the strategy that is best on average, chosen in ignorance. It is what knowing
        everything is worth: the expected value of perfect information.
    best : int
        The strategy that is best on average.
    groups : Numbers
        ``[group]``, the labels that occur, sorted.
    best_by_group : Ints
        ``[group]``, the strategy that is best on average within the group, `best` where none is better: what the
        knowledge would change.
    """

    value: float
    regret: float
    best: int
    groups: Numbers
    best_by_group: Ints

    @property
    def regret_knowing(self) -> float:
        """The expected regret that is left when the group is known."""
        return self.regret - self.value

    @property
    def share(self) -> float:
        """The part of the regret that goes; NaN where there is none."""
        return self.value / self.regret if self.regret > 0.0 else float("nan")


def value_of_information(
    payoffs: Floats, groups: Numbers, *, weights: Floats | None = None, better: Better = "high"
) -> Information:
    """Say how much the expected regret falls if it were known, before choosing, which group the world is in.

    Without knowing, one strategy has to serve all worlds, and the best that it can give is max_s E[payoff_s]. Knowing
    the group g, one chooses for each, and expects E[max_s E[payoff_s | g]]. The difference is the expected value of
    partial perfect information; as the best of each world stays what it is, regret falls by just as much. With a
    group for each world it is the expected value of perfect information.

    Two errors work against each other: knowing only the group is worth less than knowing the number, and choosing for
    few worlds finds something even in noise (see `information_floor`). Groups of some fifty worlds are a fair mean.

    Parameters
    ----------
    payoffs : Floats
        ``[world, strategy]``, finite; worlds that failed are to be left out under every strategy.
    groups : array
        ``[world]``, any labels that can be compared (see `groups_of`).
    weights : Floats, optional
        ``[world]``, 0 or more; only their proportions matter.
    better : {"high", "low"}, optional
        Which direction of the outcome is good.

    Raises
    ------
    ValueError
        As `robustness`, or `groups` has not one label for each world, or one that is not a number.

    References
    ----------
    Raiffa, H. and Schlaifer, R. (1961). Applied Statistical Decision Theory. Harvard University Press.

    Strong, M. and Oakley, J. E. (2013). An efficient method for computing single-parameter partial expected value of
    perfect information. Medical Decision Making 33(6), 755-766.
    """
    weighed = _weighed(payoffs, weights, better)
    order, labels, starts = _sorted(groups, len(weighed))
    sums = np.add.reduceat(weighed[order], starts, axis=0)
    best = int(weighed.sum(axis=0).argmax())
    perfect = max(float((weighed.max(axis=1) - weighed[:, best]).sum()), 0.0)
    gains = sums.max(axis=1) - sums[:, best]
    instead = np.where(gains > 1e-9 * np.abs(sums).max(), sums.argmax(axis=1), best)
    return Information(min(float(gains.sum()), perfect), perfect, best, labels, instead.astype(np.int64))


def information_floor(
    payoffs: Floats,
    groups: Sequence[Numbers],
    *,
    seed: int,
    permutations: int = 200,
    quantile: float = 0.95,
    weights: Floats | None = None,
    better: Better = "high",
) -> float:
    """Return the value of information that noise reaches when the most telling of many unknowns is looked for.

    The worlds are shuffled against the groups of all unknowns together, and the largest value kept each time: only a
    value above the floor should be named (Westfall and Young 1993).

    Parameters
    ----------
    payoffs, weights, better
        As `value_of_information`.
    groups : sequence of arrays
        One for each unknown, ``[world]``.
    seed : int
        Of the permutations.
    permutations : int, optional
    quantile : float, optional
        Of the largest values; 0.95 names an unknown that does not matter in one table of twenty.

    References
    ----------
    Westfall, P. H. and Young, S. S. (1993). Resampling-Based Multiple Testing. Wiley.
    """
    weighed = _weighed(payoffs, weights, better)
    worlds, strategies = weighed.shape
    rng = np.random.default_rng(seed)
    orders = np.stack([rng.permutation(worlds) for _ in range(permutations)], axis=1)
    shuffled = np.ascontiguousarray(weighed[orders].transpose(0, 2, 1)).reshape(worlds, -1)
    largest = np.full(permutations, -np.inf)
    for each in groups:
        order, _, starts = _sorted(each, worlds)
        sums = np.add.reduceat(shuffled[order], starts, axis=0).reshape(len(starts), strategies, permutations)
        np.maximum(largest, sums.max(axis=1).sum(axis=0), out=largest)
    if not groups:
        return 0.0
    return max(float(np.quantile(largest, quantile) - weighed.sum(axis=0).max()), 0.0)


def groups_of(unknown: Floats, count: int = 8) -> Ints:
    """Cut the worlds into groups of equal size by the value of an unknown.

    Equal values stay together; an unknown of at most `count` values has a group for each.

    Parameters
    ----------
    unknown : Floats
        ``[world]``, finite.
    count : int, optional
        How many groups, at least 1.

    Returns
    -------
    Ints
        ``[world]``, from 0, rising with the value.
    """
    unknown = np.asarray(unknown, dtype=np.float64)
    if unknown.ndim != 1 or not np.isfinite(unknown).all() or count < 1:
        raise ValueError("unknown must be one finite number for each world, and count at least 1")
    values, inverse = np.unique(unknown, return_inverse=True)
    if len(values) > count:
        below = np.searchsorted(np.sort(unknown), unknown, side="left")
        _, inverse = np.unique(below * count // len(unknown), return_inverse=True)
    return inverse.astype(np.int64)


def _weighed(payoffs: Floats, weights: Floats | None, better: Better) -> Floats:
    """Payoffs times shares, ``[world, strategy]``, larger being better."""
    payoffs, shares = checked(payoffs, weights, better)
    return (payoffs if better == "high" else -payoffs) * shares[:, None]


def _sorted(groups: Numbers, worlds: int) -> tuple[Ints, Numbers, Ints]:
    """The worlds in the order of their labels; the labels; where each begins."""
    groups = np.asarray(groups)
    if groups.shape != (worlds,):
        raise ValueError(f"groups must be one label for each of {worlds} worlds, not {groups.shape}")
    if groups.dtype.kind == "f" and np.isnan(groups).any():
        raise ValueError("a world has no group")
    order = np.argsort(groups, kind="stable")
    labels, starts = np.unique(groups[order], return_index=True)
    return order, labels, starts
