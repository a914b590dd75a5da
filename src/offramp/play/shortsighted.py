"""The outcomes of a baseline: choices do not depend on values, so only weights on the states are pushed forward."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Literal

import numpy as np

from offramp.graph.arrays import FixedPolicy, LogitPolicy, Problem, Segment
from offramp.play.adjoint import pays_for_moves
from offramp.play.baselines import myopic, random_movers
from offramp.play.packing import Packer
from offramp.play.pushing import Steps, read_forward
from offramp.play.solving import solve
from offramp.shapes import ENSEMBLE_TOLERANCE, SOLVER_TOLERANCE, Floats, Precision

__all__ = ["Shortsighted", "driving", "equal_steps", "outcomes_alone", "shortsighted_outcomes", "tabulated"]

LONGEST = 8.0
"""Step times fastest rate, at most: stable, and at the tolerance of ensembles good for an error of 1e-5."""

Shortsighted = Literal["random", "myopic"]


def shortsighted_outcomes(
    problem: Problem,
    movers: Shortsighted,
    first_outcome: int,
    *,
    tolerance: float = SOLVER_TOLERANCE,
    number: Precision = np.float64,
) -> Floats:
    """Return the outcomes at the start under a baseline, [N]; the entries of the players' values are NaN.

    Parameters
    ----------
    problem : Problem
    movers : {"random", "myopic"}
    first_outcome : int
        Columns from here on are outcomes; the segments that carry none are not looked at.
    tolerance, number
        See `solve`.
    """
    found = np.full(len(problem.columns), np.nan)
    if first_outcome == len(problem.columns):
        return found
    chosen = tabulated(problem, movers, first_outcome)
    if pays_for_moves(chosen, first_outcome):
        alone = outcomes_alone(chosen, first_outcome)
        found[first_outcome:] = solve(alone, tolerance=tolerance, number=number).at_start
    else:
        driven = driving(chosen)
        packer = Packer(driven, number)
        steps = [_steps(packer, segment, tolerance) for segment in driven.segments]
        found[first_outcome:] = read_forward(driven, first_outcome, steps, number)
    return found


def tabulated(problem: Problem, movers: Shortsighted, first_outcome: int) -> Problem:
    """Return a baseline: what really happens, in the segments that carry outcomes, by choices that rest on no value."""
    real = tuple(
        replace(segment, policies=tuple(segment.policies[n] for n in problem.truth))
        for segment in problem.segments
        if segment.active > first_outcome
    )
    problem = replace(problem, segments=real, truth=tuple(range(len(problem.truth))))
    return random_movers(problem) if movers == "random" else myopic(problem)


def driving(problem: Problem) -> Problem:
    """Return a baseline whose policies drive every column."""
    positions = problem.ladders.positions
    return replace(
        problem,
        segments=tuple(
            replace(s, policies=tuple(_driving(p, s.active, positions) for p in s.policies)) for s in problem.segments
        ),
    )


def outcomes_alone(problem: Problem, first_outcome: int) -> Problem:
    """Return a baseline without the columns of the players' values."""
    return replace(
        problem,
        columns=problem.columns[first_outcome:],
        segments=tuple(_outcomes_only(segment, first_outcome) for segment in problem.segments),
    )


def equal_steps(packer: Packer, segment: Segment, tolerance: float) -> int:
    """Return in how many steps of equal length to go through a segment.

    With constant rates the error is known beforehand: it grows with the fourth power of a step times the fastest rate.
    """
    longest: float = min(LONGEST, LONGEST * (tolerance / ENSEMBLE_TOLERANCE) ** 0.25)
    return max(1, math.ceil((segment.end - segment.start) * packer.fastest(segment) / longest))


def _steps(packer: Packer, segment: Segment, tolerance: float) -> Steps:
    """Return steps of equal length, in which nobody looks at any value."""
    count = equal_steps(packer, segment, tolerance)
    looked_at = np.zeros((10, packer.problem.configurations, 1, packer.span), dtype=packer.number)
    return [((segment.end - segment.start) / count, looked_at)] * count


def _outcomes_only(segment: Segment, first: int) -> Segment:
    active = segment.active - first
    return replace(
        segment,
        active=active,
        terminal=tuple((n - first, values) for n, values in segment.terminal if n >= first),
        flow=np.ascontiguousarray(segment.flow[:, first:]),
        policies=tuple(_driving(policy, active, segment.flow.shape[2]) for policy in segment.policies),
        held=tuple((n - first, mask) for n, mask in segment.held if n >= first),
        puts=tuple((n - first, mask, value) for n, mask, value in segment.puts if n >= first),
        paying=segment.paying[first:],
    )


def _driving(policy: LogitPolicy | FixedPolicy, active: int, positions: int) -> LogitPolicy | FixedPolicy:
    """Let a policy drive the outcomes; one that chooses at random may look at any column, for it weighs nothing."""
    if isinstance(policy, FixedPolicy):
        return replace(policy, drives=((0, active),))
    return replace(
        policy,
        decides=(0,),
        weight=np.ones((1, positions)),
        consents=(0,) * len(policy.consents),
        drives=((0, active),),
    )
