"""How fast the conditions rise and fall in each state of one world."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from offramp.errors import Path, WorldError
from offramp.graph.graph import Graph, describe
from offramp.graph.ladders import rungs_of_positions
from offramp.graph.situation import Situation
from offramp.graph.sums import Sum, Term
from offramp.model import RateTerm
from offramp.shapes import Bools, Floats

__all__ = ["drift"]

_SLACK = 1e-12
"""How far below 0 a rate may be by rounding."""


def drift(situation: Situation) -> tuple[Floats, Floats]:
    """Return the rates up and down of every condition, each [K, C, P], 0 at the ends of the ladder.

    Raises
    ------
    WorldError
        If a rate is negative or not finite in some state, naming the state.
    """
    graph = situation.graph
    rungs = graph.once("rungs", lambda: rungs_of_positions(graph.ladders))
    shape = (len(graph.ladders.sizes), *graph.shape)
    rise, fall = np.zeros(shape), np.zeros(shape)
    for k, condition in enumerate(graph.case.conditions.values()):
        top = graph.ladders.sizes[k] - 1
        for terms, rates, edge, side in (
            (condition.rises, rise, top, "rises"),
            (condition.falls, fall, 0, "falls"),
        ):
            if terms:
                _fill(rates[k], graph, _sum(situation, terms), rungs[k] != edge, (*condition.path, side))
    return rise, fall


def _sum(situation: Situation, terms: Sequence[RateTerm]) -> Floats:
    graph = situation.graph
    added = graph.once(
        ("rates", id(terms)), lambda: Sum(graph, [Term(term.rate, (*term.path, "rate"), term.of) for term in terms])
    )
    return added.total(situation)


def _fill(rates: Floats, graph: Graph, total: Floats, inside: Bools, path: Path) -> None:
    """Put rates in place where the ladder goes on; what they would be where it ends is not asked."""
    if not (total.min() >= -_SLACK and total.max() < np.inf):
        _check(graph, np.where(inside, total, 0.0), path)
    np.copyto(rates, np.maximum(total, 0.0), where=inside)


def _check(graph: Graph, rates: Floats, path: Path) -> None:
    bad = np.broadcast_to(~(rates >= -_SLACK) | ~np.isfinite(rates), graph.shape)
    if not bad.any():
        return
    configuration, position = np.argwhere(bad)[0]
    where = ", ".join(f"{name} = {level}" for name, level in describe(graph, int(configuration), int(position)).items())
    value = np.broadcast_to(rates, graph.shape)[configuration, position]
    said = f"negative ({value:.3g})" if np.isfinite(value) else "not finite"
    raise WorldError(f"the rate is {said} where {where}", code="rate",
                     hint="wrap it in max(0, ...), or narrow the ranges of its numbers", path=path)  # fmt: skip
