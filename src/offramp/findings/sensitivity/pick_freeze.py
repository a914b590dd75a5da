"""The shares of an outcome's variance that groups of unknowns explain, from a pick-freeze design."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from offramp.findings.sensitivity.drivers import explained, standing_out, varies
from offramp.findings.sensitivity.grouping import OTHERS, Group
from offramp.findings.sensitivity.matters_values import GroupDrive, OutcomeDrive
from offramp.findings.sensitivity.values import Number
from offramp.measures import sobol_indices
from offramp.shapes import Floats, Ints
from offramp.worlds import Worlds

__all__ = ["Design", "drive_of"]


@dataclass(frozen=True)
class Design:
    """Outcomes over the worlds, over fresh ones, and over the worlds with one group taken from the fresh ones."""

    worlds: Worlds
    groups: Sequence[Group]
    base: Mapping[str, Floats]
    """Outcome -> by world, the best guess first."""
    fresh: Mapping[str, Floats]
    mixed: Mapping[str, Mapping[str, Floats]]
    """Group -> the same"""

    @property
    def rows(self) -> Ints:
        """Worlds that were computed in the whole design."""
        parts = (self.base, self.fresh, *self.mixed.values())
        columns = [column for part in parts for column in part.values()]
        done = min(map(len, columns))
        return np.flatnonzero(np.isfinite([column[1:done] for column in columns]).all(axis=0)) + 1


def drive_of(numbers: Mapping[str, Number], design: Design, outcome: str, seed: int, *, overlap: bool) -> OutcomeDrive:
    """Estimate the shares of each group for one outcome.

    Parameters
    ----------
    seed
        Of resamples and shuffles.
    overlap
        An unknown may be in several groups.
    """
    rows, worlds = design.rows, design.worlds
    base = design.base[outcome][rows]
    parts = base, design.fresh[outcome][rows], np.stack([design.mixed[g.id][outcome][rows] for g in design.groups])
    found = sobol_indices(*(part if varies(base) else np.zeros_like(part) for part in parts), seed=seed)
    groups = []
    for n, group in enumerate(design.groups):
        given, given_low, given_high = explained(worlds, rows, base, group.axes, seed)
        groups.append(
            GroupDrive(
                group=group.id,
                label=group.label,
                unknowns=group.axes,
                first=float(found.first[n]),
                first_low=float(found.first_low[n]),
                first_high=float(found.first_high[n]),
                total=float(found.total[n]),
                total_low=float(found.total_low[n]),
                total_high=float(found.total_high[n]),
                given=given,
                given_low=given_low,
                given_high=given_high,
            )
        )
    groups.sort(key=lambda g: (g.group == OTHERS, -g.total if math.isfinite(g.total) else 0.0))
    return OutcomeDrive(
        outcome=outcome,
        mean=float(base.mean()),
        deviation=float(base.std(ddof=1)),
        groups=tuple(groups),
        together=math.nan if overlap else 1.0 - float(found.first.sum()),
        telling=standing_out(numbers, worlds, rows, base, seed),
        worlds=len(rows),
    )
