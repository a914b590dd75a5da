"""By how many of one player's rankings a configuration would hold, and by which of them next."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from offramp.errors import UsageError
from offramp.graph import Graph
from offramp.inverse.stability import Budget, Nearest, Rankings, nearest_ranking_of, rankings_of_player
from offramp.stability import unseen

__all__ = ["MOST_RANKED", "Reordered", "reordered"]

MOST_RANKED = 1024
"""Configurations that are ranked at most."""
SECONDS = 5.0
"""Given to the search for the nearest ranking."""


@dataclass(frozen=True, slots=True)
class Reordered:
    """A player who would leave a configuration, and rankings by which it would stay."""

    player: str
    states: int
    """The configurations that it ranks: those it sees."""
    counted: Rankings | None
    """None where they could not be counted."""
    why: str
    """Why not; else empty."""
    alone: Nearest | None
    """The nearest by which the player would stay; None where that was not looked for."""
    together: Nearest | None
    """The nearest by which nobody would leave; None where it is known that there is none, or that cannot be told."""


def reordered(
    graph: Graph, world: Mapping[str, float], player: str, configuration: int, concept: str, *, frozen: bool = False
) -> Reordered:
    """Count the rankings by which a player would stay in a configuration, and find the nearest.

    Parameters
    ----------
    graph : Graph
        From ``stability.free_graph``.
    world : mapping of str to float
    player : str
        One who sees the configuration.
    configuration : int
    concept : str
    frozen : bool
        Conditions stay where they start.

    Raises
    ------
    WorldError
        If a number of the world cannot be used.
    """
    states = int((~unseen(graph)[list(graph.case.players).index(player)]).sum())
    if states > MOST_RANKED:
        why = f"{states:,} configurations are too many to rank; the most is {MOST_RANKED:,}"
        return Reordered(player, states, None, why, None, None)

    def nearest(*, equilibrium: bool) -> Nearest:
        return nearest_ranking_of(graph, world, player, configuration, concept, equilibrium=equilibrium,
                                  budget=Budget(seconds=SECONDS), frozen=frozen)  # fmt: skip

    counted, together, why = None, None, ""
    try:
        counted = rankings_of_player(graph, world, player, configuration, concept, frozen=frozen)
    except UsageError as e:
        why = e.message
    alone = nearest(equilibrium=False)
    if counted is not None and counted.equilibrium == counted.stable:
        together = alone
    elif counted is None or counted.equilibrium != 0:
        with suppress(UsageError):  # where players see different games, what the others make of it is not known
            together = nearest(equilibrium=True)
    return Reordered(player, states, counted, why, alone, together)
