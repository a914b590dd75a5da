"""Products of one row, a number per position, with several columns.

They take views (``[n, S]`` here: n columns of one configuration), whose shapes bound the loops. A row is taken by as
many positions as a vector holds, all columns of these first, so that what is read of the row stays in registers; rows
that are no whole number of vectors are short.
"""

from __future__ import annotations

from offramp.compiled import helper
from offramp.play.kernels.lanes import WIDTH, load, store
from offramp.shapes import Floats

__all__ = ["add_weighted", "approach", "clear", "put_weighted"]


@helper
def add_weighted(weights: Floats, columns: Floats, out: Floats) -> None:
    """``out[n] += weights * columns[n]``: [S], [n, S] and [n, S]."""
    span = columns.shape[1]
    if span % WIDTH == 0:
        for q in range(0, span, WIDTH):
            w = load(weights, q)
            for n in range(columns.shape[0]):
                store(out, (n, q), load(out, (n, q)) + w * load(columns, (n, q)))
        return
    for n in range(columns.shape[0]):
        for p in range(span):
            out[n, p] += weights[p] * columns[n, p]


@helper
def put_weighted(weights: Floats, columns: Floats, out: Floats) -> None:
    """``out[n] = weights * columns[n]``: [S], [n, S] and [>= n, S]."""
    for n in range(columns.shape[0]):
        for p in range(columns.shape[1]):
            out[n, p] = weights[p] * columns[n, p]


@helper
def clear(out: Floats) -> None:
    """``out = 0``: [n, S]."""
    for n in range(out.shape[0]):
        for p in range(out.shape[1]):
            out[n, p] = 0.0


@helper
def approach(weights: Floats, there: Floats, here: Floats, out: Floats) -> None:
    """``out[n] += weights * (there[n] - here[n])``: [S] and three times [n, S]."""
    span = there.shape[1]
    if span % WIDTH == 0:
        for q in range(0, span, WIDTH):
            w = load(weights, q)
            for n in range(there.shape[0]):
                store(out, (n, q), load(out, (n, q)) + w * (load(there, (n, q)) - load(here, (n, q))))
        return
    for n in range(there.shape[0]):
        for p in range(span):
            out[n, p] += weights[p] * (there[n, p] - here[n, p])
