"""Logit choice state by state and move by move.

Slower than the shared weights, but right where those underflow, and where a move needs the consent of a faction and
the chances do not factor.
"""

from __future__ import annotations

import numpy as np

from offramp.compiled import helper, kernel
from offramp.play.kernels.appeal import fill_appeal
from offramp.play.kernels.exponential import exp
from offramp.play.kernels.rows import add_weighted
from offramp.play.kernels.tables import Choice, Room
from offramp.shapes import Floats

__all__ = ["respond_pairwise"]


@kernel
def respond_pairwise(choice: Choice, g: int, values: Floats, slope: Floats, active: int, room: Room) -> None:
    """Add ``pace * sum over a of chance[a] (V[a] - cost)`` for every member of group ``g``.

    ``slope`` [C, N, S] is modified in place, as by ``respond_shared``.
    """
    fill_appeal(choice, g, values, room)
    for b in range(choice.members.shape[1]):
        if choice.members[g, b] >= 0:
            fill_chances(choice, g, b, values, room)
            follow(choice, g, b, values, slope, active, room)


@helper
def fill_chances(choice: Choice, g: int, b: int, values: Floats, room: Room) -> None:
    """Fill ``room.odds`` with pace times the chance of each posture from posture ``b``."""
    members, precision, span = choice.members, choice.precision, choice.span
    liked, odds, best, total = room.appeal, room.odds, room.best, room.totals
    for p in range(span):
        best[p] = liked[b, p]
        total[0, p] = 0.0
    for a in range(members.shape[1]):
        cost = choice.cost[b, a]
        if members[g, a] >= 0 and cost < np.inf:
            for p in range(span):
                best[p] = max(best[p], liked[a, p] - cost)
    for a in range(members.shape[1]):
        cost = choice.cost[b, a]
        if members[g, a] >= 0 and cost < np.inf:
            for p in range(span):
                odds[a, p] = exp(precision * (liked[a, p] - cost - best[p]))
                total[0, p] += odds[a, p]
    for p in range(span):
        total[0, p] = choice.pace / total[0, p]
        odds[b, p] = choice.pace
    for a in range(members.shape[1]):
        if a == b or members[g, a] < 0 or choice.cost[b, a] == np.inf:
            continue
        for f in range(choice.consents.shape[0]):
            consent(choice, choice.consents[f], g, b, a, values, odds)
        for p in range(span):
            rate = odds[a, p] * total[0, p]
            odds[a, p] = rate
            odds[b, p] -= rate


@helper
def consent(choice: Choice, faction: int, g: int, b: int, a: int, values: Floats, odds: Floats) -> None:
    """Multiply the odds of moving from ``b`` to ``a`` by the chance that the faction lets it pass."""
    cost, precision = choice.cost[b, a], choice.precision
    here, there = choice.members[g, b], choice.members[g, a]
    for p in range(choice.span):
        odds[a, p] /= 1.0 + exp(-precision * (values[there, faction, p] - cost - values[here, faction, p]))


@helper
def follow(choice: Choice, g: int, b: int, values: Floats, slope: Floats, active: int, room: Room) -> None:
    """Add the values of the postures reached, at the rates in ``room.odds``, to the slope of member ``b``."""
    rate, here = room.odds, choice.members[g, b]
    for a in range(choice.members.shape[1]):
        there, cost = choice.members[g, a], choice.cost[b, a]
        if there < 0 or cost == np.inf:
            continue
        for d in range(choice.drives.shape[0]):
            low, high = choice.drives[d, 0], min(choice.drives[d, 1], active)
            if low < high:
                add_weighted(rate[a], values[there, low:high], slope[here, low:high])
        if choice.priced and cost != 0.0:
            for n in range(choice.payers.shape[0]):
                payer = choice.payers[n]
                for p in range(choice.positions):
                    slope[here, payer, p] -= rate[a, p] * cost
