"""What became of the claims: frozen values, parts of `Findings`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from offramp.measures import Word as VerdictWord

__all__ = ["Answer", "Assumption", "Threshold", "Verdict", "VerdictWord"]

Answer = Literal["holds", "reversed", "no difference"]


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
