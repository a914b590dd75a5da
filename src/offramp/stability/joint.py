"""The compiled inside of coalitions, limited moves and paths: several players, or several moves, at once.

Where any change of posture is a move, the states of a group are taken by rank, and a player comes upon each of them
once: a search takes time with the number of states and players, not with the number of moves. Only where options are
irreversible, or a gain takes a faction's consent, are the moves gone through one by one.

Letters as in ``kernels``: n players, S states.
"""

from __future__ import annotations

import numpy as np

from offramp.compiled import helper, kernel
from offramp.shapes import Bools, Ints
from offramp.stability.kernels import Layout, agreed, free, may

__all__ = ["WORD", "anticipate", "coalition", "countermoves", "spread", "undeterred"]

WORD = 64
"""States in one word of a bit set."""


@kernel
def spread(layout: Layout, movers: Bools, gaining: bool, back: bool, moves: Ints) -> None:
    """Count the fewest moves from some states to all others, or from all others to them.

    Parameters
    ----------
    layout : Layout
    movers : [n]
        Who moves.
    gaining : bool
        Only moves by which the mover gains.
    back : bool
        Moves that lead to the states, not from them.
    moves : [S]
        0 at these states, else -1; filled, and still -1 where there is no way.
    """
    taken = np.zeros(layout.first_group[-1], np.int64)
    waiting = np.empty(moves.shape[0], np.int64)
    count = 0
    for state in range(moves.shape[0]):
        if moves[state] == 0:
            waiting[count] = state
            count += 1
    at = 0
    while at < count:
        state = waiting[at]
        at += 1
        for j in range(movers.shape[0]):
            if not movers[j]:
                continue
            width, group = layout.postures[j], layout.group[j, state]
            row, mark = layout.first_member[j] + group * width, layout.first_group[j] + group
            whole = free(layout, j, gaining)
            for place in range(taken[mark] if whole else 0, width):
                other = layout.ordered[row + (place if back else width - 1 - place)]
                start, end = (other, state) if back else (state, other)
                if other >= 0 and gaining and layout.ranks[j, end] <= layout.ranks[j, start]:
                    break
                taken[mark] = place + 1
                if other < 0 or moves[other] >= 0:
                    continue
                if whole or (may(layout, j, start, end) and (not gaining or agreed(layout, j, start, end))):
                    moves[other] = moves[state] + 1
                    waiting[count] = other
                    count += 1


@helper
def better(layout: Layout, members: Bools, strict: bool, start: int, end: int) -> bool:
    """Whether a coalition prefers the end: nobody is worse off and somebody better, or where strict, everybody."""
    some = False
    for i in range(members.shape[0]):
        if members[i]:
            gain = layout.ranks[i, end] - layout.ranks[i, start]
            if gain < 0 or (strict and gain == 0):
                return False
            some = some or gain > 0
    return some


@helper
def consented(layout: Layout, members: Bools, start: int, end: int) -> bool:
    """Whether no faction whose consent a member needs strictly loses, from start to end."""
    passed = True
    for i in range(members.shape[0]):
        passed = passed and (not members[i] or agreed(layout, i, start, end))
    return passed


@kernel
def countermoves(layout: Layout, members: Bools, sets: Ints) -> None:
    """Fill bit sets [S, words] with all that a coalition can move to from each state with its factions' consent."""
    moves = np.empty(sets.shape[0], np.int64)
    for start in range(sets.shape[0]):
        moves[:] = -1
        moves[start] = 0
        spread(layout, members, False, False, moves)
        for end in range(sets.shape[0]):
            if moves[end] > 0 and consented(layout, members, start, end):
                sets[start, end // WORD] |= 1 << (end % WORD)


@kernel
def undeterred(
    layout: Layout, members: Bools, strict: bool, sets: Ints, wanted: Bools, start: int, gains: Bools, open_to: Bools
) -> None:
    """Find a coalition's improvements from one state, and those that the others do not deter.

    Parameters
    ----------
    layout : Layout
    members : [n]
    strict : bool
    sets : [S, words]
        Its countermoves; no words where no faction's consent is needed.
    wanted : [2, 2]
        Which concepts: whether the coalition has a countermove, whether the others must gain by their moves.
    start : int
    gains : [S]
        Filled: its improvements.
    open_to : [2, 2, S]
        Filled where wanted: those that are not deterred.
    """
    states, words = sets.shape
    others = ~members
    good, stuck = np.empty(states, np.bool_), np.empty(states, np.bool_)
    moves, bits = np.full(states, -1, np.int64), np.zeros(words, np.int64)
    moves[start] = 0
    spread(layout, members, False, False, moves)
    some = False
    for end in range(states):
        good[end] = better(layout, members, strict, start, end)
        gains[end] = good[end] and moves[end] > 0 and consented(layout, members, start, end)
        some = some or gains[end]
    open_to[:] = False
    if not some:
        return
    for countering in range(2):
        if not wanted[countering].any():
            continue
        if countering and words > 0:
            for end in range(states):
                if good[end]:
                    bits[end // WORD] |= 1 << (end % WORD)
            for end in range(states):
                word = 0
                while word < words and sets[end, word] & bits[word] == 0:
                    word += 1
                stuck[end] = not good[end] and word == words
        else:
            for end in range(states):
                moves[end] = 0 if good[end] else -1
            if countering:
                spread(layout, members, False, True, moves)
            for end in range(states):
                stuck[end] = moves[end] < 0
        for improving in range(2):
            if not wanted[countering, improving]:
                continue
            for end in range(states):
                moves[end] = 0 if stuck[end] else -1
            spread(layout, others, improving == 1, True, moves)
            for end in range(states):
                open_to[countering, improving, end] = gains[end] and moves[end] < 0


@kernel
def coalition(
    layout: Layout, members: Bools, strict: bool, sets: Ints, wanted: Bools, nash: Bools, stable: Bools
) -> None:
    """Judge every state for one coalition.

    Parameters
    ----------
    layout, members, strict, sets, wanted
        As in ``undeterred``.
    nash : [S]
        Filled.
    stable : [2, 2, S]
        Filled.
    """
    states = sets.shape[0]
    gains, open_to = np.empty(states, np.bool_), np.empty((2, 2, states), np.bool_)
    for start in range(states):
        undeterred(layout, members, strict, sets, wanted, start, gains, open_to)
        nash[start] = not gains.any()
        for countering in range(2):
            for improving in range(2):
                stable[countering, improving, start] = not open_to[countering, improving].any()


@kernel
def anticipate(layout: Layout, i: int, then: Ints, ends: Ints) -> None:
    """Fill ``ends`` [S] with where play ends if a player may move, and after its move ends at ``then`` [S].

    It stays unless it gains. Of ends as good for it, it takes the worst for the other, then the lowest number.
    """
    width, at = layout.postures[i], layout.first_member[i]
    for state in range(ends.shape[0]):
        best = state
        for place in range(width):
            move = layout.members[at + layout.group[i, state] * width + place]
            if move < 0 or move == state or not may(layout, i, state, move):
                continue
            end = then[move]
            gain = layout.ranks[i, end] - layout.ranks[i, best]
            if gain < 0 or (gain == 0 and best == state) or not agreed(layout, i, state, end):
                continue
            loss = layout.ranks[1 - i, best] - layout.ranks[1 - i, end]
            if gain > 0 or loss > 0 or (loss == 0 and end < best):
                best = end
        ends[state] = best
