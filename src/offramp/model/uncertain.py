"""Uncertain numbers and what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from offramp.errors import Path
from offramp.expressions import Node

__all__ = ["Choice", "Derived", "Order", "Origin", "OriginKind", "Range", "Source", "Unknown", "View"]

OriginKind = Literal["quoted", "literature", "guess", "default"]


@dataclass(frozen=True, slots=True)
class Origin:
    """What a number or a sentence rests on."""

    kind: OriginKind = "default"
    source: str | None = None
    quote: str | None = None
    why: str | None = None
    passage: str | None = None
    """Where the quote stands in its source."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document the case rests on: metadata only, never its text."""

    id: str
    title: str
    author: str | None = None
    date: str | None = None
    kind: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """Uniform between two ends, or triangular where a mode is given."""

    low: float
    high: float
    mode: float | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values, each as likely; the first is the best guess."""

    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """Computed from other unknowns."""

    expression: Node


@dataclass(frozen=True, slots=True)
class Unknown:
    """An uncertain number."""

    name: str
    law: Range | Choice | Derived
    origin: Origin
    mechanism: tuple[str, ...] = ()
    off: Node | None = None
    path: Path = ()
    inline: bool = False
    """Stands where it is used, and is named by its path."""
    effort: float = 1.0
    """What it costs to move it through its whole range."""


@dataclass(frozen=True, slots=True)
class Order:
    """A player's ordered statements: its worths are drawn together, the earlier outweighing all the later.

    The drawn worths are unknowns named ``<owner path>.prefers.<position>``.
    """

    names: tuple[str, ...]
    path: Path = ()


@dataclass(frozen=True, slots=True)
class View:
    """A named restriction of the unknowns."""

    id: str
    name: str
    unknowns: Mapping[str, Range | Choice | Derived]
    path: Path = ()
