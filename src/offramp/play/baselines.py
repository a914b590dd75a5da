"""What stands beside every result: players who move at random, and players who look no further than the present."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from offramp.graph.arrays import FixedPolicy, LogitPolicy, Problem, Segment
from offramp.play.choosing import move_chances
from offramp.shapes import Floats

__all__ = ["myopic", "random_movers"]


def random_movers(problem: Problem) -> Problem:
    """Everyone who is not committed picks evenly among its legal moves, staying put included (lam = 0).

    A faction whose consent is needed lets half of the moves pass. Switching costs are paid, not shunned.
    """
    return replace(problem, segments=tuple(_indifferent(segment) for segment in problem.segments))


def _indifferent(segment: Segment) -> Segment:
    return replace(
        segment,
        policies=tuple(replace(p, precision=0.0) if isinstance(p, LogitPolicy) else p for p in segment.policies),
    )


def myopic(problem: Problem) -> Problem:
    """Everyone who is not committed looks at what the present earns until its next opportunity, ``u / pace``."""
    return _with_liked(problem, lambda policy, segment: (policy.precision, segment.flow / (policy.pace or 1.0)))


def _with_liked(problem: Problem, look: Callable[[LogitPolicy, Segment], tuple[float, Floats]]) -> Problem:
    segments = []
    for segment in problem.segments:
        policies = tuple(_tabulate(p, *look(p, segment)) if isinstance(p, LogitPolicy) else p for p in segment.policies)
        segments.append(replace(segment, policies=policies))
    return replace(problem, segments=tuple(segments))


def _tabulate(policy: LogitPolicy, precision: float, looks: Floats) -> FixedPolicy:
    """The policy's chances when it looks at ``looks`` [C, N, P] in place of the values."""
    moves = policy.moves
    here = np.arange(len(moves.group))
    own = np.einsum("np,cnp->cp", policy.weight, looks[:, list(policy.decides)])
    gates = looks[:, list(policy.consents)].transpose(1, 0, 2)
    chances = move_chances(
        replace(policy, precision=precision), moves.members, own[moves.members], gates[:, moves.members]
    )
    chances = chances[moves.group, moves.posture].transpose(1, 0, 2)
    targets = moves.members[moves.group].T
    chances = np.where((targets < 0) | (targets == here), 0.0, chances.transpose(2, 0, 1)).transpose(1, 2, 0)
    return FixedPolicy(
        player=policy.player,
        pace=policy.pace,
        targets=np.where(targets < 0, here, targets),
        chance=np.ascontiguousarray(chances),
        cost=np.where(targets < 0, 0.0, policy.cost[moves.posture].T),
        drives=policy.drives,
    )
