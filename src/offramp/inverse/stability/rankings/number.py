"""How many of one player's rankings make a state stable, the others' being what they are."""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial

import numpy as np

from offramp.errors import UsageError
from offramp.inverse.stability.rankings.below import alternatives
from offramp.inverse.stability.rankings.counting import rankings_of, sets_by_size
from offramp.inverse.stability.rankings.equilibria import equilibria
from offramp.stability import CONCEPTS, Conflict, judge

__all__ = ["Rankings", "check_asked", "rankings"]


@dataclass(frozen=True, slots=True)
class Rankings:
    """The strict rankings of all states by one player, and what they would do for one state."""

    player: int
    state: int
    concept: str
    total: int
    """All there are: the factorial of the number of states."""
    stable: int
    """Those by which the state is stable for the player."""
    equilibrium: int | None
    """Those by which it is stable for all; None where it is too much to count."""

    @property
    def share(self) -> float:
        """The share of all by which the state is stable for the player."""
        return self.stable / self.total


def rankings(conflict: Conflict, player: int, state: int, concept: str) -> Rankings:
    """Count a player's strict rankings by which a state is stable, without going through them.

    Under nash, gmr and smr what the others would do does not turn on how the player ranks, so that the rankings that
    make the state an equilibrium are all those by which it is stable for the player, or none. Under seq and sseq the
    others are deterred by its improvements too: there the rankings of the states it can move between are gone through
    where they matter, up to a limit.

    Parameters
    ----------
    conflict : Conflict
        The others' rankings, and those of the player's factions, are taken from it.
    player : int
    state : int
    concept : str

    Raises
    ------
    UsageError
        If there is no such player, state or concept, or too much to go through.
    """
    check_asked(conflict, player, state, concept)
    asked = alternatives(conflict, player, state, concept)
    stable = rankings_of(sets_by_size(asked, conflict.states - 1))
    together: int | None
    if concept in ("seq", "sseq"):
        together = equilibria(conflict, player, state, concept, asked) if stable else 0
    else:
        others = np.delete(judge(conflict, [concept]).stable[concept][:, state], player)
        together = stable if others.all() else 0
    return Rankings(player, state, concept, factorial(conflict.states), stable, together)


def check_asked(conflict: Conflict, player: int, state: int, concept: str) -> None:
    """Refuse what is not there."""
    if concept not in CONCEPTS:
        raise UsageError(f"there is no concept {concept}", code="no-concept", hint=f"take one of {', '.join(CONCEPTS)}")
    if not 0 <= player < len(conflict.movers):
        raise UsageError(f"there is no player {player}", code="no-player", hint="players are numbered from 0")
    if not 0 <= state < conflict.states:
        raise UsageError(f"there is no state {state}", code="no-state", hint="states are numbered from 0")
