"""The right-hand side turned round: where weight on states goes, by the choices that the values give.

``fill_slope`` computes A V for every value column; this computes the transpose of the same A times weights on the
states, by the same methods: shared weights, with consent, pair by pair, from a table.
"""

from __future__ import annotations

import numpy as np

from offramp.compiled import helper, kernel
from offramp.play.kernels.appeal import fill_appeal, fill_odds
from offramp.play.kernels.consenting import fill_rates, ready
from offramp.play.kernels.lanes import WIDTH, load, spread, store
from offramp.play.kernels.mixing import mix
from offramp.play.kernels.pairwise import fill_chances
from offramp.play.kernels.rows import add_weighted, clear, put_weighted
from offramp.play.kernels.shared import total_alike, totals, who
from offramp.play.kernels.slope import earn
from offramp.play.kernels.tables import (
    CONSENTING,
    END_ENTRY,
    FIRST_ENTRY,
    FIXED,
    METHOD,
    PAIRWISE,
    TOGETHER,
    Choice,
    Room,
    Tables,
    choice_at,
)
from offramp.shapes import Floats, Ints

__all__ = ["fill_push"]


@kernel
def fill_push(tables: Tables, values: Floats, weights: Floats, out: Floats, room: Room) -> None:
    """Fill ``out`` with the transpose of the generator times ``weights``.

    Parameters
    ----------
    tables : Tables
        Of a segment turned for weights, whose active columns are the F kinds of them.
    values : [C, N, S]
        What choices rest on.
    weights : [C, F, S]
    out : [C, F, S]
        Overwritten.
    room : Room
        Scratch.
    """
    earn(tables, weights, out)
    for i in range(tables.policies.shape[0]):
        method = tables.policies[i, METHOD]
        choice = choice_at(tables, i)
        if method == FIXED:
            push_table(tables, i, weights, out)
            continue
        for g in range(choice.members.shape[0]):
            fill_appeal(choice, g, values, room)
            if method == PAIRWISE:
                push_pairs(choice, g, values, weights, out, room)
                continue
            if method == CONSENTING:
                if ready(choice, g, values, room):
                    push_consenting(choice, g, weights, out, room)
                else:
                    push_pairs(choice, g, values, weights, out, room)
                continue
            fill_odds(choice, g, room)
            if choice.alike:
                total_alike(choice, room)
                push_alike(choice, g, weights, out, room)
            elif totals(choice, g, room):
                push_shared(choice, g, weights, out, room)
            else:
                push_pairs(choice, g, values, weights, out, room)


@helper
def push_table(tables: Tables, i: int, weights: Floats, out: Floats) -> None:
    """A player whose chances are tabulated."""
    for e in range(tables.policies[i, FIRST_ENTRY], tables.policies[i, END_ENTRY]):
        here, there = tables.sources[e], tables.targets[e]
        if tables.span % WIDTH == 0:
            for q in range(0, tables.span, WIDTH):
                chance = load(tables.chances, (e, q))
                for n in range(tables.active):
                    flux = chance * load(weights, (here, n, q))
                    store(out, (there, n, q), load(out, (there, n, q)) + flux)
                    store(out, (here, n, q), load(out, (here, n, q)) - flux)
            continue
        for n in range(tables.active):
            for p in range(tables.span):
                moved = tables.chances[e, p] * weights[here, n, p]
                out[there, n, p] += moved
                out[here, n, p] -= moved


@helper
def push_alike(choice: Choice, g: int, weights: Floats, out: Floats, room: Room) -> None:
    """All members choose alike: their weights are added up and dealt out."""
    count, span, columns = who(choice.members[g], room), choice.span, weights.shape[1]
    rates, here, reached = room.rates, room.present, room.reached
    if span % WIDTH != 0:
        for n in range(columns):
            for p in range(span):
                total = 0.0
                for b in range(count):
                    total += weights[reached[b], n, p]
                for a in range(count):
                    out[reached[a], n, p] += rates[0, here[a], p] * total
    elif count == 2:
        i, j, a, b = reached[0], reached[1], here[0], here[1]
        for q in range(0, span, WIDTH):
            to_one, to_other = load(rates, (0, a, q)), load(rates, (0, b, q))
            for n in range(columns):
                both = load(weights, (i, n, q)) + load(weights, (j, n, q))
                store(out, (i, n, q), load(out, (i, n, q)) + to_one * both)
                store(out, (j, n, q), load(out, (j, n, q)) + to_other * both)
    else:
        for q in range(0, span, WIDTH):
            for n in range(columns):
                together = spread(weights, 0.0)
                for b in range(count):
                    together += load(weights, (reached[b], n, q))
                for a in range(count):
                    at = (reached[a], n, q)
                    store(out, at, load(out, at) + load(rates, (0, here[a], q)) * together)


@helper
def push_shared(choice: Choice, g: int, weights: Floats, out: Floats, room: Room) -> None:
    """Costs or irreversible moves tell the members apart."""
    count = choice.members.shape[1]
    for b in range(count):
        m = choice.members[g, b]
        if m >= 0:
            put_weighted(room.totals[b], weights[m], room.parts[b])
        else:
            clear(room.parts[b])
    mix(choice.turned, room.flat_parts, count, weights.shape[1] * choice.span, room.flat_mixed)
    for a in range(count):
        m = choice.members[g, a]
        if m >= 0:
            add_weighted(room.odds[a], room.mixed[a], out[m])


@helper
def push_consenting(choice: Choice, g: int, weights: Floats, out: Floats, room: Room) -> None:
    """Moves that need the consent of one faction."""
    count = who(choice.members[g], room)
    for first in range(0, count, TOGETHER):
        together = min(TOGETHER, count - first)
        fill_rates(choice, first, together, count, room)
        scatter(first, together, count, room.rates, room.reached, weights, out)


@kernel
def scatter(first: int, together: int, count: int, rates: Floats, reached: Ints, weights: Floats, out: Floats) -> None:
    """Deal the weights of some members out to the members they reach."""
    span = weights.shape[2]
    if together == TOGETHER and span % WIDTH == 0:
        i, j, k, m = reached[first], reached[first + 1], reached[first + 2], reached[first + 3]
        for q in range(0, span, WIDTH):
            for n in range(weights.shape[1]):
                one, two = load(weights, (i, n, q)), load(weights, (j, n, q))
                three, four = load(weights, (k, n, q)), load(weights, (m, n, q))
                for a in range(count):
                    at = (reached[a], n, q)
                    near = load(out, at) + load(rates, (0, a, q)) * one + load(rates, (1, a, q)) * two
                    store(out, at, near + load(rates, (2, a, q)) * three + load(rates, (3, a, q)) * four)
        return
    for k in range(together):
        own = reached[first + k]
        if span % WIDTH == 0:
            for q in range(0, span, WIDTH):
                for n in range(weights.shape[1]):
                    one = load(weights, (own, n, q))
                    for a in range(count):
                        at = (reached[a], n, q)
                        store(out, at, load(out, at) + load(rates, (k, a, q)) * one)
            continue
        for a in range(count):
            for n in range(weights.shape[1]):
                for p in range(span):
                    out[reached[a], n, p] += rates[k, a, p] * weights[own, n, p]


@helper
def push_pairs(choice: Choice, g: int, values: Floats, weights: Floats, out: Floats, room: Room) -> None:
    """Move by move; ``room.appeal`` is filled."""
    for b in range(choice.members.shape[1]):
        here = choice.members[g, b]
        if here < 0:
            continue
        fill_chances(choice, g, b, values, room)
        for a in range(choice.members.shape[1]):
            there = choice.members[g, a]
            if there >= 0 and choice.cost[b, a] < np.inf:
                add_weighted(room.odds[a], weights[here], out[there])
