"""Arrays as the kernels want them: rows a whole number of vector registers long, starting on a cache line."""

from __future__ import annotations

import numpy as np

from offramp.graph.arrays import LogitPolicy, Problem
from offramp.play.kernels.tables import TOGETHER, Room
from offramp.shapes import Floats, Numbers, Precision

__all__ = ["blocks", "room_for", "span_of", "spread", "zeros_for"]

VECTOR = 8
"""Numbers in a vector register, at most."""

CACHE_LINE = 64
"""Bytes."""


def span_of(positions: int) -> int:
    """S: the positions, rounded up to whole vector registers unless that would double them."""
    rounded = -(-positions // VECTOR) * VECTOR
    return rounded if rounded < 2 * positions else positions


def spread(rows: Numbers, span: int) -> Numbers:
    """Lengthen the last axis to ``span`` with zeros."""
    if rows.shape[-1] == span:
        return np.ascontiguousarray(rows)
    out = np.zeros((*rows.shape[:-1], span), dtype=rows.dtype)
    out[..., : rows.shape[-1]] = rows
    return out


def blocks(values: Numbers, span: int, number: Precision = np.float64) -> Floats:
    """[C, N, P] -> [C, N, S], starting on a cache line."""
    out = _aligned(number, values.shape[0], values.shape[1], span)
    out[:, :, : values.shape[2]] = values
    return out


def zeros_for(problem: Problem, count: int, number: Precision = np.float64) -> Floats:
    """Return ``count`` arrays of the state's size, [count, C, N, S]."""
    span = span_of(problem.ladders.positions)
    return _aligned(number, count, problem.configurations, len(problem.columns), span)


def room_for(problem: Problem, number: Precision = np.float64) -> Room:
    """Scratch that serves every segment of the problem."""
    span = span_of(problem.ladders.positions)
    postures = max(
        (p.moves.members.shape[1] for s in problem.segments for p in s.policies if isinstance(p, LogitPolicy)),
        default=1,
    )
    parts = _aligned(number, postures, len(problem.columns), span)
    mixed = _aligned(number, postures, len(problem.columns), span)
    return Room(
        appeal=_aligned(number, postures, span),
        odds=_aligned(number, postures, span),
        totals=_aligned(number, postures, span),
        best=_aligned(number, span),
        gates=_aligned(number, postures, span),
        rates=_aligned(number, TOGETHER, postures, span),
        present=np.zeros(postures, dtype=np.int64),
        reached=np.zeros(postures, dtype=np.int64),
        parts=parts,
        mixed=mixed,
        flat_parts=parts.reshape(postures, -1),
        flat_mixed=mixed.reshape(postures, -1),
    )


def _aligned(number: Precision, *shape: int) -> Floats:
    """Zeros starting on a cache line: unaligned rows cost half the speed."""
    size, width = int(np.prod(shape)), np.dtype(number).itemsize
    memory = np.zeros(size + CACHE_LINE // width, dtype=number)
    skip = -memory.ctypes.data % CACHE_LINE // width
    return memory[skip : skip + size].reshape(shape)
