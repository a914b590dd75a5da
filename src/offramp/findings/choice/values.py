"""Which strategy is best, and which is safe: frozen values, parts of `Findings`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from offramp.measures import Kind

__all__ = ["Advice", "Best", "Judged", "KnowingOne", "Level", "Preferred", "RegretMap", "Robust", "RobustOutcome"]


@dataclass(frozen=True, slots=True)
class Judged:
    """Every strategy judged by one metric."""

    metric: str
    name: str
    asks: str
    """One plain sentence."""
    looks_at: str
    """In a few words, after "those that look at"."""
    source: str
    kind: Kind
    extreme: bool
    """It hangs on one or two worlds, and so on how many were drawn."""
    power: int
    """1: in the outcome's unit; 0: without one."""
    better: Literal["high", "low"]
    values: Mapping[str, float]
    """By strategy; NaN where the metric has no meaning."""
    ranks: Mapping[str, int | None]
    """By strategy, 1 the best; ties share the better rank, and the next ones are left out."""
    winners: tuple[str, ...]
    votes: bool
    """It speaks for its winners: it is no mere shape of a strategy's outcomes, and tells some strategies apart."""
    stays: float
    """The share of resamples of the worlds in which a winner still wins; NaN for a shape."""


@dataclass(frozen=True, slots=True)
class RegretMap:
    """Regret by world and strategy, from the world in which the leader's is smallest to that in which it is largest."""

    worlds: tuple[int, ...]
    """Numbers of the worlds; of many worlds some, evenly spaced in that order."""
    strategies: tuple[str, ...]
    regrets: tuple[tuple[float, ...], ...]
    """``[world, strategy]``"""


@dataclass(frozen=True, slots=True)
class Preferred:
    """The strategy that one would choose where an unknown lies between two values."""

    low: float | None
    """None: as low as it goes."""
    high: float | None
    strategy: str


@dataclass(frozen=True, slots=True)
class KnowingOne:
    """What knowing one unknown before choosing is worth."""

    unknown: str
    label: str
    value: float
    """By how much the expected regret falls."""
    chosen: tuple[Preferred, ...]
    """What one would choose then, from the lowest values of the unknown to the highest."""
    twins: tuple[str, ...] = ()
    """Other unknowns, in words, that would change the choice in much the same worlds: it may be one of them."""


@dataclass(frozen=True, slots=True)
class Level:
    """What is good enough, because a claim says so."""

    value: float
    claim: str


@dataclass(frozen=True, slots=True)
class RobustOutcome:
    """The strategies judged on one outcome, over the worlds computed for all of them."""

    outcome: str
    better: Literal["high", "low"]
    margin: float
    """What lies no farther apart is a tie: 0.01 of the outcome's range."""
    metrics: tuple[Judged, ...]
    votes: Mapping[str, int]
    """By strategy, how many metrics prefer it; ties count for each."""
    leader: str
    """The strategy with most votes, then with the best mean of its worst tenth, then the first."""
    disagree: tuple[tuple[str, str], ...]
    """Pairs of metrics, each of which prefers strategies that the other does not."""
    regrets: RegretMap
    level: Level | None
    regret: float
    """The expected regret of the strategy with the best mean: what knowing everything would be worth."""
    chosen: str
    """The strategy with the best mean: what one chooses without knowing more."""
    floor: float
    """What the most telling unknown is worth in one of twenty tables of mere noise; NaN where none was valued."""
    unknowns: int
    """How many were valued: none where the regret is within the margin, or the worlds are too few."""
    knowing: tuple[KnowingOne, ...]
    """Those worth more than the floor, the most telling first."""


@dataclass(frozen=True, slots=True)
class Robust:
    """Which strategy is safe, by outcome."""

    worlds: int
    resamples: int
    outcomes: Mapping[str, RobustOutcome]
    """Main outcomes that say what is better, then the players' payoffs."""
    compared: tuple[str, ...]
    """The main outcomes that say what is better, of whose means the next two speak."""
    beaten: Mapping[str, tuple[str, ...]]
    """Strategy -> those that are better on one of these by more than the margin, and on none worse by more."""


@dataclass(frozen=True, slots=True)
class Best:
    """The strategy with the best mean of an outcome, over one set of worlds."""

    strategy: str
    mean: float
    next: str
    """The strategy with the next best mean."""
    gain: float
    """How much better than the next: the mean difference over the same worlds, never negative."""
    low: float
    high: float
    """The 95 % interval of that difference."""
    rivals: tuple[str, ...]
    """Strategies that it does not clearly beat: the interval of the difference reaches the margin. Empty: clear."""
    shares: Mapping[str, float]
    """Strategy -> share of the worlds in which it is best; equals share a world."""
    worlds: int


@dataclass(frozen=True, slots=True)
class Advice:
    """Which strategy serves an outcome best, over all worlds and under each view."""

    all: Best
    views: Mapping[str, Best]
    differs: bool
    """Two views name different strategies, each clearly the better under its view."""
