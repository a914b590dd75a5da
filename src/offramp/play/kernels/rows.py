"""Products of one row, a number per position, with several columns.

They take views (``[n, S]`` here: n columns of one configuration), whose shapes bound the loops. A row is taken by as
many positions as a vector holds, all columns of these first, so that what is read of the row stays in registers; rows
that are no whole number of vectors are short.
"""

from __future__ import annotations

from offramp.play.kernels.compiling import helper
from offramp.play.kernels.lanes import WIDTH, load, store
from offramp.shapes import Floats

__all__ = [
    "add",
    "add_four_weighted",
    "add_mean_of_two",
    "add_two_times_four",
    "add_weighted",
    "approach",
    "clear",
    "put_weighted",
]


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
def add(columns: Floats, out: Floats) -> None:
    """``out += columns``: [n, S] and [n, S]."""
    for n in range(columns.shape[0]):
        for p in range(columns.shape[1]):
            out[n, p] += columns[n, p]


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


@helper
def add_mean_of_two(w: Floats, x: Floats, a: Floats, b: Floats, out: Floats, two: Floats) -> None:
    """``w * a[n] + x * b[n]``, added to both ``out[n]`` and ``two[n]``: twice [S], four times [n, S]."""
    span = a.shape[1]
    if span % WIDTH == 0:
        for q in range(0, span, WIDTH):
            one, other = load(w, q), load(x, q)
            for n in range(a.shape[0]):
                mean = one * load(a, (n, q)) + other * load(b, (n, q))
                store(out, (n, q), load(out, (n, q)) + mean)
                store(two, (n, q), load(two, (n, q)) + mean)
        return
    for n in range(a.shape[0]):
        for p in range(span):
            part = w[p] * a[n, p] + x[p] * b[n, p]
            out[n, p] += part
            two[n, p] += part


@helper
def add_four_weighted(w: Floats, a: Floats, b: Floats, c: Floats, d: Floats, out: Floats) -> None:
    """``out[n] += w[0] * a[n] + w[1] * b[n] + w[2] * c[n] + w[3] * d[n]``: [4, S] and five times [n, S]."""
    span = a.shape[1]
    if span % WIDTH == 0:
        for q in range(0, span, WIDTH):
            w0, w1, w2, w3 = load(w, (0, q)), load(w, (1, q)), load(w, (2, q)), load(w, (3, q))
            for n in range(a.shape[0]):
                near = w0 * load(a, (n, q)) + w1 * load(b, (n, q))
                store(out, (n, q), load(out, (n, q)) + near + w2 * load(c, (n, q)) + w3 * load(d, (n, q)))
        return
    for n in range(a.shape[0]):
        for p in range(span):
            out[n, p] += w[0, p] * a[n, p] + w[1, p] * b[n, p] + w[2, p] * c[n, p] + w[3, p] * d[n, p]


@helper
def add_two_times_four(
    w: Floats, x: Floats, a: Floats, b: Floats, c: Floats, d: Floats, out: Floats, two: Floats
) -> None:
    """`add_four_weighted` with ``w`` to ``out`` and with ``x`` to ``two``, each value loaded once."""
    span = a.shape[1]
    if span % WIDTH == 0:
        for q in range(0, span, WIDTH):
            w0, w1, w2, w3 = load(w, (0, q)), load(w, (1, q)), load(w, (2, q)), load(w, (3, q))
            x0, x1, x2, x3 = load(x, (0, q)), load(x, (1, q)), load(x, (2, q)), load(x, (3, q))
            for n in range(a.shape[0]):
                i, j, k, m = load(a, (n, q)), load(b, (n, q)), load(c, (n, q)), load(d, (n, q))
                store(out, (n, q), load(out, (n, q)) + w0 * i + w1 * j + w2 * k + w3 * m)
                store(two, (n, q), load(two, (n, q)) + x0 * i + x1 * j + x2 * k + x3 * m)
        return
    for n in range(a.shape[0]):
        for p in range(span):
            out[n, p] += w[0, p] * a[n, p] + w[1, p] * b[n, p] + w[2, p] * c[n, p] + w[3, p] * d[n, p]
            two[n, p] += x[0, p] * a[n, p] + x[1, p] * b[n, p] + x[2, p] * c[n, p] + x[3, p] * d[n, p]
