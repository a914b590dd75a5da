"""How configurations are reached from others in the best guess, and what players acting together could do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from offramp.findings.equilibria.holding import Holding
from offramp.graph import Graph
from offramp.shapes import Bools
from offramp.stability import (
    Step,
    acted_out,
    blockers,
    check_jumps,
    check_pairs,
    coalitions,
    farsighted,
    jumps,
    limited,
    paths,
    perceived,
    reached,
    true_wants,
    unseen,
)

__all__ = ["Foresight", "Joint", "Reach", "Way", "check_coalitions", "joint", "looking_ahead", "reaches", "ways"]


@dataclass(frozen=True, slots=True)
class Way:
    """How one configuration is reached from another."""

    start: int
    end: int
    gaining: bool
    """Whether every move is an improvement of its mover; else any legal move will do."""
    paths: tuple[tuple[Step, ...], ...]
    """The shortest; none where there is none."""
    blockers: tuple[int, ...]
    """Players without whom it cannot be reached."""


@dataclass(frozen=True, slots=True)
class Reach:
    """In how few moves a configuration can be reached; -1 where it cannot."""

    end: int
    gaining: int
    moving: int
    blockers: tuple[int, ...]
    """Players without whom it cannot be reached by improvements; by any moves where improvements do not lead there."""


@dataclass(frozen=True, slots=True)
class Joint:
    """A configuration, and whether players acting together would leave it."""

    configuration: int
    leaving: tuple[tuple[int, ...], ...]
    """The coalitions that are not deterred under the concept."""
    jumps: tuple[tuple[tuple[int, ...], int], ...]
    """Members and end: where these could jump to undeterred, equilibria first; for each end the smallest coalitions."""


@dataclass(frozen=True, slots=True, eq=False)
class Foresight:
    """What holds if two players look a number of moves ahead."""

    moves: int
    stable: Bools
    """[players, C]"""
    always: Bools
    """[players, C] for every number of moves from some number on."""
    wavering: Bools
    """[players, C] it depends on the number, however large."""


def ways(holding: Holding, start: int, end: int, *, most: int = 3) -> tuple[Way, Way]:
    """Find the shortest ways from one configuration to another: by improvements, and by any legal moves."""
    conflict = acted_out(holding.graph, holding.world, frozen=holding.frozen)
    by_gains, by_moves = (
        Way(
            start,
            end,
            gaining,
            paths(conflict, start, end, gaining=gaining, most=most),
            blockers(conflict, start, end, gaining=gaining),
        )
        for gaining in (True, False)
    )
    return by_gains, by_moves


def reaches(holding: Holding, start: int, ends: Iterable[int]) -> list[Reach]:
    """Tell in how few moves configurations can be reached from one, and by whom each can be blocked."""
    conflict = acted_out(holding.graph, holding.world, frozen=holding.frozen)
    gains, moves = (reached(conflict, start, gaining=gaining) for gaining in (True, False))
    players = range(len(conflict.movers))
    without = [[reached(conflict, start, gaining=gaining, without=(i,)) for i in players] for gaining in (False, True)]
    found = []
    for end in ends:
        gaining = bool(gains[end] >= 0)
        lost = [i for i in players if without[gaining][i][end] < 0] if moves[end] >= 0 else []
        found.append(Reach(end, int(gains[end]), int(moves[end]), tuple(lost)))
    return found


def check_coalitions(graph: Graph) -> None:
    """Refuse a case with too many players or configurations for its coalitions to be gone through.

    Raises
    ------
    UsageError
        If so.
    """
    players, configurations = len(graph.space.players), len(graph.codes)
    check_pairs(players, configurations)
    check_jumps(players, configurations, starts=1)


def joint(holding: Holding, concept: str, states: Iterable[int], *, strict: bool) -> list[Joint]:
    """Tell which configurations hold against every coalition in the best guess, and where others could jump to.

    Coalitions go by their members' true wants, among what all of them see. Those that hold in most
    worlds come first.

    Raises
    ------
    UsageError
        If there are too many coalitions or configurations.
    """
    conflict = true_wants(holding.graph, holding.world, frozen=holding.frozen)
    hidden = unseen(holding.graph)
    judged = coalitions(conflict, strict=strict, concepts=(concept,), hidden=hidden)
    held, shares = set(holding.best.equilibria[concept].tolist()), holding.shares[concept]
    ranked = sorted(states, key=lambda n: (-float(shares[n]), n))
    smallest: dict[tuple[int, int], list[tuple[int, ...]]] = {}
    for jump in jumps(conflict, ranked, concept=concept, strict=strict, hidden=hidden):  # smaller coalitions first
        known = smallest.setdefault((jump.start, jump.end), [])
        if not any(set(members) <= set(jump.members) for members in known):
            known.append(jump.members)
    found = []
    for n in ranked:
        leaving = tuple(each.members for each in judged if not each.stable[concept][n])
        open_to = [(members, end) for (start, end), each in smallest.items() if start == n for members in each]
        open_to.sort(key=lambda each: (each[1] not in held, -float(shares[each[1]]), each[1], len(each[0]), each[0]))
        found.append(Joint(n, leaving, tuple(open_to)))
    return found


def looking_ahead(holding: Holding, moves: int) -> Foresight:
    """Judge a case of two players who look some moves ahead, in the best guess; each in the game that it perceives.

    Raises
    ------
    UsageError
        If there are not two players, or what they anticipate does not repeat itself.
    """
    shape = len(holding.graph.space.players), len(holding.graph.codes)
    stable, always, wavering = np.ones(shape, np.bool_), np.ones(shape, np.bool_), np.zeros(shape, np.bool_)
    for game in perceived(holding.graph, holding.world, frozen=holding.frozen):
        near, far = limited(game.conflict, moves), farsighted(game.conflict)
        for i in game.players:
            stable[i, game.seen] = near[i]
            always[i, game.seen] = far.stable[i]
            wavering[i, game.seen] = ~far.settled[i]
    return Foresight(moves, stable, always, wavering)
