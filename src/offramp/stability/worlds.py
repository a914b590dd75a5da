"""What holds in one world of a case: its configurations as a conflict, as each player sees it.

A configuration is worth to a faction its average payoff up to the horizon while it is held and the conditions drift
from where they start; to a player the sum over its factions, by the influence they have at the start. A player who
misperceives another takes the game it perceives for the true one, as in play: its cells are judged in that game.
Configurations that a player does not see are not in its game: it neither goes there nor fears them, and should it
find itself in one it knows of nothing better.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from offramp.errors import WorldError
from offramp.expressions import truth
from offramp.graph import Graph, build_graph
from offramp.graph.situation import Situation
from offramp.graph.wants import Believed, beliefs, flow, influence
from offramp.model import Case, Player, Strategy
from offramp.shapes import Bools, Floats, Ints
from offramp.stability.conflict import Conflict, Mover, among, apart, conflict_of
from offramp.stability.held import occupancy
from offramp.stability.judging import CONCEPTS, Stability, judge
from offramp.stability.statements import by_statements

__all__ = [
    "Perceived",
    "acted_out",
    "free_graph",
    "judge_world",
    "perceived",
    "true_wants",
    "unseen",
    "worth_while_held",
]


@dataclass(frozen=True, slots=True, eq=False)
class Perceived:
    """A conflict as some players see it."""

    players: tuple[int, ...]
    seen: Ints
    """[S] the configurations they see: the states of the conflict."""
    conflict: Conflict
    payoffs: Floats
    """[players, C] what each configuration is worth to each player while it is held; its rank where `ordinal`."""
    ordinal: Bools
    """[players] whether a player is judged by the order of its statements."""


def free_graph(case: Case, settings: Mapping[str, int] | None = None) -> Graph:
    """Build all feasible configurations; where there are too many to go through, those that can be reached.

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
    return build_graph(case, Strategy("free", "Free play", settings or {}, ()), whole=True)


def judge_world(
    graph: Graph, world: Mapping[str, float], concepts: Sequence[str] = CONCEPTS, *, frozen: bool = False
) -> Stability:
    """Judge every configuration for every player in one world.

    Raises
    ------
    WorldError
        If a number of this world cannot be used.
    """
    stable = {concept: np.ones((len(graph.space.players), len(graph.codes)), dtype=np.bool_) for concept in concepts}
    for game in perceived(graph, world, frozen=frozen):
        found = judge(game.conflict, concepts).stable
        for concept, cells in stable.items():
            for i in game.players:
                cells[i, game.seen] = found[concept][i]
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
        found = []
        for game in graph.games:
            believed = beliefs(situation, game.perceptions)
            payoffs, blocking = worth_while_held(situation, spent, believed)
            ordered, ordinal = _in_order(graph, payoffs, believed)
            for members, seen, movers in _eyes(graph, game.members):
                laid = conflict_of(movers, ordered[:, seen], [each[:, seen] for each in blocking])
                found.append(Perceived(members, seen, laid, ordered, ordinal))
        return tuple(found)


def true_wants(graph: Graph, world: Mapping[str, float], *, frozen: bool = False) -> Conflict:
    """Lay out the conflict with everything seen and all wants as they are.

    Raises
    ------
    WorldError
        If a number of this world cannot be used.
    """
    with np.errstate(all="ignore"):
        situation = Situation(graph, world)
        payoffs, blocking = worth_while_held(situation, occupancy(situation, frozen=frozen), {})
        return conflict_of(_movers(graph), _in_order(graph, payoffs, {})[0], blocking)


def acted_out(graph: Graph, world: Mapping[str, float], *, frozen: bool = False) -> Conflict:
    """Lay out the conflict as it is acted out: each player moves by its own wants, among what it sees.

    Raises
    ------
    WorldError
        If a number of this world cannot be used.
    """
    laid, hidden = true_wants(graph, world, frozen=frozen), unseen(graph)
    movers = graph.once("acting", lambda: tuple(apart(m, row) for m, row in zip(laid.movers, hidden, strict=True)))
    return replace(laid, movers=movers)


def unseen(graph: Graph) -> Bools:
    """Tell which configurations each player does not see, [players, C]."""
    return graph.once("unseen", lambda: np.array([_unseen(graph, p) for p in graph.case.players.values()]))


def _unseen(graph: Graph, player: Player) -> Bools:
    hidden = np.zeros((len(graph.codes), 1), dtype=np.bool_)
    for node in player.unseen:
        hidden |= truth(node, graph.env)
    return hidden[:, 0]


def _eyes(graph: Graph, members: tuple[int, ...]) -> list[tuple[tuple[int, ...], Ints, tuple[Mover, ...]]]:
    """Gather the players who see the same configurations, with these and the moves among them."""
    hidden = unseen(graph)
    alike: dict[bytes, list[int]] = {}
    for i in members:
        alike.setdefault(hidden[i].tobytes(), []).append(i)
    return [(tuple(each), *_seen(graph, key, hidden[each[0]])) for key, each in alike.items()]


def _seen(graph: Graph, key: bytes, hidden: Bools) -> tuple[Ints, tuple[Mover, ...]]:
    movers, seen = _movers(graph), np.flatnonzero(~hidden)
    if not hidden.any():
        return seen, movers
    return seen, graph.once(("seen", key), lambda: tuple(among(mover, seen) for mover in movers))


def worth_while_held(situation: Situation, spent: Floats, believed: Believed) -> tuple[Floats, list[Floats]]:
    """Return what each configuration is worth to each player, and to each player's factions that can block it.

    Raises
    ------
    WorldError
        If that is more than a number can say.
    """
    graph = situation.graph
    payoffs: list[Floats] = []
    blocking: list[Floats] = []
    for player in graph.case.players.values():
        held = np.array([(flow(situation, player, f, believed) * spent).sum(axis=1) for f in player.factions])
        share = influence(situation, player, believed)[:, graph.start[1]]
        payoffs.append((share[:, None] * held).sum(axis=0))
        if not np.isfinite(payoffs[-1]).all():
            raise WorldError("a configuration is worth more than a number can say", code="non-finite",
                             hint="look for very large worths", path=player.path)  # fmt: skip
        blocking.append(held[[faction.consent for faction in player.factions]])
    return np.array(payoffs), blocking


def _in_order(graph: Graph, payoffs: Floats, believed: Believed) -> tuple[Floats, Bools]:
    """Put the order itself in place of what it is worth, for players with statements that others see as they are.

    The second array tells for whom that was done.
    """
    stated = [
        None if any(path.startswith(f"{player.id}.") for path in believed) else by_statements(graph, player)
        for player in graph.case.players.values()
    ]
    rows = [row if order is None else order for row, order in zip(payoffs, stated, strict=True)]
    return np.array(rows), np.array([order is not None for order in stated], dtype=np.bool_)


def _movers(graph: Graph) -> tuple[Mover, ...]:
    return graph.once("movers", lambda: tuple(_mover(graph, i) for i in range(len(graph.space.players))))


def _mover(graph: Graph, i: int) -> Mover:
    space, moves, kept = graph.space.players[i], graph.moves[i], set(graph.case.irreversible)
    fixed = [(space.player.id, option.id) in kept for option in space.player.options]
    return Mover(moves.members, moves.group, moves.posture, space.levels[:, fixed])
