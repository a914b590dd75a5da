"""The unknowns that vary by themselves, in the worlds that count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from offramp.findings.common.labels import label_of, names_of
from offramp.measures import groups_of
from offramp.model import Case, Derived
from offramp.shapes import Floats, Ints
from offramp.worlds import Worlds

__all__ = ["Draws", "draws_of"]

GROUPS = 8
"""Into which the worlds are cut by an unknown, at most."""
FEWEST = 32
"""Worlds in each of them, at least; with fewer than two groups nothing can be told."""


@dataclass(frozen=True)
class Draws:
    """The unknowns that vary by themselves, in the worlds that count."""

    values: Mapping[str, Floats]
    """Unknown -> [world]"""
    labels: Mapping[str, str]
    worlds: int

    @cached_property
    def groups(self) -> dict[str, Ints]:
        """The group of each world, by unknown."""
        count = min(GROUPS, self.worlds // FEWEST)
        return {name: groups_of(column, count) for name, column in self.values.items()} if count > 1 else {}


def draws_of(case: Case, worlds: Worlds, rows: Ints) -> Draws:
    """Return the unknowns of some worlds that are drawn, not computed from others, and that vary."""
    known = names_of(case)
    drawn = {name: worlds.column(name)[rows] for name in worlds.names if not _derived(case, name)}
    values = {name: column for name, column in drawn.items() if np.ptp(column) > 0.0}
    return Draws(values, {name: label_of(case, name, known) for name in values}, len(rows))


def _derived(case: Case, name: str) -> bool:
    return name in case.unknowns and isinstance(case.unknowns[name].law, Derived)
