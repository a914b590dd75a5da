"""Answers that the stability lens bears out in the world that they make."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from offramp.graph import Graph
from offramp.inverse.stability.affine import Unknowns
from offramp.inverse.stability.results import Answer
from offramp.inverse.stability.worths import Straight
from offramp.shapes import Floats
from offramp.stability import judge_world

__all__ = ["checked"]

HAIRS = (0.0, 1e-12, 1e-9, 1e-7)
"""Shares of the ranges by which an answer may go further. It lies where payoffs tie, and where a player has nothing
else to lose or to gain rounding alone would decide about that."""


def checked(
    graph: Graph, moving: Straight, unknowns: Unknowns, answer: Answer, concept: str, *, frozen: bool = False
) -> Answer | None:
    """Return an answer, or one that goes a hair further, with which its state holds; None if neither does.

    Parameters
    ----------
    graph : Graph
    moving : Straight
        Makes the worlds.
    unknowns : Unknowns
        With the ranges that the answer keeps to.
    answer : Answer
    concept : str
    frozen : bool
        Conditions stay where they start.

    Raises
    ------
    WorldError
        If a number of the world cannot be used.
    """
    away = np.sign(answer.point - unknowns.best) * unknowns.width
    for hair in HAIRS:
        point = np.clip(answer.point + hair * away, unknowns.low, unknowns.high)
        judged = judge_world(graph, moving.world(point), [concept], frozen=frozen)
        if judged.stable[concept][:, answer.state].all():
            return answer if hair == 0 else _moved(unknowns, answer, point)
    return None


def _moved(unknowns: Unknowns, answer: Answer, point: Floats) -> Answer:
    at = {name: k for k, name in enumerate(unknowns.names)}
    ends = [float(point[at[each.unknown]]) for each in answer.changes]
    changes = tuple(
        replace(each, end=end, cost=float(unknowns.weights[at[each.unknown]]) * abs(end - each.start))
        for each, end in zip(answer.changes, ends, strict=True)
    )
    return replace(answer, changes=changes, cost=unknowns.cost(point), point=point)
