"""Targets: states that somebody wants to bring about, and what it takes to have reached them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from offramp.errors import Path
from offramp.expressions import Node
from offramp.shapes import Bools, Floats

__all__ = ["Target"]


@dataclass(frozen=True, slots=True)
class Target:
    """What is wanted: the states, the outcome that measures them, and in which share of the worlds."""

    id: str
    name: str
    that: Node
    """Yes or no over options, conditions and settings: the states wanted."""
    outcome: str | None = None
    """What measures it in play; None: the average of ``that`` over the horizon."""
    least: float = 0.5
    """In a world it is reached if the outcome is at least this."""
    most: bool = False
    """In a world it is reached if the outcome is at most that, in place of at least."""
    share: float = 0.5
    """A package of levers reaches it if it does in this share of the worlds."""
    by: str | None = None
    """Whose levers move it; None: everybody's."""
    strategy: str | None = None
    """What is played beneath the levers; None: see `offramp.model.levers.beneath`."""
    minds: tuple[str, ...] = ()
    """Outcomes that whoever moves the levers cares about besides; each says what is better."""
    why: str | None = None
    path: Path = ()

    def reached(self, values: Floats) -> Bools:
        """Tell for each value of the outcome whether it reaches the target; what is not a number does not."""
        return np.asarray(values <= self.least if self.most else values >= self.least)
