"""Logit choice whose moves need the consent of one faction, with exponentials shared by a group.

With ``G = exp(precision * (V_f - max V_f))`` the faction lets a move from b to a pass with chance
``G[a] K[b, a] / (G[a] K[b, a] + G[b])``: the chances of a pair need no exponential of their own.
"""

from __future__ import annotations

from offramp.play.kernels.appeal import fill_appeal, fill_odds
from offramp.play.kernels.compiling import helper
from offramp.play.kernels.exponential import exp
from offramp.play.kernels.pairwise import respond_pairwise
from offramp.play.kernels.rows import add_four_weighted, add_weighted, multiply, put_share, subtract
from offramp.play.kernels.shared import FAINT, totals
from offramp.play.kernels.tables import Choice, Room
from offramp.shapes import Floats

__all__ = ["respond_consenting"]


@helper
def respond_consenting(choice: Choice, values: Floats, slope: Floats, active: int, room: Room) -> None:
    """Add ``pace * sum over a of chance[a] (V[a] - cost)``, as `respond_shared` does."""
    for g in range(choice.members.shape[0]):
        fill_appeal(choice, g, values, room)
        fill_odds(choice, g, room)
        if not totals(choice, g, room) or not fill_gates(choice, g, values, room):
            respond_pairwise(choice, g, values, slope, active, room)
            continue
        for b in range(choice.members.shape[1]):
            if choice.members[g, b] >= 0:
                fill_rates(choice, g, b, room)
                reach(choice, g, b, values, slope, active, room)


@helper
def fill_gates(choice: Choice, g: int, values: Floats, room: Room) -> bool:
    """Fill ``room.gates`` with G, 0 at the holes; False where that is not safe."""
    span, best, gates, faction = choice.span, room.best, room.gates, choice.consents[0]
    for p in range(span):
        best[p] = -1e300
    for a in range(choice.members.shape[1]):
        m = choice.members[g, a]
        if m >= 0:
            for p in range(span):
                best[p] = max(best[p], values[m, faction, p])
    least = 1.0
    for a in range(choice.members.shape[1]):
        m = choice.members[g, a]
        if m >= 0:
            for p in range(span):
                gates[a, p] = exp(choice.precision * (values[m, faction, p] - best[p]))
            for p in range(span):
                least = min(least, gates[a, p])
        else:
            for p in range(span):
                gates[a, p] = 0.0
    return least > FAINT


@helper
def fill_rates(choice: Choice, g: int, b: int, room: Room) -> None:
    """Fill ``room.rates`` with pace times the chance of getting to each posture from posture ``b``."""
    span, rates, gates, odds, total = choice.span, room.rates, room.gates, room.odds, room.totals
    for p in range(span):
        rates[b, p] = choice.pace
    for a in range(choice.members.shape[1]):
        if a == b:
            continue
        k = choice.blend[b, a]
        if choice.members[g, a] < 0 or k == 0.0:
            for p in range(span):
                rates[a, p] = 0.0
            continue
        # In three passes: loops over many arrays are not compiled into vector instructions.
        put_share(k, gates[a], gates[b], rates[a])
        multiply(k, total[b], odds[a], rates[a])
        subtract(rates[a], rates[b])


@helper
def reach(choice: Choice, g: int, b: int, values: Floats, slope: Floats, active: int, room: Room) -> None:
    """Add the values of the postures reached, at the rates in ``room.rates``, to the slope of member ``b``."""
    rate, here, count = room.rates, choice.members[g, b], choice.members.shape[1]
    for d in range(choice.drives.shape[0]):
        low, high = choice.drives[d, 0], min(choice.drives[d, 1], active)
        if low >= high:
            continue
        out = slope[here, low:high]
        a = 0
        while a + 4 <= count:
            i, j = max(choice.members[g, a], 0), max(choice.members[g, a + 1], 0)
            k, m = max(choice.members[g, a + 2], 0), max(choice.members[g, a + 3], 0)
            add_four_weighted(
                rate[a], rate[a + 1], rate[a + 2], rate[a + 3],
                values[i, low:high], values[j, low:high], values[k, low:high], values[m, low:high], out,
            )  # fmt: skip
            a += 4
        while a < count:
            add_weighted(rate[a], values[max(choice.members[g, a], 0), low:high], out)
            a += 1
    if choice.priced:
        for a in range(count):
            cost = choice.cost[b, a]
            if a != b and choice.blend[b, a] > 0.0 and cost != 0.0:
                for n in range(choice.payers.shape[0]):
                    payer = choice.payers[n]
                    for p in range(choice.positions):
                        slope[here, payer, p] -= rate[a, p] * cost
