"""Players who do not look ahead: what the same game gives when moves are random, or follow the present payoff alone.

Such choices do not depend on the values, so only the outcomes need to be swept, and only from the horizon on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from offramp.graph.arrays import FixedPolicy, LogitPolicy, Problem, Segment
from offramp.play.solving import solve
from offramp.shapes import SOLVER_TOLERANCE, Floats

__all__ = ["Shortsighted", "baseline_outcomes", "baseline_problem"]

Shortsighted = Literal["random", "myopic"]


def baseline_outcomes(
    problem: Problem, movers: Shortsighted, first_outcome: int, *, tolerance: float = SOLVER_TOLERANCE
) -> Floats:
    """Return the outcomes at the start under a baseline, [N]; the entries of the players' values are NaN.

    Parameters
    ----------
    problem : Problem
    movers : {"random", "myopic"}
        Random players pick each of their moves, staying put included, with the same probability (lam = 0). Myopic
        ones choose by quantal response among the present payoffs u / pace, the state otherwise frozen.
    first_outcome : int
        Columns from here on are outcomes.
    """
    found = np.full(len(problem.columns), np.nan)
    if first_outcome < len(problem.columns):
        found[first_outcome:] = solve(baseline_problem(problem, movers, first_outcome), tolerance=tolerance).at_start
    return found


def baseline_problem(problem: Problem, movers: Shortsighted, first_outcome: int) -> Problem:
    """Return the problem of the outcomes alone, with every chosen move tabulated.

    Committed players keep to their rules. What a choice looks at, wants and influence, is the same in every segment.
    """
    tabulated: dict[int, FixedPolicy] = {}
    segments = []
    for segment in problem.segments:
        if segment.active <= first_outcome:
            continue
        policies = []
        for n in problem.truth:
            policy = segment.policies[n]
            if isinstance(policy, LogitPolicy):
                if n not in tabulated:
                    tabulated[n] = _tabulate(policy, segment, movers, problem.configurations)
                policies.append(tabulated[n])
            else:
                policies.append(policy)
        segments.append(_outcomes_only(segment, tuple(policies), first_outcome))
    return replace(
        problem,
        columns=problem.columns[first_outcome:],
        segments=tuple(segments),
        truth=tuple(range(len(problem.truth))),
    )


def _outcomes_only(segment: Segment, policies: tuple[FixedPolicy, ...], first: int) -> Segment:
    active = segment.active - first
    return replace(
        segment,
        active=active,
        terminal=tuple((n - first, values) for n, values in segment.terminal if n >= first),
        flow=np.ascontiguousarray(segment.flow[:, first:]),
        policies=tuple(replace(policy, drives=((0, active),)) for policy in policies),
        held=tuple((n - first, mask) for n, mask in segment.held if n >= first),
        puts=tuple((n - first, mask, value) for n, mask, value in segment.puts if n >= first),
        paying=segment.paying[first:],
    )


def _tabulate(policy: LogitPolicy, segment: Segment, movers: Shortsighted, configurations: int) -> FixedPolicy:
    """Return the choice probabilities of a player who looks no further than its own move."""
    moves = policy.moves
    here = np.arange(configurations)
    targets = moves.members[moves.group].T  # [A, C]
    legal = (targets >= 0) & moves.allowed[moves.posture].T
    targets = np.where(legal, targets, here)
    cost = np.where(legal, policy.cost[moves.posture].T, 0.0)
    positions = segment.flow.shape[2]
    if movers == "random" or policy.pace == 0:
        appeal = np.zeros((*legal.shape, positions))
    else:
        present = np.einsum("fp,cfp->cp", policy.weight, segment.flow[:, policy.decides]) / policy.pace
        appeal = policy.precision * (present[targets] - cost[:, :, None])
    appeal = np.where(legal[:, :, None], appeal, -np.inf)
    odds = np.exp(appeal - appeal.max(axis=0))
    chance = odds / odds.sum(axis=0)
    moving = (targets != here)[:, :, None]
    for column in policy.consents:
        if movers == "random" or policy.pace == 0:
            agreed: Floats = np.full_like(chance, 0.5)
        else:
            gain = segment.flow[:, column][targets] - segment.flow[:, column][here]
            agreed = _logistic(policy.precision * (gain / policy.pace - cost[:, :, None]))
        chance = np.where(moving, chance * agreed, chance)
    return FixedPolicy(policy.player, policy.pace, targets, chance, cost, policy.drives)


def _logistic(x: Floats) -> Floats:
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, small) / (1.0 + small)
