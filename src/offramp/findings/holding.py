"""What holds in a case: in which share of the worlds each configuration is an equilibrium, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from offramp.ensemble import Progress
from offramp.errors import WorldError
from offramp.graph import Graph
from offramp.model import Case
from offramp.shapes import Floats
from offramp.stability import CONCEPTS, Reason, Stability, free_graph, judge_world, perceived, reason
from offramp.worlds import draw

__all__ = ["Holding", "what_holds"]


@dataclass(frozen=True, slots=True, eq=False)
class Holding:
    """What holds in a case, in free play, with all conditions drifting from where they start."""

    graph: Graph
    worlds: int
    """How many could be judged, the best guess apart."""
    failed: int
    shares: Mapping[str, Floats]
    """By concept: [C] in which share of the worlds a configuration is stable for all."""
    best: Stability
    """In the best guess."""
    world: Mapping[str, float]
    """The best guess."""

    @property
    def start(self) -> int:
        """The configuration at the start."""
        return self.graph.start[0]

    def levels(self, configuration: int) -> dict[str, str]:
        """Return the level of every option, by ``player.option``."""
        rungs = self.graph.space.rungs(self.graph.codes[configuration : configuration + 1])[:, 0]
        return {
            name: option.levels[int(rung)]
            for name, option, rung in zip(self.graph.space.names, self.graph.space.options, rungs, strict=True)
        }

    def reasons(self, concept: str, configuration: int) -> list[tuple[Reason, Floats]]:
        """Return why each player stays or leaves in the best guess, with what each configuration is worth to it."""
        found: dict[int, tuple[Reason, Floats]] = {}
        for game in perceived(self.graph, self.world):
            for player in game.players:
                found[player] = reason(game.conflict, concept, player, configuration), game.payoffs[player]
        return [found[player] for player in sorted(found)]


def what_holds(case: Case, worlds: int = 64, seed: int = 0, *, progress: Progress | None = None) -> Holding:
    """Judge every configuration of a case in a number of worlds.

    Raises
    ------
    CaseErrors
        If there are too many configurations.
    WorldError
        If the best guess cannot be judged.
    """
    graph, drawn = free_graph(case), draw(case, worlds, seed)
    best = judge_world(graph, drawn.world(0))
    held = {concept: np.zeros(len(graph.codes)) for concept in CONCEPTS}
    failed = 0
    for w in range(1, worlds + 1):
        try:
            found = judge_world(graph, drawn.world(w))
        except WorldError:
            failed += 1
        else:
            for concept, states in found.equilibria.items():
                held[concept][states] += 1.0
        if progress:
            progress(w, worlds)
    judged = worlds - failed
    shares = {concept: each / judged if judged else np.full_like(each, np.nan) for concept, each in held.items()}
    return Holding(graph, judged, failed, shares, best, drawn.world(0))
