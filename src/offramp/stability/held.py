"""Where the conditions are while a configuration is held, from where they start to the horizon."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np

from offramp.compiled import kept_for
from offramp.graph.dates import broken_at, rate_expressions, turning
from offramp.graph.rates import drift
from offramp.graph.situation import Situation
from offramp.shapes import Floats, Ints

with kept_for(Path(__file__).parent):
    from offramp.stability import drifting

__all__ = ["occupancy"]


def occupancy(situation: Situation, *, frozen: bool = False) -> Floats:
    """Return the share of the time up to the horizon that each configuration spends at each ladder position, [C, P].

    Parameters
    ----------
    situation : Situation
    frozen : bool
        Conditions stay where they start.

    Raises
    ------
    WorldError
        If a rate of this world cannot be used.
    """
    graph = situation.graph
    configurations, positions = graph.shape
    start = np.zeros(positions)
    start[graph.start[1]] = 1.0
    if frozen or positions == 1:
        return np.tile(start, (configurations, 1))
    stretches = _stretches(situation)
    rates = np.array([drift(situation.at((begin + end) / 2)) for begin, end in stretches])
    first, alike = _distinct(rates)
    here, spent = np.tile(start, (len(first), 1)), np.zeros((len(first), positions))
    strides = np.array(graph.ladders.strides, dtype=np.int64)
    for (begin, end), (rise, fall) in zip(stretches, np.ascontiguousarray(rates[..., first, :]), strict=True):
        drifting.spend(rise, fall, strides, end - begin, here, spent)
    return spent[alike] / graph.case.time.horizon


def _distinct(rates: Floats) -> tuple[Ints, Ints]:
    """Find configurations that drift alike, [..., C, P]: the first of each kind, and the kind of each."""
    rows: dict[bytes, int] = {}
    by_configuration = np.ascontiguousarray(np.moveaxis(rates, -2, 0))
    alike = np.array([rows.setdefault(row.tobytes(), len(rows)) for row in by_configuration], dtype=np.int64)
    _, first = np.unique(alike, return_index=True)
    return first, alike


def _stretches(situation: Situation) -> list[tuple[float, float]]:
    """Return the stretches up to the horizon over which rates are constant."""
    case = situation.graph.case
    turns = turning(situation.graph, rate_expressions(case))
    return list(pairwise(broken_at((0.0, case.time.horizon), (situation.scalar(*dated) for dated in turns))))
