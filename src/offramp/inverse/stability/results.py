"""What inverse stability finds: answers, what blocks, and what was held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from offramp.shapes import Floats

__all__ = ["GAP", "Answer", "Blocking", "Budget", "Change", "Held", "Inverse", "RangeEnd", "Requirement"]

GAP = 1e-5
"""An answer counts as the least where no other can be cheaper by more, as a share of its cost (or of 1)."""


@dataclass(frozen=True, slots=True)
class Budget:
    """When to stop looking."""

    seconds: float = 60.0
    nodes: int = 1_000_000
    """Of branch and bound, in all."""


@dataclass(frozen=True, slots=True)
class Change:
    """One unknown that has to change."""

    unknown: str
    start: float
    end: float
    low: float
    high: float
    cost: float

    @property
    def share(self) -> float:
        """By how much of its stated range it changes; negative where it falls."""
        return (self.end - self.start) / (self.high - self.low)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """One way to make a state an equilibrium; without changes it is one already."""

    state: int
    changes: tuple[Change, ...]
    cost: float
    bound: float
    """No way to this state costs less, but for those that make all the changes of an answer before this."""
    point: Floats
    """[K] the value of every unknown that may move."""
    also: tuple[int, ...] = ()
    """Other states of the target that are equilibria there."""

    @property
    def gap(self) -> float:
        """By how much a cheaper way could be cheaper."""
        return max(self.cost - self.bound, 0.0)

    @property
    def proven(self) -> bool:
        """Whether it is the least."""
        return self.gap <= GAP * max(1.0, self.cost)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A player must not gain by a move, or must be deterred from it."""

    player: int
    move: int
    """The state that it leads to."""


@dataclass(frozen=True, slots=True)
class RangeEnd:
    """An unknown must not go beyond an end of its range."""

    unknown: str
    end: Literal["low", "high"]
    value: float


@dataclass(frozen=True, slots=True)
class Blocking:
    """Conditions that together keep a state from being an equilibrium."""

    state: int
    requirements: tuple[Requirement, ...]
    ends: tuple[RangeEnd, ...]
    irreducible: bool
    """Whether it is known of each that without it the others could be met."""


@dataclass(frozen=True, slots=True)
class Held:
    """An unknown that was left at its best guess, and why."""

    unknown: str
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Inverse:
    """What it would take for one of some states to be an equilibrium."""

    concept: str
    states: tuple[int, ...]
    """The target."""
    answers: tuple[Answer, ...]
    """By cost; none makes all the changes that one before it makes, in the same directions."""
    bound: float
    """No way to any state of the target costs less; infinite where it is known that there is none."""
    complete: bool
    """Whether the search ended before its budget did: the answers are then the least, in order, and where there are
    fewer than asked for, there are no more."""
    impossible: tuple[int, ...]
    """States of which it is known that nothing inside the ranges makes them equilibria."""
    undecided: tuple[int, ...]
    """States for which the budget ended before an answer was found or excluded."""
    blocked: tuple[Blocking, ...]
    """Where there are no answers: what stands in the way, state by state."""
    movable: tuple[str, ...]
    already: tuple[int, ...]
    """States of the target that are equilibria as things stand."""
    held: tuple[Held, ...] = ()
