"""What a sentence moves: frozen values, a part of a run's findings and of a trace."""

from __future__ import annotations

from dataclasses import dataclass

from offramp.findings.outcomes.values import MARGIN
from offramp.findings.sentences.values import Carrier
from offramp.measures import Word
from offramp.model import OriginKind

__all__ = ["OutcomeEffect", "VerdictEffect", "Weight"]


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

    @property
    def mixed(self) -> bool:
        """Is the outcome moved up in some worlds and down in others, so that the mean hides it?"""
        return self.absolute > MARGIN and abs(self.effect) < 0.5 * self.absolute * self.width


@dataclass(frozen=True, slots=True)
class VerdictEffect:
    """What a mechanism does to one verdict: with it off, it is off in every variant that the claim compares."""

    claim: str
    says: str
    with_it: Word
    without_it: Word
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
    origin: OriginKind
    """What the sentence rests on."""
    carriers: tuple[Carrier, ...]
    """What it became in the model."""
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
    """Why it carries nothing, where that can be told."""

    @property
    def carries(self) -> bool:
        """Does it move what sentences are ranked by, beyond the margin?"""
        return self.weight > MARGIN
