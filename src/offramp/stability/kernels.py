"""The compiled inside of the stability lens.

For one player only one number per state and concept is needed: the least that its opponents can bring about from
there. States are taken in the order of how bad they are; each hands its own badness back to all from which the
opponents can lead there, and a state keeps what it is handed first. Every state is passed on once, so the work grows
with the number of states and players, not with the number of moves; only where options are irreversible, or a gain
takes a faction's consent, are the moves gone through one by one.

Letters: n players, S states, G groups and A postures of one player.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from offramp.compiled import helper, kernel
from offramp.shapes import Ints

__all__ = ["NEVER", "Layout", "best_answers", "deterrents", "holds"]

NEVER = np.int64(2**62)
"""Larger than every rank: nothing can be brought about."""


class Layout(NamedTuple):
    """The moves of all players, laid end to end."""

    members: Ints
    """Of each player [G, A], by posture; -1 is no state."""
    ordered: Ints
    """The same, by rising rank for the player, with -1 at the end."""
    fixed: Ints
    """Of each player [A, K]"""
    first_member: Ints
    """[n] where each player's members begin."""
    first_fixed: Ints
    """[n]"""
    first_group: Ints
    """[n + 1] how many groups the players before have."""
    postures: Ints
    """[n]"""
    kept: Ints
    """[n] K"""
    group: Ints
    """[n, S]"""
    posture: Ints
    """[n, S]"""
    ranks: Ints
    """[n, S]"""
    consents: Ints
    """[F, S] the ranks of the factions without whose consent nothing is gained, player by player."""
    first_consent: Ints
    """[n + 1]"""


@helper
def free(layout: Layout, j: int, gaining: bool) -> bool:
    """Whether every change of posture is a move, and where it has to gain something, a gain."""
    asked = layout.first_consent[j + 1] > layout.first_consent[j]
    return layout.kept[j] == 0 and not (gaining and asked)


@helper
def agreed(layout: Layout, j: int, start: int, end: int) -> bool:
    """Whether no faction whose consent it takes strictly loses by a move."""
    for each in range(layout.first_consent[j], layout.first_consent[j + 1]):
        if layout.consents[each, end] < layout.consents[each, start]:
            return False
    return True


@helper
def may(layout: Layout, j: int, start: int, end: int) -> bool:
    """Whether a player's change of posture undoes nothing irreversible."""
    at, k = layout.first_fixed[j], layout.kept[j]
    for each in range(k):
        if (
            layout.fixed[at + layout.posture[j, start] * k + each]
            > layout.fixed[at + layout.posture[j, end] * k + each]
        ):
            return False
    return True


@kernel
def best_answers(layout: Layout, i: int, best: Ints) -> None:
    """Fill ``best`` [S] with the highest rank that the player reaches by one move or by staying."""
    width, at = layout.postures[i], layout.first_member[i]
    for state in range(best.shape[0]):
        row = at + layout.group[i, state] * width
        best[state] = layout.ranks[i, state]
        if free(layout, i, True):
            for place in range(width - 1, -1, -1):
                if layout.ordered[row + place] >= 0:
                    best[state] = layout.ranks[i, layout.ordered[row + place]]
                    break
        else:
            for place in range(width):
                other = layout.members[row + place]
                if (
                    other >= 0
                    and layout.ranks[i, other] > best[state]
                    and may(layout, i, state, other)
                    and agreed(layout, i, state, other)
                ):
                    best[state] = layout.ranks[i, other]


@kernel
def deterrents(layout: Layout, i: int, improving: bool, worth: Ints, order: Ints, least: Ints) -> None:
    """Find the least that the opponents of a player can bring about from each state, in one move or more.

    Right wherever it is below the state's own worth; elsewhere it may be ``NEVER``, which is all the same to whoever
    asks whether an improvement is deterred.

    Parameters
    ----------
    layout : Layout
    i : int
        The player.
    improving : bool
        Opponents make moves only by which they gain themselves.
    worth : [S]
        What each state is worth to the player.
    order : [S]
        The states by rising worth.
    least : [S]
        Filled.
    """
    least[:] = NEVER
    passed = np.zeros(worth.shape[0], np.bool_)
    taken = np.zeros(layout.first_group[-1], np.int64)
    waiting = np.empty(worth.shape[0], np.int64)
    for source in order:
        if passed[source]:
            continue
        passed[source] = True
        waiting[0], count = source, 1
        while count > 0:
            count -= 1
            state = waiting[count]
            for j in range(layout.postures.shape[0]):
                if j == i:
                    continue
                width, group = layout.postures[j], layout.group[j, state]
                row, mark = layout.first_member[j] + group * width, layout.first_group[j] + group
                whole = free(layout, j, improving)
                start = taken[mark] if whole else 0
                for place in range(start, width):
                    before = layout.ordered[row + place]
                    if before < 0 or (improving and layout.ranks[j, before] >= layout.ranks[j, state]):
                        break
                    if whole:
                        taken[mark] = place + 1
                    elif not may(layout, j, before, state) or (improving and not agreed(layout, j, before, state)):
                        continue
                    if before == state or least[before] != NEVER:
                        continue
                    least[before] = worth[source]
                    if not passed[before]:
                        passed[before] = True
                        waiting[count] = before
                        count += 1


@kernel
def holds(layout: Layout, i: int, least: Ints, stable: Ints) -> None:
    """Fill ``stable`` [S]: from there every improvement of the player can be brought to something no better."""
    width, at = layout.postures[i], layout.first_member[i]
    groups = layout.first_group[i + 1] - layout.first_group[i]
    for g in range(groups):
        row = at + g * width
        if free(layout, i, True):
            worst, tied = -NEVER, -NEVER
            above = NEVER
            for place in range(width - 1, -1, -1):
                state = layout.ordered[row + place]
                if state < 0:
                    continue
                if layout.ranks[i, state] < above:
                    worst, above = max(worst, tied), layout.ranks[i, state]
                stable[state] = worst <= layout.ranks[i, state]
                tied = max(tied, least[state])
        else:
            for place in range(width):
                state = layout.members[row + place]
                if state < 0:
                    continue
                stable[state] = True
                for each in range(width):
                    other = layout.members[row + each]
                    if (
                        other >= 0
                        and layout.ranks[i, other] > layout.ranks[i, state]
                        and least[other] > layout.ranks[i, state]
                        and may(layout, i, state, other)
                        and agreed(layout, i, state, other)
                    ):
                        stable[state] = False
                        break
