"""Words for hints."""

from __future__ import annotations

from collections.abc import Container, Iterable
from difflib import get_close_matches

__all__ = ["listed", "nearest", "short", "split_at_minus"]

_LONGEST = 80
"""Longer names are nobody's slip of the pen, and slow to compare."""


def short(text: str) -> str:
    """Cut a long text for a message."""
    return text if len(text) <= 60 else text[:57] + "..."


def listed(words: Iterable[str], last: str = "or", most: int = 8) -> str:
    """Write words as ``a, b or c``; where there are too many, the first few.

    Examples
    --------
    >>> listed(["none", "targeted", "broad"])
    'none, targeted or broad'
    """
    words = list(words)
    if len(words) > most:
        return ", ".join(words[:most]) + ", ..."
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def nearest(name: str, known: Iterable[str]) -> str:
    """Ask whether the known name most like this one is meant; nothing where none is like it.

    Examples
    --------
    >>> nearest("concede", ["sender.punish", "target.concede"])
    'Did you mean target.concede?'
    """
    if len(name) > _LONGEST:
        return ""
    known = list(known)
    near = [other for other in known if other.endswith(f".{name}")]
    if not near:
        alike = {other.lower().replace("_", "-"): other for other in known}
        found = get_close_matches(name.lower().replace("_", "-"), alike, n=1, cutoff=0.65)
        near = [alike[match] for match in found]
    return f"Did you mean {listed(near, most=4)}?" if near else ""


def split_at_minus(name: str, known: Container[str]) -> str:
    """Say how to write a minus where a hyphen was taken for a part of the name.

    Examples
    --------
    >>> split_at_minus("time-6", {"time"})
    'Minus needs a space on both sides: write time - 6'
    """
    pieces = name.split("-") if len(name) <= _LONGEST else []
    for cut in range(1, len(pieces)):
        left, right = "-".join(pieces[:cut]), "-".join(pieces[cut:])
        if _means_something(left, known) and _means_something(right, known):
            return f"Minus needs a space on both sides: write {left} - {right}"
    if len(pieces) > 2 and all(_means_something(piece, known) for piece in pieces):
        return f"Minus needs a space on both sides: write {' - '.join(pieces)}"
    return ""


def _means_something(text: str, known: Container[str]) -> bool:
    return text in known or text.replace(".", "", 1).isdecimal()
