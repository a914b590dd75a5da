"""What a mediator asks: which of the states that are wanted would last, and would all prefer them to the present?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from offramp.errors import WorldError
from offramp.expressions import Node, truth
from offramp.graph import Graph, option_levels
from offramp.model import Case
from offramp.model.variants import start_at
from offramp.shapes import Bools, Ints
from offramp.stability import Conflict, Step, acted_out, free_graph, judge_world, paths, true_wants
from offramp.worlds import Worlds

__all__ = ["Ending", "Mediation", "mediate", "posed_freely", "wanted_configurations"]

MOST = 12
"""Endings told of."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A state that is wanted."""

    configuration: int
    levels: Mapping[str, str]
    """By ``player.option``."""
    holds: float
    """In which share of the worlds nobody leaves it."""
    better: Mapping[str, float]
    """By player, in which share of the worlds it is better than the present."""
    worse: Mapping[str, float]
    agreed: float
    """In which share it holds, no party finds it worse than the present, and one better."""
    way: tuple[tuple[str, Mapping[str, str]], ...] | None
    """In the best guess, moves that lead there, each a gain for who makes it: the player and what it then sets; None
    where none lead there."""
    unlocked: int | None
    """After how many of these moves no party finds the ending worse than where things stand; None if never."""


@dataclass(frozen=True, slots=True)
class Mediation:
    """What a mediator can be told."""

    parties: tuple[str, ...]
    concept: str
    worlds: int
    wanted: int
    """How many configurations are wanted; there may be none with these levels."""
    present: Mapping[str, str]
    present_wanted: bool
    endings: tuple[Ending, ...]
    """Those agreed in most worlds first, at most a dozen."""
    some: float
    """In which share of the worlds there is at least one that holds and that the parties prefer."""
    holding: float
    """In which share there is at least one that holds."""
    first_choice: Mapping[str, float]
    """By player, in which share of the worlds nothing that is wanted is better for it than the present."""


def mediate(
    case: Case,
    that: Node,
    worlds: Worlds,
    parties: Sequence[str],
    concept: str,
    levels: Mapping[str, int],
) -> Mediation:
    """Judge every wanted configuration against the present, in every world.

    Parameters
    ----------
    case : Case
    that : Node
        Yes or no over options, conditions and settings.
    worlds : Worlds
    parties : sequence of str
        The players who have to prefer it to the present; that nobody leaves it is asked of all.
    concept : str
    levels : mapping of str to int
        Settings, and where options and conditions start.

    Raises
    ------
    CaseErrors
        If there are too many configurations, or the start is impossible.
    WorldError
        If no world can be judged.
    """
    graph = posed_freely(case, levels)
    wanted = wanted_configurations(graph, that)
    tally = _Tally(graph, wanted, parties, concept)
    for w in range(1, worlds.count + 1):
        tally.add(worlds.world(w))
    return tally.told(worlds.world(0))


def posed_freely(case: Case, levels: Mapping[str, int]) -> Graph:
    """Build a case's configurations with nobody committed, at levels of settings and starts of options.

    Raises
    ------
    CaseErrors
        If there are too many, or the start is impossible.
    """
    for name, level in levels.items():
        case = case if name in case.settings else start_at(case, name, level)
    return free_graph(case, {name: level for name, level in levels.items() if name in case.settings})


def wanted_configurations(graph: Graph, that: Node) -> Bools:
    """Return the configurations that are wanted at some levels of the conditions, [C]."""
    return np.asarray(np.broadcast_to(truth(that, graph.env), graph.shape).any(axis=1))


class _Tally:
    def __init__(self, graph: Graph, wanted: Bools, parties: Sequence[str], concept: str) -> None:
        self.parties = [n for n, space in enumerate(graph.space.players) if space.player.id in parties]
        self.graph, self.wanted, self.concept = graph, np.flatnonzero(wanted), concept
        shape = len(graph.space.players), len(self.wanted)
        self.present, self.judged, self.failure = graph.start[0], 0, ""
        self.holds, self.agreed = np.zeros(shape[1]), np.zeros(shape[1])
        self.better, self.worse = np.zeros(shape), np.zeros(shape)
        self.first = np.zeros(shape[0])
        self.some = self.holding = 0

    def add(self, world: Mapping[str, float]) -> None:
        try:
            stable = judge_world(self.graph, world, (self.concept,)).stable[self.concept][:, self.wanted].all(axis=0)
            ranks = true_wants(self.graph, world).ranks
        except WorldError as e:
            self.failure = self.failure or str(e)
            return
        ahead = ranks[:, self.wanted] - ranks[:, [self.present]]
        theirs = ahead[self.parties]
        agreed = np.asarray(stable & (theirs >= 0).all(axis=0) & (theirs > 0).any(axis=0))
        self.judged += 1
        self.holds += stable
        self.better += ahead > 0
        self.worse += ahead < 0
        self.agreed += agreed
        self.first += (ahead <= 0).all(axis=1)
        self.some += bool(agreed.any())
        self.holding += bool(stable.any())

    def told(self, best: Mapping[str, float]) -> Mediation:
        if not self.judged:
            raise WorldError(f"no world could be judged: {self.failure}")
        over = float(self.judged)
        support = self.better[self.parties].min(axis=0) + self.holds
        order = np.lexsort((np.arange(len(self.wanted)), -support, -self.agreed))[:MOST]
        names = [space.player.id for space in self.graph.space.players]
        acting, ranks = acted_out(self.graph, best), true_wants(self.graph, best).ranks
        return Mediation(
            parties=tuple(names[n] for n in self.parties),
            concept=self.concept,
            worlds=self.judged,
            wanted=len(self.wanted),
            present=option_levels(self.graph, self.present),
            present_wanted=self.present in self.wanted,
            endings=tuple(self._ending(int(n), names, over, acting, ranks) for n in order),
            some=self.some / over,
            holding=self.holding / over,
            first_choice=dict(zip(names, (self.first / over).tolist(), strict=True)),
        )

    def _ending(self, n: int, names: list[str], over: float, acting: Conflict, ranks: Ints) -> Ending:
        state = int(self.wanted[n])
        way, unlocked = self._way(state, names, acting, ranks)
        return Ending(
            configuration=state,
            levels=option_levels(self.graph, state),
            holds=float(self.holds[n]) / over,
            better=dict(zip(names, (self.better[:, n] / over).tolist(), strict=True)),
            worse=dict(zip(names, (self.worse[:, n] / over).tolist(), strict=True)),
            agreed=float(self.agreed[n]) / over,
            way=way,
            unlocked=unlocked,
        )

    def _way(
        self, state: int, names: list[str], acting: Conflict, ranks: Ints
    ) -> tuple[tuple[tuple[str, Mapping[str, str]], ...] | None, int | None]:
        found = paths(acting, self.present, state, gaining=True, most=1)
        if not found:
            return None, None
        here, steps, unlocked = self.present, [], None
        for k, at in enumerate((self.present, *(step.end for step in found[0]))):
            if unlocked is None and (ranks[self.parties, state] >= ranks[self.parties, at]).all():
                unlocked = k
        for step in found[0]:
            steps.append((names[step.player], self._changed(here, step)))
            here = step.end
        return tuple(steps), unlocked

    def _changed(self, here: int, step: Step) -> dict[str, str]:
        before, after = option_levels(self.graph, here), option_levels(self.graph, step.end)
        return {name: level for name, level in after.items() if before[name] != level}
