"""What a trace found: frozen values. Terminal and JSON are written from these alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from offramp.findings.claims.values import VerdictWord
from offramp.findings.outcomes.values import OutcomeInfo
from offramp.findings.sentences.values import Fate
from offramp.findings.sentences.weight_values import Weight

__all__ = ["ClaimFound", "Match", "Trace", "TraceKind"]

TraceKind = Literal["ranking", "mechanism", "claim", "tension", "outcome"]


@dataclass(frozen=True, slots=True)
class ClaimFound:
    """The claim that was asked for."""

    claim: str
    says: str
    quote: str | None
    source: str | None
    passage: str | None
    test: str | None
    fate: Fate
    tested_in: str | None
    """The case that tests it, where this one does not."""
    reason: str | None
    """Why it cannot be tested."""
    verdict: VerdictWord | None
    """None where this case does not test it."""
    share: float
    low: float
    high: float
    worlds: int


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
