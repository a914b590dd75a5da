"""How much a player likes each posture of a group, and the odds that follow."""

from __future__ import annotations

from offramp.play.kernels.compiling import helper
from offramp.play.kernels.exponential import exp
from offramp.play.kernels.tables import Choice, Room
from offramp.shapes import Floats

__all__ = ["fill_appeal", "fill_odds"]


@helper
def fill_appeal(choice: Choice, g: int, values: Floats, room: Room) -> None:
    """Fill ``room.appeal`` with Q[a] = sum of weight[n] * V[members[g, a], decides[n]]; holes are left alone."""
    span, liked, weight = choice.span, room.appeal, choice.weight
    for a in range(choice.members.shape[1]):
        m = choice.members[g, a]
        if m < 0:
            continue
        first = choice.decides[0]
        for p in range(span):
            liked[a, p] = weight[0, p] * values[m, first, p]
        for n in range(1, choice.decides.shape[0]):
            other = choice.decides[n]
            for p in range(span):
                liked[a, p] += weight[n, p] * values[m, other, p]


@helper
def fill_odds(choice: Choice, g: int, room: Room) -> None:
    """Fill ``room.odds`` with exp(precision * (Q[a] - max Q)), 0 at the holes."""
    span, best, liked, odds, precision = choice.span, room.best, room.appeal, room.odds, choice.precision
    for p in range(span):
        best[p] = -1e300
    for a in range(choice.members.shape[1]):
        if choice.members[g, a] >= 0:
            for p in range(span):
                best[p] = max(best[p], liked[a, p])
    for a in range(choice.members.shape[1]):
        if choice.members[g, a] >= 0:
            for p in range(span):
                odds[a, p] = exp(precision * (liked[a, p] - best[p]))
        else:
            for p in range(span):
                odds[a, p] = 0.0
