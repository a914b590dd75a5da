"""A step of the sweep turned round: weights on the states go forward over the step that values came back over.

For a column that is linear in its values, the sweep over a step is a fixed matrix, made of those of the ten stages.
This applies its transpose to weights, so that a result read off the swept values is the same, but for rounding, as
what the weights meet on their way. Only the values that choices rest on need to be swept and kept.
"""

from __future__ import annotations

from offramp.play.kernels.compiling import helper, kernel
from offramp.play.kernels.pushing import fill_push
from offramp.play.kernels.tables import Room, Tables
from offramp.shapes import Floats

__all__ = ["WORK", "descend"]

WORK = 4
"""Arrays of the weights' size that a step works in."""

PASSING, LATER, FREE, CHANGE = range(WORK)


@kernel
def descend(tables: Tables, room: Room, h: float, trail: Floats, weights: Floats, work: Floats, seen: Floats) -> None:
    """Push weights forward over one step.

    Parameters
    ----------
    tables : Tables
    room : Room
        Scratch.
    h : float
        The length of the step.
    trail : [10, C, N, S]
        What choices rest on, at each stage of the step of the sweep.
    weights : [C, F, S]
        Modified in place.
    work : [WORK, C, F, S]
        Scratch.
    seen : [C, F, S]
        The weights' integral over the step is added: what flows earn.
    """
    flat, lent, met = weights.reshape(weights.size), work.reshape(WORK, weights.size), seen.reshape(weights.size)
    release(tables, weights, work[FREE])
    fill_push(tables, trail[9], work[FREE], work[CHANGE], room)
    for j in range(flat.shape[0]):
        met[j] += h / 10 * flat[j]
        lent[PASSING, j] = 0.6 * flat[j] + h / 10 * lent[CHANGE, j]
    for stage in range(8, -1, -1):
        if stage == 4:
            for j in range(flat.shape[0]):
                lent[LATER, j] = 0.6 * lent[PASSING, j] + 0.04 * flat[j]
                lent[PASSING, j] = 0.4 * lent[PASSING, j] + 0.36 * flat[j]
        release(tables, work[PASSING], work[FREE])
        fill_push(tables, trail[stage], work[FREE], work[CHANGE], room)
        for j in range(flat.shape[0]):
            met[j] += h / 6 * lent[PASSING, j]
            lent[PASSING, j] += h / 6 * lent[CHANGE, j]
    for j in range(flat.shape[0]):
        flat[j] = lent[LATER, j] + lent[PASSING, j]


@helper
def release(tables: Tables, weights: Floats, free: Floats) -> None:
    """Fill ``free`` with the weights that may move: not those where a path has been stopped."""
    flat, out = weights.reshape(weights.size), free.reshape(weights.size)
    for j in range(flat.shape[0]):
        out[j] = flat[j]
    for k in range(tables.held_columns.shape[0]):
        n = tables.held_columns[k]
        for c in range(weights.shape[0]):
            for p in range(weights.shape[2]):
                if tables.held[k, c, p]:
                    free[c, n, p] = 0.0
