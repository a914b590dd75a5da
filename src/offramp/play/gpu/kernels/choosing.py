"""At which rates players who choose leave a state, pair by pair: the method of ``play.kernels.pairwise``.

Sharing exponentials among the states of a group saves the CPU most of its time. A GPU has arithmetic to spare and waits
for memory.
"""

from __future__ import annotations

from math import exp

from numba import cuda

from offramp.play.gpu.layout import (
    CONSENT_COUNT,
    CONSENTS,
    COSTS,
    DECIDE_COUNT,
    DECIDES,
    END_POLICY,
    FIRST_POLICY,
    FIXED,
    PACE,
    PRECISION,
    RATES,
    ROWS,
    TARGETS,
    WEIGHT,
    Batch,
    Shape,
)
from offramp.shapes import Floats, Ints

__all__ = ["fill_rates"]

LARGEST = 700.0
"""Exponent; far below where exp overflows."""


@cuda.jit(device=True)
def fill_rates(batch: Batch, shape: Shape, segment: Ints, room: Floats, at: int, thread: int) -> None:
    """Fill in the rates of all moves that rest on values, by the values that begin at ``at``."""
    positions = shape.positions
    for i in range(segment[FIRST_POLICY], segment[END_POLICY]):
        if batch.policies[i, FIXED] == 0:
            for item in range(thread, shape.configurations * positions, shape.threads):
                respond(batch, shape, i, item // positions, item % positions, room, at)


@cuda.jit(device=True)
def respond(batch: Batch, shape: Shape, i: int, c: int, p: int, room: Floats, at: int) -> None:
    """Fill in the rates at which policy ``i`` leaves one state."""
    policy, wholes, reals = batch.policies[i], batch.wholes, batch.reals
    columns, positions = shape.columns, shape.positions
    rates, targets = policy[RATES] + p, policy[TARGETS]
    first, end = wholes[policy[ROWS] + c], wholes[policy[ROWS] + c + 1]
    precision = batch.tempers[i, PRECISION]
    best = -1e308
    for e in range(first, end):
        there = at + wholes[targets + e] * columns * positions + p
        liked = -reals[policy[COSTS] + e]
        for d in range(policy[DECIDE_COUNT]):
            column = wholes[policy[DECIDES] + d]
            liked += reals[policy[WEIGHT] + d * positions + p] * room[there + column * positions]
        room[rates + e * positions] = liked
        best = max(best, liked)
    total = 0.0
    for e in range(first, end):
        odds = exp(precision * (room[rates + e * positions] - best))
        room[rates + e * positions] = odds
        total += odds
    here = at + c * columns * positions + p
    for e in range(first, end):
        rate = batch.tempers[i, PACE] * room[rates + e * positions] / total
        if wholes[targets + e] != c:
            there = at + wholes[targets + e] * columns * positions + p
            for f in range(policy[CONSENT_COUNT]):
                faction = wholes[policy[CONSENTS] + f] * positions
                loss = room[here + faction] + reals[policy[COSTS] + e] - room[there + faction]
                rate /= 1.0 + exp(min(precision * loss, LARGEST))
        room[rates + e * positions] = rate
