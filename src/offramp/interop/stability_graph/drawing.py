"""What holds in the best guess of a case, as states and moves to be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from offramp.errors import CaseError, CaseErrors
from offramp.graph import option_levels
from offramp.model import Case
from offramp.stability import CONCEPTS, Perceived, free_graph, judge_world, perceived
from offramp.stability.conflict import allowed
from offramp.worlds import draw

__all__ = ["Drawing", "Move", "State", "lay_out"]

MOST_STATES = 2_000
MOST_MOVES = 100_000


@dataclass(frozen=True, slots=True)
class State:
    """One configuration."""

    levels: dict[str, str]
    """By ``player.option``."""
    holds: tuple[str, ...]
    """The concepts under which no player leaves it."""
    worth: tuple[float, ...]
    """By player, per unit of time while it is held."""


@dataclass(frozen=True, slots=True)
class Move:
    """A player's unilateral move."""

    player: int
    start: int
    end: int
    improves: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """The stability graph of a case."""

    case: Case
    states: tuple[State, ...]
    start: int
    moves: tuple[Move, ...]


def lay_out(case: Case) -> Drawing:
    """Judge a case in the best guess, and lay out its states and moves.

    Raises
    ------
    CaseErrors
        If there are more states or moves than a drawing can show.
    WorldError
        If the best guess cannot be judged.
    """
    graph = free_graph(case)
    count = len(graph.codes)
    if count > MOST_STATES:
        raise _too_many(case, count, "possible configurations", MOST_STATES)
    together = sum(int((np.count_nonzero(each.members >= 0, axis=1) ** 2).sum()) for each in graph.moves.values())
    if (moves := together - count * len(graph.moves)) > MOST_MOVES:
        raise _too_many(case, moves, "moves", MOST_MOVES)
    world = draw(case, 0, 0).world(0)
    equilibria = {concept: set(found.tolist()) for concept, found in judge_world(graph, world).equilibria.items()}
    seen_by = {i: game for game in perceived(graph, world) for i in game.players}
    games = [seen_by[i] for i in range(len(seen_by))]
    states = tuple(
        State(
            option_levels(graph, n),
            tuple(concept for concept in CONCEPTS if n in equilibria[concept]),
            tuple(float(game.payoffs[i, n]) for i, game in enumerate(games)),
        )
        for n in range(count)
    )
    return Drawing(case, states, graph.start[0], tuple(m for i, game in enumerate(games) for m in _moves(i, game)))


def _moves(i: int, game: Perceived) -> Iterator[Move]:
    """Give a player's moves among the configurations that it sees."""
    mover, ranks, blocking = game.conflict.movers[i], game.conflict.ranks[i], game.conflict.consents[i]
    for group in mover.members:
        for start, end in permutations(group[group >= 0].tolist(), 2):
            if allowed(mover, start, end):
                gains = ranks[end] > ranks[start] and (blocking[:, end] >= blocking[:, start]).all()
                yield Move(i, int(game.seen[start]), int(game.seen[end]), bool(gains))


def _too_many(case: Case, count: int, what: str, most: int) -> CaseErrors:
    said = f"{case.name} has {count:,} {what}, more than a drawing can show; the most is {most:,}"
    hint = "leave out options; `offramp stability --json` lists what holds in cases of any size"
    return CaseErrors([CaseError(said, code="too-large", hint=hint, path=("players",), at_key=True)])
