"""The ranking nearest to a player's present one that makes a state stable.

Nearest by Kendall's distance: the pairs of states that the two rank the other way round. A pair that is tied at present
costs nothing either way; the ranking found is strict.

For the player alone only what lies below the state counts. To bring down a set of states that are above costs, for
each, one for the state itself and one for every state between that stays above: the sum over the set of one more than
the states between, less the pairs inside the set that are not tied. For each size of the set this is a linear programme
in whole numbers; sizes that cost at least as much whatever is in the set are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from offramp.inverse.stability.rankings.below import Alternatives, alternatives
from offramp.inverse.stability.rankings.number import check_asked
from offramp.inverse.stability.rankings.tournament import nearest_order
from offramp.inverse.stability.results import Budget
from offramp.inverse.stability.tree import Clock
from offramp.shapes import Ints
from offramp.stability import Conflict, judge

__all__ = ["Nearest", "distance", "nearest_ranking"]


@dataclass(frozen=True, slots=True)
class Nearest:
    """The ranking nearest to a player's present one."""

    player: int
    state: int
    concept: str
    order: tuple[int, ...] | None
    """All states, the best first; None where no ranking will do, or none was found."""
    distance: int | None
    """Pairs of states that it ranks the other way round."""
    bound: int | None
    """No ranking that will do is nearer; None where there is none."""
    reversed: tuple[tuple[int, int], ...]
    """These pairs: what was better than what is now better than it."""

    @property
    def proven(self) -> bool:
        """Whether it is the nearest, or it is known that there is none."""
        return self.bound is None or self.distance == self.bound


def nearest_ranking(
    conflict: Conflict,
    player: int,
    state: int,
    concept: str,
    *,
    equilibrium: bool = True,
    budget: Budget | None = None,
) -> Nearest:
    """Find the strict ranking of one player nearest to its present one by which a state is stable.

    Parameters
    ----------
    conflict : Conflict
        Its rankings are the present ones; those of the others, and of factions, stay.
    player : int
    state : int
    concept : str
    equilibrium : bool
        Stable for all, not for the player alone.
    budget : Budget, optional

    Raises
    ------
    UsageError
        If there is no such player, state or concept.
    """
    check_asked(conflict, player, state, concept)
    clock = Clock(budget or Budget())
    ranks, asked = conflict.ranks[player], alternatives(conflict, player, state, concept)
    down, low = _brought_down(ranks, state, asked, clock)
    order = None if down is None else _order(ranks, state, down)
    if not equilibrium or (order is not None and _all_stable(conflict, player, state, concept, order)):
        return _told(conflict, player, state, concept, order, low)
    if concept not in ("seq", "sseq"):
        others = np.delete(judge(conflict, [concept]).stable[concept][:, state], player)
        return _told(conflict, player, state, concept, order if others.all() else None, low if others.all() else None)
    found, bound = nearest_order(conflict, player, state, concept, asked, low, clock)
    return _told(conflict, player, state, concept, found, bound)


def distance(ranks: Ints, order: Sequence[int]) -> int:
    """Count the pairs of states that an order, the best first, ranks the other way round than ranks do."""
    given = ranks[list(order)]
    return int(np.triu(given[:, None] < given[None, :], 1).sum())


def _brought_down(ranks: Ints, state: int, asked: Sequence[Alternatives], clock: Clock) -> tuple[list[int] | None, int]:
    """Return the states to bring down, and a cost below which nothing will do."""
    above = np.flatnonzero(ranks > ranks[state])
    number = {int(s): n for n, s in enumerate(above)}
    open_ = [[sorted(number[s] for s in each if s in number) for each in sets] for sets in asked]
    open_ = [sets for sets in open_ if [] not in sets]
    if not open_:
        return [], 0
    between = np.searchsorted(np.sort(ranks[above]), ranks[above])
    prices = between + 1
    best, cost = None, np.inf
    for least, size in _sizes(prices, open_):
        if least >= cost:
            break
        if clock.over:
            return None if best is None else [int(above[n]) for n in best], least
        clock.nodes -= 1
        found = _of_size(ranks[above], prices, open_, size)
        if found is not None and found[1] - size * (size - 1) // 2 < cost:
            best, cost = found[0], found[1] - size * (size - 1) // 2
    return None if best is None else [int(above[n]) for n in best], int(cost)


def _sizes(prices: Ints, asked: Sequence[Sequence[Sequence[int]]]) -> list[tuple[int, int]]:
    """Return what sets of each size cost at least, and the sizes, the cheapest first.

    What is sure to be brought down is in the set; beside it, the states next above the target cost the least.
    """
    sure = sorted({n for sets in asked if len(sets) == 1 for n in sets[0]})
    others = np.sort(np.delete(prices, sure))
    sizes = np.arange(len(sure), len(prices) + 1)
    spent = prices[sure].sum() + np.concatenate([np.zeros(1, np.int64), np.cumsum(others)]) - sizes * (sizes - 1) // 2
    return sorted((max(int(low), int(size)), int(size)) for low, size in zip(spent, sizes, strict=True) if size > 0)


def _of_size(
    ranks: Ints, prices: Ints, asked: Sequence[Sequence[Sequence[int]]], size: int
) -> tuple[list[int], int] | None:
    """Return the cheapest set of a size that has one set of each in it, and its cost without the pairs inside."""
    count = len(ranks)
    costs, rows, low = [float(price) for price in prices], list[dict[int, float]](), list[float]()
    rows.append(dict.fromkeys(range(count), 1.0))
    low.append(float(size))
    sets: dict[tuple[int, ...], int] = {}
    for each in {tuple(one) for alternatives_ in asked for one in alternatives_ if len(one) > 1}:
        sets[each] = len(costs)
        costs.append(0.0)
        for n in each:
            rows.append({n: 1.0, sets[each]: -1.0})
            low.append(0.0)
    for alternatives_ in asked:
        rows.append({one[0] if len(one) == 1 else sets[tuple(one)]: 1.0 for one in alternatives_})
        low.append(1.0)
    for rank in np.unique(ranks):
        tied = np.flatnonzero(ranks == rank)
        if len(tied) > 1:
            first = len(costs)
            costs += [float(n) for n in range(len(tied))]
            rows.append({**{int(n): -1.0 for n in tied}, **{first + n: 1.0 for n in range(len(tied))}})
            low.append(0.0)
    high = np.full(len(rows), np.inf)
    high[0] = size
    where = [(n, column, value) for n, row in enumerate(rows) for column, value in row.items()]
    matrix = csr_array(
        ([value for _, _, value in where], ([n for n, _, _ in where], [column for _, column, _ in where])),
        shape=(len(rows), len(costs)),
    )
    found = milp(costs, integrality=np.ones(len(costs), np.int64), bounds=Bounds(0, 1),
                 constraints=LinearConstraint(matrix, np.array(low), high))  # fmt: skip
    if found.x is None:
        return None
    return [n for n in range(count) if found.x[n] > 0.5], round(float(found.fun))


def _order(ranks: Ints, state: int, down: Sequence[int]) -> tuple[int, ...]:
    """Return the order nearest to some ranks with some states below one, and all that is so at present."""
    below = (ranks <= ranks[state]) | np.isin(np.arange(len(ranks)), down)
    below[state] = False
    by_rank = np.argsort(-ranks, kind="stable")
    upper = [int(s) for s in by_rank if not below[s] and s != state]
    return (*upper, state, *(int(s) for s in by_rank if below[s]))


def _all_stable(conflict: Conflict, player: int, state: int, concept: str, order: Sequence[int]) -> bool:
    ranks = conflict.ranks.copy()
    ranks[player, list(order)] = np.arange(len(order))[::-1]
    return bool(judge(replace(conflict, ranks=ranks), [concept]).stable[concept][:, state].all())


def _told(
    conflict: Conflict, player: int, state: int, concept: str, order: Sequence[int] | None, bound: int | None
) -> Nearest:
    if order is None:
        return Nearest(player, state, concept, None, None, bound, ())
    ranks = conflict.ranks[player]
    pairs = ((a, b) for n, b in enumerate(order) for a in order[n + 1 :] if ranks[a] > ranks[b])
    return Nearest(player, state, concept, tuple(order), distance(ranks, order), bound, tuple(pairs))
