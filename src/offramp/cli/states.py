"""Configurations as they are named on the command line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offramp.graph import Graph

__all__ = ["pairs", "state"]

_NUMBER = re.compile("[0-9]+")
_MOST_DIGITS = 12
"""No case has so many configurations."""


def state(graph: Graph, text: str) -> int:
    """Read a configuration: `start`, its number, or what differs from the start.

    Raises
    ------
    UsageError
        If there is none.
    """
    from offramp.errors import UsageError
    from offramp.expressions.advice import short
    from offramp.findings.equilibria.holding import configuration_of

    text = text.strip()
    if text == "start":
        return graph.start[0]
    if _NUMBER.fullmatch(text):
        digits = text.lstrip("0") or "0"
        if len(digits) <= _MOST_DIGITS and int(digits) < len(graph.codes):
            return int(digits)
        raise UsageError(f"there is no configuration {short(text)}", code="no-state",
                         hint=f"they are numbered from 0 to {len(graph.codes) - 1}")  # fmt: skip
    parts = text.split(",")
    if len(parts) > 1 and not all(map(str.strip, parts)):
        raise UsageError(f"there is a comma too many in `{short(text)}`", code="usage",
                         hint="write PLAYER.OPTION=LEVEL,PLAYER.OPTION=LEVEL")  # fmt: skip
    return configuration_of(graph, pairs(parts))


def pairs(texts: Iterable[str]) -> dict[str, str]:
    """Read NAME=LEVEL.

    Raises
    ------
    UsageError
        If a name stands twice.
    """
    from offramp.errors import UsageError
    from offramp.expressions.advice import short

    found: dict[str, str] = {}
    for each in texts:
        name, _, level = (part.strip() for part in each.partition("="))
        if name in found:
            raise UsageError(f"`{short(name)}` stands twice", code="usage", hint="keep one of them")
        found[name] = level
    return found
