"""How much a player likes each posture of a group, and the odds that follow."""

from __future__ import annotations

import numpy as np

from offramp.compiled import helper
from offramp.play.kernels.exponential import exp
from offramp.play.kernels.lanes import WIDTH, exp_lanes, larger, load, spread, store
from offramp.play.kernels.tables import Choice, Room
from offramp.shapes import Floats, Ints

__all__ = ["fill_appeal", "fill_odds", "weigh"]


@helper
def fill_appeal(choice: Choice, g: int, values: Floats, room: Room) -> None:
    """Fill ``room.appeal`` with Q[a] = sum of weight[n] * V[members[g, a], decides[n]]; holes are left alone."""
    liked, weight, first = room.appeal, choice.weight, choice.decides[0]
    for a in range(choice.members.shape[1]):
        m = choice.members[g, a]
        if m < 0:
            continue
        if choice.span % WIDTH == 0:
            for q in range(0, choice.span, WIDTH):
                total = load(weight, (0, q)) * load(values, (m, first, q))
                for n in range(1, choice.decides.shape[0]):
                    total += load(weight, (n, q)) * load(values, (m, choice.decides[n], q))
                store(liked, (a, q), total)
            continue
        for p in range(choice.span):
            liked[a, p] = weight[0, p] * values[m, first, p]
            for n in range(1, choice.decides.shape[0]):
                liked[a, p] += weight[n, p] * values[m, choice.decides[n], p]


@helper
def fill_odds(choice: Choice, g: int, room: Room) -> None:
    """Fill ``room.odds`` with exp(precision * (Q[a] - max Q)), 0 at the holes."""
    weigh(choice.members[g], choice.precision, choice.span, room.appeal, room.best, room.odds)


@helper
def weigh(members: Ints, precision: float, span: int, liked: Floats, best: Floats, odds: Floats) -> None:
    """Fill ``odds`` [A, S] with exp(precision * (liked[a] - max of liked)), 0 at the holes of ``members`` [A]."""
    if span % WIDTH == 0:
        for q in range(0, span, WIDTH):
            most = spread(liked, -np.inf)
            for a in range(members.shape[0]):
                if members[a] >= 0:
                    most = larger(load(liked, (a, q)), most)
            for a in range(members.shape[0]):
                if members[a] >= 0:
                    store(odds, (a, q), exp_lanes(precision * (load(liked, (a, q)) - most)))
                else:
                    store(odds, (a, q), spread(odds, 0.0))
        return
    for p in range(span):
        best[p] = -np.inf
    for a in range(members.shape[0]):
        if members[a] >= 0:
            for p in range(span):
                best[p] = max(best[p], liked[a, p])
    for a in range(members.shape[0]):
        for p in range(span):
            odds[a, p] = exp(precision * (liked[a, p] - best[p])) if members[a] >= 0 else 0.0
