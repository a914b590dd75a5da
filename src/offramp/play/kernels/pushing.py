"""The right-hand side turned round: where weight on states goes, by the choices that the values give.

``fill_slope`` computes A V for every value column; this computes the transpose of the same A times weights on the
states, by the same methods: shared weights, with consent, pair by pair, from a table.
"""

from __future__ import annotations

import numpy as np

from offramp.play.kernels.appeal import fill_appeal, fill_odds
from offramp.play.kernels.compiling import helper, kernel
from offramp.play.kernels.consenting import fill_rates, ready, who
from offramp.play.kernels.lanes import WIDTH, load, spread, store
from offramp.play.kernels.mixing import mix
from offramp.play.kernels.pairwise import fill_chances
from offramp.play.kernels.rows import add_weighted, clear, put_weighted
from offramp.play.kernels.shared import total_alike, totals
from offramp.play.kernels.tables import (
    CONSENTING,
    END_ENTRY,
    FIRST_ENTRY,
    FIXED,
    METHOD,
    PAIRWISE,
    Choice,
    Room,
    Tables,
    choice_at,
)
from offramp.shapes import Floats

__all__ = ["fill_push"]


@kernel
def fill_push(tables: Tables, values: Floats, weights: Floats, out: Floats, room: Room) -> None:
    """Fill ``out`` with the transpose of the generator times ``weights``.

    Parameters
    ----------
    tables : Tables
        Of a segment whose active columns are the F kinds of weights.
    values : [C, N, S]
        What choices rest on.
    weights : [C, F, S]
    out : [C, F, S]
        Overwritten.
    room : Room
        Scratch.
    """
    wander(tables, weights, out)
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
def wander(tables: Tables, weights: Floats, out: Floats) -> None:
    """Decay and the ladders' drift; ``out`` is overwritten."""
    for c in range(weights.shape[0]):
        row = tables.rates[c]
        for n in range(tables.active):
            for p in range(tables.span):
                out[c, n, p] = -(tables.decay[n] + tables.leave[row, p]) * weights[c, n, p]
        for k in range(tables.strides.shape[0]):
            for n in range(tables.active):
                spread_drift(tables.rise[row, k], tables.fall[row, k], weights[c, n], out[c, n], tables.strides[k])


@helper
def spread_drift(rise: Floats, fall: Floats, level: Floats, growth: Floats, stride: int) -> None:
    """Add to the rungs above and below what drifts there, all [S]; at the ends of a ladder the rates are 0."""
    for p in range(level.shape[0] - stride):
        growth[stride + p] += rise[p] * level[p]
    for p in range(level.shape[0] - stride):
        growth[p] += fall[stride + p] * level[stride + p]


@helper
def push_table(tables: Tables, i: int, weights: Floats, out: Floats) -> None:
    """A player whose chances are tabulated."""
    for e in range(tables.policies[i, FIRST_ENTRY], tables.policies[i, END_ENTRY]):
        here, there = tables.sources[e], tables.targets[e]
        for n in range(tables.active):
            for p in range(tables.span):
                flux = tables.chances[e, p] * weights[here, n, p]
                out[there, n, p] += flux
                out[here, n, p] -= flux


@helper
def push_alike(choice: Choice, g: int, weights: Floats, out: Floats, room: Room) -> None:
    """All members choose alike: their weights are added up and dealt out."""
    members, rates = choice.members[g], room.rates
    if choice.span % WIDTH == 0:
        for q in range(0, choice.span, WIDTH):
            for n in range(weights.shape[1]):
                together = spread(0.0)
                for b in range(members.shape[0]):
                    if members[b] >= 0:
                        together += load(weights, (members[b], n, q))
                for a in range(members.shape[0]):
                    if members[a] >= 0:
                        at = (members[a], n, q)
                        store(out, at, load(out, at) + load(rates, (a, q)) * together)
        return
    for n in range(weights.shape[1]):
        for p in range(choice.span):
            sum_of = 0.0
            for b in range(members.shape[0]):
                if members[b] >= 0:
                    sum_of += weights[members[b], n, p]
            for a in range(members.shape[0]):
                if members[a] >= 0:
                    out[members[a], n, p] += rates[a, p] * sum_of


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
    here, members, rates = who(choice, g, room), choice.members[g], room.rates
    for b in range(here.shape[0]):
        fill_rates(choice, here, b, room, rates)
        own = members[here[b]]
        if choice.span % WIDTH == 0:
            for q in range(0, choice.span, WIDTH):
                for n in range(weights.shape[1]):
                    mass = load(weights, (own, n, q))
                    for a in range(here.shape[0]):
                        at = (members[here[a]], n, q)
                        store(out, at, load(out, at) + load(rates, (a, q)) * mass)
            continue
        for a in range(here.shape[0]):
            add_weighted(rates[a], weights[own], out[members[here[a]]])


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
