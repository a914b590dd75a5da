"""Why a configuration holds or not: for each player the moves that would gain, and what deters them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from offramp.findings.equilibria.holding import Holding
from offramp.model import Faction, Player
from offramp.shapes import Floats, Ints
from offramp.stability import Reason, perceived, reason
from offramp.stability.judging import answers, layout_of

__all__ = ["Witness", "witnesses"]


@dataclass(frozen=True, slots=True, eq=False)
class Witness:
    """Why one player stays or leaves, in the best guess and as it sees the game."""

    player: Player
    sees: bool
    """Whether it sees the configuration at all; if not, it knows of nothing better."""
    reason: Reason
    """States are configurations."""
    worth: Floats
    """[C] what each configuration is worth to the player per unit of time while it is held; its rank if `ordinal`."""
    ordinal: bool
    """Whether the player is judged by the order of its statements."""

    def factions(self, positions: Iterable[int]) -> list[Faction]:
        """Return factions by their positions among those whose consent is needed."""
        asked = [faction for faction in self.player.factions if faction.consent]
        return [asked[position] for position in positions]


def witnesses(holding: Holding, concept: str, configurations: Iterable[int]) -> dict[int, list[Witness]]:
    """Explain configurations under a concept, by configuration and in the order of the players.

    Raises
    ------
    UsageError
        If there is no such concept.
    """
    wanted = list(configurations)
    found: dict[int, dict[int, Witness]] = {n: {} for n in wanted}
    for game in perceived(holding.graph, holding.world, frozen=holding.frozen):
        layout = layout_of(game.conflict)
        for i in game.players:
            brought = answers(layout, i, concept)
            for n in wanted:
                at = int(np.searchsorted(game.seen, n))
                sees = at < len(game.seen) and int(game.seen[at]) == n
                why = reason(game.conflict, concept, i, at, brought) if sees else Reason(())
                found[n][i] = Witness(
                    _player(holding, i), sees, _named(why, game.seen), game.payoffs[i], bool(game.ordinal[i])
                )
    return {n: [each[i] for i in sorted(each)] for n, each in found.items()}


def _player(holding: Holding, i: int) -> Player:
    return list(holding.graph.case.players.values())[i]


def _named(why: Reason, seen: Ints) -> Reason:
    """Number states as configurations."""
    return Reason(
        tuple(
            replace(
                each,
                improvement=int(seen[each.improvement]),
                sanction=tuple(replace(step, end=int(seen[step.end])) for step in each.sanction),
                answer=None if each.answer is None else int(seen[each.answer]),
            )
            for each in why.deterrents
        ),
        tuple(replace(each, end=int(seen[each.end])) for each in why.refused),
    )
