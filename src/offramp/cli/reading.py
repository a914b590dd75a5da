"""A case for a command: what was assumed of a model of another program is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offramp.cli.visible import say

if TYPE_CHECKING:
    from offramp.casefile import CaseFile

__all__ = ["read_case"]


def read_case(source: str) -> CaseFile:
    """Read a case by its shipped name or from a file, and say on stderr what was assumed or lost.

    Raises
    ------
    CaseErrors
        With every fault, each at its line and column.
    UsageError
        If there is no such case or file, or it cannot be read.
    """
    from offramp.interop import read_case as read

    file = read(source)
    for note in file.notes:
        say(note, err=True)
    return file
