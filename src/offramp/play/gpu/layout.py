"""How a batch of worlds lies in the GPU's memory.

Letters: W worlds, C configurations, P positions, N columns, K conditions. All arrays of all worlds lie end to end in
three pools, by kind of number; the tables hold offsets into these. An array that several segments or worlds have lies
there once. What a world computes lies in its room, one row of numbers, at offsets that are the same for all worlds.
"""

from __future__ import annotations

from typing import NamedTuple

from offramp.shapes import Bools, Floats, Ints

__all__ = ["Batch", "Shape"]

ACTIVE, CONTROLLED, FLOW, RISE, FALL, FIRST_POLICY, END_POLICY = range(7)
DRIVEN, STAMPS, STAMP_COUNT, HELD, DISCOUNT, SHARPEST = range(7, 13)
SEGMENT_FIELDS = 13
"""A row of ``segments``. ``DRIVEN`` [policies, active] in marks: does the policy drive the column; ``STAMPS``
[count, 4] in wholes: see below; ``HELD`` [active] in wholes: where in marks [C, P] paths are stopped, or -1."""

COLUMN, STAMPED, EACH, WHERE = range(4)
STAMP_FIELDS = 4
"""What is put in place at the end of a segment: in which column, values in reals ([C, P], or one number for all where
``EACH`` is 0), and where in marks, or -1 for everywhere."""

LENGTH, LONGEST, FELT = range(3)
"""A row of ``lengths``."""

FIXED, ROWS, TARGETS, COSTS, RATES, EDGES, DECIDES, DECIDE_COUNT = range(8)
WEIGHT, CONSENTS, CONSENT_COUNT, TABLE, PAID = range(8, 13)
POLICY_FIELDS = 13
"""A row of ``policies``. Its moves lie by configuration left: those of c from ``wholes[ROWS + c]`` to
``wholes[ROWS + c + 1]``. ``RATES`` is where in the room their rates [EDGES, P] begin, ``TABLE`` where in reals those of
a fixed policy lie. ``PAID`` [active] in marks: does the column pay for its moves."""

PACE, PRECISION = range(2)
"""A row of ``tempers``."""


ROOM_PARTS = 6
VALUES, SLOPE, NEAR, LATER, MEAN, ERROR = range(ROOM_PARTS)
"""The first parts of a room, [C, N, P] each: where a step begins, the slope there, the stages by turns, what the last
of them starts from, and the error per unit of the step."""


class Batch(NamedTuple):
    """What the kernel reads."""

    worlds: Ints
    """[W + 1] the first segment of each."""
    segments: Ints
    lengths: Floats
    policies: Ints
    tempers: Floats
    strides: Ints
    """[K]"""
    wholes: Ints
    reals: Floats
    marks: Bools


class Shape(NamedTuple):
    """What all worlds of a batch have in common, and where things lie in a world's room."""

    configurations: int
    columns: int
    positions: int
    start: int
    """The state at time 0, as configuration times positions plus position."""
    size: int
    """C N P."""
    threads: int
    """Per world."""
    partials: int
    """Where in a room these begin: [2, threads, N] each thread's largest errors and largest values."""
    shares: int
    """[N] errors as a share of what is allowed."""
    rates: int
    """[EDGES, P] for each policy, up to the end of the room."""
    tolerance: float
