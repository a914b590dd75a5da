"""What holds against players who act together.

A coalition moves by any legal sequence of its members' moves. Where that leads is a *coalition improvement* over the
start if no member is worse off and at least one better, and no faction whose consent a member needs strictly loses from
start to end; on the way there anybody may lose. This is the Pareto improvement of Zhu, Kilgour and Hipel (2020).
``strict`` asks that every member gains, as Kilgour, Hipel, Fang and Peng (2001) and Inohara and Hipel (2008) do.

A state is stable for a coalition if each of its improvements is deterred, as for a player: under nash, never; under gmr
and smr, by a legal sequence of the other players' moves; under seq and sseq, by one in which each of them gains by its
own move (Inohara and Hipel also let them gain jointly). It must lead to a state that the coalition does not prefer to
the start: one where a member is worse off or nobody gains, or where strict, where a member does not gain. Under smr and
sseq the coalition has no moves from there to a state that it prefers to the start.

A coalition of one is a player of the ordinary lens. The coalition of all has no opponents, and nothing deters it.

States that a member does not see are not in its coalition's game, as they are not in the member's own.

References
----------
Inohara, T. and Hipel, K. W. (2008). Coalition analysis in the graph model for conflict resolution. Systems Engineering
11, 343-359.
Kilgour, D. M., Hipel, K. W., Fang, L. and Peng, X. (2001). Coalition analysis in group decision support. Group Decision
and Negotiation 10, 159-175.
Zhu, Z., Kilgour, D. M. and Hipel, K. W. (2020). A new approach to coalition analysis within the graph model. IEEE
Transactions on Systems, Man, and Cybernetics: Systems 50, 2231-2241.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from pathlib import Path

import numpy as np

from offramp.compiled import kept_for
from offramp.errors import UsageError
from offramp.shapes import Bools, Ints
from offramp.stability.conflict import Conflict, within
from offramp.stability.judging import CONCEPTS, layout_of
from offramp.stability.paths import check_states

with kept_for(Path(__file__).parent):
    from offramp.stability import joint
    from offramp.stability.kernels import Layout

__all__ = ["Coalition", "Jump", "check_jumps", "check_pairs", "coalitions", "jumps"]

MOST_COALITIONS = 10_000
MOST_PAIRS = 1_000_000_000
"""Of states, over all coalitions: about a minute and a half."""
MOST_JUMPS = 5_000_000

ANSWERS = {"gmr": (0, 0), "smr": (1, 0), "seq": (0, 1), "sseq": (1, 1)}
"""By concept: whether the coalition has a countermove, whether the others must gain."""


@dataclass(frozen=True, slots=True, eq=False)
class Coalition:
    """What holds against one coalition."""

    members: tuple[int, ...]
    """Players, ascending."""
    stable: Mapping[str, Bools]
    """By concept: [S]"""


@dataclass(frozen=True, slots=True)
class Jump:
    """A coalition improvement that the other players do not deter."""

    start: int
    members: tuple[int, ...]
    """Players, ascending; some of them may have no move to make."""
    end: int
    """The state it leads to."""


@dataclass(frozen=True, slots=True, eq=False)
class _Game:
    """The states that all members of some coalitions see."""

    seen: Ints
    """[S] ascending, as they are numbered in the whole conflict."""
    layout: Layout


def coalitions(
    conflict: Conflict,
    *,
    strict: bool = False,
    concepts: Sequence[str] = CONCEPTS,
    least: int = 2,
    hidden: Bools | None = None,
    most: int = MOST_PAIRS,
) -> tuple[Coalition, ...]:
    """Judge every state for every coalition.

    Parameters
    ----------
    conflict : Conflict
    strict : bool
        Every member of a coalition must gain by its improvements; else none must lose and one gain.
    concepts : sequence of str
        Some of ``CONCEPTS``.
    least : int
        The fewest members of a coalition; 1 takes players on their own as well.
    hidden : [players, S], optional
        States that players do not see; a coalition stays in what one of its members does not see.
    most : int
        Refuse if there are more pairs of states than these, over all coalitions.

    Returns
    -------
    tuple of Coalition
        By size, then by members.

    Raises
    ------
    UsageError
        If there are too many coalitions or states, or a concept is not one of ``CONCEPTS``.
    """
    _check_concepts(concepts)
    check_pairs(len(conflict.movers), conflict.states, least=least, most=most)
    formed = _formed(len(conflict.movers), least)
    games: dict[bytes, _Game] = {}
    return tuple(_judged(conflict, _game(games, conflict, hidden, m), m, strict, concepts) for m in formed)


def jumps(
    conflict: Conflict,
    starts: Sequence[int],
    *,
    concept: str = "nash",
    strict: bool = False,
    hidden: Bools | None = None,
) -> tuple[Jump, ...]:
    """Name every coalition improvement from some states that is not deterred, by coalitions of two players or more.

    Parameters
    ----------
    conflict : Conflict
    starts : sequence of int
        States.
    concept : str
        One of ``CONCEPTS``; under nash no improvement is deterred.
    strict : bool
        Every member of a coalition must gain; else none must lose and one gain.
    hidden : [players, S], optional
        States that players do not see.

    Returns
    -------
    tuple of Jump
        By size of the coalition, its members, the start and the end.

    Raises
    ------
    UsageError
        If there are too many coalitions or states, or no such state or concept.
    """
    _check_concepts([concept])
    check_states(conflict, *starts)
    check_jumps(len(conflict.movers), conflict.states, len(starts))
    formed = _formed(len(conflict.movers), 2)
    games: dict[bytes, _Game] = {}
    found: list[Jump] = []
    for members in formed:
        game = _game(games, conflict, hidden, members)
        chosen, wanted, sets = _prepared(game.layout, members, [concept])
        gains, open_to = np.empty(len(game.seen), np.bool_), np.empty((2, 2, len(game.seen)), np.bool_)
        for start in starts:
            at = int(np.searchsorted(game.seen, start))
            if at == len(game.seen) or game.seen[at] != start:
                continue
            joint.undeterred(game.layout, chosen, strict, sets, wanted, at, gains, open_to)
            ends = game.seen[gains if concept == "nash" else open_to[ANSWERS[concept]]]
            found.extend(Jump(start, members, int(end)) for end in ends)
    return tuple(found)


def check_pairs(players: int, states: int, *, least: int = 2, most: int = MOST_PAIRS) -> None:
    """Refuse to judge more pairs of states, over all coalitions of so many players or more, than so many.

    Raises
    ------
    UsageError
        If there are too many of them, or of coalitions.
    """
    pairs = _count(players, least) * states**2
    if pairs > most:
        raise UsageError(
            f"{states:,} states make {pairs:,} pairs over all coalitions, and at most {most:,} are gone through",
            code="too-large",
            hint="leave out options or players that matter little",
        )


def check_jumps(players: int, states: int, starts: int) -> None:
    """Refuse to go through too many jumps from some states.

    Raises
    ------
    UsageError
        If there are too many of them, or of coalitions.
    """
    count = _count(players, 2)
    if count * states * starts > MOST_JUMPS:
        raise UsageError(
            f"{count:,} coalitions could jump from {_states(starts)} to {states:,}, and at most"
            f" {MOST_JUMPS:,} jumps are gone through",
            code="too-large",
            hint="leave out options or players that matter little, or ask about one state at a time",
        )


def _states(count: int) -> str:
    return f"{count:,} states" if count != 1 else "one state"


def _check_concepts(concepts: Sequence[str]) -> None:
    unknown = [concept for concept in concepts if concept not in CONCEPTS]
    if unknown:
        raise UsageError(
            f"there is no concept {unknown[0]}", code="no-concept", hint=f"take one of {', '.join(CONCEPTS)}"
        )


def _count(players: int, least: int) -> int:
    """Count the coalitions of so many players or more; refuse too many."""
    count = sum(comb(players, size) for size in range(least, players + 1))
    if count > MOST_COALITIONS:
        raise UsageError(
            f"{players} players form {count:,} coalitions, and at most {MOST_COALITIONS:,} are gone through",
            code="too-large",
            hint="leave out players that matter little",
        )
    return count


def _formed(players: int, least: int) -> list[tuple[int, ...]]:
    """Return the coalitions of so many players or more, by size."""
    return [members for size in range(least, players + 1) for members in combinations(range(players), size)]


def _game(games: dict[bytes, _Game], conflict: Conflict, hidden: Bools | None, members: tuple[int, ...]) -> _Game:
    """Lay out what all members see; coalitions that see the same share it."""
    out = hidden[list(members)].any(axis=0) if hidden is not None else np.zeros(conflict.states, np.bool_)
    key = out.tobytes()
    if key not in games:
        seen = np.flatnonzero(~out)
        games[key] = _Game(seen, layout_of(within(conflict, seen) if out.any() else conflict))
    return games[key]


def _prepared(layout: Layout, members: tuple[int, ...], concepts: Sequence[str]) -> tuple[Bools, Bools, Ints]:
    """Return what the kernels take: who is a member, which concepts are wanted, and the coalition's countermoves."""
    players, states = layout.ranks.shape
    chosen = np.isin(np.arange(players), members)
    asked = any(layout.first_consent[i + 1] > layout.first_consent[i] for i in members)
    wanted = np.zeros((2, 2), dtype=np.bool_)
    for concept in concepts:
        if concept in ANSWERS:
            wanted[ANSWERS[concept]] = True
    sets = np.zeros((states, -(-states // joint.WORD) if asked and wanted[1].any() else 0), dtype=np.int64)
    if sets.size:
        joint.countermoves(layout, chosen, sets)
    return chosen, wanted, sets


def _judged(
    conflict: Conflict, game: _Game, members: tuple[int, ...], strict: bool, concepts: Sequence[str]
) -> Coalition:
    chosen, wanted, sets = _prepared(game.layout, members, concepts)
    count = len(game.seen)
    nash, stable = np.empty(count, dtype=np.bool_), np.empty((2, 2, count), dtype=np.bool_)
    joint.coalition(game.layout, chosen, strict, sets, wanted, nash, stable)
    cells = {concept: np.ones(conflict.states, dtype=np.bool_) for concept in concepts}
    for concept, each in cells.items():
        each[game.seen] = stable[ANSWERS[concept]] if concept in ANSWERS else nash
    return Coalition(members, cells)
