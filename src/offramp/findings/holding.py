"""What holds in a case: in which share of the worlds each configuration is an equilibrium, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from offramp.ensemble import Progress
from offramp.errors import UsageError, WorldError
from offramp.graph import Graph, find, option_levels
from offramp.model import Case
from offramp.model.variants import start_at
from offramp.shapes import Floats
from offramp.stability import CONCEPTS, Reason, Stability, free_graph, judge_world, perceived, reason
from offramp.worlds import draw

__all__ = ["Holding", "what_holds"]


@dataclass(frozen=True, slots=True, eq=False)
class Holding:
    """What holds in a case, in free play."""

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
    frozen: bool
    """Conditions stay where they start."""

    @property
    def start(self) -> int:
        """The configuration at the start."""
        return self.graph.start[0]

    def levels(self, configuration: int) -> dict[str, str]:
        """Return the level of every option, by ``player.option``."""
        return option_levels(self.graph, configuration)

    def configuration(self, changed: Mapping[str, str]) -> int:
        """Find the configuration that differs from the start in the levels of some options.

        Raises
        ------
        UsageError
            If there is no such option or level, or the configuration cannot be reached.
        """
        space = self.graph.space
        ladders = {name: option.levels for name, option in zip(space.names, space.options, strict=True)}
        rungs = space.rungs(self.graph.codes[self.start : self.start + 1])[:, 0]
        for name, level in changed.items():
            place = _place(ladders, name, level, "option", "write PLAYER.OPTION=LEVEL, with one of ")
            rungs[space.names.index(name)] = place
        found = int(find(self.graph.codes, np.array([rungs @ space.strides]))[0])
        if found < 0:
            raise UsageError("that configuration cannot be reached from the start by legal moves", code="no-state",
                             hint="look into `impossible` and `irreversible` of the case")  # fmt: skip
        return found

    def reasons(self, concept: str, configuration: int) -> list[tuple[Reason, Floats]]:
        """Return why each player stays or leaves in the best guess, with what each configuration is worth to it."""
        found: dict[int, tuple[Reason, Floats]] = {}
        for game in perceived(self.graph, self.world, frozen=self.frozen):
            for player in game.players:
                found[player] = reason(game.conflict, concept, player, configuration), game.payoffs[player]
        return [found[player] for player in sorted(found)]


def what_holds(
    case: Case,
    worlds: int = 64,
    seed: int = 0,
    *,
    at: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Holding:
    """Judge every configuration of a case in a number of worlds.

    Parameters
    ----------
    at
        Levels of settings, and of conditions and options (``player.option``) at the start. Where a condition is
        named, all conditions stay where they start; else they drift from there.

    Raises
    ------
    UsageError
        If there is no such name or level.
    CaseErrors
        If there are too many configurations, or the start is impossible.
    WorldError
        If the best guess cannot be judged.
    """
    settings: dict[str, int] = {}
    for name, level in (at or {}).items():
        place = _level(case, name, level)
        if name in case.settings:
            settings[name] = place
        else:
            case = start_at(case, name, place)
    frozen = any(name in case.conditions for name in at or {})
    graph, drawn = free_graph(case, settings), draw(case, worlds, seed)
    best = judge_world(graph, drawn.world(0), frozen=frozen)
    held = {concept: np.zeros(len(graph.codes)) for concept in CONCEPTS}
    failed = 0
    for w in range(1, worlds + 1):
        try:
            found = judge_world(graph, drawn.world(w), frozen=frozen)
        except WorldError:
            failed += 1
        else:
            for concept, states in found.equilibria.items():
                held[concept][states] += 1.0
        if progress:
            progress(w, worlds)
    judged = worlds - failed
    shares = {concept: each / judged if judged else np.full_like(each, np.nan) for concept, each in held.items()}
    return Holding(graph, judged, failed, shares, best, drawn.world(0), frozen)


def _level(case: Case, name: str, level: str) -> int:
    """Return the position of a level of a setting, a condition or an option."""
    ladders = {id_: setting.levels for id_, setting in case.settings.items()}
    ladders |= {id_: condition.levels for id_, condition in case.conditions.items()}
    ladders |= {f"{player.id}.{each.id}": each.levels for player in case.players.values() for each in player.options}
    return _place(ladders, name, level, "setting, condition or option", "take one of ")


def _place(ladders: Mapping[str, Sequence[str]], name: str, level: str, kind: str, hint: str) -> int:
    """Return the position of a level on one of some ladders."""
    if name not in ladders:
        raise UsageError(f"there is no {kind} `{name}`", code="no-name", hint=hint + ", ".join(ladders))
    if level not in ladders[name]:
        raise UsageError(f"`{name}` has no level `{level}`", code="no-level",
                         hint="take one of " + ", ".join(ladders[name]))  # fmt: skip
    return ladders[name].index(level)
