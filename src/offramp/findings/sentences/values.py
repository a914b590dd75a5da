"""What became of the sentences behind a case: frozen values, a part of `Findings`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from offramp.model import OriginKind
from offramp.model.elements import ElementKind

__all__ = [
    "Carrier",
    "Fate",
    "Sentence",
    "Sentences",
    "Side",
    "TensionFindings",
    "Under",
]

Fate = Literal["in the model", "left out", "tested", "assumption", "untestable", "elsewhere", "not run"]
"""What became of a sentence; ``not run`` is a claim about strategies that this run left out."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """An element of the model that carries a mechanism; the same want of several factions is one."""

    kind: ElementKind
    words: str
    """What it is and whose: ``want “pride” of Them``."""
    detail: str = ""
    """What its number counts, what it goes with, or what switching it off does: ``, worth a month``."""
    formula: str | None = None
    """What a want is about, or what a rate is multiplied with, as written."""
    owners: tuple[str, ...] = ()
    """Whose it is, in words: players or factions."""
    paths: tuple[str, ...] = ()
    """Where it stands in the case, with dots; one for each owner."""
    origin: OriginKind = "default"
    """What its number rests on, by its weakest part."""
    low: float | None = None
    high: float | None = None
    """Between which its number lies over the stated worlds; None where it has none."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A mechanism or a claim, the words it rests on, and what became of it."""

    id: str
    kind: Literal["mechanism", "claim"]
    says: str
    quote: str | None
    source: str | None
    passage: str | None
    fate: Fate
    carriers: tuple[Carrier, ...] = ()
    """Of a mechanism: the elements that carry it."""
    reason: str | None = None
    """Why it was left out, or cannot be tested."""
    tested_in: str | None = None
    """The case that tests it."""
    counters: tuple[str, ...] = ()
    """Of a mechanism: those it was given room against."""
    mechanism: tuple[str, ...] = ()
    """Of a claim: the mechanisms that it speaks of."""
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a case by document, in reading order: by passage, then by id."""

    documents: Mapping[str, tuple[Sentence, ...]] = field(default_factory=dict)
    """By source, in the case's order."""
    counters: tuple[Sentence, ...] = ()
    """Mechanisms that were given room against others."""
    others: tuple[Sentence, ...] = ()
    """Of no document."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the mechanisms and claims that a tension lies between."""

    id: str
    kind: Literal["mechanism", "claim"]
    says: str
    quote: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Under:
    """An outcome under one set of worlds: under the focal strategy, and under the best."""

    mean: float
    p05: float
    p95: float
    best: tuple[str, ...] = ()
    """The strategy with the best mean, then those it does not clearly beat; empty where no direction is better."""


@dataclass(frozen=True, slots=True)
class TensionFindings:
    """Where sources disagree, and what each view makes of it."""

    says: str
    between: tuple[Side, ...]
    outcomes: Mapping[str, Under]
    """Over all worlds."""
    views: Mapping[str, Mapping[str, Under]]
    """view -> outcome -> the same under that view"""
    claims: tuple[str, ...]
    """Claims whose verdicts, by view, belong to it."""
