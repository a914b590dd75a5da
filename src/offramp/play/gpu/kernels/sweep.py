"""The sweep of a world through its segments, as ``play.kernels.sweep`` goes through one.

All waiting is done here: numba's simulator lets only the module of the kernel itself do so safely.
"""

from __future__ import annotations

from math import ceil, isfinite

from numba import config, cuda

from offramp.play.gpu.kernels.choosing import fill_rates
from offramp.play.gpu.kernels.step import compare, fill_slope, measure, set_out, stage, take
from offramp.play.gpu.layout import (
    ACTIVE,
    COLUMN,
    CONTROLLED,
    EACH,
    EDGES,
    END_POLICY,
    FELT,
    FIRST_POLICY,
    FIXED,
    LATER,
    LENGTH,
    LONGEST,
    NEAR,
    RATES,
    STAMP_COUNT,
    STAMP_FIELDS,
    STAMPED,
    STAMPS,
    TABLE,
    VALUES,
    WHERE,
    Batch,
    Shape,
)
from offramp.play.kernels.sweep import BROKEN, DONE, LIMIT, SMALLEST_STEP, STUCK
from offramp.play.solving import MOST_STEPS
from offramp.shapes import Floats, Ints

__all__ = ["sweep"]


BOUNDS = {} if config.ENABLE_CUDASIM else {"max_registers": 128}
"""Registers per thread: unbounded, newer GPUs are given more, and the threads of a world do not fit."""


@cuda.jit(**BOUNDS)
def sweep(batch: Batch, shape: Shape, rooms: Floats, found: Floats, statuses: Ints) -> None:
    """Sweep each world back to time 0.

    Parameters
    ----------
    batch : Batch
    shape : Shape
    rooms : [W, room]
        Scratch.
    found : [W, N]
        Filled with the values at the start.
    statuses : [W]
        Filled with how it went: see ``play.kernels.sweep``.
    """
    world, thread = cuda.blockIdx.x, cuda.threadIdx.x
    room = rooms[world]
    for j in range(thread, shape.size, shape.threads):
        room[VALUES * shape.size + j] = 0.0
    cuda.syncthreads()
    steps, status = 0, DONE
    for s in range(batch.worlds[world], batch.worlds[world + 1]):
        if status == DONE:
            segment = batch.segments[s]
            begin(batch, shape, segment, room, thread)
            cuda.syncthreads()
            status, steps = cross(batch, shape, segment, batch.lengths[s], room, steps, thread)
    if thread == 0:
        statuses[world] = status
    c, p = shape.start // shape.positions, shape.start % shape.positions
    for n in range(thread, shape.columns, shape.threads):
        found[world, n] = room[VALUES * shape.size + (c * shape.columns + n) * shape.positions + p]


@cuda.jit(device=True)
def begin(batch: Batch, shape: Shape, segment: Ints, room: Floats, thread: int) -> None:
    """Put in place what a segment ends with, and the rates that do not rest on values."""
    positions, wholes = shape.positions, batch.wholes
    for k in range(segment[STAMP_COUNT]):
        stamp = segment[STAMPS] + k * STAMP_FIELDS
        column, values, each, where = (
            wholes[stamp + COLUMN], wholes[stamp + STAMPED], wholes[stamp + EACH], wholes[stamp + WHERE],
        )  # fmt: skip
        for item in range(thread, shape.configurations * positions, shape.threads):
            if where < 0 or batch.marks[where + item]:
                j = (item // positions * shape.columns + column) * positions + item % positions
                room[VALUES * shape.size + j] = batch.reals[values + each * item]
    for i in range(segment[FIRST_POLICY], segment[END_POLICY]):
        policy = batch.policies[i]
        if policy[FIXED] != 0:
            for item in range(thread, policy[EDGES] * positions, shape.threads):
                room[policy[RATES] + item] = batch.reals[policy[TABLE] + item]


@cuda.jit(device=True)
def cross(
    batch: Batch, shape: Shape, segment: Ints, lengths: Floats, room: Floats, steps: int, thread: int
) -> tuple[int, int]:
    """Integrate through a segment; return how it went, and the steps so far."""
    left, longest, felt = lengths[LENGTH], lengths[LONGEST], lengths[FELT]
    step, fresh = longest, True
    while left > 0.0:
        if steps >= MOST_STEPS:
            return LIMIT, steps
        steps += 1
        if fresh:
            fill_rates(batch, shape, segment, room, VALUES * shape.size, thread)
            cuda.syncthreads()
            fill_slope(batch, shape, segment, room, thread)
        count = float(ceil(left / min(step, longest) - 1e-9))
        h = left / count
        climb(batch, shape, segment, room, h, thread)
        error = error_of(batch, shape, segment, room, h, felt, thread)
        fresh = error <= 1.0
        if fresh:
            left = 0.0 if count <= 1.0 else left - h
            take(shape, segment[ACTIVE], room, thread)
            cuda.syncthreads()
        change = 0.9 * max(error, 1e-10) ** -0.25 if isfinite(error) else 0.2
        step = h * min(4.0, max(0.2, change))
        if not fresh and step < SMALLEST_STEP * longest:
            return STUCK if isfinite(error) else BROKEN, steps
    return DONE, steps


@cuda.jit(device=True)
def climb(batch: Batch, shape: Shape, segment: Ints, room: Floats, h: float, thread: int) -> None:
    """Fill in where a step leads, in ``LATER``, and its error per unit of h."""
    set_out(shape, segment[ACTIVE], room, h, thread)
    cuda.syncthreads()
    for number in range(2, 11):
        source, target = (NEAR, LATER) if number % 2 == 0 else (LATER, NEAR)
        fill_rates(batch, shape, segment, room, source * shape.size, thread)
        cuda.syncthreads()
        stage(batch, shape, segment, room, number, h, source * shape.size, target * shape.size, thread)
        cuda.syncthreads()


@cuda.jit(device=True)
def error_of(batch: Batch, shape: Shape, segment: Ints, room: Floats, h: float, felt: float, thread: int) -> float:
    """Return the largest error of a controlled column as a share of what is allowed; inf where one is not finite."""
    measure(shape, segment[CONTROLLED], room, h, thread)
    cuda.syncthreads()
    compare(batch, shape, segment, room, felt, thread)
    cuda.syncthreads()
    result = 0.0
    for n in range(segment[CONTROLLED]):
        result = max(result, room[shape.shares + n])
    return result
