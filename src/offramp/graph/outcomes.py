"""Outcomes as value columns: what each earns, where it stops, and how the column is read at the start.

Each measure is one linear equation backward from the end of its window. Before the window begins nothing is
earned and nothing stops, except that ``unless`` already rules a path out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from offramp.errors import WorldError
from offramp.expressions import truth
from offramp.graph.graph import Graph
from offramp.graph.wants import flow, influence, scalar
from offramp.model import Outcome
from offramp.shapes import Bools, Floats

__all__ = ["Read", "Reading", "read_outcomes", "window"]


@dataclass(frozen=True, slots=True)
class Reading:
    """How an outcome is read off its column: ``offset + scale * V[start]``."""

    outcome: str
    column: int
    scale: float
    offset: float


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """One outcome in one world, ready to be put into segments."""

    outcome: Outcome
    start: float
    end: float
    per_time: Floats | None
    """[C, P] earned inside the window; None for nothing."""
    terminal: Floats | None
    """[C, P] put in place at the window's end."""
    reached: Bools | None
    """[C, P] where ``ever`` and ``first`` stop."""
    ruled_out: Bools | None
    """[C, P] where ``unless`` holds."""
    payer: int
    discount: float
    scale: float
    offset: float

    def stops(self, end: float) -> Bools | None:
        """Return where the column is held in a segment that ends at a date."""
        if self.reached is None or end > self.end:
            return None
        if end > self.start:
            return self.reached if self.ruled_out is None else self.reached | self.ruled_out
        return self.ruled_out

    def earns(self, end: float) -> Floats | None:
        """Return what is earned per unit of time in a segment that ends at a date."""
        return self.per_time if self.start < end <= self.end else None

    def put(self, end: float) -> tuple[Bools, float] | None:
        """Return what must be put in place when the sweep passes the beginning of the window at ``end``."""
        if self.ruled_out is None or end != self.start or self.start == 0:
            return None
        return self.ruled_out, (self.end - self.start if self.outcome.measure == "first" else 0.0)


def window(outcome: Outcome, horizon: float) -> tuple[float, float]:
    """Return the dates between which an outcome is read."""
    return outcome.start, outcome.end if outcome.end is not None else horizon


def read_outcomes(graph: Graph, world: Mapping[str, Any], outcomes: Sequence[Outcome]) -> list[Read]:
    """Evaluate outcomes in one world."""
    return [_read(graph, world, outcome) for outcome in outcomes]


def _read(graph: Graph, world: Mapping[str, Any], outcome: Outcome) -> Read:
    start, end = window(outcome, graph.case.time.horizon)
    per_time = terminal = reached = ruled_out = None
    payer, discount, scale, offset = -1, 0.0, 1.0, 0.0
    if outcome.payoff is not None:
        per_time, payer, discount = _payoff(graph, world, outcome)
    elif outcome.measure in ("ever", "first"):
        assert outcome.of is not None
        reached = np.broadcast_to(truth(outcome.of, world), graph.shape)
        if outcome.unless is not None:
            ruled_out = np.broadcast_to(truth(outcome.unless, world), graph.shape)
        if outcome.measure == "ever":
            terminal = reached.astype(float)
        else:
            per_time, offset = (~reached).astype(float), start
    else:
        assert outcome.of is not None
        value = np.broadcast_to(graph.value(outcome.of, world), graph.shape)
        if not np.isfinite(value).all():
            raise WorldError("the outcome is not finite in some state", code="non-finite",
                             hint="look for a division by 0", path=(*outcome.path, "of"))  # fmt: skip
        if outcome.measure == "final":
            terminal = value
        else:
            per_time = value
    if outcome.measure == "average":
        scale = 1.0 / (end - start)
    return Read(outcome, start, end, per_time, terminal, reached, ruled_out, payer, discount, scale, offset)


def _payoff(graph: Graph, world: Mapping[str, Any], outcome: Outcome) -> tuple[Floats, int, float]:
    """Return a player's or faction's true flow, who pays the switching costs, and the discount rate."""
    assert outcome.payoff is not None
    id_, wanted = outcome.payoff
    player = graph.case.players[id_]
    shares = influence(graph, player, world, {})
    total = np.zeros(graph.shape)
    for share, faction in zip(shares, player.factions, strict=True):
        if wanted is None:
            total += share * flow(graph, player, faction, world, {})
        elif faction.id == wanted:
            total = flow(graph, player, faction, world, {})
    discount = scalar(graph, player.discount, world, (*player.path, "discount"), low=0.0)
    return total, list(graph.case.players).index(id_), discount
