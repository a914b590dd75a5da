"""The single unknowns that outcomes hang on: frozen values, a part of `Findings`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from offramp.model import OriginKind

__all__ = ["Driver", "Drivers", "Number", "Telling"]


@dataclass(frozen=True, slots=True)
class Number:
    """An unknown, or the worths of an order, in words."""

    name: str
    label: str
    owner: str
    """Whose it is, in words: a player, several players, or what it enters where no player minds it."""
    origin: OriginKind
    source: str | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Driver:
    """An unknown that an outcome hangs on."""

    unknown: Number
    share: float
    """The share of the outcome's variance that it explains by itself."""
    low: float
    high: float
    twins: tuple[Number, ...] = ()
    """Others that seem to explain as much only because their draws move along with it: it may be one of them."""


@dataclass(frozen=True, slots=True)
class Telling:
    """The unknowns that stand out for one outcome."""

    drivers: tuple[Driver, ...]
    """The most telling first."""
    floor: float
    """The share that the most telling of all reaches in 19 of 20 shuffles of the worlds; NaN where nothing varies."""
    unknowns: int
    """How many were looked at."""
    worlds: int


@dataclass(frozen=True, slots=True)
class Drivers:
    """What drives the main outcomes under one strategy."""

    strategy: str
    outcomes: Mapping[str, Telling]
