"""What has to be so for a state to be an equilibrium, as clauses: one for each move that a player could make.

Under nash, gmr and smr, and wherever the opponents' payoffs do not change, a clause says all that is required. Under
seq and sseq whether the opponents get from one state to another may turn on what changes. There a clause says of a set
of states around the move's end that something good for deterrence is in it or some move leads out of it; clauses are
added as long as points fail, each for the set of states that the opponents get to there. What is left out of the set
at first is never in a wrong clause: every clause holds wherever the requirement is met.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from offramp.inverse.stability.logic import FALSE, TRUE, Clause
from offramp.inverse.stability.results import Requirement
from offramp.inverse.stability.views import Sight
from offramp.shapes import Bools, Ints

__all__ = ["Requirements"]

NESTED = 8
"""Clauses that one failure gives at most."""


class Requirements:
    """The requirements of one state under one concept.

    Parameters
    ----------
    sights : sequence of Sight
    state : int
    concept : str
    """

    def __init__(self, sights: Sequence[Sight], state: int, concept: str) -> None:
        self.concept = concept
        self.improving = concept in ("seq", "sseq")
        self.countering = concept in ("smr", "sseq")
        self.each: dict[Requirement, tuple[Sight, int, int, int]] = {}
        """By requirement: where it is seen, the player, and the state and the move's end there."""
        for sight in sights:
            at = sight.game.local(state)
            if at is None:
                continue
            for i in sight.game.judged:
                for move in sight.game.moves(i, at):
                    self.each[Requirement(i, int(sight.game.states[move]))] = sight, i, at, move
        self._good: dict[tuple[int, int], Ints] = {}
        self._heads: dict[Requirement, list[int]] = {}

    def clauses(self, wanted: Requirement) -> list[Clause]:
        """Return clauses that hold where a requirement is met; what they leave open, ``failed`` finds."""
        sight, i, _, move = self.each[wanted]
        if self.concept == "nash":
            return _kept([sight.logic.clause(self._head(wanted))])
        others = [j for j in range(len(sight.arcs)) if j != i]
        if not self.improving:
            reach = sight.closure(move, others, None)
            return _kept([sight.logic.clause([*self._head(wanted), *self._deterrents(wanted, reach)])])
        sure = {j: sight.improving(j) == TRUE for j in others}
        return list(self._around(wanted, sight.closure(move, others, sure), others))

    def failed(self, wanted: Requirement, values: Bools) -> list[Clause]:
        """Return clauses that a point breaks, given which literals hold there; none where the requirement is met."""
        if not self.improving:
            return []
        sight, i, _, move = self.each[wanted]
        others = [j for j in range(len(sight.arcs)) if j != i]
        on = {j: values[sight.improving(j)] for j in others}
        reach = sight.closure(move, others, on)
        if values[self._head(wanted)].any() or values[self._deterrents(wanted, reach)].any():
            return []
        return list(self._around(wanted, reach, others))

    def _around(self, wanted: Requirement, inside: Ints, others: list[int]) -> Iterator[Clause]:
        """Give the clause of a set of states, then of larger ones: each takes in where the moves out of it lead."""
        sight = self.each[wanted][0]
        for _ in range(NESTED):
            within = np.zeros(sight.states, dtype=np.bool_)
            within[inside] = True
            leaving, out = [], []
            for j in others:
                arcs, literals = sight.arcs[j], sight.improving(j)
                at = within[arcs.start] & ~within[arcs.end] & (literals != FALSE)
                leaving.append(literals[at])
                out.append(arcs.end[at])
            doors = np.concatenate(leaving) if leaving else np.zeros(0, dtype=np.int64)
            found = sight.logic.clause([*self._head(wanted), *self._deterrents(wanted, inside), *doors])
            if found is not None:
                yield found
            if found is None or not len(doors):
                return
            within[np.concatenate(out)] = True
            inside = np.flatnonzero(within)

    def _head(self, wanted: Requirement) -> list[int]:
        """Return literals by which the move is no improvement."""
        if wanted not in self._heads:
            sight, i, at, move = self.each[wanted]
            ends = np.array([move])
            self._heads[wanted] = [
                *map(int, sight.no_better(i, ends, at)),
                *map(int, sight.vetoes(i, np.array([at]), ends).ravel()),
            ]
        return self._heads[wanted]

    def _deterrents(self, wanted: Requirement, reach: Ints) -> list[int]:
        """Return literals by which one of some states deters the player from its move."""
        sight, i, at, _ = self.each[wanted]
        key = id(sight), i
        if key not in self._good:
            none_better = sight.no_better(i, np.arange(sight.states), at)
            self._good[key] = self._uncountered(sight, i, none_better) if self.countering else none_better
        return [int(each) for each in self._good[key][reach]]

    def _uncountered(self, sight: Sight, i: int, none_better: Ints) -> Ints:
        """Return literals: a state is no better than the start, and the player gets from it to nothing better."""
        arcs = sight.arcs[i]
        vetoes = sight.vetoes(i, arcs.start, arcs.end)
        first = np.searchsorted(arcs.start, np.arange(sight.states + 1))
        found = none_better.copy()
        for state in np.flatnonzero(none_better != FALSE):
            own = range(first[state], first[state + 1])
            counters = [[int(none_better[arcs.end[n]]), *map(int, vetoes[:, n])] for n in own]
            found[state] = sight.logic.all_of([[int(none_better[state])], *counters])
        return found


def _kept(clauses: Sequence[Clause | None]) -> list[Clause]:
    return [clause for clause in clauses if clause is not None]
