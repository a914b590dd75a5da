"""What holds in one world of a case: its configurations as a conflict, as each player sees it.

A configuration is worth to a faction its average payoff up to the horizon while it is held and the conditions drift
from where they start; to a player the sum over its factions, by the influence they have at the start. A player who
misperceives another takes the game it perceives for the true one, as in play: its cells are judged in that game.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from offramp.graph import Graph, build_graph
from offramp.graph.situation import Situation
from offramp.graph.wants import Believed, beliefs, flow, influence
from offramp.model import Case, Strategy
from offramp.shapes import Floats
from offramp.stability.conflict import Conflict, Mover, conflict_of
from offramp.stability.held import occupancy
from offramp.stability.judging import CONCEPTS, Stability, judge

__all__ = ["Perceived", "free_graph", "judge_world", "perceived"]


@dataclass(frozen=True, slots=True, eq=False)
class Perceived:
    """A conflict as some players see it."""

    players: tuple[int, ...]
    conflict: Conflict
    payoffs: Floats
    """[players, C] what each configuration is worth to each player while it is held."""


def free_graph(case: Case, settings: Mapping[str, int] | None = None) -> Graph:
    """Build the configurations that free players can reach from the start.

    What cannot be reached from there by legal moves can neither happen nor be threatened with.

    Parameters
    ----------
    case : Case
    settings : mapping of str to int, optional
        Levels of settings; else those of the case.

    Raises
    ------
    CaseErrors
        If there are too many, or the start is impossible.
    """
    return build_graph(case, Strategy("free", "Free play", settings or {}, ()))


def judge_world(
    graph: Graph, world: Mapping[str, float], concepts: Sequence[str] = CONCEPTS, *, frozen: bool = False
) -> Stability:
    """Judge every configuration for every player in one world.

    Raises
    ------
    WorldError
        If a number of this world cannot be used.
    """
    stable = {concept: np.empty((len(graph.space.players), len(graph.codes)), dtype=np.bool_) for concept in concepts}
    for game in perceived(graph, world, frozen=frozen):
        found = judge(game.conflict, concepts).stable
        for concept, cells in stable.items():
            cells[list(game.players)] = found[concept][list(game.players)]
    return Stability(stable)


def perceived(graph: Graph, world: Mapping[str, float], *, frozen: bool = False) -> tuple[Perceived, ...]:
    """Lay out the conflict as each player sees it; players who see the same share one.

    Parameters
    ----------
    graph : Graph
        From ``free_graph``.
    world : mapping of str to float
        The value of every unknown.
    frozen : bool
        Conditions stay where they start.

    Raises
    ------
    WorldError
        If a number of this world cannot be used.
    """
    with np.errstate(all="ignore"):
        situation = Situation(graph, world)
        spent = occupancy(situation, frozen=frozen)
        movers = graph.once("movers", lambda: _movers(graph))
        seen = []
        for game in graph.games:
            payoffs, blocking = _payoffs(situation, spent, beliefs(situation, game.perceptions))
            seen.append(Perceived(game.members, conflict_of(movers, payoffs, blocking), payoffs))
        return tuple(seen)


def _payoffs(situation: Situation, spent: Floats, believed: Believed) -> tuple[Floats, list[Floats]]:
    """Return what each configuration is worth to each player, and to each player's factions that can block it."""
    graph, payoffs, blocking = situation.graph, [], []
    for player in graph.case.players.values():
        held = np.array([(flow(situation, player, f, believed) * spent).sum(axis=1) for f in player.factions])
        share = influence(situation, player, believed)[:, graph.start[1]]
        payoffs.append((share[:, None] * held).sum(axis=0))
        blocking.append(held[[faction.consent for faction in player.factions]])
    return np.array(payoffs), blocking


def _movers(graph: Graph) -> tuple[Mover, ...]:
    kept = set(graph.case.irreversible)
    return tuple(
        Mover(
            moves.members,
            moves.group,
            moves.posture,
            space.levels[:, [(space.player.id, option.id) in kept for option in space.player.options]],
        )
        for space, moves in ((space, graph.moves[i]) for i, space in enumerate(graph.space.players))
    )
