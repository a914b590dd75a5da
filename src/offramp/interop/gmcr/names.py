"""Names as a .gmcr file has them: on one line, not too long, and told apart by what a reader sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from offramp.interop.source_text import plain, shorten
from offramp.model import Option, Player

__all__ = ["MOST_CHARACTERS", "fitted", "told_apart"]

MOST_CHARACTERS = 200
"""Of a name."""


def fitted(name: str, most: int = MOST_CHARACTERS) -> str:
    """Return a name as reading a file gives it: without what cannot be shown, and cut where it is too long."""
    line = plain(name[: 2 * MOST_CHARACTERS])
    return line if len(line) <= most else shorten(line, most)


def told_apart(elements: Sequence[Player | Option]) -> list[str]:
    """Return the names of players, or of one player's options, with ids where two have one name."""
    named = [fitted(each.name or "") or each.id for each in elements]
    alike = Counter(named)
    found = [_with_id(name, each.id) if alike[name] > 1 else name for name, each in zip(named, elements, strict=True)]
    if len(set(found)) == len(found):
        return found
    return [_with_id(name, each.id) for name, each in zip(named, elements, strict=True)]


def _with_id(name: str, id_: str) -> str:
    return f"{fitted(name, max(MOST_CHARACTERS - len(id_) - 3, 3))} ({id_})" if name != id_ else id_
