"""What is to be computed: a variant, by players who choose in some way, over a sample of worlds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from offramp.model.variants import Variant

__all__ = ["Job", "Movers"]

Movers = Literal["foresight", "myopic", "random"]
"""How the free players choose: looking ahead, by the present payoff alone, or at random."""


@dataclass(frozen=True, slots=True)
class Job:
    """One variant over one sample of worlds."""

    variant: Variant
    sample: str
    """The name of the sample; ``main`` for the case's own worlds."""
    outcomes: tuple[str, ...]
    movers: Movers = "foresight"
    most: int | None = None
    """Only the first so many worlds, the best guess not counted; None for all of the sample."""

    def rows(self, drawn: int) -> int:
        """Return how many worlds are computed of a sample with so many draws, the best guess included."""
        return 1 + (drawn if self.most is None else min(drawn, self.most))
