"""What a run found: frozen values, no solver state. Report, terminal and JSON are written from this alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from offramp.findings.argument import Advice, GuessShares, Sentences, TensionFindings
from offramp.findings.drivers import Drivers
from offramp.findings.flipped import Flips, Where
from offramp.findings.judged import Robust
from offramp.findings.standing import Lenses
from offramp.findings.weights import Weight
from offramp.measures import Word as VerdictWord

__all__ = [
    "Answer",
    "Assumption",
    "Band",
    "Baselines",
    "Change",
    "FailedWorld",
    "Findings",
    "MapEdge",
    "MapState",
    "Numerics",
    "Origins",
    "OutcomeInfo",
    "Paths",
    "Series",
    "StateMap",
    "Story",
    "StoryEvent",
    "Threshold",
    "Verdict",
    "VerdictWord",
    "ViewFindings",
]

Answer = Literal["holds", "reversed", "no difference"]


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
class Threshold:
    """The one unknown and value that best separate the worlds where a claim holds from those where it does not."""

    unknown: str
    label: str
    """The unknown in words."""
    value: float
    holds_where: Literal["above", "below"]
    accuracy: float
    """Share of worlds on the right side."""
    share_above: float
    """Share of the worlds above the value in which the claim holds."""
    share_below: float
    twins: tuple[str, ...] = ()
    """Other unknowns, in words, whose draws happen to move along with this one: it may be one of them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one claim."""

    claim: str
    says: str
    quote: str | None
    source: str | None
    test: str | None
    verdict: VerdictWord
    share: float
    """Share of the worlds in which the test holds; NaN where it cannot be tested."""
    low: float
    high: float
    """The 95 % Wilson interval of that share."""
    reversed: float
    """Share of the worlds in which the opposite holds by more than the margin."""
    no_difference: float
    best_guess: Answer | None
    margin: float
    by_construction: bool
    """Players who move at random give the same verdict."""
    random: VerdictWord | None
    myopic: VerdictWord | None
    views: Mapping[str, Verdict]
    threshold: Threshold | None
    worlds: int
    note: str = ""
    collective: bool = False
    """A statement about all worlds together: the shares are of resamples of the worlds, and have no interval."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """A factual claim: taken for granted, not tested."""

    claim: str
    says: str
    quote: str | None
    source: str | None


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
class FailedWorld:
    """A world that could not be computed, with its draws."""

    world: int
    strategy: str
    message: str
    draws: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Origins:
    """What the case's numbers rest on."""

    quoted: int
    literature: int
    guess: int
    default: int
    fixed: int
    """Numbers stated as a point, not a range."""


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


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything a run found."""

    case: str
    title: str
    about: str | None
    version: str
    seed: int
    digest: str
    worlds: int
    """Worlds asked for, the best guess apart."""
    done: int
    """Worlds computed for every strategy, those that failed not counted."""
    unit: str
    horizon: float
    foresight: float
    strategies: Mapping[str, str]
    """id -> name, in the order of the case"""
    outcomes: Mapping[str, OutcomeInfo]
    outcomes_by: Mapping[str, Mapping[str, Band]]
    """strategy -> outcome -> band"""
    verdicts: Mapping[str, Verdict]
    assumptions: tuple[Assumption, ...]
    baselines: Baselines | None
    views: Mapping[str, ViewFindings]
    paths: Mapping[str, Paths]
    maps: Mapping[str, StateMap]
    stories: Mapping[str, tuple[Story, ...]]
    origins: Origins
    sources: Mapping[str, str]
    """id -> author, title, date in one line"""
    names: Mapping[str, str]
    """readable names of players, factions, player.option and conditions"""
    numerics: Numerics
    failed: tuple[FailedWorld, ...]
    """Also under the variants that claims ask for and under views, which `strategy` then names."""
    interrupted: bool = False
    """The reader stopped the run before its end; what was done until then is here."""
    focal: str = ""
    """The strategy that tensions and guesses are told of: the first committed one."""
    sentences: Sentences = field(default_factory=Sentences)
    left_out: Mapping[str, str] = field(default_factory=dict)
    """mechanism -> why no element carries it"""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """claim -> the case that tests it"""
    tensions: Mapping[str, TensionFindings] = field(default_factory=dict)
    advice: Mapping[str, Advice] = field(default_factory=dict)
    """By main outcome that says what is better."""
    drivers: Drivers | None = None
    """The unknowns that the main outcomes hang on under the focal strategy; None where nothing varies."""
    guesses: GuessShares | None = None
    """None where nothing varies, or nothing could be computed."""
    weights: tuple[Weight, ...] = ()
    """What switching each mechanism off does under the focal strategy, the heaviest first."""
    lenses: Lenses | None = None
    """What holds, beside where play goes."""
    no_lenses: str = ""
    """Why that could not be told; empty where it was, or where the reader stopped the run before."""
    blind: tuple[str, ...] = ()
    """Players who do not see some configurations: stability minds that, play does not."""
    robust: Robust | None = None
    """Which strategy is safe; None with a single strategy, or where nothing is better."""
    flips: Flips | None = None
    """Where claims flip and strategies fail; None where nothing varies, or there is nothing to look at."""
    failing: Where | None = None
    """Where worlds could not be computed; None where too few failed, or too few did not."""
