"""The product of a small constant matrix with a block of rows."""

from __future__ import annotations

from offramp.compiled import helper, kernel
from offramp.shapes import Floats

__all__ = ["mix"]


@kernel
def mix(matrix: Floats, rows: Floats, count: int, width: int, out: Floats) -> None:
    """``out[b] = sum over a of matrix[b, a] * rows[a]``, two results and four terms at a time.

    Parameters
    ----------
    matrix : [A, A]
    rows : [A, >= width]
    count : int
        A.
    width : int
        How much of each row counts.
    out : [A, >= width]
        Overwritten.
    """
    paired = count - count % 2
    for b in range(0, paired, 2):
        c = b + 1
        a = start_pair(matrix, rows, b, count, width, out)
        while a + 4 <= count:
            k0, k1, k2, k3 = matrix[b, a], matrix[b, a + 1], matrix[b, a + 2], matrix[b, a + 3]
            l0, l1, l2, l3 = matrix[c, a], matrix[c, a + 1], matrix[c, a + 2], matrix[c, a + 3]
            for j in range(width):
                x0, x1, x2, x3 = rows[a, j], rows[a + 1, j], rows[a + 2, j], rows[a + 3, j]
                upper = out[b, j] + k0 * x0 + k1 * x1 + k2 * x2 + k3 * x3
                lower = out[c, j] + l0 * x0 + l1 * x1 + l2 * x2 + l3 * x3
                out[b, j] = upper
                out[c, j] = lower
            a += 4
        while a < count:
            k0, l0 = matrix[b, a], matrix[c, a]
            for j in range(width):
                x0 = rows[a, j]
                upper = out[b, j] + k0 * x0
                lower = out[c, j] + l0 * x0
                out[b, j] = upper
                out[c, j] = lower
            a += 1
    for b in range(paired, count):
        for j in range(width):
            out[b, j] = 0.0
        for a in range(count):
            k0 = matrix[b, a]
            for j in range(width):
                out[b, j] += k0 * rows[a, j]


@helper
def start_pair(matrix: Floats, rows: Floats, b: int, count: int, width: int, out: Floats) -> int:
    """Set rows b and b + 1 to their first terms, and say how many those were."""
    c = b + 1
    k0, k1 = matrix[b, 0], matrix[b, 1]
    l0, l1 = matrix[c, 0], matrix[c, 1]
    if count < 4:
        for j in range(width):
            x0, x1 = rows[0, j], rows[1, j]
            upper = k0 * x0 + k1 * x1
            lower = l0 * x0 + l1 * x1
            out[b, j] = upper
            out[c, j] = lower
        return 2
    k2, k3 = matrix[b, 2], matrix[b, 3]
    l2, l3 = matrix[c, 2], matrix[c, 3]
    for j in range(width):
        x0, x1, x2, x3 = rows[0, j], rows[1, j], rows[2, j], rows[3, j]
        upper = k0 * x0 + k1 * x1 + k2 * x2 + k3 * x3
        lower = l0 * x0 + l1 * x1 + l2 * x2 + l3 * x3
        out[b, j] = upper
        out[c, j] = lower
    return 4
