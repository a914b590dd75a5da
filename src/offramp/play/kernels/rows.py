"""Products of one row, a number per position, with several columns.

They take views (``[n, S]`` here: n columns of one configuration), whose shapes bound the loops: the compiler then
drops its checks of the indices.
"""

from __future__ import annotations

from offramp.play.kernels.compiling import helper
from offramp.shapes import Floats

__all__ = [
    "add",
    "add_four_weighted",
    "add_weighted",
    "approach",
    "clear",
    "multiply",
    "put_share",
    "put_weighted",
    "scale",
    "subtract",
]


@helper
def add_weighted(weights: Floats, columns: Floats, out: Floats) -> None:
    """``out[n] += weights * columns[n]``: [S], [n, S] and [n, S]."""
    for n in range(columns.shape[0]):
        for p in range(columns.shape[1]):
            out[n, p] += weights[p] * columns[n, p]


@helper
def put_weighted(weights: Floats, columns: Floats, out: Floats) -> None:
    """``out[n] = weights * columns[n]``: [S], [n, S] and [>= n, S]."""
    for n in range(columns.shape[0]):
        for p in range(columns.shape[1]):
            out[n, p] = weights[p] * columns[n, p]


@helper
def scale(weights: Floats, out: Floats) -> None:
    """``out[n] *= weights``: [S] and [n, S]."""
    for n in range(out.shape[0]):
        for p in range(out.shape[1]):
            out[n, p] *= weights[p]


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
    for n in range(there.shape[0]):
        for p in range(there.shape[1]):
            out[n, p] += weights[p] * (there[n, p] - here[n, p])


@helper
def add_four_weighted(
    w: Floats, x: Floats, y: Floats, z: Floats, a: Floats, b: Floats, c: Floats, d: Floats, out: Floats
) -> None:
    """``out[n] += w * a[n] + x * b[n] + y * c[n] + z * d[n]``: four times [S], five times [n, S]."""
    for n in range(a.shape[0]):
        for p in range(a.shape[1]):
            out[n, p] += w[p] * a[n, p] + x[p] * b[n, p] + y[p] * c[n, p] + z[p] * d[n, p]


@helper
def put_share(factor: float, one: Floats, other: Floats, out: Floats) -> None:
    """``out = factor * one / (factor * one + other)``, all [S]."""
    for p in range(out.shape[0]):
        part = factor * one[p]
        out[p] = part / (part + other[p])


@helper
def multiply(factor: float, one: Floats, other: Floats, out: Floats) -> None:
    """``out *= factor * one * other``, all [S]."""
    for p in range(out.shape[0]):
        out[p] *= factor * one[p] * other[p]


@helper
def subtract(row: Floats, out: Floats) -> None:
    """``out -= row``, both [S]."""
    for p in range(out.shape[0]):
        out[p] -= row[p]
