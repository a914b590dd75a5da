"""A document and its parts: frozen values, no files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Author", "Document", "Format", "Passage", "Recommended", "Section", "Topic"]

Format = Literal["text", "markdown", "html", "pdf"]


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a document, and every note about them that it carries."""

    name: str
    url: str | None = None
    bios: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic or region that a document is filed under."""

    name: str
    slug: str | None = None
    """The last part of its address."""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A section head. The level is as found: layouts use levels for looks."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Recommended:
    """Another document that this one points to."""

    title: str
    kind: str | None = None
    date: str | None = None
    author: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the body, whole even where a page break cut it."""

    id: str
    """``p1``, ``p2``, ...: its number in the body."""
    text: str
    section: str | None = None
    """The section head it stands under."""
    hyphens: tuple[int, ...] = ()
    """Where a hyphen stood at a line's end, kept or dropped, of which nobody can tell if it belongs to the word."""


@dataclass(frozen=True, slots=True)
class Document:
    """What an essay says about itself, and its body in passages. None, or nothing: it cannot be told."""

    file: str
    format: Format
    title: str | None
    authors: tuple[Author, ...]
    date: str | None
    """ISO: 2009-07-15, or 2009-07 where no day is given."""
    kind: str | None
    """Such as ``Brief Analysis``."""
    outlet: str | None
    """Where it first appeared."""
    series: str | None
    number: str | None
    topics: tuple[Topic, ...]
    regions: tuple[Topic, ...]
    sections: tuple[Section, ...]
    recommended: tuple[Recommended, ...]
    passages: tuple[Passage, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The fields that the document does not tell."""
        fields = ("title", "authors", "date", "kind", "outlet", "series", "number", "topics", "regions")
        return tuple(name for name in fields if not getattr(self, name))
