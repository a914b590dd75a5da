"""The lines around a body, one field each: what a line is shows by itself, not by where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from offramp.documents.blocks import Block, Joiner
from offramp.documents.words import (
    ABOUT,
    MARK,
    RECOMMENDED,
    REGIONS,
    TOPICS,
    address,
    fold_label,
    read_byline,
    read_date,
    read_kind,
    read_series,
)

__all__ = ["Line", "LineKind", "label_of", "lines_of"]

LineKind = Literal[
    "about", "recommended", "topics", "regions", "date", "kind", "byline", "series", "address", "mark", ""
]


_LONGEST = 400
"""Characters of a field."""


@dataclass(frozen=True, slots=True)
class Line:
    """One field."""

    kind: LineKind
    text: str
    """In plain words."""
    spelled: str
    """With addresses."""
    block: Block
    marked: bool = False
    """It has, or follows, a marker glyph."""


def label_of(text: str) -> LineKind:
    """Tell the label of a list from other lines."""
    folded = fold_label(text)
    labels: tuple[tuple[LineKind, frozenset[str]], ...] = (
        ("about", ABOUT), ("recommended", RECOMMENDED), ("topics", TOPICS), ("regions", REGIONS),
    )  # fmt: skip
    return next((kind for kind, known in labels if folded in known), "")


def _kind(text: str) -> LineKind:
    if len(text) > _LONGEST:
        return ""
    if label := label_of(text):
        return label
    if not text.strip(f"{MARK} "):
        return "mark"
    if read_date(text):
        return "date"
    if read_kind(text):
        return "kind"
    if read_byline(text):
        return "byline"
    if address(text):
        return "address"
    return "series" if read_series(text) else ""


def lines_of(blocks: Iterable[Block], joiner: Joiner) -> Iterator[Line]:
    """Cut blocks into fields where a line of theirs is one, e.g. where no blank line parts a date from a title."""
    marked = False
    for block in blocks:
        for text, spelled in _cut(block, joiner):
            kind = _kind(text)
            if kind == "mark":
                marked = True
                continue
            marked = marked or text[0] in MARK
            yield Line(kind, text.strip(f"{MARK} "), spelled.strip(f"{MARK} "), block, marked)
            marked = False


def _cut(block: Block, joiner: Joiner) -> list[tuple[str, str]]:
    pairs = list(zip(block.text.split("\n"), block.spelled.split("\n"), strict=False))
    groups: list[list[tuple[str, str]]] = []
    apart = True
    for pair in pairs:
        told = _kind(pair[0]) != ""
        if apart or told:
            groups.append([])
        groups[-1].append(pair)
        apart = told
    return [(_joined(joiner, [a for a, _ in group]), _joined(joiner, [b for _, b in group])) for group in groups]


def _joined(joiner: Joiner, lines: Sequence[str]) -> str:
    return joiner.join("\n".join(lines))
