"""Ordered statements: the order itself, where worths drawn to respect it could be too small to tell apart."""

from __future__ import annotations

import numpy as np

from offramp.expressions import Open
from offramp.graph import Graph
from offramp.model import Player
from offramp.shapes import Floats

__all__ = ["by_statements"]


def by_statements(graph: Graph, player: Player) -> Floats | None:
    """Rank the configurations by a player's statements, the first that differs deciding, [C].

    This is the field's option prioritisation. None where a player has worths of its own or factions, or where a
    statement turns on conditions or unknowns, or is more than yes or no: there the drawn worths decide.
    """
    found: Floats | None = graph.once(("statements", player.id), lambda: _ranked(graph, player))
    return found


def _ranked(graph: Graph, player: Player) -> Floats | None:
    path = ("players", player.id, "prefers")
    if len(player.factions) != 1 or not any(order.path == path for order in graph.case.orders):
        return None
    columns = [graph.settled(want.that) for want in player.factions[0].wants if not want.at_end]
    closed = [np.atleast_2d(column) for column in columns if not isinstance(column, Open)]
    if len(closed) < len(columns) or any(c.shape[1] > 1 or not np.isin(c, (0, 1)).all() for c in closed):
        return None
    rows = np.stack([np.broadcast_to(column[:, 0], len(graph.codes)) for column in closed], axis=1)
    _, ranks = np.unique(rows, axis=0, return_inverse=True)
    return ranks.reshape(-1).astype(np.float64)
