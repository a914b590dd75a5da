"""Values of an answer as they can be told: rounded, and still such that the state holds with them."""

from __future__ import annotations

import math

from offramp.graph import Graph
from offramp.inverse.stability.results import Answer
from offramp.stability import judge_world
from offramp.worlds import draw, replace

__all__ = ["rounded_ends"]

DIGITS = (3, 4, 6)
"""To which values are rounded, the first that will do."""


def rounded_ends(graph: Graph, answer: Answer, concept: str, *, frozen: bool = False) -> tuple[float, ...]:
    """Round what the unknowns of an answer have to be, away from what they are, as far as the state holds with it.

    Parameters
    ----------
    graph : Graph
        Whose unknowns have the ranges in which the answer was looked for.
    answer : Answer
    concept : str
    frozen : bool
        As in `least_change_of`.

    Returns
    -------
    tuple of float
        By change of the answer.
    """
    worlds = draw(graph.case, 0, 0)
    for digits in DIGITS:
        ends = [_rounded(each.start, each.end, each.low, each.high, digits) for each in answer.changes]
        changes = {change.unknown: end for change, end in zip(answer.changes, ends, strict=True)}
        judged = judge_world(graph, replace(worlds, changes).world(0), [concept], frozen=frozen)
        if judged.stable[concept][:, answer.state].all():
            return tuple(ends)
    return tuple(each.end for each in answer.changes)


def _rounded(start: float, end: float, low: float, high: float, digits: int) -> float:
    """Round to some digits of the width of the range, away from the start, and not beyond an end it keeps to."""
    places = digits - 1 - math.floor(math.log10(high - low))
    scaled = end * 10.0**places
    whole = math.ceil(scaled - 1e-9) if end > start else math.floor(scaled + 1e-9)
    return min(max(round(whole / 10.0**places, max(places, 0)), min(low, end)), max(high, end))
