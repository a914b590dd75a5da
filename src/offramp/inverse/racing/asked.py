"""What a race is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from offramp.errors import UsageError
from offramp.shapes import Floats

__all__ = ["Asked"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Settings of a race; see `race`."""

    worlds: int
    budget: int
    signs: tuple[int, ...]
    least: float | None
    margin: float
    margins: tuple[float, ...] | None
    share: float
    risk: float
    seed: int
    most_cost: float = inf

    def __post_init__(self) -> None:
        if self.worlds < 2 or self.budget < 1:
            raise UsageError("a race needs at least two worlds and a budget of at least one solve", code="race")
        if not self.signs or any(sign not in (1, -1) for sign in self.signs):
            raise UsageError("`signs` must give 1 or -1 for every outcome", code="race")
        if self.margins is not None and len(self.margins) != len(self.signs) - 1:
            raise UsageError("`margins` must give a number for every outcome after the first", code="race")
        if min((self.margin, *(self.margins or ()))) < 0.0 or not 0.0 < self.risk < 1.0:
            raise UsageError("margins must not be negative, and `risk` must lie between 0 and 1", code="race")

    def scored(self, outcome: int, values: Floats) -> Floats:
        """Return what counts of an outcome ``[cell]``, higher being better; NaN stays."""
        better = self.signs[outcome] * values
        if outcome or self.least is None:
            return np.asarray(better)
        return np.where(np.isnan(better), np.nan, (better >= self.signs[0] * self.least).astype(np.float64))

    def sign(self, outcome: int) -> int:
        """Return what a score is multiplied with to count as the caller counts: shares are higher when better."""
        return 1 if outcome == 0 and self.least is not None else self.signs[outcome]
