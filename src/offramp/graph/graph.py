"""The graph of one strategy: everything about it that is the same in every world."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np

from offramp.errors import CaseErrors
from offramp.expressions import Node, Open, settle, text_of
from offramp.graph.arrays import Ladders, Moves
from offramp.graph.configurations import environment, every_feasible, feasible, reachable
from offramp.graph.ladders import ladder_position, make_ladders, rungs_of_positions
from offramp.graph.limits import (
    MAX_POSTURES,
    MAX_POSTURES_HELD,
    MAX_STATES,
    MAX_VALUES,
    check_dates,
    check_size,
    infeasible_start,
    too_many_states,
    too_many_values,
)
from offramp.graph.options import OptionSpace
from offramp.model import Case, Perception, Rule, RuleSet, Strategy
from offramp.shapes import Floats, Ints

__all__ = ["Game", "Graph", "build_graph", "describe", "find", "option_levels"]


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Game:
    """A game as some players see it: what they hold for true, and who they are."""

    perceptions: tuple[Perception, ...]
    believed: Mapping[int, tuple[Rule, ...]]
    """Rules that a committed player is reckoned to follow, where not its own."""
    members: tuple[int, ...]
    """The free players who decide by this game."""


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Configurations, moves and ladders under one strategy."""

    case: Case
    strategy: Strategy
    delay: float
    """The strategy starts this late; until then its players stay as they are."""
    space: OptionSpace
    ladders: Ladders
    codes: Ints
    """[C] the code of each configuration, ascending."""
    env: Mapping[str, Any]
    moves: Mapping[int, Moves]
    """Of the free players, by position."""
    committed: Mapping[int, RuleSet]
    games: tuple[Game, ...]
    start: tuple[int, int]
    whole: bool = False
    """Whether all feasible configurations are built, not only those that can be reached."""
    _settled: dict[int, tuple[Node, Floats | Open]] = field(default_factory=dict, repr=False)
    """By the identity of an expression (which is kept, so that no other can take it)."""
    _once: dict[object, Any] = field(default_factory=dict, repr=False)

    def once(self, key: object, make: Callable[[], T]) -> T:
        """Return what is the same in every world, made when it is first asked for."""
        found: T = self._once[key] if key in self._once else self._once.setdefault(key, make())
        return found

    @property
    def shape(self) -> tuple[int, int]:
        """(C, P)"""
        return len(self.codes), self.ladders.positions

    @property
    def states(self) -> int:
        """How many states there are: C times P."""
        return len(self.codes) * self.ladders.positions

    def scope(self, world: Mapping[str, float]) -> Mapping[str, Any]:
        """Return what expressions are evaluated in: the states, the settings and the numbers of one world."""
        return {**self.env, **world}

    def settled(self, node: Node) -> Floats | Open:
        """Return the value of an expression in every state, or what is left of it for a world to decide.

        Read only; broadcasts to [C, P]. Expressions that read the same have the same.
        """
        known = self._settled.get(id(node))
        if known is None:
            found = self.once(("settled", text_of(node)), lambda: settle(node, self.env))
            if not isinstance(found, Open):
                found.setflags(write=False)
            known = self._settled.setdefault(id(node), (node, found))
        return known[1]


def build_graph(case: Case, strategy: Strategy, delay: float = 0.0, *, whole: bool = False) -> Graph:
    """Build the graph of a strategy.

    Only configurations that can be reached from the start are built: by any legal move of the free players, and by
    what the rules of committed players, or what others believe these to be, may set at some time in some world.

    Parameters
    ----------
    case : Case
    strategy : Strategy
    delay : float
        The strategy starts this late.
    whole : bool
        Build all feasible configurations, whether or not they can be reached, up to ``MAX_STATES`` combinations of
        levels; beyond that those that can be reached.

    Raises
    ------
    CaseErrors
        If the case is too large, saying how large and what to cut, or if a change of where options start has made
        the start impossible.
    """
    if faults := [*check_size(case, MAX_POSTURES_HELD if whole else MAX_POSTURES), *check_dates(strategy)]:
        raise CaseErrors(faults)
    space, ladders = OptionSpace.of(case), make_ladders(case.conditions)
    if not feasible(case, space, np.array([space.start]))[0]:
        raise CaseErrors([infeasible_start(case)])
    position = {id_: i for i, id_ in enumerate(case.players)}
    settings = {
        id_: s if (level := strategy.settings.get(id_)) is None else replace(s, start=level)
        for id_, s in case.settings.items()
    }
    case = replace(case, settings=settings)
    committed = {position[rules.player]: rules for rules in strategy.committed}
    lists = {i: [rules.rules, *rules.believed.values()] for i, rules in committed.items()}
    whole = whole and np.prod(space.sizes, dtype=float) <= MAX_STATES
    codes = every_feasible(case, space) if whole else reachable(case, space, ladders, lists)
    if len(codes) * ladders.positions > MAX_STATES:
        raise CaseErrors([too_many_states(case, len(codes), ladders.positions)])
    games = _games(case, committed)
    free = [player for i, player in enumerate(case.players.values()) if i not in committed]
    columns = len(games) * sum(len(player.factions) for player in free) + len(case.outcomes)
    rules = sum(len(each) for of_player in lists.values() for each in of_player)
    if len(codes) * ladders.positions * (columns + rules) > MAX_VALUES:
        raise CaseErrors([too_many_values(case, len(codes) * ladders.positions, columns, rules)])
    start = ladder_position(ladders, tuple(c.start for c in case.conditions.values()))
    return Graph(
        case=case,
        strategy=strategy,
        delay=delay,
        space=space,
        ladders=ladders,
        codes=codes,
        env=environment(case, space, ladders, codes),
        moves={i: _moves(space, codes, i) for i in range(len(space.players)) if i not in committed},
        committed=committed,
        games=games,
        start=(int(np.searchsorted(codes, space.start)), start),
        whole=whole,
    )


def find(codes: Ints, wanted: Ints) -> Ints:
    """Return where each code stands among the configurations, -1 where it is not among them."""
    at = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
    return np.where(codes[at] == wanted, at, -1)


def _moves(space: OptionSpace, codes: Ints, player: int) -> Moves:
    own = space.players[player]
    posture = space.posture(codes, player)
    rest = codes - own.offsets[posture]
    bases, group = np.unique(rest, return_inverse=True)
    members = find(codes, (bases[:, None] + own.offsets[None, :]).ravel()).reshape(len(bases), len(own.offsets))
    return Moves(members, own.allowed, group.astype(np.int64), posture)


def _games(case: Case, committed: Mapping[int, RuleSet]) -> tuple[Game, ...]:
    """Gather the free players who see the game alike."""
    games: list[Game] = []
    for i, player in enumerate(case.players.values()):
        if i in committed:
            continue
        believed = {j: rules.believed[player.id] for j, rules in committed.items() if player.id in rules.believed}
        for at, game in enumerate(games):
            if game.perceptions == player.perceives and game.believed == believed:
                games[at] = Game(game.perceptions, game.believed, (*game.members, i))
                break
        else:
            games.append(Game(player.perceives, believed, (i,)))
    return tuple(games)


def option_levels(graph: Graph, configuration: int) -> dict[str, str]:
    """Return the level of every option in a configuration, by ``player.option``."""
    space = graph.space
    rungs = space.rungs(graph.codes[configuration : configuration + 1])[:, 0]
    return {
        name: option.levels[int(rung)] for name, option, rung in zip(space.names, space.options, rungs, strict=True)
    }


def describe(graph: Graph, configuration: int, position: int) -> dict[str, str]:
    """Return a state in words: the level of every option and condition."""
    words = option_levels(graph, configuration)
    rungs = rungs_of_positions(graph.ladders)
    for k, condition in enumerate(graph.case.conditions.values()):
        words[condition.id] = condition.levels[int(rungs[k, position])]
    return words
