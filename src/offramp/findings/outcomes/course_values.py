"""How a strategy plays out: frozen values, parts of `Findings`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Change", "MapEdge", "MapState", "Paths", "Series", "StateMap", "Story", "StoryEvent"]


@dataclass(frozen=True, slots=True)
class Series:
    """One line over time, as long as `Paths.times`: the best guess and the 5 to 95 % band over the sampled worlds."""

    best_guess: tuple[float, ...]
    p05: tuple[float, ...]
    p95: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Paths:
    """How one strategy plays out over time."""

    times: tuple[float, ...]
    series: Mapping[str, Series]
    """By outcome id (the expected value of what it measures, at that time), ``player.option`` and condition id (the
    expected level, scaled to 0..1)."""
    worlds: int


@dataclass(frozen=True, slots=True)
class MapState:
    """A configuration and how much of the horizon the best-guess path spends in it."""

    id: str
    label: Mapping[str, str]
    """player.option -> level"""
    share: float
    start: bool = False


@dataclass(frozen=True, slots=True)
class MapEdge:
    """Expected number of moves from one configuration to another over the horizon, by one player."""

    source: str
    target: str
    player: str
    moves: float


@dataclass(frozen=True, slots=True)
class StateMap:
    """The configurations most visited, and the moves between them."""

    states: tuple[MapState, ...]
    edges: tuple[MapEdge, ...]
    covered: float
    """Share of the time spent in the states shown."""


@dataclass(frozen=True, slots=True)
class Change:
    """A level that changes."""

    key: str
    """player.option or condition"""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """Something happens at a time: a player moves, or a condition drifts."""

    time: float
    text: str
    actor: str
    """The player, or the condition."""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """One simulated course of events in the best-guess world."""

    seed: int
    events: tuple[StoryEvent, ...]
    ends: str
    """The state at the horizon, in words."""
    final: Mapping[str, str] = field(default_factory=dict)
    """player.option or condition -> its level at the horizon"""
