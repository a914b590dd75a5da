"""What one player must rank below a state for the state to be stable for it, the others' rankings being what they are.

Whether a state is stable for a player turns only on which states it ranks below: never on how it ranks these, nor on
how it ranks those above. More below is never worse. So stability is a list of alternatives for each move: sets of
states, one of which must lie below as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from offramp.inverse.stability.arcs import Arcs, arcs_of
from offramp.shapes import Bools, Ints
from offramp.stability import Conflict

__all__ = ["Alternatives", "agreed", "alternatives", "closure", "gaining"]

Alternatives = tuple[frozenset[int], ...]
"""Sets of states; one of them must be ranked below as a whole."""


def agreed(conflict: Conflict, player: int, arcs: Arcs) -> Bools:
    """Tell by which moves no faction whose consent the player needs strictly loses."""
    ranks = conflict.consents[player]
    return np.asarray((ranks[:, arcs.end] >= ranks[:, arcs.start]).all(axis=0), dtype=np.bool_)


def gaining(conflict: Conflict, player: int, arcs: Arcs) -> Bools:
    """Tell which moves are improvements."""
    ranks = conflict.ranks[player]
    return np.asarray((ranks[arcs.end] > ranks[arcs.start]) & agreed(conflict, player, arcs), dtype=np.bool_)


def closure(states: int, starts: Iterable[int], arcs: Iterable[tuple[Ints, Ints]]) -> Ints:
    """Return the states that moves lead to from some states, these included, ascending."""
    given = list(starts)
    heads, tails = [np.full(len(given), states)], [np.array(given, dtype=np.int64)]
    for start, end in arcs:
        heads.append(start)
        tails.append(end)
    row, column = np.concatenate(heads), np.concatenate(tails)
    matrix = csr_array((np.ones(len(row), np.int8), (row, column)), shape=(states + 1, states + 1))
    reached = breadth_first_order(matrix, states, return_predecessors=False)
    return np.sort(reached[reached < states]).astype(np.int64)


def alternatives(conflict: Conflict, player: int, state: int, concept: str) -> list[Alternatives]:
    """Return for each move of a player what it must rank below a state for that to be stable for it.

    Moves that are no improvements however it ranks, and such as are deterred however it ranks, are left out.
    """
    movers = [arcs_of(mover) for mover in conflict.movers]
    own = movers[player]
    may = agreed(conflict, player, own)
    steps: list[tuple[Ints, Ints]] = []
    for j, arcs in enumerate(movers):
        on = gaining(conflict, j, arcs) if concept in ("seq", "sseq") else np.ones(len(arcs.start), dtype=np.bool_)
        if j != player:
            steps.append((arcs.start[on], arcs.end[on]))
    first = np.searchsorted(own.start, np.arange(conflict.states + 1))
    found = []
    for n in range(first[state], first[state + 1]):
        if not may[n]:
            continue
        move = int(own.end[n])
        sets = [frozenset({move})]
        for end in closure(conflict.states, [move], steps).tolist() if concept != "nash" else ():
            after = range(first[end], first[end + 1]) if concept in ("smr", "sseq") else range(0)
            sets.append(frozenset({end, *(int(own.end[m]) for m in after if may[m])}) - {state})
        if frozenset() not in sets:
            found.append(_smallest(sets))
    return found


def _smallest(sets: list[frozenset[int]]) -> Alternatives:
    """Leave out sets that have another in them."""
    kept: list[frozenset[int]] = []
    for each in sorted(set(sets), key=lambda one: (len(one), sorted(one))):
        if not any(other <= each for other in kept):
            kept.append(each)
    return tuple(kept)
