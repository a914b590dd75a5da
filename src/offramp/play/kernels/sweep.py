"""The backward sweep over one segment in long steps: the strong-stability-preserving method of order 4 in ten stages.

Each stage is an explicit Euler step of a sixth of the step, so averages stay averages and probabilities stay
probabilities, and the real stability interval is several times that of a six-stage pair. Where a few digits are enough,
and stability rather than accuracy would limit the steps, that saves half of the evaluations and half of the memory.
The error is estimated by the embedded method of order 3.

References
----------
Ketcheson, D. I. (2008). Highly efficient strong stability-preserving Runge-Kutta methods with low-storage
implementations. SIAM Journal on Scientific Computing 30(4), 2113-2136.

Fekete, I., Conde, S. and Shadid, J. N. (2022). Embedded pairs for optimal explicit strong stability preserving
Runge-Kutta methods. Journal of Computational and Applied Mathematics 412, 114325.
"""

from __future__ import annotations

import numpy as np

from offramp.compiled import helper, kernel
from offramp.play.kernels.lanes import like
from offramp.play.kernels.slope import fill_slope
from offramp.play.kernels.tables import Room, Tables
from offramp.shapes import Floats, Ints

__all__ = ["BROKEN", "DONE", "FULL", "LIMIT", "STAGES", "STUCK", "sweep", "tick"]

STAGES = 5
"""Arrays of the state's size that a step works in."""

DONE, FULL, LIMIT, STUCK, BROKEN = range(5)
"""Arrived; the record is full, call again; too many steps; the step vanishes; the values are not finite."""

LEFT, STEP = 0, 1
STEPS, EVALUATIONS, RECORDED = 0, 1, 2

FINEST = 1e-4
"""The least error, as a share of the largest value of a column, that sharp choices may ask for beyond the tolerance."""

SMALLEST_STEP = 1e-12
"""As a share of the longest step that the rates allow."""


@kernel
def sweep(
    tables: Tables,
    room: Room,
    state: Floats,
    stages: Floats,
    clock: Floats,
    tally: Ints,
    longest: float,
    tolerance: float,
    felt: float,
    limit: int,
    watched: Ints,
    dates: Floats,
    record: Floats,
    trail: Floats,
) -> int:
    """Integrate until the time left is 0.

    Parameters
    ----------
    tables : Tables
    room : Room
        Scratch.
    state : [C, N, S]
        Values; modified in place.
    stages : [STAGES, C, N, S]
        Scratch; row 0 holds the slope at the state between calls.
    clock : [2]
        Time left in the segment, and the step to try; modified in place.
    tally : [3]
        Steps, evaluations, rows recorded; modified in place. No steps of this segment yet: ``dates`` is empty and
        the slope is not known.
    longest : float
        The longest stable step.
    tolerance : float
        Largest error of a step in each column, as a share of the largest value of the column.
    felt : float
        Largest error of a step in the log odds of a choice, as far as that is not below ``FINEST``.
    limit : int
        Largest number of steps, rejected ones included.
    watched : [W]
        The columns to record.
    dates : [M]
        Filled with the time left at each recorded step. Empty: nothing is recorded.
    record : [M, 2, C, W, S]
        Filled with values and slopes.
    trail : [M, 10, C, N, S]
        Filled with the values at each stage of each step; ``dates`` is then filled with the steps' lengths, and
        nothing is recorded beside. Empty: not wanted.

    Returns
    -------
    int
        DONE, FULL, LIMIT, STUCK or BROKEN.
    """
    width = tables.active * tables.span
    configurations, size = state.shape[0], state.shape[1] * state.shape[2]
    flat, rows = state.reshape(configurations, size), stages.reshape(stages.shape[0], configurations, size)
    bounds = np.empty((3, width), flat.dtype)
    trailing = trail.shape[0] > 0
    path = trail.reshape(trail.shape[0], 10, configurations, size)
    if clock[STEP] <= 0.0:
        clock[STEP] = longest
        fill_slope(tables, state, stages[0], room)
        tally[EVALUATIONS] += 1
        if not trailing:
            note(clock[LEFT], state, stages[0], watched, dates, record, tally)
    while clock[LEFT] > 0.0:
        if tally[RECORDED] == dates.shape[0] and dates.shape[0] > 0:
            return FULL
        if tally[STEPS] >= limit:
            return LIMIT
        tally[STEPS] += 1
        count = np.ceil(clock[LEFT] / min(clock[STEP], longest) - 1e-9)
        h = clock[LEFT] / count
        climb(tables, room, h, flat, stages, rows, width, path[tally[RECORDED] : tally[RECORDED] + 1])
        tally[EVALUATIONS] += 9
        error = largest(h, flat, rows, bounds, tables, tolerance, felt)
        if error <= 1.0:
            clock[LEFT] = 0.0 if count <= 1.0 else clock[LEFT] - h
            for c in range(configurations):
                for j in range(width):
                    flat[c, j] = rows[1, c, j]
            fill_slope(tables, state, stages[0], room)
            tally[EVALUATIONS] += 1
            if trailing:
                dates[tally[RECORDED]] = h
                tally[RECORDED] += 1
            else:
                note(clock[LEFT], state, stages[0], watched, dates, record, tally)
        if np.isfinite(error):
            clock[STEP] = h * min(4.0, max(0.2, 0.9 * max(error, 1e-10) ** -0.25))
        else:
            clock[STEP] = 0.2 * h
        if (error > 1.0 or not np.isfinite(error)) and clock[STEP] < SMALLEST_STEP * longest:
            return STUCK if np.isfinite(error) else BROKEN
    return DONE


@helper
def climb(
    tables: Tables, room: Room, h: float, flat: Floats, stages: Floats, rows: Floats, width: int, path: Floats
) -> None:
    """One step from the state, whose slope is row 0: the result in row 1, the error per unit of h in row 4.

    Row 2 holds the mean that the last stage starts from, row 3 the slope of each stage. The values at each stage are
    copied to ``path`` [1, 10, C, N * S], unless that is empty.
    """
    configurations = flat.shape[0]
    part, last, tenth = like(flat, h / 6), like(flat, h / 10), like(flat, 0.1)
    start, risen_share, back, away, near = (
        like(flat, 0.04), like(flat, 0.36), like(flat, 15.0), like(flat, 5.0), like(flat, 0.6),
    )  # fmt: skip
    if path.shape[0] > 0:
        copy(flat, path[0, 0])
    for c in range(configurations):
        for j in range(width):
            rows[1, c, j] = flat[c, j] + part * rows[0, c, j]
            rows[4, c, j] = -tenth * rows[0, c, j]
    for stage in range(2, 11):
        if path.shape[0] > 0:
            copy(rows[1], path[0, stage - 1])
        fill_slope(tables, stages[1], stages[3], room)
        weight = tenth
        if stage == 4 or stage == 9:
            weight = -tenth - tenth
        elif stage == 7:
            weight = -tenth
        if stage == 5:
            for c in range(configurations):
                for j in range(width):
                    risen = rows[1, c, j] + part * rows[3, c, j]
                    rows[4, c, j] += weight * rows[3, c, j]
                    rows[2, c, j] = start * flat[c, j] + risen_share * risen
                    rows[1, c, j] = back * rows[2, c, j] - away * risen
        elif stage == 10:
            for c in range(configurations):
                for j in range(width):
                    rows[4, c, j] += weight * rows[3, c, j]
                    rows[1, c, j] = rows[2, c, j] + near * rows[1, c, j] + last * rows[3, c, j]
        else:
            for c in range(configurations):
                for j in range(width):
                    rows[4, c, j] += weight * rows[3, c, j]
                    rows[1, c, j] += part * rows[3, c, j]


@helper
def copy(one: Floats, other: Floats) -> None:
    """``other = one``, both [C, N * S]."""
    for c in range(one.shape[0]):
        for j in range(one.shape[1]):
            other[c, j] = one[c, j]


@helper
def largest(
    h: float, flat: Floats, rows: Floats, bounds: Floats, tables: Tables, tolerance: float, felt: float
) -> float:
    """Largest error of a column as a share of what is allowed; NaN where something is not finite."""
    span, step = tables.span, like(flat, h)
    width = tables.active * span
    bounds[:] = 0.0
    for c in range(flat.shape[0]):
        for j in range(width):
            change = step * rows[4, c, j]
            bounds[0, j] = max(bounds[0, j], abs(change))
            bounds[1, j] = max(bounds[1, j], max(abs(flat[c, j]), abs(rows[1, c, j])))
            bounds[2, j] += change - change
    result = 0.0
    for n in range(tables.active):
        error, scale = 0.0, 0.0
        for j in range(n * span, (n + 1) * span):
            if not np.isfinite(bounds[2, j]):
                return np.nan
            error, scale = max(error, bounds[0, j]), max(scale, bounds[1, j])
        if error > 0.0:
            allowed = scale * tolerance
            if tables.sharpest[n] > 0.0:
                allowed = min(allowed, max(felt / tables.sharpest[n], scale * FINEST))
            result = max(result, error / allowed)
    return result


@helper
def note(left: float, state: Floats, slope: Floats, watched: Ints, dates: Floats, record: Floats, tally: Ints) -> None:
    """Record the watched columns."""
    if dates.shape[0] == 0:
        return
    row = tally[RECORDED]
    dates[row] = left
    for c in range(state.shape[0]):
        for i in range(watched.shape[0]):
            for p in range(state.shape[2]):
                record[row, 0, c, i, p] = state[c, watched[i], p]
                record[row, 1, c, i, p] = slope[c, watched[i], p]
    tally[RECORDED] += 1


@kernel
def tick(tables: Tables, room: Room, state: Floats, slope: Floats, step: float, count: int) -> None:
    """``count`` explicit Euler steps; ``state`` [C, N, S] is modified in place, ``slope`` is scratch."""
    for _ in range(count):
        fill_slope(tables, state, slope, room)
        for c in range(state.shape[0]):
            for n in range(tables.active):
                for p in range(tables.span):
                    state[c, n, p] += step * slope[c, n, p]
