"""Names that are spelled in more than one way: compared by their letters, never by a list of names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["fold_name", "near_names", "proper_names", "same_words"]

_NAME = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SHORT, _LONG = 5, 8
"""Letters from which one, and from which two may differ."""


def fold_name(text: str) -> str:
    """Return a name without case, accents, apostrophes and hyphens."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’‘ʿʾ`´")
    return " ".join(re.sub(r"[^\w\s]", " ", letters).split())


def same_words(one: str, other: str) -> bool:
    """Whether two names are the same words, in any order."""
    return sorted(fold_name(one).split()) == sorted(fold_name(other).split())


def proper_names(text: str) -> tuple[str, ...]:
    """List the capitalised words of a text, each once, without a possessive."""
    words = (re.sub(r"['’]s?$", "", word) for word in _NAME.findall(text))
    return tuple(dict.fromkeys(word for word in words if word[0].isupper() and len(word) >= _SHORT))


def near_names(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """List the names that are probably another spelling of this one.

    One letter may differ where the shorter name has at least five, two where it has at least eight: that covers most
    transliterations, and keeps different people apart. The same name without its accents is near at any length.
    """
    folded = fold_name(name)
    found = []
    for other in others:
        against = fold_name(other)
        shorter = min(len(folded), len(against))
        most = 2 if shorter >= _LONG else 1 if shorter >= _SHORT else 0
        if other != name and _distance(folded, against, most) <= most:
            found.append(other)
    return tuple(found)


def _distance(one: str, other: str, most: int) -> int:
    """The least number of letters to change, add or drop; more than `most` where it is more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    above = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (a != b)))
        above = row
    return above[-1]
