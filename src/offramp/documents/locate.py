"""Where a quote stands in a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from offramp.documents.parts import Document, Passage
from offramp.documents.typography import DOUBTFUL, Plain, plain

__all__ = ["Place", "locate", "passages_of"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands: in ``passage.text[start:end]``."""

    passage: str
    """Its id; ``title``, or ``s1``, ``s2``, ... for the section heads."""
    start: int
    end: int
    section: str | None = None


def locate(quote: str, document: Document) -> tuple[Place, ...]:
    """Find every place at which a document has these words.

    Words, case and punctuation must be the same. How they are set may differ: straight and curly quotes, ``--`` and a
    dash, ligatures, blanks and line breaks, soft hyphens, and a hyphen at the end of a printed line.

    Parameters
    ----------
    quote
        The words, without quotation marks around them unless the document has these too.
    document
        Where to look: the passages, then the title and section heads.

    Returns
    -------
    tuple of Place
        In the order of the document; none if it has no such words.
    """
    wanted = plain(quote).text.strip(" ")
    if not wanted:
        return ()
    pattern = re.compile(rf"{DOUBTFUL}?".join(rf"(?:-|{DOUBTFUL})" if c == "-" else re.escape(c) for c in wanted))
    found = []
    for passage in passages_of(document):
        text = _plain(passage)
        for hit in pattern.finditer(text.text):
            if _whole_words(text, hit.start(), hit.end()):
                end = _last(passage.text, text, hit.end())
                found.append(Place(passage.id, text.starts[hit.start()], end, passage.section))
    return tuple(found)


def passages_of(document: Document) -> Iterator[Passage]:
    """Go through all that can be quoted: the passages, then the title and section heads."""
    yield from document.passages
    if document.title is not None:
        yield Passage("title", document.title)
    for n, section in enumerate(document.sections, 1):
        yield Passage(f"s{n}", section.text)


@lru_cache(maxsize=4096)
def _plain(passage: Passage) -> Plain:
    return plain(passage.text, passage.hyphens)


def _whole_words(text: Plain, start: int, end: int) -> bool:
    """Whether a hit neither starts nor ends inside a word, nor inside what is one character of the source."""
    return not any(
        0 < at < len(text.text)
        and (text.starts[at] == text.starts[at - 1] or (text.text[at - 1].isalnum() and text.text[at].isalnum()))
        for at in (start, end)
    )


def _last(source: str, text: Plain, end: int) -> int:
    """Where a hit ends in the source: before the blanks and dropped characters that follow it there."""
    at = text.starts[end]
    while at > 0 and not plain(source[at - 1]).text.strip(" "):
        at -= 1
    return at
