"""What outcomes come to: frozen values, parts of `Findings`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from offramp.shapes import ENSEMBLE_ERROR

__all__ = ["MARGIN", "Band", "Baselines", "Numerics", "OutcomeInfo", "ViewFindings"]

MARGIN = 10 * ENSEMBLE_ERROR
"""Of an outcome's range: a difference or an effect below it is not counted as one."""


@dataclass(frozen=True, slots=True)
class Band:
    """One outcome under one strategy over the worlds (the best guess, world 0, apart)."""

    best_guess: float
    mean: float
    p05: float
    p95: float
    robust_regret: float | None
    """Largest shortfall, over the worlds, behind the best strategy of that world; None without a better direction."""
    mean_regret: float | None


@dataclass(frozen=True, slots=True)
class Baselines:
    """The same outcomes with players who do not look ahead, over the same worlds (fewer of them)."""

    worlds: int
    random: Mapping[str, Mapping[str, Band]]
    myopic: Mapping[str, Mapping[str, Band]]
    foresight: Mapping[str, Mapping[str, Band]]
    """The full model over those same worlds, so that the three can be compared."""


@dataclass(frozen=True, slots=True)
class ViewFindings:
    """The outcomes under one view."""

    view: str
    name: str
    worlds: int
    outcomes: Mapping[str, Mapping[str, Band]]


@dataclass(frozen=True, slots=True)
class Numerics:
    """How far the numbers can be trusted as numbers, by strategy where a mapping."""

    tolerance: float
    """What the steps of the sweep are controlled to, as a share of each column's scale."""
    states: Mapping[str, int]
    error: Mapping[str, float]
    """Best-guess world: the largest error of an outcome at that tolerance, as a share of its range."""
    amplification: Mapping[str, float]
    """Best-guess world: the largest change found of an outcome, as a share of its range, per unit change of the
    values at the foresight date."""
    foresight: Mapping[str, float]
    """Best-guess world: the largest change of an outcome, as a share of its range, with foresight a quarter longer."""
    seconds: float


@dataclass(frozen=True, slots=True)
class OutcomeInfo:
    """What an outcome is, in words."""

    name: str
    measure: str
    better: Literal["high", "low"] | None
    for_whom: str | None
    low: float
    high: float
    """The range its values can take; used to scale the axes."""
    main: bool
    start: float = 0.0
    end: float | None = None
    """The dates between which it is read; None: the horizon."""
