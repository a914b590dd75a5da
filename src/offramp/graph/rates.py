"""How fast the conditions rise and fall in each state of one world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from offramp.errors import Path, WorldError
from offramp.graph.graph import Graph, describe
from offramp.graph.ladders import rungs_of_positions
from offramp.graph.wants import scalar
from offramp.model import RateTerm
from offramp.shapes import Floats

__all__ = ["drift"]


def drift(graph: Graph, world: Mapping[str, Any]) -> tuple[Floats, Floats]:
    """Return the rates up and down of every condition, each [K, C, P], 0 at the ends of the ladder.

    Raises
    ------
    WorldError
        If a rate is negative or not finite in some state, naming the state.
    """
    rungs = rungs_of_positions(graph.ladders)
    shape = (len(graph.ladders.sizes), *graph.shape)
    rise, fall = np.zeros(shape), np.zeros(shape)
    for k, condition in enumerate(graph.case.conditions.values()):
        top = graph.ladders.sizes[k] - 1
        for terms, rates, edge, side in (
            (condition.rises, rise, top, "rises"),
            (condition.falls, fall, 0, "falls"),
        ):
            rates[k] = _sum(graph, terms, world)
            rates[k][:, rungs[k] == edge] = 0.0
            _check(graph, rates[k], (*condition.path, side))
    return rise, fall


def _sum(graph: Graph, terms: Sequence[RateTerm], world: Mapping[str, Any]) -> Floats:
    total = np.zeros(graph.shape)
    for term in terms:
        total = total + scalar(graph, term.rate, world, (*term.path, "rate")) * graph.value(term.of, world)
    return total


def _check(graph: Graph, rates: Floats, path: Path) -> None:
    bad = ~(rates >= -1e-12) | ~np.isfinite(rates)
    if not bad.any():
        np.maximum(rates, 0.0, out=rates)
        return
    configuration, position = np.argwhere(bad)[0]
    where = ", ".join(f"{name} = {level}" for name, level in describe(graph, int(configuration), int(position)).items())
    value = rates[configuration, position]
    said = f"negative ({value:.3g})" if np.isfinite(value) else "not finite"
    raise WorldError(f"the rate is {said} where {where}", code="rate",
                     hint="wrap it in max(0, ...), or narrow the ranges of its numbers", path=path)  # fmt: skip
