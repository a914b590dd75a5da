"""The values that choices rest on, at any date: cubic Hermite between the steps of the sweep."""

from __future__ import annotations

import numpy as np

from offramp.errors import UsageError
from offramp.graph.arrays import LogitPolicy, Problem, Segment
from offramp.play.solving import Solution, Track
from offramp.shapes import Floats, Ints

__all__ = ["acting", "forward_segments", "interpolate"]


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


def interpolate(track: Track, time: float, rows: Ints | slice, positions: int | slice) -> Floats:
    """Values at a date, of the configurations and positions asked for.

    Returns
    -------
    [rows, W, positions]
    """
    late = int(np.searchsorted(-track.times, -time, side="left"))
    late = min(max(late, 1), len(track.times) - 1)
    early = late - 1
    step = track.times[early] - track.times[late]
    x = (time - track.times[late]) / step
    ahead, behind = track.values[early][rows][..., positions], track.values[late][rows][..., positions]
    up, down = -step * track.slopes[early][rows][..., positions], -step * track.slopes[late][rows][..., positions]
    result: Floats = (
        (1 + 2 * x) * (1 - x) ** 2 * behind
        + x * (1 - x) ** 2 * down
        + x * x * (3 - 2 * x) * ahead
        + x * x * (x - 1) * up
    )
    return result
