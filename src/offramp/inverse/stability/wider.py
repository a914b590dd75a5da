"""What would do where nothing inside the stated ranges does: the least change that goes beyond some of their ends."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from offramp.graph import Graph
from offramp.inverse.stability.affine import Unknowns
from offramp.inverse.stability.case import affine_games
from offramp.inverse.stability.checked import checked
from offramp.inverse.stability.least import least_change
from offramp.inverse.stability.results import Answer, Blocking, Budget
from offramp.inverse.stability.worths import straight

__all__ = ["WIDTHS", "least_change_beyond"]

WIDTHS = 10.0
"""How far an unknown may go beyond an end of its range that stands in the way, in widths of the range."""


def least_change_beyond(
    graph: Graph,
    world: Mapping[str, float],
    blocked: Blocking,
    concept: str,
    *,
    players: Collection[str] | None = None,
    budget: Budget | None = None,
    frozen: bool = False,
) -> Answer | None:
    """Find the least change that makes a configuration hold where the ends of ranges in its way are left out.

    What then stands in the way is left out in turn, until something does or no end of a range is to blame. The answer
    has been judged by the stability lens in the world that it makes.

    Parameters
    ----------
    graph, world, concept, players, frozen
        As in ``least_change_of``.
    blocked : Blocking
        What stands in the way of the configuration, from there.
    budget : Budget, optional
        For each search.

    Returns
    -------
    Answer or None
        None where nothing up to `WIDTHS` beyond these ends does it, or none was found.

    Raises
    ------
    WorldError
        If a number of the world cannot be used.
    """
    moving = straight(graph, world, players)
    games, stated = affine_games(graph, moving, frozen=frozen), moving.unknowns
    low, high, state, left_out = stated.low.copy(), stated.high.copy(), blocked.state, set[tuple[str, str]]()
    while new := {(end.unknown, end.end) for end in blocked.ends} - left_out:
        left_out |= new
        for name, end in new:
            k = stated.names.index(name)
            if end == "low":
                low[k] = stated.low[k] - WIDTHS * stated.width[k]
            else:
                high[k] = stated.high[k] + WIDTHS * stated.width[k]
        wider = Unknowns.of(stated.names, stated.best, low, high, stated.weights)
        found = least_change(games, wider, [state], concept, budget=budget)
        for answer in found.answers:
            kept = checked(graph, moving, wider, answer, concept, frozen=frozen)
            return None if kept is None else _as_stated(kept, stated)
        if not found.blocked:
            return None
        blocked = found.blocked[0]
    return None


def _as_stated(answer: Answer, stated: Unknowns) -> Answer:
    """Put the stated ranges in place of those that were searched."""
    ranges = {name: (float(stated.low[k]), float(stated.high[k])) for k, name in enumerate(stated.names)}
    changes = (replace(c, low=ranges[c.unknown][0], high=ranges[c.unknown][1]) for c in answer.changes)
    return replace(answer, changes=tuple(changes))
