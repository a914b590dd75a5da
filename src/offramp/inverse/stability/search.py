"""The search for one state: its requirements, looked for by a tree and checked by the forward judgement."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from offramp.inverse.stability.affine import AffineGame, Unknowns, holds
from offramp.inverse.stability.cheapest import Direction
from offramp.inverse.stability.logic import Clause
from offramp.inverse.stability.requirements import Requirements
from offramp.inverse.stability.tree import Clock, Found, Tree
from offramp.inverse.stability.views import Sight
from offramp.shapes import Floats

__all__ = ["Search"]


class Search:
    """The search for one state.

    Parameters
    ----------
    games, sights
        Alike in number and order.
    unknowns : Unknowns
    state : int
    concept : str
    without : list of sets of Direction
        Changes that must not all be made together; kept by whoever adds to it.
    """

    def __init__(
        self,
        games: Sequence[AffineGame],
        sights: Sequence[Sight],
        unknowns: Unknowns,
        state: int,
        concept: str,
        without: list[frozenset[Direction]],
    ) -> None:
        self._games, self._width, self._state, self._concept = games, unknowns.width, state, concept
        self._required = Requirements(sights, state, concept)
        clauses = {clause for each in self._required.each for clause in self._required.clauses(each)}
        self._logic = sights[0].logic
        self.tree = Tree(self._logic, sorted(clauses), self._judge, without)
        self.bound = max((self._logic.least(clause) for clause in clauses), default=0.0)
        """A cost below which nothing will do, by single clauses; infinite where one cannot be met."""

    def holds(self, y: Floats) -> bool:
        """Tell whether the state is an equilibrium at a shift, by the forward judgement."""
        return bool(holds(self._games, y * self._width, [self._state], self._concept)[0])

    def least(self, clock: Clock, at_most: float = np.inf) -> Found:
        """Find the cheapest shift that will do and costs no more than so much."""
        return self.tree.run(clock, at_most)

    def _judge(self, y: Floats) -> list[Clause] | None:
        if self.holds(y):
            return None
        values = self._logic.values(y)
        return sorted({clause for each in self._required.each for clause in self._required.failed(each, values)})
