"""What threads do between two waits in a step of the method of ``play.kernels.sweep``: order 4, in ten stages.

Each function shares its loop out among the threads of a world. None of them waits.
"""

from __future__ import annotations

from math import inf, isfinite

from numba import cuda

from offramp.play.gpu.kernels.slope import slope_at
from offramp.play.gpu.layout import ACTIVE, CONTROLLED, ERROR, LATER, MEAN, NEAR, SHARPEST, SLOPE, VALUES, Batch, Shape
from offramp.play.kernels.sweep import FINEST
from offramp.shapes import Floats, Ints

__all__ = ["compare", "fill_slope", "measure", "set_out", "stage", "take"]


@cuda.jit(device=True)
def place(shape: Shape, active: int, item: int) -> tuple[int, int, int, int]:
    """Return the configuration, column and position of an item, of those active, and where it lies in [C, N, P]."""
    row, p = item // shape.positions, item % shape.positions
    c, n = row // active, row % active
    return c, n, p, (c * shape.columns + n) * shape.positions + p


@cuda.jit(device=True)
def fill_slope(batch: Batch, shape: Shape, segment: Ints, room: Floats, thread: int) -> None:
    """Fill in the slope where a step begins; the rates of moves are there."""
    active = segment[ACTIVE]
    for item in range(thread, shape.configurations * active * shape.positions, shape.threads):
        c, n, p, j = place(shape, active, item)
        room[SLOPE * shape.size + j] = slope_at(batch, shape, segment, room, VALUES * shape.size, c, n, p)


@cuda.jit(device=True)
def set_out(shape: Shape, active: int, room: Floats, h: float, thread: int) -> None:
    """Do the first stage."""
    size = shape.size
    for item in range(thread, shape.configurations * active * shape.positions, shape.threads):
        _, _, _, j = place(shape, active, item)
        room[NEAR * size + j] = room[VALUES * size + j] + h / 6.0 * room[SLOPE * size + j]
        room[ERROR * size + j] = -0.1 * room[SLOPE * size + j]


@cuda.jit(device=True)
def stage(
    batch: Batch,
    shape: Shape,
    segment: Ints,
    room: Floats,
    number: int,
    h: float,
    source: int,
    target: int,
    thread: int,
) -> None:
    """Do one of the other stages, from the values that begin at ``source``; their rates of moves are there."""
    active = segment[ACTIVE]
    for item in range(thread, shape.configurations * active * shape.positions, shape.threads):
        c, n, p, j = place(shape, active, item)
        slope = slope_at(batch, shape, segment, room, source, c, n, p)
        room[target + j] = staged(room, shape.size, j, number, h, room[source + j], slope)


@cuda.jit(device=True)
def staged(room: Floats, size: int, j: int, number: int, h: float, value: float, slope: float) -> float:
    """Return what a stage makes of a value and the slope there."""
    weight = 0.1
    if number == 4 or number == 9:
        weight = -0.2
    elif number == 7:
        weight = -0.1
    room[ERROR * size + j] += weight * slope
    if number == 10:
        last: float = room[MEAN * size + j] + 0.6 * value + 0.1 * h * slope
        return last
    risen = value + h / 6.0 * slope
    if number == 5:
        mean: float = 0.04 * room[VALUES * size + j] + 0.36 * risen
        room[MEAN * size + j] = mean
        return 15.0 * mean - 5.0 * risen
    return risen


@cuda.jit(device=True)
def measure(shape: Shape, controlled: int, room: Floats, h: float, thread: int) -> None:
    """Fill in the largest error and value of each controlled column among this thread's; inf for what is not finite."""
    size, columns = shape.size, shape.columns
    errors = shape.partials + thread * columns
    scales = errors + shape.threads * columns
    for n in range(controlled):
        error, scale = 0.0, 0.0
        for item in range(thread, shape.configurations * shape.positions, shape.threads):
            j = (item // shape.positions * columns + n) * shape.positions + item % shape.positions
            change = abs(h * room[ERROR * size + j])
            error = max(error, change) if isfinite(change) else inf
            scale = max(scale, abs(room[VALUES * size + j]), abs(room[LATER * size + j]))
        room[errors + n], room[scales + n] = error, scale


@cuda.jit(device=True)
def compare(batch: Batch, shape: Shape, segment: Ints, room: Floats, felt: float, thread: int) -> None:
    """Fill in the error of each controlled column as a share of what is allowed."""
    columns = shape.columns
    errors, scales = shape.partials, shape.partials + shape.threads * columns
    for n in range(thread, segment[CONTROLLED], shape.threads):
        error, scale = 0.0, 0.0
        for t in range(shape.threads):
            error = max(error, room[errors + t * columns + n])
            scale = max(scale, room[scales + t * columns + n])
        allowed = scale * shape.tolerance
        sharpest = batch.reals[segment[SHARPEST] + n]
        if sharpest > 0.0:
            allowed = min(allowed, max(felt / sharpest, scale * FINEST))
        room[shape.shares + n] = error / allowed if error > 0.0 else 0.0


@cuda.jit(device=True)
def take(shape: Shape, active: int, room: Floats, thread: int) -> None:
    """Go to where the step led."""
    for item in range(thread, shape.configurations * active * shape.positions, shape.threads):
        _, _, _, j = place(shape, active, item)
        room[VALUES * shape.size + j] = room[LATER * shape.size + j]
