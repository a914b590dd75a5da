"""Logit choice with one set of weights for a whole group of configurations.

From posture b the chance of posture a is ``W[a] K[b, a] / sum over a' of W[a'] K[b, a']`` with
``W = exp(precision * (Q - max Q))`` and the constant ``K = exp(-precision * cost)``: one exponential per posture and
position, however many moves there are.
"""

from __future__ import annotations

from offramp.compiled import helper
from offramp.play.kernels.appeal import fill_appeal, fill_odds
from offramp.play.kernels.lanes import WIDTH, load, spread, store
from offramp.play.kernels.mixing import mix
from offramp.play.kernels.pairwise import respond_pairwise
from offramp.play.kernels.rows import add_weighted, clear, put_weighted
from offramp.play.kernels.tables import Choice, Room
from offramp.shapes import Floats, Ints

__all__ = ["faint_in", "respond_shared", "total_alike", "totals", "who"]

FAINT, FAINT_SINGLE = 1e-250, 1e-30
"""Below this a sum of weights may have lost digits to underflow, and the group is done pair by pair."""


@helper
def respond_shared(choice: Choice, values: Floats, slope: Floats, active: int, room: Room) -> None:
    """Add ``pace * sum over a of sigma[a] (V[a] - cost)`` to the slope of every configuration and driven column.

    Parameters
    ----------
    choice : Choice
    values : [C, N, S]
    slope : [C, N, S]
        Modified in place. The loss ``pace * V`` of the state left is part of the decay, not added here.
    active : int
        The number of columns carried.
    room : Room
        Scratch.
    """
    for g in range(choice.members.shape[0]):
        fill_appeal(choice, g, values, room)
        fill_odds(choice, g, room)
        if choice.alike:
            total_alike(choice, room)
        elif not totals(choice, g, room):
            respond_pairwise(choice, g, values, slope, active, room)
            continue
        for d in range(choice.drives.shape[0]):
            low, high = choice.drives[d, 0], min(choice.drives[d, 1], active)
            if low >= high:
                continue
            if choice.alike:
                expect_alike(who(choice.members[g], room), values, slope, low, high, room)
            else:
                expect(choice, g, values, slope, low, high, room)
        if choice.priced:
            charge(choice, g, slope, room)


@helper
def total_alike(choice: Choice, room: Room) -> None:
    """Fill every row of ``room.totals`` with pace / sum of W, and those of ``room.rates[0]`` with W times that."""
    span, odds, totals, count = choice.span, room.odds, room.totals, choice.members.shape[1]
    if span % WIDTH == 0:
        for q in range(0, span, WIDTH):
            total = load(odds, (0, q))
            for a in range(1, count):
                total += load(odds, (a, q))
            total = choice.pace / total
            for a in range(count):
                store(totals, (a, q), total)
                store(room.rates, (0, a, q), total * load(odds, (a, q)))
        return
    for p in range(span):
        total_of = odds[0, p]
        for a in range(1, count):
            total_of += odds[a, p]
        for a in range(count):
            totals[a, p] = choice.pace / total_of
            room.rates[0, a, p] = totals[a, p] * odds[a, p]


@helper
def totals(choice: Choice, g: int, room: Room) -> bool:
    """Fill ``room.totals`` with pace / sum over a of W[a] K[b, a]; False where that is not safe."""
    span, sums, faintest = choice.span, room.totals, room.best
    mix(choice.blend, room.odds, choice.members.shape[1], span, sums)
    for p in range(span):
        faintest[p] = 1.0
    for b in range(choice.members.shape[1]):
        if choice.members[g, b] >= 0:
            for p in range(span):
                faintest[p] = min(faintest[p], sums[b, p])
                sums[b, p] = choice.pace / sums[b, p]
    least = faintest[0]
    for p in range(1, span):
        least = min(least, faintest[p])
    return bool(least > faint_in(sums))


@helper
def faint_in(sums: Floats) -> float:
    """Return what counts as faint in the precision of an array."""
    return FAINT if sums.itemsize == 8 else FAINT_SINGLE


@helper
def who(members: Ints, room: Room) -> int:
    """Fill in who of a group is no hole, and the configurations they make; return how many they are."""
    count = 0
    for a in range(members.shape[0]):
        if members[a] >= 0:
            room.present[count], room.reached[count] = a, members[a]
            count += 1
    return count


@helper
def expect_alike(count: int, values: Floats, slope: Floats, low: int, high: int, room: Room) -> None:
    """Expected values of columns low to high where all members choose alike: one mean for the group."""
    rates, here, reached, span = room.rates, room.present, room.reached, values.shape[2]
    if span % WIDTH != 0:
        for n in range(low, high):
            for p in range(span):
                total = 0.0
                for a in range(count):
                    total += rates[0, here[a], p] * values[reached[a], n, p]
                for b in range(count):
                    slope[reached[b], n, p] += total
    elif count == 2:
        i, j, a, b = reached[0], reached[1], here[0], here[1]
        for q in range(0, span, WIDTH):
            to_one, to_other = load(rates, (0, a, q)), load(rates, (0, b, q))
            for n in range(low, high):
                mean = to_one * load(values, (i, n, q)) + to_other * load(values, (j, n, q))
                store(slope, (i, n, q), load(slope, (i, n, q)) + mean)
                store(slope, (j, n, q), load(slope, (j, n, q)) + mean)
    else:
        for q in range(0, span, WIDTH):
            for n in range(low, high):
                mean = spread(values, 0.0)
                for a in range(count):
                    mean += load(rates, (0, here[a], q)) * load(values, (reached[a], n, q))
                for b in range(count):
                    store(slope, (reached[b], n, q), load(slope, (reached[b], n, q)) + mean)


@helper
def expect(choice: Choice, g: int, values: Floats, slope: Floats, low: int, high: int, room: Room) -> None:
    """Expected values of columns low to high where costs or irreversible moves tell the members apart."""
    count = choice.members.shape[1]
    for a in range(count):
        m = choice.members[g, a]
        if m >= 0:
            put_weighted(room.odds[a], values[m, low:high], room.parts[a])
        else:
            clear(room.parts[a, : high - low])
    mix(choice.blend, room.flat_parts, count, (high - low) * choice.span, room.flat_mixed)
    for b in range(count):
        m = choice.members[g, b]
        if m >= 0:
            add_weighted(room.totals[b], room.mixed[b, : high - low], slope[m, low:high])


@helper
def charge(choice: Choice, g: int, slope: Floats, room: Room) -> None:
    """Take the expected switching costs off the columns that pay them."""
    costs, totals = room.appeal, room.totals
    mix(choice.charge, room.odds, choice.members.shape[1], choice.span, costs)
    for b in range(choice.members.shape[1]):
        m = choice.members[g, b]
        if m >= 0:
            for n in range(choice.payers.shape[0]):
                payer = choice.payers[n]
                for p in range(choice.positions):
                    slope[m, payer, p] -= totals[b, p] * costs[b, p]
