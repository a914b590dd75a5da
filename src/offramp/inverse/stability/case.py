"""What it would take in a case: the least change of worths, or of one player's ranking."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from offramp.errors import UsageError
from offramp.graph import Graph
from offramp.graph.situation import Situation
from offramp.graph.wants import beliefs
from offramp.inverse.stability.affine import AffineGame, Payoffs
from offramp.inverse.stability.checked import checked
from offramp.inverse.stability.least import least_change
from offramp.inverse.stability.rankings import Nearest, Rankings, nearest_ranking, rankings
from offramp.inverse.stability.results import Budget, Inverse
from offramp.inverse.stability.worths import Straight, straight
from offramp.shapes import Bools, Floats
from offramp.stability import Perceived, perceived
from offramp.stability.held import occupancy
from offramp.stability.worlds import worth_while_held

__all__ = ["affine_games", "least_change_of", "nearest_ranking_of", "rankings_of_player"]


def least_change_of(
    graph: Graph,
    world: Mapping[str, float],
    target: Bools,
    concept: str,
    *,
    players: Collection[str] | None = None,
    weights: Mapping[str, float] | None = None,
    answers: int = 1,
    budget: Budget | None = None,
    explained: int = 1,
    frozen: bool = False,
) -> Inverse:
    """Find the least change of worths, inside their stated ranges, that makes one of some configurations hold.

    Influences, rates and what ordered statements say stay as they are. Players who misperceive another are judged in
    the game that they perceive: where a worth changes, what others believe of it does only as far as the case ties the
    one to the other. Every answer has been judged by the stability lens in the world that it makes.

    Parameters
    ----------
    graph : Graph
        From ``stability.free_graph``.
    world : mapping of str to float
        What is taken for the present; the best guess, say.
    target : [C]
        Which configurations will do.
    concept : str
        One of ``stability.CONCEPTS``.
    players : collection of str, optional
        Whose worths may change; else everybody's.
    weights : mapping of str to float, optional
        The cost of a change by one unit, by unknown; else the effort that the case states, over the width of the range.
    answers : int
        How many to look for: the least, then the next best.
    budget : Budget, optional
    explained : int
        For how many configurations to say what blocks them, where nothing will do.
    frozen : bool
        Conditions stay where they start.

    Raises
    ------
    UsageError
        If there is no such player or concept, or nothing is aimed at.
    WorldError
        If a number of the world cannot be used.
    """
    moving = straight(graph, world, players, weights)
    games = affine_games(graph, moving, frozen=frozen)
    found = least_change(
        games, moving.unknowns, np.flatnonzero(target).tolist(), concept,
        answers=answers, budget=budget, explained=explained,
    )  # fmt: skip
    tried = [checked(graph, moving, moving.unknowns, answer, concept, frozen=frozen) for answer in found.answers]
    kept = tuple(answer for answer in tried if answer is not None)
    complete = found.complete and len(kept) == len(found.answers)
    return replace(found, answers=kept, complete=complete, held=moving.held)


def affine_games(graph: Graph, moving: Straight, *, frozen: bool = False) -> tuple[AffineGame, ...]:
    """Lay out a case's games as affine in the unknowns that may move."""
    unknowns, world = moving.unknowns, moving.worlds.world(0)
    seen = perceived(graph, world, frozen=frozen)
    with np.errstate(all="ignore"):
        spent = occupancy(Situation(graph, world), frozen=frozen)
        base = _worth(graph, world, spent, seen)
        slopes = []
        for k in range(len(unknowns.names)):
            up = unknowns.high[k] - unknowns.best[k] >= unknowns.best[k] - unknowns.low[k]
            point = unknowns.best.copy()
            point[k] = unknowns.high[k] if up else unknowns.low[k]
            there = _worth(graph, moving.world(point), spent, seen)
            slopes.append([[(b - a) / (point[k] - unknowns.best[k]) for a, b in zip(*each, strict=True)]
                           for each in zip(base, there, strict=True)])  # fmt: skip
    games = []
    for n, game in enumerate(seen):
        rows = [
            Payoffs(part, np.stack([each[n][m] for each in slopes], axis=-1) if slopes else np.zeros((*part.shape, 0)))
            for m, part in enumerate(base[n])
        ]
        games.append(AffineGame(game.conflict.movers, rows[0], tuple(rows[1:]), game.players, game.seen))
    return tuple(games)


def _worth(graph: Graph, world: Mapping[str, float], spent: Floats, seen: tuple[Perceived, ...]) -> list[list[Floats]]:
    """Return by game what each configuration is worth to the players, then to the factions that can block each."""
    situation = Situation(graph, world)
    found = []
    for game in seen:
        believed = beliefs(situation, next(g.perceptions for g in graph.games if game.players[0] in g.members))
        payoffs, blocking = worth_while_held(situation, spent, believed)
        ordered = np.where(game.ordinal[:, None], game.payoffs, payoffs)
        found.append([rows[:, game.seen] for rows in (ordered, *blocking)])
    return found


def rankings_of_player(
    graph: Graph, world: Mapping[str, float], player: str, configuration: int, concept: str, *, frozen: bool = False
) -> Rankings:
    """Count the rankings of one player by which a configuration is stable for it, and holds.

    Where some players see another game than this one, only those by which it is stable for the player are counted.
    States are numbered as configurations; those that the player does not see are not ranked.

    Raises
    ------
    UsageError
        If there is no such player or concept, the player does not see the configuration, or it is too much to count.
    WorldError
        If a number of the world cannot be used.
    """
    game, i, at, shared = _eyes(graph, world, player, configuration, frozen=frozen)
    found = rankings(game.conflict, i, at, concept)
    return replace(found, state=configuration, equilibrium=found.equilibrium if shared else None)


def nearest_ranking_of(
    graph: Graph,
    world: Mapping[str, float],
    player: str,
    configuration: int,
    concept: str,
    *,
    equilibrium: bool = True,
    budget: Budget | None = None,
    frozen: bool = False,
) -> Nearest:
    """Find the ranking of one player nearest to its present one by which a configuration holds.

    Parameters
    ----------
    graph, world, player, configuration, concept, frozen
        As in ``rankings_of_player``.
    equilibrium : bool
        Stable for all, not for the player alone.
    budget : Budget, optional

    Raises
    ------
    UsageError
        As there; also if the configuration is to hold and some players see another game than this one.
    WorldError
        If a number of the world cannot be used.
    """
    game, i, at, shared = _eyes(graph, world, player, configuration, frozen=frozen)
    if equilibrium and not shared:
        raise UsageError("some players see another game", code="several-games",
                         hint="ask for what is stable for the player alone")  # fmt: skip
    found = nearest_ranking(game.conflict, i, at, concept, equilibrium=equilibrium, budget=budget)
    seen = game.seen.tolist()
    order = None if found.order is None else tuple(seen[s] for s in found.order)
    return replace(
        found, state=configuration, order=order, reversed=tuple((seen[a], seen[b]) for a, b in found.reversed)
    )


def _eyes(
    graph: Graph, world: Mapping[str, float], player: str, configuration: int, *, frozen: bool
) -> tuple[Perceived, int, int, bool]:
    """Return the game as a player sees it, who and where that is in it, and whether all see it so."""
    ids = list(graph.case.players)
    if player not in ids:
        raise UsageError(f"there is no player `{player}`", code="no-player", hint=f"take one of {', '.join(ids)}")
    i = ids.index(player)
    game = next(each for each in perceived(graph, world, frozen=frozen) if i in each.players)
    at = np.flatnonzero(game.seen == configuration)
    if not len(at):
        raise UsageError(f"`{player}` does not see configuration {configuration}", code="unseen",
                         hint="ask for one that it sees")  # fmt: skip
    return game, i, int(at[0]), len(game.players) == len(ids)
