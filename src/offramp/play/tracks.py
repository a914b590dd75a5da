"""The values that choices rest on, at any date: cubic Hermite between the steps of the sweep."""

from __future__ import annotations

import numpy as np

from offramp.errors import UsageError
from offramp.graph.arrays import LogitPolicy, Problem, Segment
from offramp.play.kernels.forward import join
from offramp.play.solving import Solution, Track
from offramp.shapes import Floats, Ints

__all__ = ["acting", "between", "forward_segments", "interpolate"]


def forward_segments(solution: Solution, until: float) -> list[tuple[Segment, Track | None]]:
    """The segments that begin before a date, from time 0 on, each with its track where somebody chooses."""
    tracks = {track.segment: track for track in solution.tracks}
    found = []
    for number, segment in reversed(list(enumerate(solution.problem.segments))):
        if segment.start >= until:
            break
        track = tracks.get(number)
        if track is None and any(isinstance(p, LogitPolicy) for p in segment.policies):
            raise UsageError(
                f"The solution keeps no values for times {segment.start:g} to {segment.end:g}",
                code="no-snapshots",
                hint=f"Solve with snapshots={until:g}.",
            )
        found.append((segment, track))
    return found


def acting(problem: Problem, segment: Segment) -> list[int]:
    """The policies by which things really happen, as positions in ``segment.policies``."""
    return [i for i in problem.truth if i < len(segment.policies)]


def between(track: Track, time: float) -> tuple[int, int, float, float]:
    """Return the steps later and sooner than a date, the time between them, and where on it: 0 sooner, 1 later."""
    sooner = int(np.searchsorted(-track.times, -time, side="left"))
    sooner = min(max(sooner, 1), len(track.times) - 1)
    step = float(track.times[sooner - 1] - track.times[sooner])
    return sooner - 1, sooner, step, (time - float(track.times[sooner])) / step


def interpolate(track: Track, time: float, rows: Ints, position: int) -> Floats:
    """Return the values of some configurations at a date and a position.

    Returns
    -------
    [rows, W, 1]
    """
    later, sooner, step, x = between(track, time)
    columns = np.arange(len(track.columns))
    found = np.empty((len(rows), len(columns), 1))

    def there(values: Floats, n: int) -> Floats:
        return np.ascontiguousarray(values[n][rows][..., position : position + 1])

    join(there(track.values, later), there(track.values, sooner), there(track.slopes, later),
         there(track.slopes, sooner), step, x, columns, found)  # fmt: skip
    return found
