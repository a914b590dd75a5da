"""The right-hand side: minus the time derivative of every value."""

from __future__ import annotations

from offramp.compiled import helper, kernel
from offramp.play.kernels.consenting import respond_consenting
from offramp.play.kernels.lanes import WIDTH, load, store
from offramp.play.kernels.pairwise import respond_pairwise
from offramp.play.kernels.rows import approach
from offramp.play.kernels.shared import respond_shared
from offramp.play.kernels.tables import (
    CONSENTING,
    END_ENTRY,
    FIRST_ENTRY,
    FIXED,
    METHOD,
    PAIRWISE,
    Choice,
    Room,
    Tables,
    choice_at,
)
from offramp.shapes import Floats

__all__ = ["fill_slope"]


@kernel
def fill_slope(tables: Tables, values: Floats, slope: Floats, room: Room) -> None:
    """Fill ``slope`` with -dV/dt.

    Parameters
    ----------
    tables : Tables
    values : [C, N, S]
    slope : [C, N, S]
        Overwritten up to the active columns.
    room : Room
        Scratch.
    """
    earn(tables, values, slope)
    for i in range(tables.policies.shape[0]):
        method = tables.policies[i, METHOD]
        choice = choice_at(tables, i)
        if method == FIXED:
            follow_table(tables, i, choice, values, slope)
        elif method == PAIRWISE:
            for g in range(choice.members.shape[0]):
                respond_pairwise(choice, g, values, slope, tables.active, room)
        elif method == CONSENTING:
            respond_consenting(choice, values, slope, tables.active, room)
        else:
            respond_shared(choice, values, slope, tables.active, room)
    hold(tables, slope)


@helper
def earn(tables: Tables, values: Floats, slope: Floats) -> None:
    """Flow, decay and the ladders' drift; ``slope`` is overwritten."""
    level, growth = values.reshape(values.size), slope.reshape(slope.size)
    size = values.shape[1] * values.shape[2]
    for c in range(values.shape[0]):
        row = tables.rates[c]
        stay(tables.flow[c], tables.decay, tables.leave[row], values[c], slope[c])
        for k in range(tables.strides.shape[0]):
            drift(tables.rise[row, k], tables.fall[row, k], tables.strides[k], level, growth, c * size, tables.active)


@helper
def stay(flow: Floats, decay: Floats, leave: Floats, here: Floats, out: Floats) -> None:
    """``out[n] = flow[n] - (decay[n] + leave) * here[n]``: [n, S], [n], [S] and twice [>= n, S]."""
    span = leave.shape[0]
    if span % WIDTH == 0:
        for q in range(0, span, WIDTH):
            gone = load(leave, q)
            for n in range(flow.shape[0]):
                store(out, (n, q), load(flow, (n, q)) - (gone + decay[n]) * load(here, (n, q)))
        return
    for n in range(flow.shape[0]):
        for p in range(span):
            out[n, p] = flow[n, p] - (decay[n] + leave[p]) * here[n, p]


@helper
def drift(rise: Floats, fall: Floats, stride: int, level: Floats, growth: Floats, first: int, active: int) -> None:
    """Add the values one rung up and one rung down to a block, at the rates [S] of going there.

    Blocks are laid end to end in ``level`` and ``growth``; this one begins at ``first``. Neighbours beyond the ends of
    a ladder belong to others; the rates there are 0.
    """
    span, end = rise.shape[0], level.shape[0]
    if span % WIDTH == 0:
        for q in range(0, span, WIDTH):
            up, down = load(rise, q), load(fall, q)
            for n in range(active):
                j = first + n * span + q
                if stride <= j and j + stride + WIDTH <= end:
                    store(growth, j, load(growth, j) + up * load(level, j + stride) + down * load(level, j - stride))
                    continue
                for p in range(WIDTH):
                    if j + p + stride < end:
                        growth[j + p] += rise[q + p] * level[j + p + stride]
                    if j + p >= stride:
                        growth[j + p] += fall[q + p] * level[j + p - stride]
        return
    for n in range(active):
        j = first + n * span
        for p in range(span - stride):
            growth[j + p] += rise[p] * level[j + p + stride]
        for p in range(stride, span):
            growth[j + p] += fall[p] * level[j + p - stride]


@helper
def follow_table(tables: Tables, i: int, choice: Choice, values: Floats, slope: Floats) -> None:
    """A player whose chances are tabulated."""
    span, rate = tables.span, tables.chances
    for e in range(tables.policies[i, FIRST_ENTRY], tables.policies[i, END_ENTRY]):
        here, there, price = tables.sources[e], tables.targets[e], tables.prices[e]
        for d in range(choice.drives.shape[0]):
            low, high = choice.drives[d, 0], min(choice.drives[d, 1], tables.active)
            if low < high:
                approach(rate[e], values[there, low:high], values[here, low:high], slope[here, low:high])
        if price != 0.0:
            for n in range(choice.payers.shape[0]):
                payer = choice.payers[n]
                for p in range(span):
                    slope[here, payer, p] -= rate[e, p] * price


@helper
def hold(tables: Tables, slope: Floats) -> None:
    """Where a path has been stopped, leave the flow alone."""
    span = tables.span
    for h in range(tables.held_columns.shape[0]):
        n = tables.held_columns[h]
        for c in range(slope.shape[0]):
            for p in range(span):
                if tables.held[h, c, p]:
                    slope[c, n, p] = tables.flow[c, n, p]
