"""What an ensemble computed: an outcome for every job and world, and the worlds that failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from offramp.ensemble.jobs import Movers
from offramp.model.variants import Variant
from offramp.shapes import Floats

__all__ = ["Failure", "Key", "Table"]

Key = tuple[Variant, str, Movers]
"""(variant, sample, movers)"""


@dataclass(frozen=True, slots=True)
class Failure:
    """One world that could not be computed under one variant."""

    sample: str
    world: int
    variant: Variant
    movers: Movers
    message: str
    draws: Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Results by job and world; row 0 is the best guess."""

    values: Mapping[Key, Mapping[str, Floats]]
    """outcome -> [1 + N], NaN where the world failed or was not reached."""
    done: Mapping[str, int]
    """How many worlds of each sample were computed for every job, the best guess included."""
    failures: tuple[Failure, ...]
    interrupted: bool

    def column(self, variant: Variant, outcome: str, sample: str = "main", movers: Movers = "foresight") -> Floats:
        """Return one outcome of one variant in every world computed, best guess first."""
        return self.values[variant, sample, movers][outcome][: self.done[sample]]
