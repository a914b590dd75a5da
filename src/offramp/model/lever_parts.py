"""Levers: what a player can move at the outset, each level with a price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offramp.errors import Path
from offramp.model.uncertain import Origin

if TYPE_CHECKING:
    from offramp.model.parts import Rule

__all__ = ["Lever", "LeverLevel", "Price"]


@dataclass(frozen=True, slots=True)
class Price:
    """What it costs to move a lever to a level: a range, no unknown of the worlds."""

    low: float
    high: float
    stated: bool = True
    """False where the case says nothing: 1, one step."""

    @property
    def best(self) -> float:
        """The best guess: the middle."""
        return self.low + (self.high - self.low) / 2


@dataclass(frozen=True, slots=True)
class LeverLevel:
    """One level of a lever: what is changed, and whose rules its player follows."""

    id: str
    changes: tuple[tuple[str, int], ...]
    """Settings, or the levels at which options (``player.option``) start, as in ``Variant.levels``."""
    follows: str | None
    """The strategy whose rules the lever's player follows, with that strategy's settings beneath the changes."""
    price: Price
    rules: tuple[Rule, ...] = ()
    """In place of a strategy's: the rules that the lever's player follows."""
    name: str | None = None
    """Words that stand by themselves in a sentence, without the lever's name."""
    why: str | None = None
    path: Path = ()

    @property
    def commits(self) -> bool:
        """Whether it says what its player does, in place of what is played beneath."""
        return self.follows is not None or bool(self.rules)


@dataclass(frozen=True, slots=True)
class Lever:
    """Something that a player can move at the outset."""

    id: str
    name: str
    by: str
    """The player who moves it."""
    levels: tuple[LeverLevel, ...]
    now: int
    """The level at present, which costs nothing."""
    origin: Origin
    mechanism: tuple[str, ...] = ()
    path: Path = ()
