"""The outcomes of a baseline: choices do not depend on values, so only the outcomes are swept, from the horizon."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from offramp.graph.arrays import FixedPolicy, LogitPolicy, Problem, Segment
from offramp.play.baselines import myopic, random_movers
from offramp.play.solving import solve
from offramp.shapes import SOLVER_TOLERANCE, Floats

__all__ = ["Shortsighted", "shortsighted_outcomes"]

Shortsighted = Literal["random", "myopic"]


def shortsighted_outcomes(
    problem: Problem, movers: Shortsighted, first_outcome: int, *, tolerance: float = SOLVER_TOLERANCE
) -> Floats:
    """Return the outcomes at the start under a baseline, [N]; the entries of the players' values are NaN.

    Parameters
    ----------
    problem : Problem
    movers : {"random", "myopic"}
    first_outcome : int
        Columns from here on are outcomes; the segments that carry none are not looked at.
    """
    found = np.full(len(problem.columns), np.nan)
    if first_outcome == len(problem.columns):
        return found
    real = tuple(
        replace(segment, policies=tuple(segment.policies[n] for n in problem.truth))
        for segment in problem.segments
        if segment.active > first_outcome
    )
    problem = replace(problem, segments=real, truth=tuple(range(len(problem.truth))))
    tabulated = random_movers(problem) if movers == "random" else myopic(problem)
    found[first_outcome:] = solve(
        replace(
            tabulated,
            columns=problem.columns[first_outcome:],
            segments=tuple(_outcomes_only(segment, first_outcome) for segment in tabulated.segments),
        ),
        tolerance=tolerance,
    ).at_start
    return found


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
