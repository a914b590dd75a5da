"""How many rankings of one player make a state an equilibrium where the others are deterred by its improvements.

What counts is how the player ranks states that it can move between, and which states it ranks below the target. So the
groups of such states are taken one after another; kept is what matters of those before: which of its own moves are
deterred, and how far its improvements lead. The rankings of all states that rank those of each group as given are then
counted by how many are below the target.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations
from math import comb, factorial, prod

from offramp.inverse.stability.rankings.below import Alternatives
from offramp.inverse.stability.rankings.counting import Blocks, rankings_of
from offramp.inverse.stability.rankings.deterring import Move, deterrence
from offramp.inverse.stability.rankings.paths import Paths
from offramp.stability import Conflict

__all__ = ["equilibria"]

MOST_RANKED = 50_000
"""Rankings of states of one group, in all groups together."""

MOST_FREE = 16
"""States of a block whose sets are gone through."""

MOST_STEPS = 20_000
"""Steps from one group to the next."""

Reach = tuple[frozenset[int], frozenset[Move]] | None
"""Where the opponents get to, and which improvements beyond that may serve; None where the move is deterred."""

Ways = Mapping[tuple[int, frozenset[Move]], int]
"""By which own moves are deterred, as bits, and which moves are improvements: a polynomial in how many are below."""


def equilibria(conflict: Conflict, player: int, state: int, concept: str, asked: Sequence[Alternatives]) -> int | None:
    """Count a player's strict rankings that make a state an equilibrium under seq or sseq; None if that is too much.

    Parameters
    ----------
    conflict : Conflict
    player, state
    concept : str
    asked : sequence of Alternatives
        What has to be below for the state to be stable for the player.
    """
    wanted = deterrence(conflict, player, state, concept)
    if wanted is None:
        return 0
    blocks, group = Blocks(asked), conflict.movers[player].group
    ranked = sorted({int(group[move[0]]) for each in wanted for move in each.moves})
    groups = [[s for s in range(conflict.states) if group[s] == g] for g in ranked]
    inside = {s for each in groups for s in each}
    free = [(key, states) for key, states in blocks.members.items() if not inside.intersection(states)]
    every = sum(factorial(min(len(each), 12)) for each in groups)
    if every > MOST_RANKED or max((len(s) for _, s in free), default=0) > MOST_FREE:
        return None
    scale = prod(factorial(len(each) - (state in each)) for each in groups)
    others = conflict.states - 1
    bits = others + scale.bit_length() + 8
    z = 1 << bits
    counts = {0: (1 + z) ** (others - len(inside - {state}) - sum(len(states) for _, states in free))}
    single = Counter(blocks.sets[key][0][1] for key, states in free if len(states) == 1)
    for mask, times in single.items():
        counts = _together(counts, {0: 1, mask: (1 + z) ** times - 1})
    for key, states in free:
        if len(states) > 1:
            counts = _together(counts, _deterred(states, blocks.sets[key], z))
    start: tuple[Reach, ...] = tuple((frozenset([each.start]), frozenset()) for each in wanted)
    kept: dict[tuple[int, tuple[Reach, ...]], int] = {(mask, start): count for mask, count in counts.items()}
    sets = [each for key in blocks.sets for each in blocks.sets[key]]
    useful = frozenset(move for each in wanted for move in each.moves)
    paths = [Paths(each) for each in wanted]
    steps = 0
    for n, members in enumerate(groups):
        later = frozenset(s for each in groups[n + 1 :] for s in each)
        ways = _ways(members, state, sets, useful, z)
        known: dict[tuple[tuple[Reach, ...], frozenset[Move]], tuple[Reach, ...] | None] = {}
        new: defaultdict[tuple[int, tuple[Reach, ...]], int] = defaultdict(int)
        steps += len(kept) * len(ways)
        if steps > MOST_STEPS:
            return None
        for (mask, reach), count in kept.items():
            for (own, on), weight in ways.items():
                if (reach, on) not in known:
                    known[reach, on] = _after(paths, reach, on, later)
                after = known[reach, on]
                if after is not None:
                    new[mask | own, after] += count * weight
        kept = dict(new)
    deterred = (1 << len(blocks.asked)) - 1
    total = sum(count for (mask, reach), count in kept.items() if mask == deterred and not any(reach))
    sizes = [(total >> (k * bits)) & (z - 1) for k in range(others + 1)]
    return rankings_of(sizes) // scale


def _deterred(states: Sequence[int], sets: Sequence[tuple[frozenset[int], int]], z: int) -> dict[int, int]:
    """Count the sets of states of a block by the moves that they deter."""
    hidden = [(sum(1 << states.index(s) for s in each), mask) for each, mask in sets]
    found: defaultdict[int, int] = defaultdict(int)
    for below in range(1 << len(states)):
        found[_met(hidden, below)] += z ** below.bit_count()
    return dict(found)


def _together(counts: Mapping[int, int], more: Mapping[int, int]) -> dict[int, int]:
    """Count sets made of two parts."""
    found: defaultdict[int, int] = defaultdict(int)
    for mask, count in counts.items():
        for other, weight in more.items():
            found[mask | other] += count * weight
    return dict(found)


def _met(hidden: Iterable[tuple[int, int]], below: int) -> int:
    found = 0
    for each, mask in hidden:
        found |= mask if below & each == each else 0
    return found


def _ways(
    members: Sequence[int], state: int, sets: Sequence[tuple[frozenset[int], int]], useful: frozenset[Move], z: int
) -> Ways:
    """Go through the rankings of one group of states, and where among them the target is."""
    number = {s: n for n, s in enumerate(members)}
    hidden = [(sum(1 << number[s] for s in each), mask) for each, mask in sets if each <= number.keys()]
    moves = [(number[a], number[b], (a, b)) for a, b in useful if a in number]
    others = len(members) - (state in number)
    found: defaultdict[tuple[int, frozenset[Move]], int] = defaultdict(int)
    for order in permutations(range(len(members))):
        place = {s: n for n, s in enumerate(order)}
        on = frozenset(move for a, b, move in moves if place[a] < place[b])
        for count in [place[number[state]]] if state in number else range(len(members) + 1):
            below = sum(1 << s for s in order[:count])
            found[_met(hidden, below), on] += comb(others, count) * z**count
    return found


def _after(
    paths: Sequence[Paths], reach: tuple[Reach, ...], on: frozenset[Move], later: frozenset[int]
) -> tuple[Reach, ...] | None:
    """Return how far the improvements of one more group lead; None where what is left can no longer do."""
    found: list[Reach] = []
    for path, before in zip(paths, reach, strict=True):
        if before is None:
            found.append(None)
            continue
        arcs = before[1] | (on & path.moves)
        to = path.reach(before[0], arcs)
        if to & path.good:
            found.append(None)
            continue
        open_ = arcs | {move for move in path.moves if move[0] in later}
        ahead, back = path.reach(to, open_), path.reach(path.good, open_, back=True)
        if not ahead & path.good:
            return None
        beyond = frozenset((a, b) for a, b in arcs if a in ahead and a not in to and b in back and b not in to)
        found.append((to & back, beyond))
    return tuple(found)
