"""Where claims flip and where strategies fail: frozen values, a part of `Findings`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from offramp.measures.statements import Relation

__all__ = ["Contest", "Flips", "Leaf", "Region", "RegionClause", "Side", "Tree", "Where"]

Side = Literal["holds", "fails", "does worse", "keeps up"]
"""Of a claim, and of a strategy beside another."""


@dataclass(frozen=True, slots=True)
class RegionClause:
    """What a region asks of one unknown."""

    unknown: str
    label: str
    """The unknown in words."""
    relation: Relation
    low: float | None
    high: float | None
    words: tuple[str, ...]
    """The values that the relation speaks of, where the unknown takes only some."""
    width: float
    """Of its draws: limits need be told no finer than to a hundredth or so of it."""
    quasi_p: float
    """How probable a region as dense were by chance without this limit; NaN in a tree."""
    twins: tuple[str, ...] = ()
    """Other unknowns, in words, whose draws happen to move along with this one: it may be one of them."""


@dataclass(frozen=True, slots=True)
class Region:
    """Limits on a few unknowns within which a claim, or a strategy, comes out on one side more often than elsewhere."""

    clauses: tuple[RegionClause, ...]
    """The most telling first."""
    worlds: int
    """In it; of a later region those that no earlier one holds."""
    hits: int
    """On that side."""
    density: float
    """Share of its worlds on that side."""
    coverage: float
    """Share of all worlds on that side that are in it."""
    mass: float
    """Share of all worlds that are in it."""
    held_out: float
    """The density, in the worlds held out, of what the same search found on the others."""
    held_out_worlds: int
    p_value: float
    """How often shuffled labels would do as well there; of a later region, or an earlier one."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One part of the worlds, and the share of it on that side."""

    clauses: tuple[RegionClause, ...]
    worlds: int
    share: float


@dataclass(frozen=True, slots=True)
class Tree:
    """All worlds in parts, where that forecasts worlds held out better than the regions do."""

    leaves: tuple[Leaf, ...]
    """The largest share first."""
    skill: float
    """By what share the mean squared error falls in the worlds held out, beside forecasting the share of all."""
    regions_skill: float


@dataclass(frozen=True, slots=True)
class Where:
    """Where a claim, or a strategy, comes out on the side on which fewer worlds are."""

    side: Side
    share: float
    """Of all worlds on that side."""
    worlds: int
    unknowns: int
    """Those that can matter, among which regions were looked for."""
    regions: tuple[Region, ...]
    """None where none stands its check."""
    tree: Tree | None = None


@dataclass(frozen=True, slots=True)
class Contest:
    """A strategy beside another on one outcome, or beside the best of each world."""

    strategy: str
    rival: str | None
    """None: the best of each world."""
    outcome: str
    worse: float
    """Share of the worlds in which the strategy is worse by more than the margin."""
    where: Where | None
    """None where too few worlds are on one side."""


@dataclass(frozen=True, slots=True)
class Flips:
    """Where claims flip and strategies fail."""

    fewest_worlds: int
    fewest_on_a_side: int
    searches: int
    level: float
    """The largest p-value of a check that passes: 0 where none does."""
    claims: Mapping[str, Where | None]
    """Claim -> where it flips; None where the worlds, or those on one side, are too few."""
    contests: tuple[Contest, ...]
    """The focal strategy beside each other one, then every strategy beside the best."""
