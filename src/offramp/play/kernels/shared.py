"""Logit choice with one set of weights for a whole group of configurations.

From posture b the chance of posture a is ``W[a] K[b, a] / sum over a' of W[a'] K[b, a']`` with
``W = exp(precision * (Q - max Q))`` and the constant ``K = exp(-precision * cost)``: one exponential per posture and
position, however many moves there are.
"""

from __future__ import annotations

from offramp.play.kernels.appeal import fill_appeal, fill_odds
from offramp.play.kernels.compiling import helper
from offramp.play.kernels.lanes import WIDTH, load, store
from offramp.play.kernels.mixing import mix
from offramp.play.kernels.pairwise import respond_pairwise
from offramp.play.kernels.rows import (
    add,
    add_four_weighted,
    add_mean_of_two,
    add_weighted,
    clear,
    put_weighted,
)
from offramp.play.kernels.tables import Choice, Room
from offramp.shapes import Floats

__all__ = ["FAINT", "respond_shared", "total_alike", "totals"]

FAINT = 1e-250
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
    count = choice.members.shape[1]
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
            if not choice.alike:
                expect(choice, g, values, slope, low, high, room)
            elif count == 2 and choice.members[g, 0] >= 0 and choice.members[g, 1] >= 0:
                a, b = choice.members[g, 0], choice.members[g, 1]
                add_mean_of_two(
                    room.rates[0], room.rates[1],
                    values[a, low:high], values[b, low:high], slope[a, low:high], slope[b, low:high],
                )  # fmt: skip
            else:
                expect_alike(choice, g, values, slope, low, high, room)
        if choice.priced:
            charge(choice, g, slope, room)


@helper
def total_alike(choice: Choice, room: Room) -> None:
    """Fill every row of ``room.totals`` with pace / sum of W, and ``room.rates`` with W times that."""
    span, odds, totals, count = choice.span, room.odds, room.totals, choice.members.shape[1]
    if span % WIDTH == 0:
        for q in range(0, span, WIDTH):
            total = load(odds, (0, q))
            for a in range(1, count):
                total += load(odds, (a, q))
            total = choice.pace / total
            for a in range(count):
                store(totals, (a, q), total)
                store(room.rates, (a, q), total * load(odds, (a, q)))
        return
    for p in range(span):
        total_of = odds[0, p]
        for a in range(1, count):
            total_of += odds[a, p]
        for a in range(count):
            totals[a, p] = choice.pace / total_of
            room.rates[a, p] = totals[a, p] * odds[a, p]


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
    least = 1.0
    for p in range(span):
        least = min(least, faintest[p])
    return least > FAINT


@helper
def expect_alike(choice: Choice, g: int, values: Floats, slope: Floats, low: int, high: int, room: Room) -> None:
    """Expected values of columns low to high where all members choose alike: one mean for the group."""
    mean, rates, count = room.mixed[0, : high - low], room.rates, choice.members.shape[1]
    clear(mean)
    a = 0
    while a + 4 <= count:
        # The rate of going to a hole is 0: any values will do.
        i, j = max(choice.members[g, a], 0), max(choice.members[g, a + 1], 0)
        k, m = max(choice.members[g, a + 2], 0), max(choice.members[g, a + 3], 0)
        add_four_weighted(
            rates[a : a + 4], values[i, low:high], values[j, low:high], values[k, low:high], values[m, low:high], mean
        )
        a += 4
    while a < count:
        add_weighted(rates[a], values[max(choice.members[g, a], 0), low:high], mean)
        a += 1
    for b in range(count):
        m = choice.members[g, b]
        if m >= 0:
            add(mean, slope[m, low:high])


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
