"""Which unknowns of a case can move payoffs along straight lines, and which have to stay, with the reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isclose

import numpy as np

from offramp.errors import UsageError
from offramp.expressions import Node, names
from offramp.graph import Graph
from offramp.graph.situation import Situation
from offramp.graph.wants import beliefs
from offramp.inverse.stability.affine import Unknowns
from offramp.inverse.stability.results import Held
from offramp.model import Case, Choice, Derived, Range
from offramp.shapes import Floats
from offramp.worlds import Worlds, draw, replace

__all__ = ["Straight", "straight"]

TOLERANCE = 1e-9
"""How far from a straight line a worth may be, as a share of the largest."""

POINTS = 8
"""Points at which unknowns are tried together."""


@dataclass(frozen=True, slots=True, eq=False)
class Straight:
    """Unknowns that may move."""

    unknowns: Unknowns
    held: tuple[Held, ...]
    worlds: Worlds
    """The world as it is, from which others are made."""

    def world(self, point: Floats) -> dict[str, float]:
        """Return the world with the unknowns at a point; what is derived from them follows."""
        return replace(self.worlds, dict(zip(self.unknowns.names, point.tolist(), strict=True))).world(0)


def straight(
    graph: Graph,
    world: Mapping[str, float],
    players: Collection[str] | None = None,
    weights: Mapping[str, float] | None = None,
) -> Straight:
    """Find the unknowns in the worths of players that payoffs are affine in.

    An unknown that stands in worths of others too, in an influence, a rate or a condition of a want, is held at its
    value; so is one of a few values, one of ordered statements, and one by which a worth bends. Of two that are
    multiplied by each other the later in the case is held.

    Parameters
    ----------
    graph : Graph
    world : mapping of str to float
    players : collection of str, optional
        Whose wants may change; else everybody's.
    weights : mapping of str to float, optional
        The cost of a change by one unit, by unknown; else the effort that the case states, over the width of the range.

    Raises
    ------
    UsageError
        If there is no such player, or no unknown by the name of a weight may move.
    """
    case, worlds = graph.case, _as_it_is(graph.case, world)
    for player in players or ():
        if player not in case.players:
            raise UsageError(f"there is no player `{player}`", code="no-player",
                             hint=f"take some of {', '.join(case.players)}")  # fmt: skip
    owners = _owners(case)
    wanted = [name for name, of in owners.items() if players is None or of & set(players)]
    reasons = {name: reason for name in wanted if (reason := _reason(case, name, worlds, owners[name], players))}
    trials = _Trials(graph, worlds, [name for name in wanted if name not in reasons])
    moving = list[str]()
    for name in trials.names:
        if not trials.affine([name]):
            reasons[name] = "bends"
        elif not trials.slopes[name].any():
            reasons[name] = "changes nothing"
        elif not trials.affine([*moving, name]):
            reasons[name] = "times another"
        else:
            moving.append(name)
    ranges = [_ends(case, name) for name in moving]
    for name in weights or ():
        if name not in moving:
            raise UsageError(f"`{name}` has a cost of change, but may not change", code="no-unknown",
                             hint=f"take some of {', '.join(moving)}")  # fmt: skip
    costs = [
        (weights or {}).get(name, case.unknowns[name].effort / (b - a))
        for name, (a, b) in zip(moving, ranges, strict=True)
    ]
    held = tuple(Held(name, reason) for name, reason in reasons.items())
    now = [worlds.world(0)[name] for name in moving]
    unknowns = Unknowns.of(moving, now, [low for low, _ in ranges], [high for _, high in ranges], costs)
    return Straight(unknowns, held, worlds)


def _as_it_is(case: Case, world: Mapping[str, float]) -> Worlds:
    """Return a world that is made anew where something in it changes."""
    given = {n: v for n, v in world.items() if n not in case.unknowns or not isinstance(case.unknowns[n].law, Derived)}
    worlds = replace(draw(case, 0, 0), {n: v for n, v in given.items() if n != "time"})
    by_hand = {n: v for n, v in world.items() if n != "time" and not isclose(worlds.world(0)[n], v, rel_tol=1e-12)}
    return replace(worlds, by_hand) if by_hand else worlds


def _owners(case: Case) -> dict[str, set[str]]:
    """Return in whose worths each unknown stands, in the order of the case."""
    found: dict[str, set[str]] = {name: set() for name in case.unknowns}
    for player in case.players.values():
        for faction in player.factions:
            for name in _behind(case, (want.worth for want in faction.wants)):
                found[name].add(player.id)
    return {name: of for name, of in found.items() if of}


def _behind(case: Case, nodes: Iterable[Node]) -> set[str]:
    """Return the unknowns that expressions turn on, through those derived from others."""
    found, waiting = set[str](), list(nodes)
    while waiting:
        for name in names(waiting.pop()):
            unknown = case.unknowns.get(name)
            if unknown is not None and isinstance(unknown.law, Derived):
                waiting.append(unknown.law.expression)
            elif unknown is not None:
                found.add(name)
    return found


def _reason(case: Case, name: str, worlds: Worlds, owners: set[str], players: Collection[str] | None) -> str | None:
    """Say why an unknown has to stay, before anything is computed."""
    law, value = case.unknowns[name].law, worlds.world(0)[name]
    factions = [f for player in case.players.values() for f in player.factions]
    terms = [term for c in case.conditions.values() for term in (*c.rises, *c.falls)]
    believed = [p for player in case.players.values() for p in player.perceives]
    if any(name in order.names for order in case.orders):
        return "ordered statements"
    if isinstance(law, Choice):
        return "few values"
    if not isinstance(law, Range) or law.high <= law.low:
        return "no range"
    if not law.low <= value <= law.high:
        return "outside its range"
    if players is not None and owners - set(players):
        return "others want it too"
    if name in _behind(case, [f.influence for f in factions if f.influence is not None]):
        return "influence"
    if name in _behind(case, [p.believed for p in believed if not p.target.endswith(".worth")]):
        return "influence"
    if name in _behind(case, [node for term in terms for node in (term.of, term.rate)]):
        return "rate"
    if name in _behind(case, [want.that for f in factions for want in f.wants]):
        return "condition of a want"
    return None


def _ends(case: Case, name: str) -> tuple[float, float]:
    law = case.unknowns[name].law
    assert isinstance(law, Range)
    return law.low, law.high


class _Trials:
    """Worths at points where some unknowns are moved, beside what straight lines say.

    Parameters
    ----------
    graph : Graph
    worlds : Worlds
        The world as it is.
    names : list of str
        The unknowns that are tried.
    """

    def __init__(self, graph: Graph, worlds: Worlds, names: list[str]) -> None:
        self.names, self._graph = names, graph
        self._now, self._plan = worlds.world(0), worlds.plan
        self._ranges = {name: _ends(graph.case, name) for name in names}
        self._given = {name: float(values[0]) for name, values in worlds.fixed.items()}
        self._rng = np.random.default_rng(0)
        far = {name: max(ends, key=lambda end: abs(end - self._now[name])) for name, ends in self._ranges.items()}
        base, *moved = self._worths([{}, *({name: end} for name, end in far.items())])
        self._base = base
        self._scale = float(np.abs(base).max(initial=0.0))
        self.slopes = {
            name: (there - base) / (far[name] - self._now[name]) for name, there in zip(names, moved, strict=True)
        }
        """By unknown: what all worths gain by one unit of it."""

    def affine(self, together: Sequence[str]) -> bool:
        """Tell whether worths are where straight lines say, at ends of ranges and between."""
        low, high = np.array([self._ranges[name] for name in together]).T
        shares = self._rng.random((POINTS, len(together)))
        shares[::2] = np.round(shares[::2])
        points = low + (high - low) * shares
        found = self._worths([dict(zip(together, point, strict=True)) for point in points.tolist()])
        apart = points - np.array([self._now[name] for name in together])
        said = self._base + apart @ np.array([self.slopes[name] for name in together])
        scale = max(self._scale, float(np.abs(found).max(initial=0.0)))
        return bool((np.abs(found - said) <= TOLERANCE * scale).all())

    def _worths(self, changes: Sequence[Mapping[str, float]]) -> Floats:
        """Return all worths in some worlds, those that players believe in included, [worlds, worths]."""
        case = self._graph.case
        rows = [{**self._given, **each} for each in changes]
        drawn = self._plan.values(
            np.zeros((len(rows) - 1, len(self._plan.axes))),
            {n: np.array([row[n] for row in rows]) for n in self._given},
        )
        wants = [w for p in case.players.values() for f in p.factions for w in f.wants if not w.at_end]
        found = []
        for values in drawn.tolist():
            situation = Situation(self._graph, dict(zip(self._plan.names, values, strict=True)))
            worths = [situation.scalar(want.worth, (*want.path, "worth")) for want in wants]
            for game in self._graph.games:
                worths += [v for name, v in beliefs(situation, game.perceptions).items() if name.endswith(".worth")]
            found.append(worths)
        return np.array(found)
