"""What stability and play say of the same configurations: frozen values, a part of `Findings`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["Cause", "Comparison", "Lenses", "NearlyHolds", "OutcomeHolds", "Standing"]

Cause = Literal["noise", "foresight", "time", "drift", "cost"]
"""What play knows and stability does not: that players err, that they look ahead, that things take time, that
conditions drift while moves are made, that moves cost something."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether some configurations hold, and how much of its time play spends there, both in the best guess."""

    holds: bool
    play: float
    """Share of the time up to the horizon, from the start and with everybody free."""
    changed: Mapping[Cause, float]
    """The same share without one cause; NaN where it could not be told."""
    agree: bool
    """It holds and play spends most of its time there, or it does not and play spends little."""
    cause: Cause | None
    """The cause without which play comes nearest to what stability says; None where they agree or none matters."""
    closes: float
    """The part of the difference that goes away with it, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One configuration under both lenses."""

    number: int
    """As ``offramp stability`` numbers them."""
    label: Mapping[str, str]
    """player.option -> level"""
    start: bool
    reached: bool
    """Legal moves lead there from the start."""
    shares: Mapping[str, float]
    """By concept, in which share of the worlds it holds."""
    best_guess: tuple[str, ...]
    """The concepts under which it holds in the best guess."""
    final: float
    """The chance that play is there at the horizon."""
    begun: float
    """The share of its time that play spends there if it begins there."""
    compared: Comparison


@dataclass(frozen=True, slots=True)
class OutcomeHolds:
    """An outcome that options alone decide, under both lenses."""

    some: Mapping[str, float]
    """By concept, in which share of the worlds something that holds has it."""
    all: Mapping[str, float]
    """By concept, in which share of the worlds something holds, and all that holds has it."""
    play: float
    """In the best guess, the share of the time that play spends where it holds."""


@dataclass(frozen=True, slots=True)
class NearlyHolds:
    """What one player alone would leave in at least half of the worlds: how much, and the one nearest to holding."""

    player: str
    count: int
    number: int
    label: Mapping[str, str]
    share: float
    """In which share of the worlds that player, and nobody else, would leave it."""


@dataclass(frozen=True, slots=True)
class Lenses:
    """What holds when everybody is free, where play goes then, and why the two differ."""

    worlds: int
    """How many could be judged, the best guess apart."""
    failed: int
    configurations: int
    """All that can be."""
    start: Mapping[str, str]
    """player.option -> level"""
    equilibria: Mapping[str, int]
    """By concept, from the one that asks most: how many of them hold in the best guess."""
    concept: str
    """The one that play is compared with."""
    standings: tuple[Standing, ...]
    """Those that hold most, then those that play visits most."""
    together: Comparison | None
    """All that hold in the best guess under that concept; None where nothing does."""
    outcomes: Mapping[str, OutcomeHolds]
    nearly: tuple[NearlyHolds, ...]
    """By player, under that concept."""
    longer: float
    """How many times as long play had to do without the cause ``time``."""
