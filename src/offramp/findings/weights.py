"""What a sentence does in a case: frozen values. Terminal and JSON are written from these alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from offramp.findings.results import OutcomeInfo, VerdictWord

__all__ = ["Became", "ClaimFound", "Match", "OutcomeEffect", "Trace", "TraceKind", "VerdictEffect", "Weight"]

TraceKind = Literal["ranking", "mechanism", "claim", "tension", "outcome"]


@dataclass(frozen=True, slots=True)
class Became:
    """What a sentence became in the model: one element, or the same element of several owners."""

    kind: str
    """want, rate, influence, perception, condition, unknown or setting"""
    text: str
    """The element in words."""
    origin: str
    """What its number rests on: quoted, literature, guess or default."""
    low: float | None
    high: float | None
    """Between which its number lies over the stated worlds; None where it has none."""
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutcomeEffect:
    """What a mechanism does to one outcome under one strategy: with it on, less with it off, over the same worlds.

    Intervals are 95 % t intervals of a mean over paired worlds.
    """

    strategy: str
    outcome: str
    on: float
    """Mean with the mechanism."""
    off: float
    """Mean with it switched off."""
    effect: float
    """Mean of on less off, in the outcome's own unit."""
    low: float
    high: float
    width: float
    """The outcome's range, by which the shares here are scaled."""
    absolute: float
    """Mean size of on less off, whichever way it goes, as a share of the range."""
    absolute_low: float
    absolute_high: float
    raised: float
    """Share of the worlds in which the outcome is higher with the mechanism by more than the margin."""
    lowered: float
    worlds: int
    touched: bool = True
    """False: nothing that the outcome depends on carries the mechanism, so the effect is exactly 0 in every world."""


@dataclass(frozen=True, slots=True)
class VerdictEffect:
    """What a mechanism does to one verdict: with it off, it is off in every variant that the claim compares."""

    claim: str
    says: str
    with_it: VerdictWord
    without_it: VerdictWord
    share_with: float
    share_without: float
    difference: float
    """Share of the worlds in which the claim holds, with the mechanism less without it."""
    low: float
    high: float
    """95 % score interval for paired shares (Newcombe 1998); NaN for a statement about all worlds together."""
    worlds: int
    touched: bool = True


@dataclass(frozen=True, slots=True)
class Weight:
    """One sentence of the case, what it became, and what it does."""

    mechanism: str
    says: str
    why: str | None
    quote: str | None
    source: str | None
    passage: str | None
    origin: str
    """What the sentence rests on: quoted, literature, guess or default."""
    elements: tuple[Became, ...]
    weight: float
    """The number that sentences are ranked by: the largest mean size of an effect under the first strategy looked at,
    as a share of the outcome's range. NaN where nothing was computed."""
    low: float
    high: float
    largest: OutcomeEffect | None
    """The outcome that it moves most under that strategy."""
    effects: tuple[OutcomeEffect, ...]
    verdicts: tuple[VerdictEffect, ...]
    worlds: int
    """Worlds that count, the best guess apart."""
    failed: int
    """Worlds that could not be computed with it or without it."""
    same_as: tuple[str, ...] = ()
    """Other mechanisms carried by the very same elements: no switch can tell them apart."""
    left_out: str | None = None
    """Why the case leaves it out."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClaimFound:
    """The claim that was asked for."""

    claim: str
    says: str
    quote: str | None
    source: str | None
    passage: str | None
    test: str | None
    verdict: VerdictWord
    share: float
    low: float
    high: float
    worlds: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence that fits the words looked for."""

    kind: TraceKind
    id: str
    text: str
    field: str
    """Where the words were found: quote, sentence, reason or element."""


@dataclass(frozen=True, slots=True)
class Trace:
    """The answer to one question: what a sentence does, or which sentences carry an outcome."""

    kind: TraceKind
    id: str | None
    """The mechanism, claim, tension or outcome; None for the whole ranking."""
    asked: str
    """As the reader put it."""
    case: str
    title: str
    version: str
    digest: str
    seed: int
    strategies: Mapping[str, str]
    """id -> name: the strategies looked at. Sentences are ranked under the first."""
    outcomes: Mapping[str, OutcomeInfo]
    """The outcomes looked at."""
    unit: str
    horizon: float
    sources: Mapping[str, str]
    """id -> author, title, date in one line"""
    margin: float
    """As a share of an outcome's range: no effect below it counts as one."""
    precision: float
    """Worlds were added until the 95 % interval of a weight was this narrow to either side, or `most` was reached."""
    most: int
    weights: tuple[Weight, ...]
    """The heaviest first; for one mechanism, that one alone."""
    left_out: tuple[Weight, ...] = ()
    """Sentences that no element of the case carries."""
    claim: ClaimFound | None = None
    says: str | None = None
    """Of a tension: where the sources disagree."""
    also: tuple[Match, ...] = ()
    """Further sentences that fit the words."""
    failure: str | None = None
    """What went wrong in the first world that could not be computed."""
    interrupted: bool = False
    """The reader stopped it; what was done until then is here."""
