"""What is swept for a problem, and by which steps: those of the CPU.

On the CPU outcomes are read off weights pushed forward over the steps of the players' values (see ``play.adjoint``).
Here they are swept back as columns beside the players' values, and have no say in the steps: over the same steps both
give the same numbers but for rounding, and nothing need be kept of the steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from offramp.graph.arrays import Problem
from offramp.play.adjoint import pays_for_moves, players_where_it_pays, shorter
from offramp.play.outcomes import precision_for
from offramp.play.packing import Packer
from offramp.play.shortsighted import Shortsighted, driving, equal_steps, outcomes_alone, tabulated
from offramp.play.solving import felt_in, longest_step
from offramp.shapes import Precision

__all__ = ["Movers", "Plan", "Stride", "plan"]

Movers = Literal["foresight", "myopic", "random"]


@dataclass(frozen=True, slots=True)
class Stride:
    """How steps are chosen in one segment."""

    controlled: int
    """The errors of so many columns, the first ones, have a say."""
    longest: float
    felt: float
    """Largest error of a step in the log odds of a choice."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What to sweep."""

    problem: Problem
    first: int
    """Columns from here on are outcomes."""
    strides: tuple[Stride, ...]
    """For each segment."""


def plan(problem: Problem, movers: Movers, first: int, tolerance: float) -> Plan:
    """Return what is swept for a problem so that its outcomes are those of ``outcomes_under``.

    Parameters
    ----------
    problem : Problem
    movers : {"foresight", "myopic", "random"}
    first : int
        Columns from here on are outcomes.
    tolerance : float
        See `solve`.

    Raises
    ------
    WorldError
        If a rate is negative or not finite.
    """
    number = precision_for(problem, first, tolerance)
    if movers == "foresight":
        return _looking_ahead(problem, first, tolerance, number)
    return _shortsighted(problem, movers, first, tolerance, number)


def _looking_ahead(problem: Problem, first: int, tolerance: float, number: Precision) -> Plan:
    packer = players_where_it_pays(problem, first, tolerance, number)
    if packer is None:
        return Plan(problem, first, _all_controlled(problem, number))
    strides = []
    for segment, alone in zip(problem.segments, packer.problem.segments, strict=True):
        longest = longest_step(alone, packer.fastest(alone))
        if segment.active > alone.active:
            longest *= shorter(tolerance)
        strides.append(Stride(alone.active, longest, felt_in(problem, segment)))
    return Plan(problem, first, tuple(strides))


def _shortsighted(problem: Problem, movers: Shortsighted, first: int, tolerance: float, number: Precision) -> Plan:
    chosen = tabulated(problem, movers, first)
    alone = outcomes_alone(chosen, first)
    if pays_for_moves(chosen, first):
        return Plan(alone, 0, _all_controlled(alone, number))
    driven = driving(chosen)
    packer = Packer(driven, number)
    strides = tuple(
        Stride(0, (segment.end - segment.start) / equal_steps(packer, segment, tolerance), np.inf)
        for segment in driven.segments
    )
    return Plan(alone, 0, strides)


def _all_controlled(problem: Problem, number: Precision) -> tuple[Stride, ...]:
    packer = Packer(problem, number)
    return tuple(
        Stride(segment.active, longest_step(segment, packer.fastest(segment)), felt_in(problem, segment))
        for segment in problem.segments
    )
