"""Texts that YAML broke up at a comma, for want of quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from offramp.casefile.nodes import Node
from offramp.casefile.scalars import shorten

__all__ = ["MISSING_SPACE", "QUOTE", "Split", "splits"]

QUOTE = "put the whole text into double quotes"
MISSING_SPACE = re.compile(r"[\w.-]+:[^\s/]")
"""A key with a colon that no space follows."""


@dataclass(slots=True)
class Split:
    """A text that YAML broke up: the fault to report at ``at``, and the entries of the node to leave out."""

    at: Node
    message: str
    hint: str
    entries: set[int]
    closed: bool = True


def _plain_texts(node: Node) -> list[Node]:
    """The unquoted scalars of one entry, with those of a pair that stands in a list without braces."""
    if node.kind == "mapping" and node.items and node.start == node.items[0].start:
        return [item for item in node.items if item.plain]
    return [node] if node.plain else []


def _cut(text: str, first: Node, last: Node) -> str:
    return shorten(text[first.start : min(last.end, first.start + 300)])


def _quoted(expression: str) -> str:
    return QUOTE + (f': "{expression}"' if '"' not in expression and "..." not in expression else "")


def splits(node: Node, text: str) -> list[Split]:
    """Find the texts that YAML split at a comma inside a collection in brackets or braces.

    Parameters
    ----------
    node : Node
        A list in brackets or a mapping in braces, possibly not read to its end.
    text : str
        The text of the file.

    Returns
    -------
    list of Split
        One for each damaged text; its entries count pairs in a mapping, items in a list.
    """
    step = 2 if node.kind == "mapping" else 1
    entries = [node.items[i : i + step] for i in range(0, len(node.items), step)]
    found: list[Split] = []
    opened: Node | None = None
    depth = first = 0
    for i, entry in enumerate(entries):
        for piece in [p for part in entry for p in _plain_texts(part)]:
            for mark in re.findall(r"[()]", piece.text):
                depth = depth + 1 if mark == "(" else max(depth - 1, 0)
            if opened is None and depth:
                opened, first = piece, i
            elif opened is not None and not depth:
                whole = _cut(text, opened, piece)
                found.append(
                    Split(opened, f"YAML split {whole} at the comma", _quoted(whole), set(range(first, i + 1)))
                )
                opened = None
    if opened is not None:
        hint = "close the parenthesis, and put the whole text into double quotes"
        message = f"the parenthesis in {shorten(opened.text)} is not closed"
        after = next((i for i in range(first + 1, len(entries)) if not entries[i][-1].bare), len(entries))
        entries_lost = set(range(first, after if step == 2 else first + 1))
        found.append(Split(opened, message, hint, entries_lost, closed=False))
    if step == 2:
        found += _bare_keys(entries, text, {i for split in found for i in split.entries})
    return found


def _bare_keys(entries: list[list[Node]], text: str, taken: set[int]) -> list[Split]:
    """Find keys without a colon: the rest of a text with a comma, or a colon without a space."""
    found: list[Split] = []
    for i, entry in enumerate(entries):
        if i in taken or len(entry) < 2 or not entry[1].bare or not entry[0].plain:
            continue
        key, before = entry[0], entries[i - 1][1] if i else None
        if MISSING_SPACE.match(key.text):
            message = f"a space is missing after the colon in {shorten(key.text)}"
            found.append(Split(key, message, f"write {shorten(key.text.replace(':', ': ', 1))}", {i}))
        elif found and i - 1 in found[-1].entries and found[-1].at is not entries[i - 1][0]:
            whole = _cut(text, found[-1].at, key)
            found[-1].message, found[-1].hint = f"YAML split {whole} at the comma", _quoted(whole)
            found[-1].entries.add(i)
        elif before is not None and i - 1 not in taken and before.plain and before.text:
            whole = _cut(text, before, key)
            hint = f"{_quoted(whole)}; a list needs [ ]"
            found.append(Split(before, f"YAML split {whole} at the comma", hint, {i - 1, i}))
    return found
