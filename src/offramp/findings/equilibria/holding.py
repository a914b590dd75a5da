"""What holds in a case: in which share of the worlds each configuration is an equilibrium."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from offramp.ensemble import Progress
from offramp.errors import UsageError, WorldError
from offramp.expressions import Open
from offramp.expressions.advice import short
from offramp.findings.common.views import view_named
from offramp.graph import Graph, find, option_levels
from offramp.model import Case
from offramp.model.variants import start_at
from offramp.shapes import Bools, Floats
from offramp.stability import CONCEPTS, Stability, free_graph, judge_world
from offramp.worlds import draw

__all__ = ["Holding", "Settled", "configuration_of", "what_holds"]


@dataclass(frozen=True, slots=True)
class Settled:
    """A yes-or-no outcome that options alone decide: whether it goes with the equilibria of a concept."""

    some: Mapping[str, float]
    """By concept: in which share of the worlds at least one equilibrium has it."""
    all: Mapping[str, float]
    """By concept: in which share of the worlds there are equilibria, and all of them have it."""


@dataclass(frozen=True, slots=True, eq=False)
class Holding:
    """What holds in a case, in free play."""

    graph: Graph
    worlds: int
    """How many could be judged, the best guess apart."""
    failures: Mapping[int, str]
    """By world, why it could not be judged."""
    shares: Mapping[str, Floats]
    """By concept: [C] in which share of the worlds a configuration is stable for all."""
    staying: Mapping[str, Floats]
    """By concept: [players, C] in which share of the worlds a configuration is stable for a player."""
    alone: Mapping[str, Floats]
    """By concept: [players, C] in which share of the worlds a player, and nobody else, would leave a configuration."""
    settled: Mapping[str, Settled]
    """By outcome."""
    best: Stability
    """In the best guess."""
    world: Mapping[str, float]
    """The best guess."""
    frozen: bool
    """Conditions stay where they start."""
    view: str | None
    """Whose view the worlds are drawn from; None for all."""
    at: Mapping[str, str]
    """Levels that were asked for."""
    idle: Mapping[str, str]
    """Those among them that are the case's own."""

    @property
    def start(self) -> int:
        """The configuration at the start."""
        return self.graph.start[0]

    def levels(self, configuration: int) -> dict[str, str]:
        """Return the level of every option, by ``player.option``."""
        return option_levels(self.graph, configuration)

    def ranked(self) -> list[int]:
        """Return the configurations that hold under some concept in some world, those that hold most first."""
        total = np.sum([self.shares[concept] for concept in CONCEPTS], axis=0)
        order = np.argsort(-total, kind="stable")
        return [int(n) for n in order if total[n] > 0.0]

    def nearly(self, concept: str) -> list[tuple[int, int, float]]:
        """Return configurations that one player alone would leave in at least half of the worlds, and that player.

        The third entry is the share of the worlds in which that is so; the largest comes first.
        """
        alone = self.alone[concept]
        found = [(int(n), int(i), float(alone[i, n])) for i, n in np.argwhere(alone >= 0.5)]
        return sorted(found, key=lambda each: (-each[2], each[0]))

    def with_levels(self, wanted: Mapping[str, str]) -> list[int]:
        """Return all configurations with some levels, by ``player.option``."""
        space, codes = self.graph.space, self.graph.codes
        places = {name: k for k, name in enumerate(space.names)}
        rungs = space.rungs(codes)
        fits = np.ones(len(codes), dtype=np.bool_)
        for name, level in wanted.items():
            k = places[name]
            fits &= rungs[k] == space.options[k].levels.index(level)
        return [int(n) for n in np.flatnonzero(fits)]

    def configuration(self, changed: Mapping[str, str]) -> int:
        """Find the configuration that differs from the start in the levels of some options."""
        return configuration_of(self.graph, changed)


@dataclass(slots=True)
class _Tally:
    """Counts over the worlds."""

    graph: Graph
    marks: Mapping[str, Bools]
    """By outcome: [C] where it holds."""
    cells: dict[str, Floats] = field(init=False)
    alone: dict[str, Floats] = field(init=False)
    equilibria: dict[str, Floats] = field(init=False)
    some: dict[str, dict[str, int]] = field(init=False)
    all: dict[str, dict[str, int]] = field(init=False)

    def __post_init__(self) -> None:
        players, configurations = len(self.graph.space.players), len(self.graph.codes)
        self.cells = {concept: np.zeros((players, configurations)) for concept in CONCEPTS}
        self.alone = {concept: np.zeros((players, configurations)) for concept in CONCEPTS}
        self.equilibria = {concept: np.zeros(configurations) for concept in CONCEPTS}
        self.some = {id_: dict.fromkeys(CONCEPTS, 0) for id_ in self.marks}
        self.all = {id_: dict.fromkeys(CONCEPTS, 0) for id_ in self.marks}

    def add(self, found: Stability) -> None:
        for concept, cells in found.stable.items():
            self.cells[concept] += cells
            self.alone[concept] += ~cells & ((~cells).sum(axis=0) == 1)
            held = cells.all(axis=0)
            self.equilibria[concept] += held
            for id_, mark in self.marks.items():
                with_it = bool((held & mark).any())
                self.some[id_][concept] += with_it
                self.all[id_][concept] += with_it and not bool((held & ~mark).any())


def configuration_of(graph: Graph, changed: Mapping[str, str]) -> int:
    """Find the configuration that differs from the start in the levels of some options.

    Raises
    ------
    UsageError
        If there is no such option or level, or the configuration is impossible.
    """
    space = graph.space
    ladders = {name: option.levels for name, option in zip(space.names, space.options, strict=True)}
    rungs = space.rungs(graph.codes[graph.start[0] : graph.start[0] + 1])[:, 0]
    for name, level in changed.items():
        place = _place(ladders, name, level, "option", "write PLAYER.OPTION=LEVEL, with one of ")
        rungs[space.names.index(name)] = place
    found = int(find(graph.codes, np.array([rungs @ space.strides]))[0])
    if found < 0:
        raise UsageError("that configuration is impossible", code="no-state",
                         hint="look into `impossible` of the case")  # fmt: skip
    return found


def what_holds(
    case: Case,
    worlds: int = 64,
    seed: int = 0,
    *,
    at: Mapping[str, str] | None = None,
    view: str | None = None,
    asked: Callable[[Graph], object] | None = None,
    progress: Progress | None = None,
) -> Holding:
    """Judge every configuration of a case in a number of worlds.

    Parameters
    ----------
    case : Case
    worlds : int
        Draws of the unknowns, the best guess apart.
    seed : int
    at : mapping of str to str, optional
        Levels of settings, and of conditions and options (``player.option``) at the start. Where a condition is
        named, all conditions stay where they start; else they drift from there.
    view : str, optional
        Draw the worlds from a view of the case.
    asked : callable, optional
        Called with the configurations before any is judged, to refuse what cannot be asked of them.
    progress : callable, optional
        Called with (worlds done, worlds in all).

    Raises
    ------
    UsageError
        If there is no such name, level or view.
    CaseErrors
        If there are too many configurations, or the start is impossible.
    WorldError
        If the best guess, or all worlds, cannot be judged.
    """
    settings: dict[str, int] = {}
    starts, idle = _starts(case), {}
    for name, level in (at or {}).items():
        place = _level(case, name, level)
        if place == starts[name]:
            idle[name] = level
        if name in case.settings:
            settings[name] = place
        else:
            case = start_at(case, name, place)
    seen = view_named(case, view)
    frozen = any(name in case.conditions for name in at or {})
    graph = free_graph(case, settings)
    if asked:
        asked(graph)
    drawn = draw(case, worlds, seed, view=seen)
    best = judge_world(graph, drawn.world(0), frozen=frozen)
    tally, failures = _Tally(graph, _marks(graph)), {}
    for w in range(1, worlds + 1):
        try:
            tally.add(judge_world(graph, drawn.world(w), frozen=frozen))
        except WorldError as e:
            failures[w] = str(e)
        if progress:
            progress(w, worlds)
    judged = worlds - len(failures)
    if worlds and not judged:
        raise WorldError(f"none of {worlds} worlds could be judged; the first: {next(iter(failures.values()))}")
    over = float(judged) if judged else np.nan
    return Holding(
        graph=graph,
        worlds=judged,
        failures=failures,
        shares={concept: counts / over for concept, counts in tally.equilibria.items()},
        staying={concept: counts / over for concept, counts in tally.cells.items()},
        alone={concept: counts / over for concept, counts in tally.alone.items()},
        settled={
            id_: Settled(
                {concept: count / over for concept, count in tally.some[id_].items()},
                {concept: count / over for concept, count in tally.all[id_].items()},
            )
            for id_ in tally.marks
        },
        best=best,
        world=drawn.world(0),
        frozen=frozen,
        view=view,
        at=dict(at or {}),
        idle=idle,
    )


def _marks(graph: Graph) -> dict[str, Bools]:
    """Return where each main outcome holds, of those that are yes or no by options alone, [C]."""
    marks = {}
    for id_, outcome in graph.case.outcomes.items():
        if outcome.of is None or not outcome.main:
            continue
        value = graph.settled(outcome.of)
        if not isinstance(value, Open) and np.shape(value) == (len(graph.codes), 1) and np.isin(value, (0, 1)).all():
            marks[id_] = value[:, 0] > 0.0
    return marks


def _starts(case: Case) -> dict[str, int]:
    """Return where settings, conditions and options start."""
    starts = {id_: setting.start for id_, setting in case.settings.items()}
    starts |= {id_: condition.start for id_, condition in case.conditions.items()}
    return starts | {f"{p.id}.{option.id}": option.start for p in case.players.values() for option in p.options}


def _level(case: Case, name: str, level: str) -> int:
    """Return the position of a level of a setting, a condition or an option."""
    ladders = {id_: setting.levels for id_, setting in case.settings.items()}
    ladders |= {id_: condition.levels for id_, condition in case.conditions.items()}
    ladders |= {f"{player.id}.{each.id}": each.levels for player in case.players.values() for each in player.options}
    return _place(ladders, name, level, "setting, condition or option", "take one of ")


def _place(ladders: Mapping[str, Sequence[str]], name: str, level: str, kind: str, hint: str) -> int:
    """Return the position of a level on one of some ladders."""
    if name not in ladders:
        raise UsageError(f"there is no {kind} `{short(name)}`", code="no-name", hint=hint + ", ".join(ladders))
    if level not in ladders[name]:
        raise UsageError(f"`{name}` has no level `{short(level)}`", code="no-level",
                         hint="take one of " + ", ".join(ladders[name]))  # fmt: skip
    return ladders[name].index(level)
