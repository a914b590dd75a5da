"""Logit choice whose moves need the consent of one faction, with exponentials shared by a group.

With ``G = exp(precision * (V_f - max V_f))`` the faction lets a move from b to a pass with chance
``G[a] K[b, a] / (G[a] K[b, a] + G[b])``: the chances of a pair need no exponential of their own.
"""

from __future__ import annotations

from offramp.compiled import helper, kernel
from offramp.play.kernels.appeal import fill_appeal, fill_odds, weigh
from offramp.play.kernels.lanes import WIDTH, above, load, spread, store
from offramp.play.kernels.pairwise import respond_pairwise
from offramp.play.kernels.shared import faint_in, total_alike, totals, who
from offramp.play.kernels.tables import TOGETHER, Choice, Room
from offramp.shapes import Floats, Ints

__all__ = ["fill_rates", "ready", "respond_consenting"]


@helper
def respond_consenting(choice: Choice, values: Floats, slope: Floats, active: int, room: Room) -> None:
    """Add ``pace * sum over a of chance[a] (V[a] - cost)``, as `respond_shared` does."""
    for g in range(choice.members.shape[0]):
        fill_appeal(choice, g, values, room)
        if not ready(choice, g, values, room):
            respond_pairwise(choice, g, values, slope, active, room)
            continue
        count = who(choice.members[g], room)
        for first in range(0, count, TOGETHER):
            together = min(TOGETHER, count - first)
            fill_rates(choice, first, together, count, room)
            for d in range(choice.drives.shape[0]):
                low, high = choice.drives[d, 0], min(choice.drives[d, 1], active)
                if low < high:
                    gather(first, together, count, low, high, room.rates, room.reached, values, slope)
            if choice.priced:
                pay(choice, g, first, together, count, slope, room)


@helper
def ready(choice: Choice, g: int, values: Floats, room: Room) -> bool:
    """Fill odds, totals and gates; False where weights cannot be shared, ``room.appeal`` is then as it was."""
    fill_odds(choice, g, room)
    if choice.alike:
        total_alike(choice, room)
    elif not totals(choice, g, room):
        return False
    if fill_gates(choice, g, values, room):
        return True
    fill_appeal(choice, g, values, room)
    return False


@helper
def fill_gates(choice: Choice, g: int, values: Floats, room: Room) -> bool:
    """Fill ``room.gates`` with G, 0 at the holes; False where that is not safe. ``room.appeal`` is written over."""
    span, faction, gates = choice.span, choice.consents[0], room.gates
    for a in range(choice.members.shape[1]):
        m = choice.members[g, a]
        if m >= 0:
            for p in range(span):
                room.appeal[a, p] = values[m, faction, p]
    weigh(choice.members[g], choice.precision, span, room.appeal, room.best, gates)
    safe, faint = True, faint_in(gates)
    for a in range(choice.members.shape[1]):
        if choice.members[g, a] < 0:
            continue
        if span % WIDTH == 0:
            for q in range(0, span, WIDTH):
                safe = safe and above(load(gates, (a, q)), faint)
        else:
            for p in range(span):
                safe = safe and gates[a, p] > faint
    return safe


@helper
def fill_rates(choice: Choice, first: int, together: int, count: int, room: Room) -> None:
    """Fill ``room.rates[k]`` with pace times the chance of getting from member ``first + k`` to each member present.

    ``rates[k, a] = total * odds * K * (K * gates / (K * gates + own))``; what is left of the pace stays.
    """
    span, here, gates, odds, rates = choice.span, room.present, room.gates, room.odds, room.rates
    for k in range(together):
        b = here[first + k]
        if span % WIDTH == 0:
            for q in range(0, span, WIDTH):
                total, own, rest = load(room.totals, (b, q)), load(gates, (b, q)), spread(rates, choice.pace)
                for a in range(count):
                    blend = choice.blend[b, here[a]]
                    part = blend * load(gates, (here[a], q))
                    rate = blend * total * load(odds, (here[a], q)) * (part / (part + own))
                    store(rates, (k, a, q), rate)
                    if a != first + k:
                        rest -= rate
                store(rates, (k, first + k, q), rest)
            continue
        for p in range(span):
            rates[k, first + k, p] = choice.pace
        for a in range(count):
            if a != first + k:
                blend = choice.blend[b, here[a]]
                for p in range(span):
                    part = blend * gates[here[a], p]
                    rates[k, a, p] = blend * room.totals[b, p] * odds[here[a], p] * (part / (part + gates[b, p]))
                    rates[k, first + k, p] -= rates[k, a, p]


@kernel
def gather(
    first: int,
    together: int,
    count: int,
    low: int,
    high: int,
    rates: Floats,
    reached: Ints,
    values: Floats,
    slope: Floats,
) -> None:
    """Add the values of the members reached, of columns low to high, to the slopes of some members."""
    span = values.shape[2]
    if together == TOGETHER and span % WIDTH == 0:
        i, j, k, m = reached[first], reached[first + 1], reached[first + 2], reached[first + 3]
        for q in range(0, span, WIDTH):
            for n in range(low, high):
                one, two = load(slope, (i, n, q)), load(slope, (j, n, q))
                three, four = load(slope, (k, n, q)), load(slope, (m, n, q))
                for a in range(count):
                    value = load(values, (reached[a], n, q))
                    one += load(rates, (0, a, q)) * value
                    two += load(rates, (1, a, q)) * value
                    three += load(rates, (2, a, q)) * value
                    four += load(rates, (3, a, q)) * value
                store(slope, (i, n, q), one)
                store(slope, (j, n, q), two)
                store(slope, (k, n, q), three)
                store(slope, (m, n, q), four)
        return
    for k in range(together):
        own = reached[first + k]
        if span % WIDTH == 0:
            for q in range(0, span, WIDTH):
                for n in range(low, high):
                    total = load(slope, (own, n, q))
                    for a in range(count):
                        total += load(rates, (k, a, q)) * load(values, (reached[a], n, q))
                    store(slope, (own, n, q), total)
            continue
        for a in range(count):
            for n in range(low, high):
                for p in range(span):
                    slope[own, n, p] += rates[k, a, p] * values[reached[a], n, p]


@helper
def pay(choice: Choice, g: int, first: int, together: int, count: int, slope: Floats, room: Room) -> None:
    """Take the expected switching costs of some members off the columns that pay them."""
    here, rates = room.present, room.rates
    for k in range(together):
        b = here[first + k]
        for a in range(count):
            cost = choice.cost[b, here[a]]
            if a != first + k and choice.blend[b, here[a]] > 0.0 and cost != 0.0:
                for n in range(choice.payers.shape[0]):
                    payer = choice.payers[n]
                    for p in range(choice.positions):
                        slope[choice.members[g, b], payer, p] -= rates[k, a, p] * cost
