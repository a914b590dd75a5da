"""The concepts, for every player and state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from offramp.compiled import kept_for
from offramp.errors import UsageError
from offramp.shapes import Bools, Ints
from offramp.stability.conflict import Conflict

with kept_for(Path(__file__).parent):
    from offramp.stability import kernels

__all__ = ["CONCEPTS", "Answers", "Stability", "answers", "judge", "layout_of"]

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
"""Nash: no improvement. General metarational: every improvement can be met by opponents' moves that leave the player no
better off. Symmetric metarational: and no move of its own mends that. Sequential, symmetric sequential: the same, by
moves that the opponents gain from themselves."""


@dataclass(frozen=True, slots=True, eq=False)
class Stability:
    """What holds."""

    stable: Mapping[str, Bools]
    """By concept: [players, S]"""

    @property
    def equilibria(self) -> Mapping[str, Ints]:
        """By concept: the states stable for all, ascending."""
        return {concept: np.flatnonzero(cells.all(axis=0)) for concept, cells in self.stable.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What a player's opponents can bring about under one concept."""

    worth: Ints
    """[S] what a state is worth to the player: its rank, or that of its best answer."""
    least: Ints
    """[S] the least worth that the opponents can lead to from there, wherever that is below what it is worth itself."""


def judge(conflict: Conflict, concepts: Sequence[str] = CONCEPTS) -> Stability:
    """Judge every state for every player.

    Raises
    ------
    UsageError
        If a concept is not one of ``CONCEPTS``.
    """
    layout = layout_of(conflict)
    stable = {concept: np.empty(conflict.ranks.shape, dtype=np.bool_) for concept in concepts}
    for i in range(len(conflict.movers)):
        for concept in concepts:
            kernels.holds(layout, i, answers(layout, i, concept).least, stable[concept][i])
    return Stability(stable)


def answers(layout: kernels.Layout, i: int, concept: str) -> Answers:
    """Return what a player's opponents can bring about under a concept; under nash, nothing."""
    if concept not in CONCEPTS:
        raise UsageError(f"there is no concept {concept}", code="no-concept", hint=f"take one of {', '.join(CONCEPTS)}")
    worth = layout.ranks[i].copy()
    least = np.full(len(worth), kernels.NEVER, dtype=np.int64)
    if concept != "nash":
        if concept in ("smr", "sseq"):
            kernels.best_answers(layout, i, worth)
        order = np.argsort(worth, kind="stable")
        kernels.deterrents(layout, i, concept in ("seq", "sseq"), worth, order, least)
    return Answers(worth, least)


def layout_of(conflict: Conflict) -> kernels.Layout:
    """Lay the moves of all players end to end."""
    movers, ranks = conflict.movers, conflict.ranks
    shapes = np.array([m.members.shape for m in movers], dtype=np.int64)
    return kernels.Layout(
        members=np.concatenate([m.members.ravel() for m in movers]),
        ordered=np.concatenate([_ordered(m.members, row).ravel() for m, row in zip(movers, ranks, strict=True)]),
        fixed=np.concatenate([m.fixed.ravel() for m in movers]),
        first_member=_firsts(shapes.prod(axis=1)),
        first_fixed=_firsts(np.array([m.fixed.size for m in movers], dtype=np.int64)),
        first_group=np.append(_firsts(shapes[:, 0]), shapes[:, 0].sum()),
        postures=shapes[:, 1].copy(),
        kept=np.array([m.fixed.shape[1] for m in movers], dtype=np.int64),
        group=np.stack([m.group for m in movers]),
        posture=np.stack([m.posture for m in movers]),
        ranks=np.ascontiguousarray(ranks),
        consents=np.concatenate(conflict.consents),
        first_consent=np.append(0, np.cumsum([len(each) for each in conflict.consents])),
    )


def _ordered(members: Ints, ranks: Ints) -> Ints:
    """Return the members of each group by rising rank, with the holes at the end."""
    keys = np.append(ranks, kernels.NEVER)[members]
    return np.take_along_axis(members, np.argsort(keys, axis=1, kind="stable"), axis=1)


def _firsts(counts: Ints) -> Ints:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)[:-1]])
