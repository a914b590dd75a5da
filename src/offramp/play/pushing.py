"""Weights on the states, pushed forward over the steps that values came back over, and what outcomes earn by them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from offramp.graph.arrays import Column, FixedPolicy, LogitPolicy, Problem, Segment
from offramp.play.blocks import room_for, zeros_for
from offramp.play.kernels import descent
from offramp.play.packing import Packer
from offramp.shapes import Bools, Floats, Precision

__all__ = ["Kind", "Steps", "read_forward", "turned"]

Steps = Sequence[tuple[float, Floats]]
"""In the order of the sweep: the length of each step, and what choices rested on at its stages, [10, C, N, S]."""


def read_forward(problem: Problem, first: int, steps: Sequence[Steps], number: Precision = np.float64) -> Floats:
    """Push weights from the start through the segments that carry outcomes, and read the outcomes off.

    Parameters
    ----------
    problem : Problem
    first : int
        Columns from here on are outcomes.
    steps : sequence of Steps
        Of the segments that carry outcomes, in the order of the sweep.
    number : Precision
        Of the steps.

    Returns
    -------
    [outcomes]
    """
    kinds, kind_of = _kinds(problem, first)
    carrying = [(n, s) for n, s in enumerate(problem.segments) if s.active > first]
    forward = turned(problem, [segment for _, segment in carrying], kinds)
    packer, room = Packer(forward, number, turned=True), room_for(forward, number)
    work, (weights, seen) = zeros_for(forward, descent.WORK, number), zeros_for(forward, 2, number)
    positions = slice(problem.ladders.positions)
    weights[problem.start[0], :, problem.start[1]] = 1.0
    found, open_ = np.zeros(len(kind_of)), np.ones(len(kind_of), dtype=np.bool_)
    for (place, segment), alone, taken in zip(
        reversed(carrying), reversed(forward.segments), reversed(steps), strict=True
    ):
        held = tuple((k, kind.held[place]) for k, kind in enumerate(kinds) if place in kind.held)
        tables = packer.tables(replace(alone, held=held))
        seen[:] = 0.0
        for h, trail in reversed(taken):
            descent.descend(tables, room, h, trail, weights, work, seen)
        earned = np.zeros(len(found))
        descent.earn(np.ascontiguousarray(segment.flow), first, seen, kind_of, earned)
        found[open_] += earned[open_]
        _stop(segment, first, kind_of, weights[:, :, positions], found, open_)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """Weights that several outcomes share."""

    discount: float
    held: dict[int, Bools]
    """By segment: where they stop."""


def _kinds(problem: Problem, first: int) -> tuple[list[Kind], np.ndarray]:
    """Return the kinds of weights needed, and which of them each outcome takes."""
    known: dict[object, int] = {}
    kinds: list[Kind] = []
    kind_of = np.zeros(len(problem.columns) - first, dtype=np.int64)
    for n, column in enumerate(problem.columns[first:], start=first):
        held = {i: mask for i, s in enumerate(problem.segments) for m, mask in s.held if m == n}
        puts = {i: mask for i, s in enumerate(problem.segments) for m, mask, _ in s.puts if m == n}
        marks = tuple(tuple((i, mask.tobytes()) for i, mask in each.items()) for each in (held, puts))
        key = column.discount, marks
        if key not in known:
            known[key] = len(kinds)
            kinds.append(Kind(column.discount, held))
        kind_of[n - first] = known[key]
    return kinds, kind_of


def turned(problem: Problem, segments: Iterable[Segment], kinds: Sequence[Kind]) -> Problem:
    """Return what weights go through: some segments, with the policies by which things really happen."""
    flow = np.zeros((problem.configurations, len(kinds), problem.ladders.positions))
    known: dict[int, LogitPolicy | FixedPolicy] = {}

    def driving(policy: LogitPolicy | FixedPolicy) -> LogitPolicy | FixedPolicy:
        return known.setdefault(id(policy), replace(policy, drives=((0, len(kinds)),)))

    return replace(
        problem,
        columns=tuple(Column("weights", kind.discount, -1) for kind in kinds),
        segments=tuple(
            replace(
                segment,
                active=len(kinds),
                terminal=(),
                flow=flow,
                policies=tuple(driving(segment.policies[i]) for i in problem.truth),
                held=(),
                puts=(),
                paying=(),
            )
            for segment in segments
        ),
    )


def _stop(segment: Segment, first: int, kind_of: np.ndarray, weights: Floats, found: Floats, open_: Bools) -> None:
    """Read off what stands at the end of a segment, and close the outcomes that begin there."""
    emptied: list[tuple[int, Bools]] = []
    for column, mask, value in segment.puts:
        n = column - first
        if open_[n]:
            found[n] += value * float(weights[:, kind_of[n]][mask].sum())
            emptied.append((kind_of[n], mask))
    for kind, mask in emptied:
        weights[:, kind][mask] = 0.0
    for column, values in segment.terminal:
        n = column - first
        if n >= 0 and open_[n]:
            found[n] += float((values * weights[:, kind_of[n]]).sum())  # np.vdot would wake the threads of BLAS
            open_[n] = False
