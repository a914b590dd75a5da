"""What would have to be wanted for a configuration to hold: other worths, or one player's configurations reordered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from offramp.errors import UsageError
from offramp.findings.common.views import as_seen
from offramp.findings.equilibria.holding import Holding
from offramp.findings.equilibria.reordered import MOST_RANKED, Reordered, reordered
from offramp.graph import Graph
from offramp.inverse.stability import Answer, Budget, Inverse, least_change_beyond, least_change_of, rounded_ends
from offramp.stability import perceived

__all__ = ["MOST", "Told", "Wanted", "check_wanted", "wanted"]

MOST = 8_192
"""Configurations in a case for which a change of worths is looked for."""
ANSWERS = 3
SECONDS = 20.0
"""Given to each search."""


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A change of worths that makes the configuration hold."""

    answer: Answer
    ends: tuple[float, ...]
    """By change: what the unknown has to be, rounded away from what it is, so that the configuration holds with it."""


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """What would have to be wanted for a configuration to hold, in the best guess."""

    configuration: int
    concept: str
    stays: tuple[bool, ...]
    """By player: whether it would stay as things stand."""
    fixed: tuple[str, ...]
    """Players whose wants were to stay as they are."""
    found: Inverse | None
    """None where the configuration holds already."""
    changes: tuple[Told, ...]
    """Inside the stated ranges; the least first."""
    beyond: Told | None
    """Where nothing inside them does it: the least that leaves out the ends of ranges in the way."""
    rankings: tuple[Reordered, ...]
    """Of players who would leave: those with ordered statements, and where no change of worths does it all."""

    @property
    def holds(self) -> bool:
        """Whether it holds as things stand."""
        return all(self.stays)


def check_wanted(graph: Graph, fixed: Collection[str]) -> None:
    """Refuse what cannot be asked before any world is judged.

    Raises
    ------
    UsageError
        If there is no such player, all players are fixed, or there are too many configurations.
    """
    ids, total = list(graph.case.players), len(graph.codes)
    for player in fixed:
        if player not in ids:
            raise UsageError(f"there is no player `{player}`", code="no-player",
                             hint=f"take some of {', '.join(ids)}")  # fmt: skip
    if set(ids) <= set(fixed):
        raise UsageError("all players are fixed, so that no want may change", code="usage",
                         hint="leave out one of them")  # fmt: skip
    if total > MOST:
        raise UsageError(f"{total:,} configurations are too many to search for a change of wants; the most is {MOST:,}",
                         code="too-large", hint="cut options, or ask why it does not hold: --why")  # fmt: skip


def wanted(holding: Holding, configuration: int, concept: str, fixed: Collection[str] = ()) -> Wanted:
    """Find what would have to be wanted, in the best guess, for a configuration to hold.

    Parameters
    ----------
    holding : Holding
        Where its worlds are drawn from a view, worths move inside the ranges of the view.
    configuration : int
    concept : str
        One of ``stability.CONCEPTS``.
    fixed : collection of str
        Players whose wants stay as they are.

    Raises
    ------
    UsageError
        If nothing may change: no worth is uncertain, and the configurations are too many for rankings.
    WorldError
        If a number of the best guess cannot be used.
    """
    stays = tuple(holding.best.stable[concept][:, configuration].tolist())
    if all(stays):
        return Wanted(configuration, concept, stays, tuple(fixed), None, (), None, ())
    case = holding.graph.case
    graph = replace(holding.graph, case=as_seen(case, None if holding.view is None else case.views[holding.view]))
    budget = Budget(seconds=SECONDS)
    movable = [player for player in graph.case.players if player not in fixed]
    found = least_change_of(
        graph, holding.world, np.arange(len(graph.codes)) == configuration, concept,
        players=movable, answers=ANSWERS, budget=budget, frozen=holding.frozen,
    )  # fmt: skip
    by_statements = _by_statements(graph, holding, movable)
    leaving = [p for i, p in enumerate(graph.case.players) if not stays[i] and p in movable]
    ranked = [player for player in leaving if not found.answers or player in by_statements]
    if not found.movable and (not ranked or len(graph.codes) > MOST_RANKED):
        raise UsageError("no want may change: no worth that could make a difference is uncertain", code="no-unknown",
                         hint="give a worth a range, e.g. worth: [0.2, 0.8], or leave out --fixed")  # fmt: skip
    beyond = None
    if found.blocked and not found.answers:
        beyond = least_change_beyond(graph, holding.world, found.blocked[0], concept, players=movable, budget=budget,
                                     frozen=holding.frozen)  # fmt: skip

    def told(answer: Answer) -> Told:
        return Told(answer, rounded_ends(graph, answer, concept, frozen=holding.frozen))

    return Wanted(
        configuration,
        concept,
        stays,
        tuple(fixed),
        found,
        tuple(told(answer) for answer in found.answers),
        None if beyond is None else told(beyond),
        tuple(reordered(graph, holding.world, p, configuration, concept, frozen=holding.frozen) for p in ranked),
    )


def _by_statements(graph: Graph, holding: Holding, players: Collection[str]) -> set[str]:
    """Return the players who are judged by the order of their statements."""
    ids = list(graph.case.players)
    games = perceived(graph, holding.world, frozen=holding.frozen)
    return {ids[i] for game in games for i in game.players if game.ordinal[i] and ids[i] in players}
