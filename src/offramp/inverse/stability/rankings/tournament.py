"""The nearest ranking where it matters how a player ranks states other than the target.

A linear programme in whole numbers with a variable for each pair of states. That three states are not ranked in a
circle, and that improvements lead out of sets of states that the opponents would be stuck in, is asked for as soon as a
solution fails it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from offramp.inverse.stability.rankings.below import Alternatives
from offramp.inverse.stability.rankings.deterring import Deterred, deterrence
from offramp.inverse.stability.rankings.paths import Paths
from offramp.inverse.stability.tree import Clock
from offramp.shapes import Ints
from offramp.stability import Conflict

__all__ = ["nearest_order"]

MOST_STATES = 64
"""More pairs than these have would be too many."""

Row = tuple[dict[int, float], float]
"""Terms by column, and the least that they may come to."""


def nearest_order(
    conflict: Conflict, player: int, state: int, concept: str, asked: Sequence[Alternatives], low: int, clock: Clock
) -> tuple[tuple[int, ...] | None, int | None]:
    """Return the nearest order, the best first, and a distance below which there is none.

    Parameters
    ----------
    conflict : Conflict
    player, state
    concept : str
        seq or sseq.
    asked : sequence of Alternatives
        What the player itself needs.
    low : int
        The distance at which that can be had.
    clock : Clock
    """
    wanted = deterrence(conflict, player, state, concept)
    if wanted is None:
        return None, None
    if conflict.states > MOST_STATES:
        return None, low
    programme = _Pairs(conflict.ranks[player])
    for sets in asked:
        programme.below(state, sets)
    paths = [Paths(each) for each in wanted]
    while not clock.over:
        clock.nodes -= 1
        found = programme.solve()
        if found is None:
            return None, None
        above, spent = found
        low = max(low, spent)
        circles = programme.break_circles(above)
        stuck = [each for each in zip(wanted, paths, strict=True) if programme.lead_out(*each, above)]
        if not circles and not stuck:
            order = np.argsort(-above.sum(axis=1), kind="stable")
            return tuple(order.tolist()), low
    return None, low


class _Pairs:
    """The programme."""

    def __init__(self, ranks: Ints) -> None:
        self._states = len(ranks)
        first, second = np.triu_indices(self._states, 1)
        self._at = np.zeros((self._states, self._states), dtype=np.int64)
        self._at[first, second] = self._at[second, first] = np.arange(len(first))
        sign = np.sign(ranks[first] - ranks[second])
        self._costs = list((-sign).astype(float))
        self._least = float((sign > 0).sum())
        self._rows: list[Row] = []

    def above(self, one: int, other: int) -> tuple[int, float, float]:
        """Return the column, factor and constant by which one state is above another."""
        column = int(self._at[one, other])
        return (column, 1.0, 0.0) if one < other else (column, -1.0, 1.0)

    def ask(self, pairs: Sequence[tuple[int, int]], more: dict[int, float], least: float) -> None:
        """Ask that among some pairs at least so many are ranked as they stand, with other terms."""
        terms = dict(more)
        for one, other in pairs:
            column, factor, constant = self.above(one, other)
            terms[column] = terms.get(column, 0.0) + factor
            least -= constant
        self._rows.append((terms, least))

    def below(self, state: int, sets: Alternatives) -> None:
        """Ask that one of some sets is below a state."""
        chosen: dict[int, float] = {}
        for each in sets:
            chosen[len(self._costs)] = 1.0
            for s in each:
                self.ask([(state, s)], {len(self._costs): -1.0}, 0.0)
            self._costs.append(0.0)
        self._rows.append((chosen, 1.0))

    def solve(self) -> tuple[Ints, int] | None:
        """Return who is above whom, [S, S], and the distance."""
        where = [(n, column, value) for n, (row, _) in enumerate(self._rows) for column, value in row.items()]
        matrix = csr_array(
            ([value for _, _, value in where], ([n for n, _, _ in where], [column for _, column, _ in where])),
            shape=(len(self._rows), len(self._costs)),
        )
        given = LinearConstraint(matrix, np.array([least for _, least in self._rows]), np.inf)
        found = milp(self._costs, integrality=np.ones(len(self._costs), np.int64), bounds=Bounds(0, 1),
                     constraints=given if self._rows else None)  # fmt: skip
        if found.x is None:
            return None
        above = np.zeros((self._states, self._states), dtype=np.int64)
        for one, other in combinations(range(self._states), 2):
            first = found.x[self._at[one, other]] > 0.5
            above[one, other], above[other, one] = first, not first
        return above, round(float(found.fun) + self._least)

    def break_circles(self, above: Ints) -> bool:
        """Forbid the circles of three that a solution has; tell whether there were any."""
        circles = list(_circles(above))
        for a, b, c in circles:
            self.ask([(b, a), (c, b), (a, c)], {}, 1.0)
        return bool(circles)

    def lead_out(self, wanted: Deterred, paths: Paths, above: Ints) -> bool:
        """Ask that a move leads out of where the opponents are stuck; tell whether they are."""
        on = [(a, b) for a, b in wanted.moves if above[b, a]]
        stuck = paths.reach(frozenset([wanted.start]), on)
        if stuck & wanted.good:
            return False
        self.ask([(b, a) for a, b in sorted(wanted.moves) if a in stuck and b not in stuck], {}, 1.0)
        return True


def _circles(above: Ints) -> Iterator[tuple[int, int, int]]:
    """Give circles of three, each once."""
    for a in range(len(above)):
        for b in np.flatnonzero(above[a, a + 1 :]) + a + 1:
            for c in np.flatnonzero(above[b] & above[:, a]):
                if c > a:
                    yield a, int(b), int(c)
