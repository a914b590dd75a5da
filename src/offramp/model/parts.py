"""The parts of a case: frozen values, no arrays, no files.

Numbers that may be uncertain are expressions over unknowns (a plain number is a constant expression, an inline
range an unknown named by its path). Every name inside an expression has been checked when a `Case` exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from offramp.errors import Path
from offramp.expressions import Node
from offramp.model.lever_parts import Lever, LeverLevel, Price
from offramp.model.targets import Target
from offramp.model.uncertain import Choice, Derived, Order, Origin, OriginKind, Range, Source, Unknown, View

__all__ = [
    "BY_SEARCH",
    "Case",
    "Choice",
    "Claim",
    "Condition",
    "Derived",
    "Faction",
    "Lever",
    "LeverLevel",
    "Measure",
    "Mechanism",
    "Option",
    "Order",
    "Origin",
    "OriginKind",
    "Outcome",
    "Perception",
    "Player",
    "Price",
    "Range",
    "RateTerm",
    "Rule",
    "RuleSet",
    "Setting",
    "Source",
    "Strategy",
    "Target",
    "Tension",
    "Time",
    "Unknown",
    "View",
    "Want",
]

BY_SEARCH = "offramp reach"
"""Where a claim is judged that has no test for a run."""

Measure = Literal["final", "average", "total", "ever", "first"]


@dataclass(frozen=True, slots=True)
class Time:
    """The clock: outcomes are read from 0 to the horizon, players look ahead to the foresight date."""

    unit: str = "month"
    horizon: float = 24.0
    foresight: float = 48.0


@dataclass(frozen=True, slots=True)
class Option:
    """Something one player can set."""

    id: str
    levels: tuple[str, ...]
    start: int
    raise_cost: Node
    lower_cost: Node
    name: str | None = None
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Want:
    """One thing a player or faction cares about, with its worth per unit of time while it holds."""

    id: str
    that: Node
    worth: Node
    origin: Origin
    at_end: bool = False
    """Paid once, at the foresight date."""
    mechanism: tuple[str, ...] = ()
    off: Node | None = None
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Faction:
    """A part of a player with wants of its own. ``influence`` is None for the one that takes the rest."""

    id: str
    wants: tuple[Want, ...]
    influence: Node | None
    origin: Origin
    consent: bool = False
    name: str | None = None
    mechanism: tuple[str, ...] = ()
    off: Node | None = None
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Perception:
    """What a player believes about a number of the case, where it differs from the truth."""

    target: str
    """What it is about, by its path with dots: ``sender.wants.relief.worth``."""
    believed: Node
    origin: Origin
    mechanism: tuple[str, ...] = ()
    off: Node | None = None
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Player:
    """Who chooses. A player without factions of its own has one, of the player's id, with influence 1."""

    id: str
    name: str
    options: tuple[Option, ...]
    factions: tuple[Faction, ...]
    pace: Node
    lam: Node
    discount: Node
    perceives: tuple[Perception, ...] = ()
    unseen: tuple[Node, ...] = ()
    """Yes or no over options: configurations of which the player knows nothing."""
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """A constant that a strategy may set at the outset."""

    id: str
    levels: tuple[str, ...]
    start: int
    name: str | None = None
    origin: Origin = field(default_factory=Origin)
    mechanism: tuple[str, ...] = ()
    off: int | None = None
    """The level it takes under every strategy when switched off; None: the first."""
    path: Path = ()


@dataclass(frozen=True, slots=True)
class RateTerm:
    """A rate per unit of time: ``rate`` times ``of``."""

    of: Node
    rate: Node
    origin: Origin
    mechanism: tuple[str, ...] = ()
    off: Node | None = None
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A stock that drifts up and down a ladder of levels."""

    id: str
    levels: tuple[str, ...]
    start: int
    rises: tuple[RateTerm, ...]
    falls: tuple[RateTerm, ...]
    name: str | None = None
    mechanism: tuple[str, ...] = ()
    """With these off the condition stays where it starts."""
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A named measure of a path."""

    id: str
    name: str
    measure: Measure
    of: Node | None
    payoff: tuple[str, str | None] | None
    """(player, faction or None) in place of ``of``."""
    better: Literal["high", "low"] | None = None
    for_whom: str | None = None
    start: float = 0.0
    end: float | None = None
    """None: the horizon."""
    unless: Node | None = None
    main: bool = True
    """Shown in the first table."""
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """When this holds, and the chance comes up, set these options. ``when`` None: always."""

    when: Node | None
    chance: Node
    set: Mapping[str, int | Literal["up", "down"]]
    path: Path = ()


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one committed player, and what others reckon with instead, by player."""

    player: str
    rules: tuple[Rule, ...]
    believed: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Strategy:
    """A rule that one or more players are committed to, plus settings. No rules: free play."""

    id: str
    name: str
    settings: Mapping[str, int]
    committed: tuple[RuleSet, ...]
    why: str | None = None
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a source, with a test, or factual (an assumption, not a result)."""

    id: str
    says: str
    origin: Origin
    test: Node | None
    factual: bool = False
    untestable: str | None = None
    """Why the model cannot test it."""
    margin: float | None = None
    mechanism: tuple[str, ...] = ()
    tested_in: str | None = None
    """The name of another case that tests it, under the circumstances it speaks of."""
    path: Path = ()
    reach: Node | None = None
    """What it says of the packages that reach a target; the search for them judges it."""

    @property
    def elsewhere(self) -> str | None:
        """The case that it is left to, or `BY_SEARCH`; None where a run tests it, or need not or cannot."""
        settled = self.test is not None or self.factual or self.untestable is not None
        if settled or self.tested_in is not None:
            return None if settled else self.tested_in
        return BY_SEARCH if self.reach is not None else None


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A causal sentence of a source, or the modeller's answer to one; elements of the case carry its id."""

    id: str
    says: str
    origin: Origin
    counters: tuple[str, ...] = ()
    """The mechanisms it was given room against."""
    left_out: str | None = None
    """Why no element of the case carries it."""
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Tension:
    """Where sources disagree, or one strains against itself."""

    id: str
    says: str
    between: tuple[str, ...]
    """Mechanisms and claims that pull against each other."""
    outcomes: tuple[str, ...]
    """What to compare across views."""
    claims: tuple[str, ...]
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One case, whole and checked."""

    name: str
    title: str
    time: Time
    sources: Mapping[str, Source]
    unknowns: Mapping[str, Unknown]
    orders: tuple[Order, ...]
    settings: Mapping[str, Setting]
    players: Mapping[str, Player]
    conditions: Mapping[str, Condition]
    impossible: tuple[Node, ...]
    irreversible: tuple[tuple[str, str], ...]
    """(player, option)"""
    outcomes: Mapping[str, Outcome]
    strategies: Mapping[str, Strategy]
    views: Mapping[str, View]
    claims: Mapping[str, Claim]
    mechanisms: Mapping[str, Mechanism] = field(default_factory=dict)
    tensions: Mapping[str, Tension] = field(default_factory=dict)
    levers: Mapping[str, Lever] = field(default_factory=dict)
    targets: Mapping[str, Target] = field(default_factory=dict)
    about: str | None = None
    digest: str = ""
    """SHA-256 of the case's canonical content."""
