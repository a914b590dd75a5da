"""A robustness metric: three steps, words and a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from offramp.measures.aggregates import Aggregate
from offramp.measures.scheme import Better, Sample, Step, best, worst, worst_and_best
from offramp.shapes import Floats

__all__ = ["Kind", "Metric"]

Kind = Literal["level", "regret", "share", "spread"]


@dataclass(frozen=True, slots=True)
class Metric:
    """One way to judge a strategy over all worlds.

    Attributes
    ----------
    id, name : str
    asks : str
        One plain sentence.
    looks_at : str
        What it looks at, in a few words, after "those that look at".
    source : str
        Where it comes from.
    kind : {"level", "regret", "share", "spread"}
        A level of the outcome itself; a distance behind the best strategy of each world, which another strategy in the
        table may change, and with it the order of the rest; a share of the worlds; or the shape of a strategy's own
        outcomes, which is blind to how good they are: what is surely bad is not spread at all.
    better : {"high", "low"}
        Which direction is good where a high outcome is; see `direction`.
    transform, subset : callable
        From `Sample` to `Sample`.
    aggregate : callable
        From `Sample` to ``[..., strategy]``.
    power : int
        Outcomes times a > 0 make the metric times a ** power: 1 is in the outcome's unit, 0 without a unit.
    """

    id: str
    name: str
    asks: str
    looks_at: str
    source: str
    kind: Kind
    better: Better
    transform: Step
    subset: Step
    aggregate: Aggregate
    power: int

    @property
    def votes(self) -> bool:
        """Can it speak for a strategy? The shape of a strategy's outcomes cannot."""
        return self.kind != "spread"

    @property
    def extreme(self) -> bool:
        """Does it hang on one or two worlds, and so on how many were drawn?"""
        return self.subset in (worst, best, worst_and_best)

    def direction(self, outcome: Better) -> Better:
        """Which direction of the metric is good, given which of the outcome is: a level turns with the outcome."""
        if self.kind != "level" or outcome == "high":
            return self.better
        return "low" if self.better == "high" else "high"

    def of(self, sample: Sample) -> Floats:
        """Return the metric of every strategy, ``[..., strategy]``; NaN where it has no meaning."""
        return self.aggregate(self.subset(self.transform(sample)))
