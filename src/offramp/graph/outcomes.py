"""Outcomes as value columns: what each earns, where it stops, and how the column is read at the start.

Each measure is one linear equation backward from the end of its window. Before the window begins nothing is
earned and nothing stops, except that ``unless`` already rules a path out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from offramp.errors import WorldError
from offramp.graph.situation import Situation
from offramp.graph.wants import flow, influence
from offramp.model import Outcome
from offramp.shapes import Bools, Floats

__all__ = ["Read", "Reading", "read_outcome", "window"]


@dataclass(frozen=True, slots=True)
class Reading:
    """How an outcome is read off its column: ``offset + scale * V[start]``."""

    outcome: str
    column: int
    scale: float
    offset: float

    def value(self, at_start: Floats) -> float:
        """Read the outcome off the columns' values at the start."""
        return self.offset + self.scale * float(at_start[self.column])


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """One outcome in one world, ready to be put into segments."""

    outcome: Outcome
    start: float
    end: float
    per_time: Floats | None
    """[C, P] earned inside the window; None for nothing."""
    terminal: Floats | None = None
    """[C, P] put in place at the window's end."""
    reached: Bools | None = None
    """[C, P] where ``ever`` and ``first`` stop."""
    ruled_out: Bools | None = None
    """[C, P] where ``unless`` holds."""
    payer: int = -1
    discount: float = 0.0
    scale: float = 1.0
    offset: float = 0.0

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


def read_outcome(situation: Situation, outcome: Outcome) -> Read:
    """Evaluate an outcome in one world."""
    if outcome.payoff is not None:
        return _payoff(situation, outcome)
    needed = [node for node in (outcome.of, outcome.unless) if node is not None]
    return situation.shared(("outcome", id(outcome)), needed, lambda: _measure(situation, outcome))


def _measure(situation: Situation, outcome: Outcome) -> Read:
    graph = situation.graph
    start, end = window(outcome, graph.case.time.horizon)
    per_time = terminal = reached = ruled_out = None
    scale, offset = 1.0, 0.0
    assert outcome.of is not None
    value = np.broadcast_to(situation.value(outcome.of), graph.shape)
    if outcome.measure in ("ever", "first"):
        reached = value != 0
        if outcome.unless is not None:
            ruled_out = np.broadcast_to(situation.value(outcome.unless) != 0, graph.shape)
        if outcome.measure == "ever":
            terminal = reached.astype(float)
        else:
            per_time, offset = (~reached).astype(float), start
    elif not np.isfinite(value).all():
        raise WorldError("the outcome is not finite in some state", code="non-finite",
                         hint="look for a division by 0", path=(*outcome.path, "of"))  # fmt: skip
    elif outcome.measure == "final":
        terminal = value
    else:
        per_time = value
    if outcome.measure == "average":
        scale = 1.0 / (end - start)
    return Read(outcome, start, end, per_time, terminal, reached, ruled_out, scale=scale, offset=offset)


def _payoff(situation: Situation, outcome: Outcome) -> Read:
    """Read a player's or faction's true flow; the player pays the switching costs, and the future loses weight."""
    assert outcome.payoff is not None
    graph, (id_, wanted) = situation.graph, outcome.payoff
    player = graph.case.players[id_]
    shares = influence(situation, player, {})
    total: Floats = np.zeros(graph.shape)
    for share, faction in zip(shares, player.factions, strict=True):
        if wanted is None:
            total += share * flow(situation, player, faction, {})
        elif faction.id == wanted:
            total = flow(situation, player, faction, {})
    start, end = window(outcome, graph.case.time.horizon)
    discount = situation.scalar(player.discount, (*player.path, "discount"), low=0.0)
    scale = 1.0 / (end - start) if outcome.measure == "average" else 1.0
    payer = list(graph.case.players).index(id_)
    return Read(outcome, start, end, total, payer=payer, discount=discount, scale=scale)
