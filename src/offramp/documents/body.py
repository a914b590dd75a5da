"""The body in passages: paragraphs whole again where a page break cut them, numbered in order."""

from __future__ import annotations

import re
from collections.abc import Iterable

from offramp.documents.blocks import Block, Joiner
from offramp.documents.parts import Passage, Section
from offramp.documents.words import MARK

__all__ = ["read_body"]

_PAGE_NUMBER = re.compile(r"(?:page )?\d{1,3}(?: (?:of|/) \d{1,3})?", re.IGNORECASE)
_FINISHED = re.compile(r"[.!?…:;]['\"’”»)\]\d*†]*$")
_LEAST = 40
"""Characters that the piece of a paragraph above a page break has at least: a line, not a label."""


def read_body(blocks: Iterable[Block], joiner: Joiner) -> tuple[tuple[Passage, ...], tuple[Section, ...]]:
    """Number the passages of a body and list its section heads."""
    passages: list[Passage] = []
    sections: list[Section] = []
    open_text: str | None = None
    above: str | None = None

    def close() -> None:
        if open_text is not None:
            text, hyphens = joiner.join_marking(open_text)
            bare = text.strip(f"{MARK} ")
            passages.append(Passage(f"p{len(passages) + 1}", bare, above, hyphens))

    mendable = False
    for block in blocks:
        if block.level is not None:
            close()
            open_text, above = None, joiner.join(block.text)
            sections.append(Section(above, block.level))
        elif _PAGE_NUMBER.fullmatch(block.text):
            continue
        elif open_text is not None and mendable and not block.item and _unfinished(open_text):
            open_text = f"{open_text}\n{block.text}"
        else:
            close()
            open_text, mendable = block.text, not block.item
    close()
    return tuple(passages), tuple(sections)


def _unfinished(text: str) -> bool:
    return len(text) >= _LEAST and text[-1] not in MARK and not _FINISHED.search(text)
