"""Where a path is likely to be, pushed forward in time."""

from __future__ import annotations

import numpy as np

from offramp.play.kernels.appeal import fill_appeal
from offramp.play.kernels.compiling import kernel
from offramp.play.kernels.pairwise import fill_chances
from offramp.play.kernels.tables import Room, Tables, choice_at
from offramp.shapes import Floats, Ints

__all__ = ["fill_rates", "push"]


@kernel
def fill_rates(tables: Tables, i: int, values: Floats, room: Room, first: int, rates: Floats) -> int:
    """Rates of the moves of logit policy ``i``, by group, posture left and posture taken.

    Parameters
    ----------
    tables : Tables
    i : int
    values : [C, N, S]
        The values that choices rest on.
    room : Room
        Scratch.
    first : int
        Where the rates of this policy begin.
    rates : [edges, S]
        Filled from ``first`` on.

    Returns
    -------
    int
        Where the rates of the next policy begin.
    """
    choice = choice_at(tables, i)
    members = choice.members
    for g in range(members.shape[0]):
        fill_appeal(choice, g, values, room)
        for b in range(members.shape[1]):
            if members[g, b] < 0:
                continue
            fill_chances(choice, g, b, values, room)
            for a in range(members.shape[1]):
                if a != b and members[g, a] >= 0 and choice.cost[b, a] < np.inf:
                    rates[first, :] = room.odds[a]
                    first += 1
    return first


@kernel
def push(
    tables: Tables,
    sources: Ints,
    targets: Ints,
    rates: Floats,
    chance: Floats,
    change: Floats,
    weight: float,
    occupancy: Floats,
    moves: Floats,
) -> None:
    """The rate of change of a distribution over states, and a share of the integrals over time.

    Parameters
    ----------
    tables : Tables
    sources, targets : [edges]
        Configurations that moves leave and reach.
    rates : [edges, S]
    chance : [C, S]
        The distribution.
    change : [C, S]
        Overwritten with its time derivative.
    weight : float
        Of this stage in the integrals.
    occupancy : [C, S]
        ``weight * chance`` is added.
    moves : [edges]
        ``weight`` times the flux along each edge is added.
    """
    span = tables.span
    for c in range(chance.shape[0]):
        for p in range(span):
            change[c, p] = 0.0
            occupancy[c, p] += weight * chance[c, p]
    for c in range(chance.shape[0]):
        row = tables.rates[c]
        for k in range(tables.strides.shape[0]):
            stride = tables.strides[k]
            for p in range(tables.positions - stride):
                up = tables.rise[row, k, p] * chance[c, p] - tables.fall[row, k, p + stride] * chance[c, p + stride]
                change[c, p] -= up
                change[c, p + stride] += up
    for e in range(sources.shape[0]):
        here, there = sources[e], targets[e]
        total = 0.0
        for p in range(tables.positions):
            flux = rates[e, p] * chance[here, p]
            change[here, p] -= flux
            change[there, p] += flux
            total += flux
        moves[e] += weight * total
