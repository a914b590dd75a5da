"""Pareto sets: the target against cost, and against each further outcome."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from offramp.inverse.racing.asked import Asked
from offramp.inverse.racing.pareto import nondominated
from offramp.inverse.racing.scores import Scores
from offramp.shapes import Floats, Ints

__all__ = ["Front", "Member", "fronts", "shown"]


@dataclass(frozen=True, slots=True)
class Member:
    """A package of a Pareto set, with 95 % intervals.

    Attributes
    ----------
    package : int
    cost : float
    score, low, high : float
        Of the target: the share of worlds in which it is reached, or its mean.
    against, against_low, against_high : float
        What it is weighed against: the cost, or the mean of another outcome.
    worlds : int
        In how many it was solved.
    exact : bool
        In all, so that the numbers are those of full enumeration.
    """

    package: int
    cost: float
    score: float
    low: float
    high: float
    against: float
    against_low: float
    against_high: float
    worlds: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Front:
    """The target against one other thing.

    Attributes
    ----------
    outcome : int
        The column of the outcome that it is weighed against; 0 stands for cost.
    members : tuple of Member
        No other package that was left is estimated to be as good in both and better in one; the cheapest, or the best
        in what the target is weighed against, first.
    possible : tuple of int
        Further packages that may be members, as far as solved; none where all that were left were solved in all
        worlds.
    exact : bool
        All that were left were solved in all worlds.
    """

    outcome: int
    members: tuple[Member, ...]
    possible: tuple[int, ...]
    exact: bool


def fronts(
    scores: tuple[Scores, ...], cost: Floats, left: Ints, possible: tuple[Ints, ...], asked: Asked
) -> tuple[Front, ...]:
    """Return the fronts among the packages that are left, with those that may be on them."""
    found = []
    exact = bool((scores[0].solved.open[left] == 0).all())
    for k, may in enumerate(possible):
        other = -cost[left] if k == 0 else scores[k].mean[left]
        members = left[nondominated(scores[0].mean[left], other)]
        order = np.lexsort((members, -scores[0].mean[members], cost[members] if k == 0 else -scores[k].mean[members]))
        further = tuple(int(p) for p in np.setdiff1d(may, members))
        found.append(Front(k, _members(scores, cost, members[order], k, asked), further, exact))
    return tuple(found)


def _members(scores: tuple[Scores, ...], cost: Floats, packages: Ints, k: int, asked: Asked) -> tuple[Member, ...]:
    target = shown(scores[0], packages, asked.sign(0))
    against = np.repeat(cost[packages][None], 3, axis=0) if k == 0 else shown(scores[k], packages, asked.sign(k))
    known = scores[0].solved
    members = []
    for n, p in enumerate(packages):
        (score, low, high), (other, other_low, other_high) = map(float, target[:, n]), map(float, against[:, n])
        members.append(
            Member(
                package=int(p),
                cost=float(cost[p]),
                score=score,
                low=low,
                high=high,
                against=other,
                against_low=other_low,
                against_high=other_high,
                worlds=int(known.count[p]),
                exact=bool(known.open[p] == 0),
            )
        )
    return tuple(members)


def shown(scores: Scores, packages: Ints, sign: int) -> Floats:
    """Return estimates and both ends of their intervals ``[3, package]``, as the caller counts."""
    low, high = scores.interval(packages)
    ends = (low, high) if sign > 0 else (-high, -low)
    return np.stack((sign * scores.mean[packages], *ends))
