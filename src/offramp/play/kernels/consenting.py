"""Logit choice whose moves need the consent of one faction, with exponentials shared by a group.

With ``G = exp(precision * (V_f - max V_f))`` the faction lets a move from b to a pass with chance
``G[a] K[b, a] / (G[a] K[b, a] + G[b])``: the chances of a pair need no exponential of their own.
"""

from __future__ import annotations

from offramp.play.kernels.appeal import fill_appeal, fill_odds, weigh
from offramp.play.kernels.compiling import helper
from offramp.play.kernels.lanes import WIDTH, above, load, spread, store
from offramp.play.kernels.pairwise import respond_pairwise
from offramp.play.kernels.rows import add_two_times_four, add_weighted
from offramp.play.kernels.shared import FAINT, total_alike, totals
from offramp.play.kernels.tables import Choice, Room
from offramp.shapes import Floats, Ints

__all__ = ["fill_rates", "ready", "respond_consenting", "who"]


@helper
def respond_consenting(choice: Choice, values: Floats, slope: Floats, active: int, room: Room) -> None:
    """Add ``pace * sum over a of chance[a] (V[a] - cost)``, as `respond_shared` does."""
    for g in range(choice.members.shape[0]):
        fill_appeal(choice, g, values, room)
        if not ready(choice, g, values, room):
            respond_pairwise(choice, g, values, slope, active, room)
            continue
        here = who(choice, g, room)
        b = 0
        while b + 2 <= here.shape[0]:
            fill_rates(choice, here, b, room, room.rates)
            fill_rates(choice, here, b + 1, room, room.others)
            reach_two(choice, g, here, b, values, slope, active, room)
            b += 2
        if b < here.shape[0]:
            fill_rates(choice, here, b, room, room.rates)
            reach(choice, g, here, b, values, slope, active, room)


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
def who(choice: Choice, g: int, room: Room) -> Ints:
    """Return the postures of a group that are no holes."""
    count = 0
    for a in range(choice.members.shape[1]):
        if choice.members[g, a] >= 0:
            room.present[count] = a
            count += 1
    return room.present[:count]


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
    safe = True
    for a in range(choice.members.shape[1]):
        if choice.members[g, a] < 0:
            continue
        if span % WIDTH == 0:
            for q in range(0, span, WIDTH):
                safe = safe and above(load(gates, (a, q)), FAINT)
        else:
            for p in range(span):
                safe = safe and gates[a, p] > FAINT
    return safe


@helper
def fill_rates(choice: Choice, here: Ints, b: int, room: Room, rates: Floats) -> None:
    """Fill ``rates`` with pace times the chance of getting to each posture present from the b-th of them.

    ``rates[i] = total * odds * K * (K * gates / (K * gates + own))``; what is left of the pace stays.
    """
    span, own, gates, odds = choice.span, here[b], room.gates, room.odds
    if span % WIDTH == 0:
        for q in range(0, span, WIDTH):
            total, mine, rest = load(room.totals, (own, q)), load(gates, (own, q)), spread(choice.pace)
            for i in range(here.shape[0]):
                if i != b:
                    k = choice.blend[own, here[i]]
                    part = k * load(gates, (here[i], q))
                    rate = k * total * load(odds, (here[i], q)) * (part / (part + mine))
                    store(rates, (i, q), rate)
                    rest -= rate
            store(rates, (b, q), rest)
        return
    for p in range(span):
        rates[b, p] = choice.pace
    for i in range(here.shape[0]):
        if i != b:
            k = choice.blend[own, here[i]]
            for p in range(span):
                passed = k * gates[here[i], p]
                rates[i, p] = k * room.totals[own, p] * odds[here[i], p] * (passed / (passed + gates[own, p]))
                rates[b, p] -= rates[i, p]


@helper
def reach_two(
    choice: Choice, g: int, here: Ints, b: int, values: Floats, slope: Floats, active: int, room: Room
) -> None:
    """Add the values of the postures reached to the slopes of the b-th member present and the next."""
    rates, others, count, members = room.rates, room.others, here.shape[0], choice.members[g]
    first, second = members[here[b]], members[here[b + 1]]
    for d in range(choice.drives.shape[0]):
        low, high = choice.drives[d, 0], min(choice.drives[d, 1], active)
        if low >= high:
            continue
        out, two = slope[first, low:high], slope[second, low:high]
        a = 0
        while a + 4 <= count:
            i, j, k, m = members[here[a]], members[here[a + 1]], members[here[a + 2]], members[here[a + 3]]
            add_two_times_four(
                rates[a : a + 4], others[a : a + 4],
                values[i, low:high], values[j, low:high], values[k, low:high], values[m, low:high], out, two,
            )  # fmt: skip
            a += 4
        while a < count:
            i = members[here[a]]
            add_weighted(rates[a], values[i, low:high], out)
            add_weighted(others[a], values[i, low:high], two)
            a += 1
    if choice.priced:
        pay(choice, here, b, first, slope, rates)
        pay(choice, here, b + 1, second, slope, others)


@helper
def reach(choice: Choice, g: int, here: Ints, b: int, values: Floats, slope: Floats, active: int, room: Room) -> None:
    """Add the values of the postures reached to the slope of the b-th member present."""
    own = choice.members[g, here[b]]
    for d in range(choice.drives.shape[0]):
        low, high = choice.drives[d, 0], min(choice.drives[d, 1], active)
        if low < high:
            for a in range(here.shape[0]):
                add_weighted(room.rates[a], values[choice.members[g, here[a]], low:high], slope[own, low:high])
    if choice.priced:
        pay(choice, here, b, own, slope, room.rates)


@helper
def pay(choice: Choice, here: Ints, b: int, own: int, slope: Floats, rates: Floats) -> None:
    """Take the expected switching costs of the b-th member present off the columns that pay them."""
    for i in range(here.shape[0]):
        cost = choice.cost[here[b], here[i]]
        if i != b and choice.blend[here[b], here[i]] > 0.0 and cost != 0.0:
            for n in range(choice.payers.shape[0]):
                payer = choice.payers[n]
                for p in range(choice.positions):
                    slope[own, payer, p] -= rates[i, p] * cost
