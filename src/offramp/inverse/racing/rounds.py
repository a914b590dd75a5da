"""Who gets how many more worlds in a round."""

from __future__ import annotations

import numpy as np

from offramp.inverse.racing.domination import Standing
from offramp.inverse.racing.table import Table
from offramp.shapes import Bools, Floats, Ints

__all__ = ["discarded", "next_cells"]

_LEAST = 4
"""Worlds at a time: below that a round tells too little."""


def discarded(risk: Floats, allowed: float) -> tuple[Bools, float]:
    """Return who may go such that the probabilities of losing a member of a front add up to no more than allowed.

    Returns
    -------
    gone : Bools
        As the risks.
    spent : float
        The sum.
    """
    order = np.argsort(risk, kind="stable")
    sums = np.cumsum(risk[order])
    count = int(np.searchsorted(sums, allowed, side="right"))
    gone = np.zeros(len(order), dtype=np.bool_)
    gone[order[:count]] = True
    return gone, float(sums[count - 1]) if count else 0.0


def next_cells(
    standing: Standing, gone: Bools, table: Table, order: Ints, size: int, *, deep: bool
) -> list[tuple[int, int]]:
    """Choose cells for those who stay: the likeliest members of fronts first, all along the same order of worlds.

    Parameters
    ----------
    standing : Standing
    gone : Bools
    table : Table
    order : Ints
        Of the worlds.
    size : int
        How many cells.
    deep : bool
        Whoever is next gets all worlds that are missing; else as many get some as can.
    """
    stay = np.flatnonzero(~gone)
    ranked = stay[np.lexsort((standing.package[stay], -standing.sd[stay], -standing.hope[stay]))]
    missing = [(int(p), table.missing(int(p), order)) for p in standing.package[ranked]]
    missing = [(p, worlds) for p, worlds in missing if len(worlds)]
    if not missing:
        return []
    each = table.worlds if deep else max(_LEAST, size // len(missing))
    cells: list[tuple[int, int]] = []
    for p, worlds in missing:
        cells += [(p, int(w)) for w in worlds[: min(each, max(size - len(cells), 0))]]
        if len(cells) >= size:
            break
    return cells
