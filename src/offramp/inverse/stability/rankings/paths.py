"""Where improvements lead, some of them given and some to be decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from offramp.inverse.stability.rankings.deterring import Deterred, Move

__all__ = ["Paths"]


class Paths:
    """The steps by which one improvement may be deterred."""

    def __init__(self, wanted: Deterred) -> None:
        self.good, self.moves = wanted.good, wanted.moves
        self._steps = wanted.steps

    def reach(self, starts: frozenset[int], moves: Iterable[Move], *, back: bool = False) -> frozenset[int]:
        """Return where steps and some moves lead from some states, or from where they lead there."""
        ways: defaultdict[int, list[int]] = defaultdict(list)
        for a, b in (*self._steps, *moves):
            ways[b if back else a].append(a if back else b)
        seen, waiting = set(starts), list(starts)
        while waiting:
            for s in ways.get(waiting.pop(), ()):
                if s not in seen:
                    seen.add(s)
                    waiting.append(s)
        return frozenset(seen)
