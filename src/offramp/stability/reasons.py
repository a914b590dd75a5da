"""Why a state holds for a player, or does not: each improvement with the answer that deters it."""

from __future__ import annotations

from dataclasses import dataclass

from offramp.stability.conflict import Conflict, allowed
from offramp.stability.judging import answers, layout_of

__all__ = ["Deterrent", "Reason", "Step", "reason"]


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
class Reason:
    """Why a state is stable or unstable for one player under one concept."""

    stable: bool
    deterrents: tuple[Deterrent, ...]
    """One for each improvement, the best first; none where there is no improvement."""


def reason(conflict: Conflict, concept: str, player: int, state: int) -> Reason:
    """Give the reason for one cell."""
    found = answers(layout_of(conflict), player, concept)
    here = int(conflict.ranks[player, state])
    deterrents = []
    for improvement in _improvements(conflict, player, state):
        sanction: list[Step] = []
        at = improvement
        if int(found.least[improvement]) <= here:
            while not sanction or found.worth[at] > found.least[improvement]:
                sanction.append(Step(int(found.by[at]), int(found.via[at])))
                at = int(found.via[at])
        symmetric = bool(sanction) and concept in ("smr", "sseq")
        answer = next(iter(_improvements(conflict, player, at)), at) if symmetric else None
        deterrents.append(Deterrent(improvement, tuple(sanction), answer))
    return Reason(all(d.sanction for d in deterrents), tuple(deterrents))


def _improvements(conflict: Conflict, player: int, state: int) -> list[int]:
    """Return the states that a player prefers and can move to, the best first."""
    mover, ranks, blocking = conflict.movers[player], conflict.ranks[player], conflict.consents[player]
    members = mover.members[mover.group[state]]
    better = [
        int(s)
        for s in members[members >= 0]
        if ranks[s] > ranks[state] and allowed(mover, state, int(s)) and (blocking[:, s] >= blocking[:, state]).all()
    ]
    return sorted(better, key=lambda s: (-int(ranks[s]), s))
