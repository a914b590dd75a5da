"""States, who can move where, and who prefers what: all that stability depends on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from offramp.errors import UsageError
from offramp.shapes import Floats, Ints

__all__ = ["Conflict", "Mover", "allowed", "among", "conflict", "conflict_of", "ranked"]

TIE = 1e-9
"""Payoffs closer than this share of a player's largest are equal."""


@dataclass(frozen=True, slots=True, eq=False)
class Mover:
    """One player's unilateral moves: changes of its own options that end in a state and undo nothing irreversible.

    A posture is a level for each of the player's own options. States of one group differ in the posture alone, so a
    move is a change of posture inside a group.
    """

    members: Ints
    """[G, A] the state with each posture; -1 where there is none."""
    group: Ints
    """[S] the group of each state."""
    posture: Ints
    """[S] the posture of each state."""
    fixed: Ints
    """[A, K] the levels of the player's irreversible options in each posture; they never go down."""


@dataclass(frozen=True, slots=True, eq=False)
class Conflict:
    """States, moves and preferences."""

    movers: tuple[Mover, ...]
    """By player."""
    ranks: Ints
    """[players, S] larger is preferred, equal is a tie."""
    consents: tuple[Ints, ...]
    """By player, [F, S]: the ranks of the factions that can block it. A move is an improvement, or a countermove, only
    if none of them strictly loses by it."""

    @property
    def states(self) -> int:
        """How many states there are."""
        return int(self.ranks.shape[1])


def conflict(
    levels: Ints,
    sizes: Sequence[int],
    owners: Sequence[int],
    irreversible: Sequence[bool],
    payoffs: Floats,
    consents: Sequence[Floats] | None = None,
) -> Conflict:
    """Lay out a conflict.

    Parameters
    ----------
    levels : [options, S]
        The level of each option in each state; no two states alike.
    sizes : [options]
        How many levels each option has.
    owners : [options]
        The player who sets it, from 0.
    irreversible : [options]
        Whether it never goes down.
    payoffs : [players, S]
        Finite; only their order counts.
    consents : sequence of [F, S], optional
        By player: the payoffs of the factions that can block it.

    Raises
    ------
    UsageError
        If a payoff is not finite, or two states are alike.
    """
    blocking = consents if consents is not None else [np.zeros((0, levels.shape[1]))] * len(payoffs)
    movers = tuple(_mover(levels, sizes, owners, irreversible, i) for i in range(len(payoffs)))
    return conflict_of(movers, payoffs, blocking)


def conflict_of(movers: tuple[Mover, ...], payoffs: Floats, consents: Sequence[Floats]) -> Conflict:
    """Give moves their preferences.

    Parameters
    ----------
    movers : tuple of Mover
        By player.
    payoffs : [players, S]
    consents : sequence of [F, S]

    Raises
    ------
    UsageError
        If a payoff is not finite.
    """
    if not all(np.isfinite(each).all() for each in (payoffs, *consents)):
        raise UsageError("A payoff is not finite.", hint="Give every player a number for every state.")
    return Conflict(movers, _ranks(payoffs), tuple(map(_ranks, consents)))


def _ranks(payoffs: Floats) -> Ints:
    """Rank each row, [rows, S]."""
    return np.array([ranked(row) for row in payoffs], dtype=np.int64).reshape(payoffs.shape)


def ranked(payoffs: Floats) -> Ints:
    """Turn payoffs [S] into ranks from 0, with ties: neighbours in order that are as good as equal rank alike."""
    order = np.argsort(payoffs, kind="stable")
    steps = np.diff(payoffs[order]) > TIE * np.abs(payoffs).max(initial=0.0)
    ranks = np.empty(len(payoffs), dtype=np.int64)
    ranks[order] = np.concatenate([np.zeros(1, np.int64), np.cumsum(steps)])
    return ranks


def _mover(levels: Ints, sizes: Sequence[int], owners: Sequence[int], irreversible: Sequence[bool], i: int) -> Mover:
    own = [k for k, owner in enumerate(owners) if owner == i]
    posture = _number(levels, sizes, own)
    _, group = np.unique(_number(levels, sizes, [k for k in range(len(sizes)) if k not in own]), return_inverse=True)
    postures = int(np.prod([sizes[k] for k in own], dtype=np.int64))
    members = np.full((int(group.max(initial=-1)) + 1, postures), -1, dtype=np.int64)
    members[group, posture] = np.arange(levels.shape[1])
    if np.count_nonzero(members >= 0) != levels.shape[1]:
        raise UsageError("Two states are alike.", hint="Every state differs from every other in some option.")
    return Mover(members, group.astype(np.int64), posture, _fixed(sizes, own, irreversible, postures))


def _number(levels: Ints, sizes: Sequence[int], options: Sequence[int]) -> Ints:
    """Return the levels of some options as one number in mixed radix, [S]."""
    number = np.zeros(levels.shape[1], dtype=np.int64)
    for k in options:
        number = number * sizes[k] + levels[k]
    return number


def _fixed(sizes: Sequence[int], own: Sequence[int], irreversible: Sequence[bool], postures: int) -> Ints:
    digits = np.unravel_index(np.arange(postures), tuple(sizes[k] for k in own)) if own else ()
    kept = [digit for k, digit in zip(own, digits, strict=True) if irreversible[k]]
    return np.stack(kept, axis=1).astype(np.int64) if kept else np.zeros((postures, 0), dtype=np.int64)


def among(mover: Mover, states: Ints) -> Mover:
    """Return a player's moves among some states, ascending, which are numbered anew."""
    new = np.full(len(mover.group) + 1, -1, dtype=np.int64)
    new[states] = np.arange(len(states))
    return Mover(new[mover.members], mover.group[states], mover.posture[states], mover.fixed)


def allowed(mover: Mover, start: int, end: int) -> bool:
    """Tell whether a move undoes nothing irreversible."""
    return bool(np.all(mover.fixed[mover.posture[start]] <= mover.fixed[mover.posture[end]]))
