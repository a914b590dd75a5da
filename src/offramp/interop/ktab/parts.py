"""What an actor table says."""

from __future__ import annotations

from dataclasses import dataclass

from offramp.errors import Place

__all__ = ["Actor", "ActorTable"]


@dataclass(frozen=True, slots=True)
class Actor:
    """One row."""

    name: str
    description: str
    influence: float
    """0 or more; only proportions count."""
    positions: tuple[float, ...]
    """By dimension, 0 to 100."""
    saliences: tuple[float, ...]
    """By dimension, 0 to 100."""
    place: Place


@dataclass(frozen=True, slots=True)
class ActorTable:
    """A table, checked."""

    file: str
    title: str
    about: str
    dimensions: tuple[str, ...]
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    """Where each dimension is named."""
