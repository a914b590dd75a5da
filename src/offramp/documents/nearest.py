"""What a document has in place of a quote that it has not."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher

from offramp.documents.locate import locate, passages_of
from offramp.documents.names import near_names, proper_names
from offramp.documents.parts import Document
from offramp.documents.typography import plain

__all__ = ["hint_for", "nearest_stretch", "spelled_otherwise"]

_MOST_WORDS = 15
_COMPARED = 40
_LEAST = 0.5
"""The share of the words that a stretch has in common with the quote, at least."""


def hint_for(quote: str, document: Document) -> str:
    """Say what to write instead of a quote that the document has not; empty where nothing comes near."""
    other = spelled_otherwise(quote, document)
    names = " and ".join(f"`{theirs}`" for theirs in other.values())
    if other:
        changed = quote
        for ours, theirs in other.items():
            changed = re.sub(rf"\b{re.escape(ours)}\b", theirs, changed)
        if locate(changed, document):
            return f"did you mean {names}, as the document spells it?"
    stretch = nearest_stretch(quote, document)
    near = f'the nearest words are "{stretch}"' if stretch else ""
    meant = f"did you mean {names}, as the document spells it?" if names else ""
    return "; ".join(part for part in (near, meant) if part)


def spelled_otherwise(text: str, document: Document) -> dict[str, str]:
    """Find the names of a text that the document has in another spelling only."""
    theirs = {name: None for passage in passages_of(document) for name in proper_names(passage.text)}
    found = {}
    for name in proper_names(text):
        if name not in theirs and (near := near_names(name, theirs)):
            found[name] = near[0]
    return found


def nearest_stretch(quote: str, document: Document) -> str:
    """Return at most fifteen words of the document that come nearest to a quote; empty where none come near."""
    wanted = [_fold(word) for word in quote.split()]
    size = min(len(wanted), _MOST_WORDS)
    candidates: list[tuple[int, str, list[str]]] = []
    for passage in passages_of(document):
        words = passage.text.split()
        folded = [_fold(word) for word in words]
        for start in range(max(1, len(words) - size + 1)):
            shared = (Counter(folded[start : start + size]) & Counter(wanted)).total()
            if shared >= _LEAST * size:
                candidates.append((shared, " ".join(words[start : start + size]), folded[start : start + size]))
    candidates.sort(key=lambda candidate: -candidate[0])
    best = max(candidates[:_COMPARED], key=lambda candidate: _likeness(wanted, candidate[2]), default=None)
    return best[1] if best else ""


def _likeness(wanted: list[str], words: list[str]) -> tuple[float, int]:
    aligned = sum(one == other for one, other in zip(wanted, words, strict=False))
    return SequenceMatcher(None, wanted, words).ratio(), aligned


def _fold(word: str) -> str:
    return re.sub(r"^\W+|\W+$", "", plain(word).text.casefold())
