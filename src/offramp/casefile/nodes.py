"""One node of a YAML text, as it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Node"]


@dataclass(slots=True, eq=False)
class Node:
    """One node of a YAML text.

    ``items`` of a mapping are key, value, key, value; the item of an alias is what it stands for.
    ``bare`` marks the value of a key without a colon. ``left_out`` are the entries that are pieces of
    a broken text; ``faulted`` says that the node itself has been faulted.
    """

    kind: Literal["scalar", "list", "mapping", "alias"]
    line: int
    column: int
    start: int
    end: int
    text: str = ""
    plain: bool = False
    flow: bool = False
    bare: bool = False
    items: list[Node] = field(default_factory=list)
    left_out: frozenset[int] = frozenset()
    faulted: bool = False
