"""The bargain that a case makes of an actor table: where the centre lies, and who can move towards it how far.

An actor weighs on a dimension by its influence times its salience. The centre is the mean of the positions by these
weights. Giving way is moving from one's own position to the centre, in steps; positions that do not fit into the state
space hold.

References
----------
Achen, C. H. (2006). Institutional realism and bargaining models. In: Thomson, R., Stokman, F. N., Achen, C. H. and
König, T. (eds.), The European Union Decides. Cambridge University Press (the mean weighted by power times salience).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from offramp.graph.limits import MAX_POSTURES
from offramp.interop.ktab.parts import ActorTable

__all__ = ["Bargain", "Stand", "bargain_of"]

MOST_CONFIGURATIONS = 10_000
"""So many are judged in 64 worlds within seconds."""

_RUNGS = (5, 4, 3, 2)
_AT_THE_CENTRE = 0.5
"""Points of the scale from which on there is something to give."""


@dataclass(frozen=True, slots=True)
class Stand:
    """One actor on one dimension."""

    actor: int
    dimension: int
    share: float
    """Of the weight on the dimension."""
    distance: float
    """From the centre, in points of the scale."""
    part: float
    """Of all the weighted distance on the dimension."""


@dataclass(frozen=True, slots=True)
class Bargain:
    """Who can move, and how."""

    centres: tuple[float, ...]
    """By dimension, 0 to 100."""
    stands: tuple[Stand, ...]
    """Of all who are not at the centre and care."""
    moving: tuple[Stand, ...]
    """Those of them that can move, in the order of the table."""
    rungs: int
    """Levels of each option, from the own position to the centre."""

    @property
    def configurations(self) -> int:
        """How many there are."""
        return int(self.rungs ** len(self.moving))


def bargain_of(table: ActorTable) -> Bargain:
    """Lay out a bargain: all move if they can at two levels or more; else those who carry most of the distance."""
    centres, stands = [], []
    for d in range(len(table.dimensions)):
        weights = [actor.influence * actor.saliences[d] for actor in table.actors]
        total = sum(weights)
        shares = [weight / total for weight in weights]
        centre = sum(share * actor.positions[d] for share, actor in zip(shares, table.actors, strict=True))
        centres.append(centre)
        apart = [abs(actor.positions[d] - centre) for actor in table.actors]
        spread = sum(share * distance for share, distance in zip(shares, apart, strict=True))
        stands += [
            Stand(i, d, share, distance, share * distance / spread)
            for i, (share, distance) in enumerate(zip(shares, apart, strict=True))
            if share > 0 and distance >= _AT_THE_CENTRE
        ]
    moving, rungs = _moving(stands)
    return Bargain(tuple(centres), tuple(stands), moving, rungs)


def _moving(stands: Sequence[Stand]) -> tuple[tuple[Stand, ...], int]:
    for rungs in _RUNGS:
        fits = rungs ** len(stands) <= MOST_CONFIGURATIONS
        if fits and all(rungs**count <= MAX_POSTURES for count in Counter(each.actor for each in stands).values()):
            return tuple(stands), rungs
    chosen: list[Stand] = []
    own = Counter[int]()
    for stand in _by_weight(stands):
        fits = 2 ** (len(chosen) + 1) <= MOST_CONFIGURATIONS
        if fits and 2 ** (own[stand.actor] + 1) <= MAX_POSTURES:
            chosen.append(stand)
            own[stand.actor] += 1
    return tuple(stand for stand in stands if stand in chosen), 2


def _by_weight(stands: Sequence[Stand]) -> list[Stand]:
    """Return the heaviest of each dimension, then the second of each, and so on."""
    met = Counter[int]()
    ranked = []
    for stand in sorted(stands, key=lambda each: -each.part):
        ranked.append((met[stand.dimension], -stand.part, stand))
        met[stand.dimension] += 1
    return [stand for _, _, stand in sorted(ranked, key=lambda each: each[:2])]
