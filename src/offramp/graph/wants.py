"""What the players want, as flows and end worths over the states of one world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from offramp.errors import Path, WorldError
from offramp.expressions import Name, Node
from offramp.graph.graph import Graph
from offramp.graph.options import PlayerSpace
from offramp.model import Faction, Perception, Player
from offramp.model.players import owner_of, worth_name
from offramp.shapes import Floats

__all__ = ["Believed", "beliefs", "end_worth", "flow", "influence", "precision", "scalar", "switching_costs"]

Believed = Mapping[str, float]
"""What stands in place of the truth in a perceived game, by the path of the worth, influence or precision."""


def beliefs(graph: Graph, perceptions: tuple[Perception, ...], world: Mapping[str, Any]) -> Believed:
    """Evaluate what a player believes in one world."""
    return {p.target: scalar(graph, p.believed, world, p.path) for p in perceptions}


def scalar(graph: Graph, node: Node, world: Mapping[str, Any], path: Path, *, low: float | None = None) -> float:
    """Evaluate a number that does not depend on the state; ``world`` is a scope of the graph.

    Raises
    ------
    WorldError
        If it is not finite, or below ``low``.
    """
    found = world.get(node.name) if isinstance(node, Name) else None
    value = found if isinstance(found, float) else float(graph.value(node, world))
    if not np.isfinite(value):
        raise WorldError("the number is not finite", code="non-finite",
                         hint="look for a division by 0", path=path)  # fmt: skip
    if low is not None and value < low:
        raise WorldError(f"the number is {value:g}, below {low:g}", code="range",
                         hint=f"wrap it in max({low:g}, ...), or narrow its range", path=path)  # fmt: skip
    return value


def flow(graph: Graph, player: Player, faction: Faction, world: Mapping[str, Any], believed: Believed) -> Floats:
    """Return what a faction earns per unit of time in each state, [C, P]."""
    return _worths(graph, player, faction, world, believed, at_end=False)


def end_worth(
    graph: Graph, player: Player, faction: Faction, world: Mapping[str, Any], believed: Believed
) -> Floats | None:
    """Return what a faction earns at the foresight date in each state, [C, P]; None for nothing."""
    if not any(want.at_end for want in faction.wants):
        return None
    return _worths(graph, player, faction, world, believed, at_end=True)


def _worths(
    graph: Graph, player: Player, faction: Faction, world: Mapping[str, Any], believed: Believed, *, at_end: bool
) -> Floats:
    total = np.zeros(graph.shape)
    for want in faction.wants:
        if want.at_end != at_end:
            continue
        path = (*want.path, "worth")
        key = worth_name(player, faction, want)
        worth = believed[key] if key in believed else scalar(graph, want.worth, world, path)
        with np.errstate(invalid="ignore", over="ignore"):
            total += worth * graph.value(want.that, world)
    if not np.isfinite(total).all():
        raise _not_finite(graph, faction, world)
    return total


def _not_finite(graph: Graph, faction: Faction, world: Mapping[str, Any]) -> WorldError:
    """Name the want that is not finite; where none is, they add up to something that is not."""
    bad = [want for want in faction.wants if not np.isfinite(graph.value(want.that, world)).all()]
    path = (*bad[0].path, "that") if bad else faction.path
    return WorldError("the want is not finite in some state", code="non-finite",
                      hint="look for a division by 0", path=path)  # fmt: skip


def influence(graph: Graph, player: Player, world: Mapping[str, Any], believed: Believed) -> Floats:
    """Return each faction's share of influence at each ladder position, [factions, P].

    Raises
    ------
    WorldError
        If a share is negative or the stated shares exceed 1 somewhere.
    """
    positions = graph.ladders.positions
    shares = np.zeros((len(player.factions), positions))
    rest = None
    for f, faction in enumerate(player.factions):
        if faction.influence is None:
            rest = f
            continue
        key = f"{owner_of(player, faction)}.influence"
        value = np.asarray(believed[key]) if key in believed else graph.value(faction.influence, world)
        shares[f] = np.broadcast_to(value, (1, positions))[0]
        if not (np.isfinite(shares[f]).all() and (shares[f] >= 0).all()):
            raise WorldError("the share of influence is negative or not finite in some state", code="influence",
                             hint="wrap it in clip(..., 0, 1)", path=(*faction.path, "influence"))  # fmt: skip
    if rest is not None:
        shares[rest] = 1 - shares.sum(axis=0)
        if (shares[rest] < -1e-9).any():
            raise WorldError("the shares of influence exceed 1 in some state", code="influence",
                             hint="narrow their ranges so that something is left for the rest",
                             path=(*player.path, "factions"))  # fmt: skip
        shares[rest] = np.maximum(shares[rest], 0)
    return shares


def precision(graph: Graph, player: Player, pace: float, world: Mapping[str, Any], believed: Believed) -> float:
    """Return lam times pace."""
    key = f"{player.id}.lam"
    lam = believed[key] if key in believed else scalar(graph, player.lam, world, (*player.path, "lam"), low=0.0)
    if lam < 0:
        raise WorldError(f"the precision is believed to be {lam:g}, below 0", code="range",
                         hint="wrap it in max(0, ...), or narrow its range", path=player.path)  # fmt: skip
    return lam * pace


def switching_costs(graph: Graph, own: PlayerSpace, world: Mapping[str, Any]) -> Floats:
    """Return what each change of posture costs the player, [A, A] from, to."""
    total = np.zeros((len(own.levels), len(own.levels)))
    for k, option in enumerate(own.player.options):
        up = scalar(graph, option.raise_cost, world, (*option.path, "switching"), low=0.0)
        down = scalar(graph, option.lower_cost, world, (*option.path, "switching"), low=0.0)
        if up != 0.0 or down != 0.0:
            change = own.levels[None, :, k] - own.levels[:, None, k]
            total += np.where(change > 0, change * up, -change * down)
    return total
