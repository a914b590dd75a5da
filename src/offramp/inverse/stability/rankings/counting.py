"""How many sets of states meet alternatives, by size, without going through them.

A polynomial in z, whose coefficient at z^k is the number of sets with k states, is held as one whole number: its value
where z is a power of two that is larger than every coefficient.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from math import factorial, prod

from offramp.errors import UsageError
from offramp.inverse.stability.rankings.below import Alternatives

__all__ = ["Blocks", "rankings_of", "sets_by_size"]

MOST = 1 << 20
"""Combinations that are gone through at most."""

Block = tuple[int, tuple[tuple[frozenset[int], int], ...]]
"""How many states it has, and sets of these (numbered in the block), each with the moves that it deters, as bits."""


class Blocks:
    """States that belong together because some set has them in it, and what the sets deter.

    Parameters
    ----------
    asked : sequence of Alternatives
        By move; alike ones are taken together.
    """

    def __init__(self, asked: Sequence[Alternatives]) -> None:
        self.asked = sorted({tuple(sorted(map(tuple, map(sorted, each)))) for each in asked})
        masks: dict[tuple[int, ...], int] = {}
        for bit, each in enumerate(self.asked):
            for states in each:
                masks[states] = masks.get(states, 0) | 1 << bit
        part = {s: s for states in masks for s in states}
        for states in masks:
            for s in states:
                part = _joined(part, states[0], s)
        self.members: dict[int, list[int]] = {}
        """By block: its states, ascending."""
        for s in sorted(part):
            self.members.setdefault(part[s], []).append(s)
        self.sets: dict[int, list[tuple[frozenset[int], int]]] = {key: [] for key in self.members}
        """By block: its sets, and which moves they deter, as bits."""
        for states, mask in sorted(masks.items()):
            self.sets[part[states[0]]].append((frozenset(states), mask))

    def shapes(self) -> Counter[Block]:
        """Return how many blocks of each kind there are."""
        found: Counter[Block] = Counter()
        for key, states in self.members.items():
            number = {s: n for n, s in enumerate(states)}
            sets = tuple((frozenset(number[s] for s in each), mask) for each, mask in self.sets[key])
            found[len(states), sets] += 1
        return found


def _joined(part: dict[int, int], one: int, other: int) -> dict[int, int]:
    kept, gone = part[one], part[other]
    return part if kept == gone else {s: kept if p == gone else p for s, p in part.items()}


def sets_by_size(asked: Sequence[Alternatives], states: int) -> list[int]:
    """Count the sets of states that have one alternative of each move in them, by size from 0 to ``states``.

    By inclusion and exclusion over moves that share states.

    Raises
    ------
    UsageError
        If there is too much to go through.
    """
    blocks = Blocks(asked)
    bits, z = len(blocks.asked), 1 << (states + 8)
    shapes = blocks.shapes()
    total = (1 + z) ** (states - sum(size * times for (size, _), times in shapes.items()))
    for moves in _parts(bits, shapes):
        own = {shape: times for shape, times in shapes.items() if shape[1][0][1] & moves}
        singles = [1 << bit for bit in range(bits) if moves >> bit & 1]
        if 1 << len(singles) > MOST // 16:
            raise _too_large(f"{len(singles)} moves that are met by some of the same states")
        found, known = 0, dict[tuple[Block, int], int]()
        for left in range(1 << len(singles)):
            out = sum(bit for n, bit in enumerate(singles) if left >> n & 1)
            sign = -1 if left.bit_count() % 2 else 1
            found += sign * prod(_avoiding(shape, out, z, known) ** times for shape, times in own.items())
        total *= found
    return [(total >> (k * (states + 8))) & (z - 1) for k in range(states + 1)]


def _parts(bits: int, shapes: Counter[Block]) -> list[int]:
    """Gather moves that share blocks, as bits."""
    parts = [1 << bit for bit in range(bits)]
    for _, sets in shapes:
        together = 0
        for _, mask in sets:
            together |= mask
        joined = together
        for part in parts:
            joined |= part if part & together else 0
        parts = [part for part in parts if not part & together] + [joined]
    return parts


def _avoiding(shape: Block, out: int, z: int, known: dict[tuple[Block, int], int]) -> int:
    """Count the subsets of a block that deter none of some moves."""
    size, sets = shape
    if (shape, out) not in known:
        barred = [each for each, mask in sets if mask & out]
        if 1 << min(len(barred), size) > MOST:
            raise _too_large(f"{len(barred)} sets of states that are met together")
        if len(barred) <= size:
            found = 0
            for count in range(len(barred) + 1):
                for some in combinations(barred, count):
                    taken = len(frozenset[int]().union(*some))
                    found += (-1) ** count * z**taken * (1 + z) ** (size - taken)
        else:
            hidden = [sum(1 << s for s in each) for each in barred]
            found = sum(z ** chosen.bit_count() for chosen in range(1 << size) if all(chosen & h != h for h in hidden))
        known[shape, out] = found
    return known[shape, out]


def _too_large(what: str) -> UsageError:
    return UsageError(f"the rankings cannot be counted: there are {what}", code="too-large",
                      hint="count for a player with fewer moves, or under another concept")  # fmt: skip


def rankings_of(sizes: Sequence[int]) -> int:
    """Count the strict rankings of all states that have one of some sets below one state, given the sets by size."""
    others = len(sizes) - 1
    return sum(count * factorial(k) * factorial(others - k) for k, count in enumerate(sizes))
