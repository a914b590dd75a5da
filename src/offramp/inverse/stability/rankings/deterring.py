"""What the other players need to be deterred from leaving a state: that one player's improvements lead there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from offramp.inverse.stability.arcs import arcs_of
from offramp.inverse.stability.rankings.below import agreed, closure, gaining
from offramp.shapes import Ints
from offramp.stability import Conflict

__all__ = ["Deterred", "Move", "deterrence"]

Move = tuple[int, int]
"""From, to."""


@dataclass(frozen=True, slots=True)
class Deterred:
    """One improvement of another player, which some moves of the ranking player would help to deter."""

    player: int
    start: int
    """Where the improvement leads."""
    good: frozenset[int]
    """Where the opponents have to lead."""
    steps: tuple[tuple[int, int], ...]
    """The improvements of the other opponents."""
    moves: frozenset[Move]
    """The moves of the ranking player that can be of use; each is an improvement if it ranks them so."""


def deterrence(conflict: Conflict, player: int, state: int, concept: str) -> list[Deterred] | None:
    """Return what has to be deterred by a player's improvements, under seq or sseq; None where it cannot be."""
    movers = [arcs_of(mover) for mover in conflict.movers]
    improving = [gaining(conflict, j, arcs) for j, arcs in enumerate(movers)]
    own, may = movers[player], agreed(conflict, player, movers[player])
    found = []
    for j, arcs in enumerate(movers):
        moves = arcs.end[improving[j] & (arcs.start == state)]
        if j == player or not len(moves):
            continue
        good = _good(conflict, j, state, concept)
        steps = [(movers[k].start[improving[k]], movers[k].end[improving[k]])
                 for k in range(len(movers)) if k not in (j, player)]  # fmt: skip
        every = [*steps, (own.start[may], own.end[may])]
        back = closure(conflict.states, good, [(end, start) for start, end in every])
        for move in moves.tolist():
            if good.intersection(closure(conflict.states, [move], steps).tolist()):
                continue
            ahead = closure(conflict.states, [move], every)
            if not good.intersection(ahead.tolist()):
                return None
            useful = may & np.isin(own.start, ahead) & np.isin(own.end, back)
            of_use = frozenset(_pairs([(own.start[useful], own.end[useful])]))
            found.append(Deterred(j, move, good, _pairs(steps), of_use))
    return found


def _good(conflict: Conflict, player: int, state: int, concept: str) -> frozenset[int]:
    """Return the states no better for a player than some state, and which it cannot mend, under sseq."""
    ranks = conflict.ranks[player]
    best = ranks.copy()
    if concept == "sseq":
        arcs = arcs_of(conflict.movers[player])
        on = agreed(conflict, player, arcs)
        np.maximum.at(best, arcs.start[on], ranks[arcs.end[on]])
    return frozenset(np.flatnonzero(best <= ranks[state]).tolist())


def _pairs(arcs: list[tuple[Ints, Ints]]) -> tuple[Move, ...]:
    return tuple(pair for start, end in arcs for pair in zip(start.tolist(), end.tolist(), strict=True))
