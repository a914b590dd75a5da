"""What it would take: frozen values for whoever tells of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from offramp.findings.discovery.values import Where
from offramp.inverse.mediation import Mediation

__all__ = [
    "Adds",
    "Assumed",
    "Assumption",
    "Goal",
    "Judged",
    "JudgedWord",
    "Kept",
    "LeastChange",
    "LevelInfo",
    "LeverInfo",
    "Minded",
    "Move",
    "Obstacle",
    "OtherWants",
    "Package",
    "Reach",
    "Reachable",
    "Search",
    "Shift",
    "Theirs",
    "Turning",
]


@dataclass(frozen=True, slots=True)
class Goal:
    """What is asked for."""

    id: str
    name: str
    text: str
    """The states wanted, as an expression."""
    outcome: str
    """What measures it, in words."""
    unit: str | None
    least: float
    most: bool
    """Whether it has to be at most that, in place of at least."""
    share: float
    by: tuple[str, ...]
    """The players who move their levers."""
    strategy: str
    """What is played beneath the levers."""
    concept: str
    """By which it is judged what would last."""
    view: str | None
    """From which the worlds are drawn."""
    price: float | None
    """The most that a package may cost."""


@dataclass(frozen=True, slots=True)
class LevelInfo:
    """A level of a lever, with its price."""

    id: str
    name: str
    words: str
    """What a sentence says of a package that has it."""
    low: float
    high: float
    stated: bool
    """False where the case names no price and a step counts 1."""


@dataclass(frozen=True, slots=True)
class LeverInfo:
    """A lever."""

    id: str
    name: str
    by: str
    levels: tuple[LevelInfo, ...]
    now: str
    held: str | None
    """The level at which this question keeps it."""

    @property
    def supposed(self) -> str | None:
        """The level at which it is kept, where that is another than the present one."""
        return self.held if self.held != self.now else None


@dataclass(frozen=True, slots=True)
class Move:
    """A lever that is moved, and where to."""

    lever: str
    level: str


@dataclass(frozen=True, slots=True)
class Minded:
    """What becomes of another outcome that whoever moves the levers cares about: the mean over the worlds."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Package:
    """A package, and what becomes of the target under it."""

    number: int
    moves: tuple[Move, ...]
    """None: everything stays as it is."""
    price_low: float
    price_high: float
    share: float
    """In which share of the worlds it reaches the target."""
    low: float
    high: float
    """Of the share: what it would be in all worlds, with the probability that the search was given."""
    worlds: int
    """In how many it was solved."""
    minds: Mapping[str, Minded]
    certain: bool = True
    """Whether all was solved that it is said of it."""

    @property
    def price(self) -> float:
        """The middle of its price."""
        return (self.price_low + self.price_high) / 2


@dataclass(frozen=True, slots=True)
class Adds:
    """What one lever of the best package adds to the share of the worlds."""

    lever: str
    level: str
    alone: float
    """Moved by itself."""
    last: float
    """Moved when all the others are."""
    average: float
    """Over all orders in which they could be moved: Shapley's value."""
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Kept:
    """A condition on packages: a lever is at a level, or is not."""

    lever: str
    at: bool
    level: str


@dataclass(frozen=True, slots=True)
class Reachable:
    """What the best package under some conditions reaches."""

    text: str
    """As the claim writes it."""
    kept: tuple[Kept, ...]
    """None: any package."""
    changes: str
    """What is changed while it is played, as the claim writes it; empty where nothing is."""
    package: int
    moves: tuple[Move, ...]
    share: float
    """In which share of the worlds it reaches the target."""
    most: float
    """What another package under these conditions may come to without the changes, as far as the search can tell."""
    open: int
    """How many of those may be better by more than the margin."""


JudgedWord = Literal["holds", "fails", "no difference", "cannot be told"]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the search says of a claim about what can be reached."""

    claim: str
    says: str
    quote: str | None
    source: str | None
    text: str
    """What the claim says, as an expression."""
    verdict: JudgedWord
    same: float
    """The share of paired resamples of the worlds in which the verdict is this one."""
    shares: tuple[Reachable, ...]
    worlds: int
    """In how many all of these could be computed."""
    why: str = ""
    """Why it cannot be told."""


@dataclass(frozen=True, slots=True)
class Turning:
    """An unknown of somebody else that by itself makes the difference, the others at the best guess."""

    unknown: str
    label: str
    owner: str
    """Whose it is, in words."""
    best: float
    low: float
    high: float
    at: float
    """The value nearest to the best guess at which the target is reached, or is so no more."""
    rising: bool
    """Whether it is reached above it."""

    @property
    def distance(self) -> float:
        """How far it is from the best guess, as a share of the range."""
        return abs(self.at - self.best) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Theirs:
    """What the others' unknowns would have to be, under one package."""

    value: float
    """The outcome in the best guess."""
    reached: bool
    """Whether the target is reached in the best guess."""
    turning: tuple[Turning, ...]
    """Those nearest to the best guess first."""
    none: int
    """How many unknowns turn nothing anywhere in their range."""
    failed: int
    """How many could not be computed."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """What a view says of one unknown."""

    unknown: str
    label: str
    low: float
    high: float
    share: float
    """In which share of the worlds the target is reached without it, with all else that the view says."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """What a view changes: the same packages in the worlds as the case states them."""

    view: str
    """Its name."""
    now: float
    best: float
    """The share of the worlds for the package that is best in the view."""
    of_now: bool
    """Whether the assumptions are taken out as things stand, for that is enough in the view; else under the best."""
    assumptions: tuple[Assumption, ...]
    """Those first that make the largest difference."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A worth that would have to be another."""

    unknown: str
    label: str
    start: float
    end: float
    """Rounded as far as it still does."""
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class LeastChange:
    """A change of worths that makes a wanted configuration hold."""

    configuration: Mapping[str, str]
    """The levels, by ``player.option``, in which it differs from the present."""
    shifts: tuple[Shift, ...]
    cost: float
    """The sum of the shares of the stated ranges, each times the effort that the case states (1 where it does not)."""
    proven: bool
    """Whether nothing less will do, but what was told before."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Conditions that together keep a wanted configuration from holding, whatever changes inside the stated ranges."""

    configuration: Mapping[str, str]
    moves: tuple[tuple[str, Mapping[str, str]], ...]
    """Players and moves that they would gain by, with nothing to deter them."""
    ends: tuple[tuple[str, str, float], ...]
    """Unknowns, the end of the range that they would have to pass (`low` or `high`), and its value."""
    irreducible: bool
    """Whether without any one of them the others could be met."""


@dataclass(frozen=True, slots=True)
class OtherWants:
    """What would have to be wanted for one of the wanted configurations to hold, in the best guess."""

    concept: str
    changes: tuple[LeastChange, ...]
    """The least first."""
    obstacles: tuple[Obstacle, ...]
    complete: bool
    """Whether the search ended before its time did."""
    movable: int
    """How many worths could be changed."""


@dataclass(frozen=True, slots=True)
class Search:
    """What was searched, and how far."""

    packages: int
    within: int
    """How many of them cost no more than may be spent."""
    worlds: int
    solves: int
    """Packages times worlds that were solved."""
    budget: int
    finished: bool
    """Whether all that was still in the race was solved in all worlds."""
    left: int
    """How many packages were still in the race."""
    failed: int
    failure: str | None
    """What went wrong in the first world that could not be computed."""
    interrupted: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """What it would take to reach a target."""

    case: str
    title: str
    version: str
    seed: int
    goal: Goal
    names: Mapping[str, str]
    """Of players, options, outcomes and strategies, in words."""
    levers: tuple[LeverInfo, ...]
    search: Search
    now: Package
    best: Package
    """The one that reaches it in most worlds, of those within the price."""
    front: tuple[Package, ...]
    """Those that no other reaches more with for no more, the cheapest first."""
    further: int
    """How many more may be among these, as far as solved."""
    earns: tuple[str, ...]
    """Where several move: the outcomes, among those minded, that say what each of them earns."""
    fronts: Mapping[str, tuple[Package, ...]]
    """By outcome that is minded: those that no other betters in both."""
    minimal: tuple[Package, ...]
    """Those that reach it, and of which no lever can be put back; the cheapest first."""
    worst_tenth: Package | None
    """The best in the worst tenth of its worlds, of those solved in all."""
    worst_mean: float
    """The mean of the outcome there."""
    adds: tuple[Adds, ...]
    blocked: Where | None = None
    """In which worlds the best package falls short."""
    theirs: Theirs | None = None
    held: Mapping[str, Mediation] = field(default_factory=dict)
    """`now` and `best`: what would last with the settings of these packages."""
    other_wants: OtherWants | None = None
    """None where a wanted configuration holds in the best guess, with the settings of the best package."""
    no_held: str = ""
    """Why that cannot be told."""
    claims: tuple[Judged, ...] = ()
    """Those of the sources that speak of what reaches this target."""
    assumed: Assumed | None = None
    """What the view changes, if the worlds are drawn from one."""
    narrowed: str = ""
    """What the question left out of the search, so that the claims are not judged by all packages."""
