"""All legal moves of one player, as pairs of states."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from offramp.shapes import Ints
from offramp.stability import Mover

__all__ = ["Arcs", "arcs_of"]


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """All legal moves of one player."""

    start: Ints
    """[moves] ascending."""
    end: Ints
    """[moves]"""


def arcs_of(mover: Mover) -> Arcs:
    """List a player's legal moves."""
    ends_ = mover.members[mover.group]
    start = np.repeat(np.arange(len(ends_)), ends_.shape[1])
    end = ends_.ravel()
    legal = (end >= 0) & (end != start)
    start, end = start[legal], end[legal]
    kept = (mover.fixed[mover.posture[start]] <= mover.fixed[mover.posture[end]]).all(axis=1)
    return Arcs(start[kept], end[kept])
