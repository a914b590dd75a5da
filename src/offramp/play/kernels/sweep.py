"""The backward sweep over one segment: the explicit pair of Dormand and Prince (1980), order 5(4).

Of the pairs tried (also Bogacki & Shampine 3(2), and the strong-stability-preserving (4,3) and (10,4) with the embedded
methods of Fekete, Conde & Shadid 2022) it needed the fewest evaluations at 1e-6. The last slope of a step is the
first of the next.
"""

from __future__ import annotations

import numpy as np

from offramp.play.kernels.compiling import helper, kernel
from offramp.play.kernels.slope import fill_slope
from offramp.play.kernels.tables import Room, Tables
from offramp.shapes import Floats, Ints

__all__ = ["BROKEN", "DONE", "FULL", "LIMIT", "STUCK", "sweep", "tick"]

DONE, FULL, LIMIT, STUCK, BROKEN = range(5)
"""Arrived; the record is full, call again; too many steps; the step vanishes; the values are not finite."""

LEFT, STEP = 0, 1
STEPS, EVALUATIONS, RECORDED = 0, 1, 2

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
    limit: int,
    watched: Ints,
    dates: Floats,
    record: Floats,
) -> int:
    """Integrate until the time left is 0.

    Parameters
    ----------
    tables : Tables
    room : Room
        Scratch.
    state : [C, N, S]
        Values; modified in place.
    stages : [8, C, N, S]
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
    limit : int
        Largest number of steps, rejected ones included.
    watched : [W]
        The columns to record.
    dates : [M]
        Filled with the time left at each recorded step. Empty: nothing is recorded.
    record : [M, 2, C, W, S]
        Filled with values and slopes.

    Returns
    -------
    int
        DONE, FULL, LIMIT, STUCK or BROKEN.
    """
    configurations, width = state.shape[0], tables.active * tables.span
    size = state.shape[1] * state.shape[2]
    flat, now = state.reshape(configurations, size), stages.reshape(8, configurations, size)
    bounds = np.empty((3, width))
    if clock[STEP] <= 0.0:
        clock[STEP] = longest
        fill_slope(tables, state, stages[0], room)
        tally[EVALUATIONS] += 1
        note(clock[LEFT], state, stages[0], watched, dates, record, tally)
    while clock[LEFT] > 0.0:
        if tally[RECORDED] == dates.shape[0] and dates.shape[0] > 0:
            return FULL
        if tally[STEPS] >= limit:
            return LIMIT
        tally[STEPS] += 1
        count = np.ceil(clock[LEFT] / min(clock[STEP], longest) - 1e-9)
        h = clock[LEFT] / count
        for s in range(1, 7):
            combine(s, h, flat, now, width)
            fill_slope(tables, stages[7], stages[s], room)
        tally[EVALUATIONS] += 6
        error = worst(h, flat, now, bounds, tables.active, tables.span) / tolerance
        if error <= 1.0:
            clock[LEFT] = 0.0 if count <= 1.0 else clock[LEFT] - h
            accept(flat, now, width)
            note(clock[LEFT], state, stages[0], watched, dates, record, tally)
        if np.isfinite(error):
            clock[STEP] = h * min(4.0, max(0.2, 0.9 * max(error, 1e-10) ** -0.2))
        else:
            clock[STEP] = 0.2 * h
        if not error <= 1.0 and clock[STEP] < SMALLEST_STEP * longest:
            return STUCK if np.isfinite(error) else BROKEN
    return DONE


@helper
def combine(stage: int, h: float, flat: Floats, now: Floats, width: int) -> None:
    """Put the argument of a stage into ``now[7]``; that of stage 6 is the result of the step."""
    for c in range(flat.shape[0]):
        if stage == 1:
            for j in range(width):
                now[7, c, j] = flat[c, j] + h * (1 / 5 * now[0, c, j])
        elif stage == 2:
            for j in range(width):
                now[7, c, j] = flat[c, j] + h * (3 / 40 * now[0, c, j] + 9 / 40 * now[1, c, j])
        elif stage == 3:
            for j in range(width):
                now[7, c, j] = flat[c, j] + h * (
                    44 / 45 * now[0, c, j] - 56 / 15 * now[1, c, j] + 32 / 9 * now[2, c, j]
                )
        elif stage == 4:
            for j in range(width):
                now[7, c, j] = flat[c, j] + h * (
                    19372 / 6561 * now[0, c, j]
                    - 25360 / 2187 * now[1, c, j]
                    + 64448 / 6561 * now[2, c, j]
                    - 212 / 729 * now[3, c, j]
                )
        elif stage == 5:
            for j in range(width):
                now[7, c, j] = flat[c, j] + h * (
                    9017 / 3168 * now[0, c, j]
                    - 355 / 33 * now[1, c, j]
                    + 46732 / 5247 * now[2, c, j]
                    + 49 / 176 * now[3, c, j]
                    - 5103 / 18656 * now[4, c, j]
                )
        else:
            for j in range(width):
                now[7, c, j] = flat[c, j] + h * (
                    35 / 384 * now[0, c, j]
                    + 500 / 1113 * now[2, c, j]
                    + 125 / 192 * now[3, c, j]
                    - 2187 / 6784 * now[4, c, j]
                    + 11 / 84 * now[5, c, j]
                )


@helper
def worst(h: float, flat: Floats, now: Floats, bounds: Floats, active: int, span: int) -> float:
    """Largest error of a column as a share of its largest value; NaN where something is not finite."""
    width = active * span
    bounds[:] = 0.0
    for c in range(flat.shape[0]):
        for j in range(width):
            error = h * (
                71 / 57600 * now[0, c, j]
                - 71 / 16695 * now[2, c, j]
                + 71 / 1920 * now[3, c, j]
                - 17253 / 339200 * now[4, c, j]
                + 22 / 525 * now[5, c, j]
                - 1 / 40 * now[6, c, j]
            )
            bounds[0, j] = max(bounds[0, j], abs(error))
            bounds[1, j] = max(bounds[1, j], max(abs(flat[c, j]), abs(now[7, c, j])))
            bounds[2, j] += 0.0 * error
    result = 0.0
    for n in range(active):
        error, scale = 0.0, 0.0
        for j in range(n * span, (n + 1) * span):
            if not np.isfinite(bounds[2, j]):
                return np.nan
            error, scale = max(error, bounds[0, j]), max(scale, bounds[1, j])
        if error > 0.0:
            result = max(result, error / scale)
    return result


@helper
def accept(flat: Floats, now: Floats, width: int) -> None:
    """The result becomes the state, its slope the first stage."""
    for c in range(flat.shape[0]):
        for j in range(width):
            flat[c, j] = now[7, c, j]
            now[0, c, j] = now[6, c, j]


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
