"""What would have to be wanted for a state to last: the least change of worths, or what stands in the way of any."""

from __future__ import annotations

from collections.abc import Mapping

from offramp.findings.common.labels import label_of, names_of
from offramp.findings.reach.values import LeastChange, Obstacle, OtherWants, Shift
from offramp.graph import option_levels
from offramp.inverse.mediation import posed_freely, wanted_configurations
from offramp.inverse.stability import Answer, Blocking, Budget, least_change_of, rounded_ends
from offramp.model import Case, Target
from offramp.stability import judge_world
from offramp.worlds import Worlds

__all__ = ["other_wants"]

SECONDS = 10.0
"""Given to the search."""
ANSWERS = 3


def other_wants(
    case: Case, target: Target, worlds: Worlds, concept: str, levels: Mapping[str, int]
) -> OtherWants | None:
    """Find the least change of worths, inside their stated ranges, that makes a wanted configuration hold.

    Parameters
    ----------
    case : Case
        With the unknowns as the view states them, where the worlds are drawn from one.
    target : Target
    worlds : Worlds
    concept : str
    levels : mapping of str to int
        Where settings stand, and options start.

    Returns
    -------
    OtherWants or None
        None where one holds already, in the best guess.

    Raises
    ------
    CaseErrors, WorldError
        As `offramp.inverse.mediation.mediate`.
    """
    graph, world = posed_freely(case, levels), worlds.world(0)
    wanted = wanted_configurations(graph, target.that)
    if wanted[judge_world(graph, world, (concept,)).equilibria[concept]].any():
        return None
    found = least_change_of(graph, world, wanted, concept, answers=ANSWERS, budget=Budget(seconds=SECONDS))
    names, players = names_of(case), list(case.players.values())
    present = option_levels(graph, graph.start[0])

    def unlike(state: int, other: Mapping[str, str]) -> dict[str, str]:
        return {key: level for key, level in option_levels(graph, state).items() if other.get(key) != level}

    def change(answer: Answer) -> LeastChange:
        shifts = (
            Shift(c.unknown, label_of(case, c.unknown, names), c.start, end, c.low, c.high)
            for c, end in zip(answer.changes, rounded_ends(graph, answer, concept), strict=True)
        )
        return LeastChange(unlike(answer.state, present), tuple(shifts), answer.cost, answer.proven)

    def obstacle(blocking: Blocking) -> Obstacle:
        here = option_levels(graph, blocking.state)
        return Obstacle(
            unlike(blocking.state, present),
            tuple((players[r.player].id, unlike(r.move, here)) for r in blocking.requirements),
            tuple((label_of(case, end.unknown, names), end.end, end.value) for end in blocking.ends),
            blocking.irreducible,
        )

    return OtherWants(
        concept,
        tuple(map(change, found.answers)),
        tuple(map(obstacle, found.blocked)),
        found.complete,
        len(found.movable),
    )
