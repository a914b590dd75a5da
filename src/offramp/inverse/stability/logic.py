"""Inequalities between affine payoffs as literals: which hold everywhere, nowhere, or at some points of the ranges.

Every condition of stability says that one of some things holds, each of which is an inequality or several together.
None is ever negated. Points are shifts from the best guess in shares of the ranges.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from offramp.shapes import Bools, Floats, Ints

__all__ = ["FALSE", "STRICT", "TRUE", "Clause", "Logic"]

FALSE, TRUE = 0, 1
"""Literals that are decided; all others are numbered from 2."""

STRICT = 1e-6
"""A payoff is strictly above another by at least this share of the player's largest anywhere inside the ranges. It is a
thousand times what counts as a tie, so that rounding cannot turn the one into the other."""

WEAK = 1e-10
"""A tenth of what counts as a tie."""

MET = 1e-10
"""How far beyond its end an inequality may be and still count as met, while searching."""

MOST_PAIRS = 1 << 21
"""Pairs of literals of one clause that are compared, to drop those that others make needless."""

Clause = tuple[int, ...]
"""One of these literals."""


class Logic:
    """Literals over one box of shifts.

    Parameters
    ----------
    below, above : [K]
        The box; it has 0 in it.
    prices : [K]
        The cost of a shift by one.
    """

    def __init__(self, below: Floats, above: Floats, prices: Floats) -> None:
        self.below, self.above, self.prices = below, above, prices
        self.slopes: list[Floats] = []
        self.limits: list[float] = []
        self.atoms: list[int] = [-1, -1]
        """By literal: its inequality ``slopes[n] @ y <= limits[n]``; -1 for a gate."""
        self.gates: dict[int, tuple[Clause, ...]] = {}
        """By literal: the clauses, of inequalities alone, that hold where it does."""
        self.costs: list[float] = [np.inf, 0.0]
        """By literal: it holds nowhere for less."""
        self._known: dict[object, int] = {}
        self._table: Floats = np.zeros((0, len(prices)))

    def inequalities(self, slopes: Floats, constants: Floats, *, strict: bool) -> Ints:
        """Return literals that say ``constants + slopes @ y <= 0``, or that it is below by ``STRICT``, [N].

        Parameters
        ----------
        slopes : [N, K]
        constants : [N]
            In shares of the scale of a payoff.
        strict : bool
        """
        slopes = np.where(np.abs(slopes) * (self.above - self.below) < 1e-12, 0.0, slopes)
        limits = -constants - (STRICT if strict else 0.0)
        most = np.maximum(slopes * self.below, slopes * self.above).sum(axis=1)
        least = np.minimum(slopes * self.below, slopes * self.above).sum(axis=1)
        slack = 0.0 if strict else WEAK
        fixed = ~slopes.any(axis=1)
        found = np.where(most <= limits + slack, TRUE, FALSE).astype(np.int64)
        if strict:
            found[fixed] = np.where(constants[fixed] < -STRICT / 100, TRUE, FALSE)
        open_ = np.flatnonzero(~fixed & (found == FALSE) & (least <= limits + slack))
        if len(open_):
            costs = self._cheapest(slopes[open_], limits[open_])
            for n, cost in zip(open_, costs, strict=True):
                found[n] = self._atom(slopes[n], float(limits[n]), float(cost))
        return found

    def _atom(self, slope: Floats, limit: float, cost: float) -> int:
        size = np.abs(slope).max()
        key = (np.round(slope / size, 11) + 0.0).tobytes(), round(limit / size, 11)
        if key not in self._known:
            self._known[key] = len(self.atoms)
            self.atoms.append(len(self.slopes))
            self.slopes.append(slope)
            self.limits.append(limit)
            self.costs.append(cost)
        return self._known[key]

    def _cheapest(self, slopes: Floats, limits: Floats) -> Floats:
        """Return the least cost at which each inequality can be met by itself, [N]: what pays most is taken first."""
        rooms = np.where(slopes < 0, self.above, -self.below)
        gains, rates = np.abs(slopes) * rooms, np.abs(slopes) / self.prices
        order = np.argsort(-rates, axis=1, kind="stable")
        gains, rates = (np.take_along_axis(each, order, axis=1) for each in (gains, rates))
        before = np.cumsum(gains, axis=1) - gains
        taken = np.clip(np.maximum(-limits - WEAK, 0.0)[:, None] - before, 0.0, gains)
        spent: Floats = np.divide(taken, rates, out=np.zeros_like(taken), where=rates > 0).sum(axis=1)
        return spent

    def clause(self, literals: Iterable[int]) -> Clause | None:
        """Return that one of some literals holds, without those that are needless; None where one holds anyway."""
        kept = sorted({int(each) for each in literals} - {FALSE})
        return None if kept and kept[0] == TRUE else self._without_needless(tuple(kept))

    def _without_needless(self, literals: Clause) -> Clause:
        """Leave out what implies another: the other is as good."""
        present = set(literals)
        literals = tuple(
            g for g in literals if g not in self.gates or not any(c[0] in present for c in self.gates[g] if len(c) == 1)
        )
        plain = [each for each in literals if each not in self.gates]
        if len(plain) < 2 or len(plain) ** 2 > MOST_PAIRS:
            return literals
        rows = [self.atoms[each] for each in plain]
        slopes, limits = np.array([self.slopes[n] for n in rows]), np.array([self.limits[n] for n in rows])
        dropped = np.zeros(len(plain), dtype=np.bool_)
        for n in np.argsort([-self.costs[each] for each in plain], kind="stable"):
            apart = slopes - slopes[n]
            most = np.maximum(apart * self.below, apart * self.above).sum(axis=1)
            implied = (most <= limits - limits[n]) & ~dropped
            implied[n] = False
            dropped[n] = implied.any()
        gone = {each for each, drop in zip(plain, dropped, strict=True) if drop}
        return tuple(each for each in literals if each not in gone)

    def all_of(self, clauses: Sequence[Iterable[int]]) -> int:
        """Return a literal that says that some clauses of inequalities hold together."""
        kept = {clause for each in clauses if (clause := self.clause(each)) is not None}
        if () in kept:
            return FALSE
        if not kept:
            return TRUE
        together = tuple(sorted(kept))
        if len(together) == 1 and len(together[0]) == 1:
            return together[0][0]
        if together not in self._known:
            self._known[together] = len(self.atoms)
            self.gates[len(self.atoms)] = together
            self.costs.append(max(self.least(clause) for clause in together))
            self.atoms.append(-1)
        return self._known[together]

    def least(self, clause: Clause) -> float:
        """Return a cost below which a clause holds nowhere."""
        return min((self.costs[each] for each in clause), default=np.inf)

    def values(self, y: Floats) -> Bools:
        """Tell which literals hold at a point."""
        found = np.zeros(len(self.atoms), dtype=np.bool_)
        found[TRUE] = True
        if self.slopes:
            if len(self._table) < len(self.slopes):
                self._table = np.array(self.slopes)
            met = self._table @ y <= np.array(self.limits) + MET
            rows = np.array(self.atoms)
            found[rows >= 0] = met[rows[rows >= 0]]
        for gate, clauses in self.gates.items():
            found[gate] = all(found[list(clause)].any() for clause in clauses)
        return found
