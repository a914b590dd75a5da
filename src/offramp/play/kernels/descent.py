"""A step of the sweep turned round: weights on the states go forward over the step that values came back over.

For a column that is linear in its values, the sweep over a step is a fixed matrix, made of those of the ten stages.
This applies its transpose to weights, so that a result read off the swept values is the same, but for rounding, as
what the weights meet on their way. Only the values that choices rest on need to be swept and kept.
"""

from __future__ import annotations

from offramp.compiled import helper, kernel
from offramp.play.kernels.lanes import like
from offramp.play.kernels.pushing import fill_push
from offramp.play.kernels.tables import Room, Tables
from offramp.shapes import Floats, Ints

__all__ = ["WORK", "descend", "earn"]

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
    tenth, sixth = like(weights, h / 10), like(weights, h / 6)
    near, far = like(weights, 0.6), like(weights, 0.4)
    early, late = like(weights, 0.04), like(weights, 0.36)
    release(tables, weights, work[FREE])
    fill_push(tables, trail[9], work[FREE], work[CHANGE], room)
    for j in range(flat.shape[0]):
        met[j] += tenth * flat[j]
        lent[PASSING, j] = near * flat[j] + tenth * lent[CHANGE, j]
    for stage in range(8, -1, -1):
        if stage == 4:
            for j in range(flat.shape[0]):
                lent[LATER, j] = near * lent[PASSING, j] + early * flat[j]
                lent[PASSING, j] = far * lent[PASSING, j] + late * flat[j]
        release(tables, work[PASSING], work[FREE])
        fill_push(tables, trail[stage], work[FREE], work[CHANGE], room)
        for j in range(flat.shape[0]):
            met[j] += sixth * lent[PASSING, j]
            lent[PASSING, j] += sixth * lent[CHANGE, j]
    for j in range(flat.shape[0]):
        flat[j] = lent[LATER, j] + lent[PASSING, j]


@kernel
def earn(flow: Floats, first: int, seen: Floats, kinds: Ints, earned: Floats) -> None:
    """Add to ``earned`` [N - first] what each column from the first on earns by the weights of its kind.

    Parameters
    ----------
    flow : [C, N, P]
    first : int
    seen : [C, F, S]
        The weights' integral over time.
    kinds : [N - first]
        Which of the weights are whose.
    earned : [N - first]
        Modified in place.
    """
    for c in range(flow.shape[0]):
        for n in range(kinds.shape[0]):
            total, kind = 0.0, kinds[n]
            for p in range(flow.shape[2]):
                total += flow[c, first + n, p] * seen[c, kind, p]
            earned[n] += total


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
