"""What was computed before: an ensemble takes it from there and adds to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from offramp.ensemble.keys import Keyed
from offramp.ensemble.work import Row
from offramp.shapes import Floats, Ints

__all__ = ["Computed", "Due", "Kept", "Remembered"]


@dataclass(frozen=True, slots=True, eq=False)
class Computed:
    """What is there of one job."""

    worlds: Ints
    """[n]"""
    values: Floats
    """[n, outcomes] in the order of the job's outcomes."""
    failures: Mapping[int, str]
    """By world, why it could not be computed."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is asked of one job."""

    job: Keyed
    worlds: int
    """The best guess included."""
    there: int
    """How many of them were computed before."""


class Kept(Protocol):
    """Where results are kept, on disk or in memory, for one play, seed and tolerance."""

    def load(self, job: Keyed) -> Computed:
        """Return what is there of a job."""
        ...

    def keep(self, jobs: Sequence[Keyed], rows: Sequence[Row]) -> None:
        """Add rows, which name jobs by position.

        They may be lost if the process dies before the next of these calls that comes some seconds later.
        """
        ...

    def flush(self) -> None:
        """Add what was not added yet."""
        ...


class Remembered:
    """Results kept in memory."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[int, Row]] = {}

    def load(self, job: Keyed) -> Computed:
        """Return what is there of a job."""
        rows = self._rows.get(job.key, {})
        good = [row for row in rows.values() if row.failure is None]
        return Computed(
            np.array([row.world for row in good], dtype=np.int64),
            np.array([row.values for row in good]).reshape(len(good), len(job.job.outcomes)),
            {row.world: row.failure.message for row in rows.values() if row.failure is not None},
        )

    def keep(self, jobs: Sequence[Keyed], rows: Sequence[Row]) -> None:
        """Add rows, which name jobs by position."""
        for row in rows:
            self._rows.setdefault(jobs[row.job].key, {})[row.world] = row

    def flush(self) -> None:
        """Nothing is waiting."""
