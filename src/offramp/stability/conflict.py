"""States, who can move where, and who prefers what: all that stability depends on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from offramp.errors import UsageError
from offramp.shapes import Bools, Floats, Ints

__all__ = ["Conflict", "Mover", "allowed", "among", "apart", "conflict", "conflict_of", "ranked", "within"]

MOST_PLACES = 1 << 27
"""Groups times postures of a player: 1 GiB for its table of members."""

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
        If a payoff is not finite, two states are alike, an option has no owner or no such level, or there are more
        combinations of levels than can be numbered or held.
    """
    _check(levels, sizes, owners, len(payoffs))
    blocking = consents if consents is not None else [np.zeros((0, levels.shape[1]))] * len(payoffs)
    movers = tuple(_mover(levels, sizes, owners, irreversible, i) for i in range(len(payoffs)))
    return conflict_of(movers, payoffs, blocking)


def _check(levels: Ints, sizes: Sequence[int], owners: Sequence[int], players: int) -> None:
    if not all(0 <= owner < players for owner in owners):
        raise UsageError("an option has no owner", code="owner", hint=f"players are numbered from 0 to {players - 1}")
    if levels.size and not ((levels >= 0) & (levels < np.array(sizes)[:, None])).all():
        raise UsageError("a state has a level that its option does not have", code="level",
                         hint="levels are numbered from 0")  # fmt: skip
    total = prod(sizes)
    if total >= 2**62:
        raise UsageError(f"there are {float(total):.2g} combinations of levels, more than can be numbered",
                         code="too-large", hint="leave out options")  # fmt: skip


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
        raise UsageError("a payoff is not finite", code="non-finite", hint="give every player a number for every state")
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
    postures, groups = prod(sizes[k] for k in own), int(group.max(initial=-1)) + 1
    if groups * postures > MOST_PLACES:
        raise UsageError(f"player {i} has {postures:,} combinations of levels in {groups:,} groups of states",
                         code="too-large", hint="leave out options of that player")  # fmt: skip
    members = np.full((groups, postures), -1, dtype=np.int64)
    members[group, posture] = np.arange(levels.shape[1])
    if np.count_nonzero(members >= 0) != levels.shape[1]:
        raise UsageError("two states are alike", code="clash",
                         hint="let every state differ from every other in some option")  # fmt: skip
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


def within(conflict: Conflict, states: Ints) -> Conflict:
    """Return a conflict as it is among some states, ascending, which are numbered anew."""
    return Conflict(
        tuple(among(mover, states) for mover in conflict.movers),
        conflict.ranks[:, states],
        tuple(each[:, states] for each in conflict.consents),
    )


def apart(mover: Mover, hidden: Bools) -> Mover:
    """Return a player's moves without those from or to some states: each of these is in a group of its own."""
    if not hidden.any():
        return mover
    states = np.flatnonzero(hidden)
    members = np.where((mover.members >= 0) & ~hidden[mover.members], mover.members, -1)
    alone = np.full((len(states), members.shape[1]), -1, dtype=np.int64)
    alone[np.arange(len(states)), mover.posture[states]] = states
    group = mover.group.copy()
    group[states] = len(members) + np.arange(len(states))
    return Mover(np.concatenate([members, alone]), group, mover.posture, mover.fixed)


def allowed(mover: Mover, start: int, end: int) -> bool:
    """Tell whether a move undoes nothing irreversible."""
    return bool(np.all(mover.fixed[mover.posture[start]] <= mover.fixed[mover.posture[end]]))
