"""Games whose payoffs are affine in some unknowns: what they are at one point, and whether a state holds there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from offramp.errors import UsageError
from offramp.shapes import Bools, Floats, Ints
from offramp.stability import Conflict, Mover, judge
from offramp.stability.conflict import allowed, conflict_of

__all__ = ["AffineGame", "Payoffs", "Unknowns", "ends", "holds"]


@dataclass(frozen=True, slots=True, eq=False)
class Payoffs:
    """Payoffs of some players or factions: ``base + slope @ (x - best)``."""

    base: Floats
    """[rows, S] at the best guess."""
    slope: Floats
    """[rows, S, K] what each unknown adds, per unit."""

    def at(self, shift: Floats) -> Floats:
        """Return what they are where the unknowns are shifted by so much from the best guess, [rows, S]."""
        return self.base + self.slope @ shift


@dataclass(frozen=True, slots=True, eq=False)
class AffineGame:
    """States, moves and affine payoffs, as some players see them."""

    movers: tuple[Mover, ...]
    """By player."""
    payoffs: Payoffs
    """Of the players."""
    consents: tuple[Payoffs, ...]
    """By player: of the factions without whose consent it improves nothing."""
    judged: tuple[int, ...]
    """The players who see the game so, and are judged in it."""
    states: Ints
    """[S] ascending: which states of all these are."""

    def local(self, state: int) -> int | None:
        """Return where a state stands in this game; None where it is not seen."""
        at = int(np.searchsorted(self.states, state))
        return at if at < len(self.states) and self.states[at] == state else None

    def moves(self, player: int, start: int) -> list[int]:
        """Return the ends of a player's moves from a state of this game."""
        mover = self.movers[player]
        found = mover.members[mover.group[start]]
        return [int(s) for s in found if s >= 0 and s != start and allowed(mover, start, int(s))]

    def at(self, shift: Floats) -> Conflict:
        """Return the game where the unknowns are shifted by so much from the best guess."""
        return conflict_of(self.movers, self.payoffs.at(shift), [each.at(shift) for each in self.consents])


@dataclass(frozen=True, slots=True, eq=False)
class Unknowns:
    """The unknowns that may change, and what it costs to change them."""

    names: tuple[str, ...]
    best: Floats
    """[K] what they are now."""
    low: Floats
    """[K]"""
    high: Floats
    """[K]"""
    weights: Floats
    """[K] the cost of a change by one unit; positive."""

    @classmethod
    def of(
        cls,
        names: Sequence[str],
        best: Sequence[float] | Floats,
        low: Sequence[float] | Floats,
        high: Sequence[float] | Floats,
        weights: Sequence[float] | Floats | None = None,
    ) -> Unknowns:
        """Put unknowns together; without weights a change counts as a share of the stated range.

        Raises
        ------
        UsageError
            If a number is not finite, a best guess lies outside its range, a range is empty or a weight is not
            positive.
        """
        best, low, high = (np.array(each, dtype=np.float64).reshape(len(names)) for each in (best, low, high))
        width = high - low
        for k, name in enumerate(names):
            if not np.isfinite([best[k], low[k], high[k]]).all() or width[k] <= 0:
                raise UsageError(f"the range of `{name}`, {low[k]:g} to {high[k]:g}, is not one to move in",
                                 code="range", hint="give it two finite ends, the lower first")  # fmt: skip
            if not low[k] <= best[k] <= high[k]:
                raise UsageError(f"`{name}` is {best[k]:g}, outside its range {low[k]:g} to {high[k]:g}",
                                 code="range", hint="widen the range")  # fmt: skip
        given = 1 / width if weights is None else np.array(weights, dtype=np.float64).reshape(len(names))
        if not (np.isfinite(given).all() and (given > 0).all()):
            raise UsageError("a cost of change is not positive", code="weight", hint="give each one above 0")
        return cls(tuple(names), best, low, high, given)

    @property
    def width(self) -> Floats:
        """[K] how wide each range is."""
        return self.high - self.low

    def cost(self, point: Floats) -> float:
        """Return what it costs to change to a point."""
        return float(self.weights @ np.abs(point - self.best))


def holds(games: Sequence[AffineGame], shift: Floats, states: Sequence[int], concept: str) -> Bools:
    """Tell which states are equilibria where the unknowns are shifted by so much, [states].

    This is the forward judgement of the stability lens; a player who does not see a state stays in it.
    """
    found = np.ones(len(states), dtype=np.bool_)
    for game in games:
        seen = [(n, at) for n, state in enumerate(states) if (at := game.local(state)) is not None]
        if seen:
            stable = judge(game.at(shift), [concept]).stable[concept]
            for n, at in seen:
                found[n] &= stable[list(game.judged), at].all()
    return found


def ends(payoffs: Payoffs, below: Floats, above: Floats) -> Floats:
    """Return the largest absolute payoff of each row anywhere inside shifts from below to above, [rows]."""
    up = np.maximum(payoffs.slope * below, payoffs.slope * above).sum(axis=2)
    down = np.minimum(payoffs.slope * below, payoffs.slope * above).sum(axis=2)
    largest: Floats = np.maximum(np.abs(payoffs.base + up), np.abs(payoffs.base + down)).max(axis=1, initial=0.0)
    return largest
