"""What the outcomes hang on and what their variance rests on: frozen values, parts of `Findings`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from offramp.model import OriginKind

__all__ = ["Driver", "Drivers", "GuessShare", "GuessShares", "KindShare", "Number", "Origins", "Telling"]


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


@dataclass(frozen=True, slots=True)
class KindShare:
    """The share of an outcome's variance that the numbers of one origin explain by themselves."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GuessShare:
    """How much of an outcome's variance rests on guesses; NaN where these worlds do not tell."""

    share: float
    """On guesses, alone or together with other numbers: all that those with an origin do not explain by themselves."""
    low: float
    high: float
    alone: Mapping[str, KindShare]
    """quoted, literature or guess -> what these numbers explain by themselves; only where worlds suffice to tell"""
    worlds: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class GuessShares:
    """What the variance of the main outcomes rests on, under one strategy."""

    strategy: str
    unknowns: Mapping[str, int]
    """quoted, literature or guess (defaults among them) -> numbers that vary, an ordered list counted once"""
    outcomes: Mapping[str, GuessShare]


@dataclass(frozen=True, slots=True)
class Origins:
    """What the case's numbers rest on."""

    quoted: int
    literature: int
    guess: int
    default: int
    fixed: int
    """Numbers stated as a point, not a range."""
