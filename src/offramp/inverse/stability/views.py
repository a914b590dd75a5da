"""One game over a box of shifts: who gains by which move, as literals."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from offramp.inverse.stability.affine import AffineGame, Payoffs, Unknowns, ends
from offramp.inverse.stability.arcs import arcs_of
from offramp.inverse.stability.logic import Logic
from offramp.shapes import Bools, Ints
from offramp.stability import ranked

__all__ = ["Sight"]

CHUNK = 1 << 15
"""Differences of payoffs that are held at a time."""


class Sight:
    """A game whose payoffs are compared over a box of shifts in shares of the ranges.

    Parameters
    ----------
    game : AffineGame
    logic : Logic
    unknowns : Unknowns
        Their stated ranges say what a payoff's scale is, whatever box is looked at.
    """

    def __init__(self, game: AffineGame, logic: Logic, unknowns: Unknowns) -> None:
        self.game, self.logic = game, logic
        self.arcs = tuple(arcs_of(mover) for mover in game.movers)
        self._payoffs = _scaled(game.payoffs, unknowns)
        self._consents = tuple(_scaled(each, unknowns) for each in game.consents)
        self._improving: dict[int, Ints] = {}

    @property
    def states(self) -> int:
        """How many states there are."""
        return len(self.game.states)

    def no_better(self, player: int, ends: Ints, start: int) -> Ints:
        """Return literals: the ends are worth no more to the player than the start, [ends]."""
        return self._no_more(self._payoffs, player, ends, np.full(len(ends), start), strict=False)

    def vetoes(self, player: int, starts: Ints, ends: Ints) -> Ints:
        """Return literals: a faction whose consent the player needs strictly loses, [factions, moves]."""
        factions = self._consents[player]
        rows = [self._no_more(factions, f, ends, starts, strict=True) for f in range(len(factions.base))]
        return np.array(rows, dtype=np.int64).reshape(len(rows), len(ends))

    def improving(self, player: int) -> Ints:
        """Return literals: each of the player's moves is an improvement, [arcs]."""
        if player not in self._improving:
            start, end = self.arcs[player].start, self.arcs[player].end
            factions = self._consents[player]
            rows = [self._no_more(self._payoffs, player, start, end, strict=True)]
            rows += [self._no_more(factions, f, start, end, strict=False) for f in range(len(factions.base))]
            together = np.array(rows)
            found = together[0].copy()
            for n in np.flatnonzero((together[1:] > 1).any(axis=0) | (together[1:] == 0).any(axis=0)):
                found[n] = self.logic.all_of([[literal] for literal in together[:, n]])
            self._improving[player] = found
        return self._improving[player]

    def closure(self, start: int, movers: list[int], on: dict[int, Bools] | None) -> Ints:
        """Return the states that moves lead to from a state, itself included, ascending.

        Parameters
        ----------
        start : int
        movers : list of int
            Who moves.
        on : dict of int to Bools, optional
            By player: which of its moves are made; else all.
        """
        masks = [slice(None) if on is None else on[j] for j in movers]
        heads = [self.arcs[j].start[mask] for j, mask in zip(movers, masks, strict=True)]
        tails = [self.arcs[j].end[mask] for j, mask in zip(movers, masks, strict=True)]
        if not movers:
            return np.array([start])
        row, column = np.concatenate(heads), np.concatenate(tails)
        matrix = csr_array((np.ones(len(row), np.int8), (row, column)), shape=(self.states, self.states))
        return np.sort(breadth_first_order(matrix, start, return_predecessors=False)).astype(np.int64)

    def _no_more(self, payoffs: Payoffs, row: int, less: Ints, more: Ints, *, strict: bool) -> Ints:
        base, slope = payoffs.base[row], payoffs.slope[row]
        found = [
            self.logic.inequalities(slope[a] - slope[b], base[a] - base[b], strict=strict)
            for n in range(0, len(less), CHUNK)
            for a, b in [(less[n : n + CHUNK], more[n : n + CHUNK])]
        ]
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def _scaled(payoffs: Payoffs, unknowns: Unknowns) -> Payoffs:
    """Bring payoffs to shares of the largest; where nothing moves them, to ranks."""
    still: Bools = np.logical_not(payoffs.slope.any(axis=(1, 2)))
    largest = ends(payoffs, unknowns.low - unknowns.best, unknowns.high - unknowns.best)
    scale = np.where(still | (largest == 0), 1.0, largest)[:, None]
    ranks = [ranked(row).astype(np.float64) if fixed else row for row, fixed in zip(payoffs.base, still, strict=True)]
    base = np.array(ranks).reshape(payoffs.base.shape) / scale
    return Payoffs(base, payoffs.slope * unknowns.width / scale[:, :, None])
