"""What drives the outcomes: frozen values. Terminal and JSON are written from these alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from offramp.findings.outcomes.values import OutcomeInfo
from offramp.findings.sensitivity.values import Number, Telling

__all__ = ["BreakEven", "BreakEvens", "By", "Crossing", "GroupDrive", "Matters", "OutcomeDrive", "Swing", "Tornado"]

By = Literal["unknown", "player", "origin", "mechanism"]


@dataclass(frozen=True, slots=True)
class GroupDrive:
    """The share of an outcome's variance that a group of unknowns explains."""

    group: str
    """A player, an origin, mechanisms, an unknown, or what the others are called."""
    label: str
    unknowns: tuple[str, ...]
    """Unknowns and orders in it."""
    first: float
    """What the group explains by itself: the closed first-order Sobol' index."""
    first_low: float
    first_high: float
    total: float
    """What it takes part in, alone or together with other numbers: the total Sobol' index."""
    total_low: float
    total_high: float
    given: float
    """The first-order index again, from the worlds at hand; NaN where these are too few for so many unknowns."""
    given_low: float
    given_high: float


@dataclass(frozen=True, slots=True)
class OutcomeDrive:
    """What drives one outcome."""

    outcome: str
    mean: float
    deviation: float
    """The standard deviation over the worlds."""
    groups: tuple[GroupDrive, ...]
    """The group that takes part in most first; what remains comes last."""
    together: float
    """What only unknowns of several groups explain together: 1 less the first-order indices; NaN where groups
    overlap."""
    telling: Telling
    """The single unknowns that stand out in the worlds at hand."""
    worlds: int


@dataclass(frozen=True, slots=True)
class Swing:
    """What one unknown alone does to an outcome, all the others at the best guess."""

    unknown: Number
    best: float
    low: float
    high: float
    """The values that it stays below in 5 % and in 95 % of the stated worlds."""
    at_low: float
    at_high: float
    """The outcome there."""

    @property
    def size(self) -> float:
        """How far apart the outcomes are."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True)
class Tornado:
    """The largest swings of one outcome."""

    outcome: str
    best_guess: float
    """NaN where it could not be computed."""
    swings: tuple[Swing, ...]
    """The largest first; none without a best guess."""
    unknowns: int
    """How many were moved."""
    idle: int
    """How many of them move the outcome by no more than the margin; 0 without a best guess."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """A value of an unknown at which the preferred strategy changes."""

    at: float
    """Of a choice, halfway between the two values."""
    above: str
    """The strategy that is preferred above it."""


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Where one unknown alone changes which of two strategies is preferred, all the others at the best guess."""

    unknown: Number
    best: float
    low: float
    high: float
    """Its range."""
    crossings: tuple[Crossing, ...]
    lead: float
    """By how much the other strategy is ahead at most, at the points looked at."""
    worlds: Literal["changes", "stays", "unclear"]
    """Whether the mean difference over the worlds changes sign with this unknown too."""

    @property
    def nearest(self) -> float:
        """How far the nearest crossing is from the best guess, as a share of the range."""
        return min(abs(crossing.at - self.best) for crossing in self.crossings) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class BreakEvens:
    """The values at which the preferred of two strategies changes."""

    outcome: str
    strategy: str
    against: str
    preferred: str
    """In the best guess."""
    difference: float
    """`strategy` less `against` in the best guess."""
    margin: float
    """Differences up to it count as none."""
    mean: float
    mean_low: float
    mean_high: float
    """The mean difference over the worlds, with its 95 % interval."""
    share: float
    """Share of the worlds in which the preferred one is ahead by more than the margin."""
    reversed: float
    """In which the other one is."""
    precision: float
    """To which a value is found, as a share of the unknown's range."""
    points: int
    """Values of each unknown that are looked at first, the best guess among them."""
    found: tuple[BreakEven, ...]
    """Those whose break-even needs the smallest move from the best guess first."""
    none: int
    """Unknowns without a break-even inside their range."""
    failed: int
    """Unknowns for which it could not be computed."""
    stopped: int
    """Unknowns for which the reader stopped it before it was found."""
    worlds: int


@dataclass(frozen=True, slots=True)
class Matters:
    """What the outcomes of a case hang on."""

    case: str
    title: str
    version: str
    digest: str
    seed: int
    worlds: int
    """Rows of the design asked for."""
    done: int
    """Rows computed for every group, those that failed not counted."""
    by: By
    strategy: str
    against: str | None
    """None where the case has one strategy."""
    strategies: Mapping[str, str]
    """id -> name"""
    outcomes: Mapping[str, OutcomeInfo]
    outcome: str
    """The one that is told in full: the one asked for, else the first main one."""
    unit: str
    horizon: float
    sources: Mapping[str, str]
    """id -> author, title, date in one line"""
    overlap: bool
    """An unknown may count in several groups."""
    margin: float
    """As a share of an outcome's range: no effect below it counts as one."""
    drives: Mapping[str, OutcomeDrive]
    tornadoes: Mapping[str, Tornado]
    break_even: BreakEvens | None
    solves: int
    """Worlds times strategies that were solved."""
    failure: str | None = None
    """What went wrong in the first world that could not be computed."""
    interrupted: bool = False
    """The reader stopped it; what was done until then is here."""
