"""Why a state holds for a player, or does not: each improvement with the answer that deters it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from offramp.shapes import Ints
from offramp.stability.conflict import Conflict, allowed
from offramp.stability.judging import Answers, answers, layout_of

__all__ = ["Deterrent", "Reason", "Refused", "Step", "moves", "reason"]


@dataclass(frozen=True, slots=True)
class Step:
    """One move."""

    player: int
    end: int
    """The state it leads to."""


@dataclass(frozen=True, slots=True)
class Deterrent:
    """An improvement, and how the opponents can bring it to something no better than the start."""

    improvement: int
    """The state the player would move to."""
    sanction: tuple[Step, ...]
    """Moves of the opponents, in order; empty where nobody can punish it."""
    answer: int | None
    """The best state that the player could then move to by itself, where the concept asks for that."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A move by which a player would gain, but which some of its factions do not let pass."""

    end: int
    factions: tuple[int, ...]
    """Those who would lose by it, among the factions whose consent the player needs."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a state is stable or unstable for one player under one concept."""

    deterrents: tuple[Deterrent, ...]
    """One for each improvement, the best first; none where there is no improvement."""
    refused: tuple[Refused, ...] = ()
    """The best first."""

    @property
    def stable(self) -> bool:
        """Whether every improvement is deterred."""
        return all(deterrent.sanction for deterrent in self.deterrents)


def reason(conflict: Conflict, concept: str, player: int, state: int, found: Answers | None = None) -> Reason:
    """Give the reason for one cell; each sanction is the shortest there is.

    Parameters
    ----------
    conflict : Conflict
    concept : str
        One of ``CONCEPTS``.
    player, state : int
    found : Answers, optional
        What ``answers`` gives for this player and concept, where reasons for many states are asked for.
    """
    found = found or answers(layout_of(conflict), player, concept)
    here = int(conflict.ranks[player, state])
    deterrents, gains = [], moves(conflict, player, state, gaining=True)
    for improvement in gains:
        punished = int(found.least[improvement]) <= here
        sanction = _sanction(conflict, concept, player, improvement, here, found.worth) if punished else ()
        answer = None
        if sanction and concept in ("smr", "sseq"):
            end = sanction[-1].end
            answer = next(iter(moves(conflict, player, end, gaining=True)), end)
        deterrents.append(Deterrent(improvement, sanction, answer))
    blocking = conflict.consents[player]
    refused = (
        Refused(end, tuple(map(int, np.flatnonzero(blocking[:, end] < blocking[:, state]))))
        for end in moves(conflict, player, state, gaining=False)
        if conflict.ranks[player, end] > here and end not in gains
    )
    return Reason(tuple(deterrents), tuple(refused))


def _sanction(conflict: Conflict, concept: str, player: int, start: int, here: int, worth: Ints) -> tuple[Step, ...]:
    """Find the fewest moves by which the opponents bring a player from a state to something worth no more than here."""
    gaining, came = concept in ("seq", "sseq"), {start: (start, Step(player, start))}
    waiting = deque([start])
    while waiting:
        at = waiting.popleft()
        for j in range(len(conflict.movers)):
            if j == player:
                continue
            for end in moves(conflict, j, at, gaining=gaining):
                if end in came:
                    continue
                came[end] = at, Step(j, end)
                if worth[end] <= here:
                    return _traced(came, start, end)
                waiting.append(end)
    raise AssertionError("a sanction was found before")


def _traced(came: dict[int, tuple[int, Step]], start: int, end: int) -> tuple[Step, ...]:
    steps = []
    while end != start:
        end, step = came[end]
        steps.append(step)
    return tuple(reversed(steps))


def moves(conflict: Conflict, player: int, state: int, *, gaining: bool) -> list[int]:
    """Return the states that a player can move to, and where asked for gains by; the best first."""
    mover, ranks, blocking = conflict.movers[player], conflict.ranks[player], conflict.consents[player]
    members = mover.members[mover.group[state]]
    ends = [int(s) for s in members[members >= 0] if s != state and allowed(mover, state, int(s))]
    if gaining:
        ends = [s for s in ends if ranks[s] > ranks[state] and (blocking[:, s] >= blocking[:, state]).all()]
    return sorted(ends, key=lambda s: (-int(ranks[s]), s))
