"""One form for all the ways in which the same words can be set: quotes, dashes, ligatures, blanks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["DOUBTFUL", "Plain", "plain"]

DOUBTFUL = "\x01"
"""Stands where a hyphen may belong or not."""

_SINGLE = "'‘’‚‛′´`ʼ＇"
_DOUBLE = '"“”„‟″«»＂'
_DASHES = "–—―−⸺"
_HYPHENS = "-‐‑"
_DROPPED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DASH = re.compile(r"\s*(?:-{2,}|\u2014)\s*|\s+[-\u2013]\s+")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in its one form, and where each character of it comes from."""

    text: str
    starts: tuple[int, ...]
    """One more than there are characters: the last is the length of the source."""


def plain(text: str, doubtful: tuple[int, ...] = ()) -> Plain:
    """Bring a text into its one form.

    Parameters
    ----------
    text
        Any text.
    doubtful
        Offsets at which a hyphen may belong or not, whether one stands there or none; `DOUBTFUL` is put there.
    """
    characters: list[str] = []
    starts: list[int] = []

    def put(what: str, at: int) -> None:
        characters.extend(what)
        starts.extend([at] * len(what))

    marks = set(doubtful)
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        if at in marks:
            put(DOUBTFUL, at)
            end = at if text[at] != "-" else end
            marks.remove(at)
        elif text[at : at + 2] in ("``", "''"):
            put('"', at)
            end = at + 2
        else:
            put(_one(text[at:end]), at)
        at = end
    return _spaced("".join(characters), [*starts, len(text)])


def _one(cluster: str) -> str:
    if cluster in _SINGLE:
        return "'"
    if cluster in _DOUBLE:
        return '"'
    if cluster in _HYPHENS:
        return "-"
    if cluster in _DASHES:
        return "–" if cluster in "–−" else "—"
    return "" if cluster in _DROPPED else unicodedata.normalize("NFKC", cluster)


def _spaced(text: str, starts: list[int]) -> Plain:
    """Make every dash an em dash without blanks, an en dash within a word a hyphen, and every blank one space."""
    characters: list[str] = []
    kept: list[int] = []
    at = 0
    for found in re.finditer(rf"{_DASH.pattern}|\s+|\u2013", text):
        characters.extend(text[at : found.start()])
        kept.extend(starts[at : found.start()])
        said = found[0]
        characters.append("-" if said == "–" else " " if said.isspace() else "—")
        kept.append(starts[found.start()])
        at = found.end()
    characters.extend(text[at:])
    kept.extend(starts[at:])
    return Plain("".join(characters), tuple(kept))
