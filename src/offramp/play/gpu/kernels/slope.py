"""The right-hand side for one state and column: what ``play.kernels.slope`` computes for all of them."""

from __future__ import annotations

from numba import cuda

from offramp.play.gpu.layout import (
    ACTIVE,
    COSTS,
    DISCOUNT,
    DRIVEN,
    END_POLICY,
    FALL,
    FIRST_POLICY,
    FLOW,
    HELD,
    PAID,
    RATES,
    RISE,
    ROWS,
    TARGETS,
    Batch,
    Shape,
)
from offramp.shapes import Floats, Ints

__all__ = ["slope_at"]


@cuda.jit(device=True)
def slope_at(batch: Batch, shape: Shape, segment: Ints, room: Floats, at: int, c: int, n: int, p: int) -> float:
    """Return minus the time derivative, by the values that begin at ``at``; the rates of moves are there already."""
    positions, reals, marks = shape.positions, batch.reals, batch.marks
    flow: float = reals[segment[FLOW] + (c * segment[ACTIVE] + n) * positions + p]
    held = batch.wholes[segment[HELD] + n]
    if held >= 0 and marks[held + c * positions + p]:
        return flow
    here = at + (c * shape.columns + n) * positions + p
    value = room[here]
    total: float = flow - reals[segment[DISCOUNT] + n] * value
    for k in range(batch.strides.shape[0]):
        rung = (k * shape.configurations + c) * positions + p
        rise, fall = reals[segment[RISE] + rung], reals[segment[FALL] + rung]
        if rise != 0.0:
            total += rise * (room[here + batch.strides[k]] - value)
        if fall != 0.0:
            total += fall * (room[here - batch.strides[k]] - value)
    for i in range(segment[FIRST_POLICY], segment[END_POLICY]):
        if marks[segment[DRIVEN] + (i - segment[FIRST_POLICY]) * segment[ACTIVE] + n]:
            total += moved(batch, shape, i, room, at, c, n, p)
    return total


@cuda.jit(device=True)
def moved(batch: Batch, shape: Shape, i: int, room: Floats, at: int, c: int, n: int, p: int) -> float:
    """Return what the moves of policy ``i`` change, net of their costs where the column pays them."""
    policy, wholes, positions = batch.policies[i], batch.wholes, shape.positions
    column = at + n * positions + p
    block = shape.columns * positions
    value = room[column + c * block]
    paid = batch.marks[policy[PAID] + n]
    total = 0.0
    for e in range(wholes[policy[ROWS] + c], wholes[policy[ROWS] + c + 1]):
        gain = room[column + wholes[policy[TARGETS] + e] * block] - value
        if paid:
            gain -= batch.reals[policy[COSTS] + e]
        total += room[policy[RATES] + e * positions + p] * gain
    return total
