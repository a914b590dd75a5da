"""How states are reached from others: by whom, in how few moves, and who can prevent it.

Two moves of one player in a row are one move, so a path with the fewest moves has none.

References
----------
Li, K. W., Kilgour, D. M. and Hipel, K. W. (2005). Status quo analysis in the graph model for conflict resolution.
Journal of the Operational Research Society 56, 699-707.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import numpy as np

from offramp.compiled import kept_for
from offramp.errors import UsageError
from offramp.shapes import Bools, Ints
from offramp.stability.conflict import Conflict
from offramp.stability.judging import layout_of
from offramp.stability.reasons import Step, moves

with kept_for(Path(__file__).parent):
    from offramp.stability import joint
    from offramp.stability.kernels import Layout

__all__ = ["blockers", "check_states", "paths", "reached"]


def reached(conflict: Conflict, start: int, *, gaining: bool, without: Collection[int] = ()) -> Ints:
    """Count the fewest moves to each state.

    Parameters
    ----------
    conflict : Conflict
    start : int
        The state to start from.
    gaining : bool
        Every move is a unilateral improvement of its mover; else any legal move will do.
    without : collection of int
        Players who do not move.

    Returns
    -------
    Ints
        [S], -1 where no moves lead there.

    Raises
    ------
    UsageError
        If there is no such state or player.
    """
    check_states(conflict, start)
    return _moves_between(layout_of(conflict), start, gaining, _movers(conflict, without), back=False)


def paths(
    conflict: Conflict, start: int, end: int, *, gaining: bool, without: Collection[int] = (), most: int = 5
) -> tuple[tuple[Step, ...], ...]:
    """Give the paths with the fewest moves.

    Parameters
    ----------
    conflict : Conflict
    start, end : int
        States.
    gaining : bool
        Every move is a unilateral improvement of its mover; else any legal move will do.
    without : collection of int
        Players who do not move.
    most : int
        No more paths than these.

    Returns
    -------
    tuple of tuple of Step
        By who moves first, in the order of the players, and the best for the mover first; then by the second move, and
        so on. One path without steps from a state to itself; none where the end cannot be reached.

    Raises
    ------
    UsageError
        If there is no such state or player.
    """
    check_states(conflict, start, end)
    movers = _movers(conflict, without)
    left = _moves_between(layout_of(conflict), end, gaining, movers, back=True)
    found: list[tuple[Step, ...]] = []
    waiting: list[tuple[int, tuple[Step, ...]]] = [(start, ())] if left[start] >= 0 else []
    while waiting and len(found) < most:
        at, steps = waiting.pop()
        if at == end:
            found.append(steps)
            continue
        onward = [
            (state, (*steps, Step(int(j), state)))
            for j in np.flatnonzero(movers)
            for state in moves(conflict, int(j), at, gaining=gaining)
            if left[state] == left[at] - 1
        ]
        waiting.extend(reversed(onward))
    return tuple(found)


def blockers(conflict: Conflict, start: int, end: int, *, gaining: bool) -> tuple[int, ...]:
    """Name the players without whom a state cannot be reached: each can prevent it by staying put.

    Parameters
    ----------
    conflict : Conflict
    start, end : int
        States.
    gaining : bool
        Every move is a unilateral improvement of its mover; else any legal move will do.

    Returns
    -------
    tuple of int
        Players, ascending; nobody where the end cannot be reached at all.

    Raises
    ------
    UsageError
        If there is no such state.
    """
    check_states(conflict, start, end)
    layout, everyone = layout_of(conflict), _movers(conflict, ())
    left = _moves_between(layout, end, gaining, everyone, back=True)
    if left[start] < 0:
        return ()
    players = range(len(everyone))
    return tuple(
        i for i in players if _moves_between(layout, start, gaining, _movers(conflict, (i,)), back=False)[end] < 0
    )


def check_states(conflict: Conflict, *states: int) -> None:
    """Refuse numbers that are no states."""
    for state in states:
        if not 0 <= state < conflict.states:
            raise UsageError(
                f"there is no state {state}", code="no-state", hint=f"take one from 0 to {conflict.states - 1}"
            )


def _moves_between(layout: Layout, state: int, gaining: bool, movers: Bools, *, back: bool) -> Ints:
    """Count the moves from a state to all, or where asked back, from all to it, [S]."""
    counted = np.full(layout.ranks.shape[1], -1, dtype=np.int64)
    counted[state] = 0
    joint.spread(layout, movers, gaining, back, counted)
    return counted


def _movers(conflict: Conflict, without: Collection[int]) -> Bools:
    """Return who moves, [players]."""
    movers = np.ones(len(conflict.movers), dtype=np.bool_)
    for player in without:
        if not 0 <= player < len(movers):
            raise UsageError(
                f"there is no player {player}", code="no-player", hint=f"take one from 0 to {len(movers) - 1}"
            )
        movers[player] = False
    return movers
