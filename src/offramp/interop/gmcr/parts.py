"""The parts of a .gmcr file: what it says, checked, with the places where it says it.

A state is a number: the sum of 2^k over the options k that are taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Conjunction", "DecisionMaker", "Direction", "Gmcr", "GmcrCondition", "GmcrOption"]

Direction = Literal["both", "fwd", "back"]
"""Freely, from no to yes only, from yes to no only."""

Conjunction = tuple[tuple[int, bool], ...]
"""Options that must be taken (True) or not taken (False), all of them."""


@dataclass(frozen=True, slots=True)
class GmcrCondition:
    """A set of states: those in which one of some conjunctions holds."""

    any_of: tuple[Conjunction, ...]
    at: int
    """Where it stands in the text."""


@dataclass(frozen=True, slots=True)
class GmcrOption:
    """Something that is taken or not."""

    name: str
    direction: Direction
    at: int


@dataclass(frozen=True, slots=True)
class DecisionMaker:
    """Who chooses, and what it prefers."""

    name: str
    options: tuple[int, ...]
    statements: tuple[GmcrCondition, ...]
    """Most important first, none twice; empty where the ranking counts."""
    ranking: tuple[tuple[int, ...], ...]
    """Most preferred first, ties together, as 1-based numbers of the feasible states in ascending order; empty where
    the statements count."""
    unseen: tuple[GmcrCondition, ...]
    """States that it does not see."""
    at: int
    preferences_at: int


@dataclass(frozen=True, slots=True)
class Gmcr:
    """A model of GMCR+."""

    options: tuple[GmcrOption, ...]
    makers: tuple[DecisionMaker, ...]
    infeasible: tuple[GmcrCondition, ...]
    by_ranking: bool
    """Rankings count; else the prioritised statements."""
    unused: bool
    """There are preferences of both kinds."""
    coalitions: tuple[tuple[int, ...], ...]
    """Of decision makers, as the file gives them; empty where it gives none, or each alone."""
    ignored: tuple[str, ...] = ()
    """Keys of the file that are not known."""
