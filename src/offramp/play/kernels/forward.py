"""Where a path is likely to be, pushed forward in time."""

from __future__ import annotations

import numpy as np

from offramp.compiled import kernel
from offramp.play.kernels.appeal import fill_appeal
from offramp.play.kernels.pairwise import fill_chances
from offramp.play.kernels.tables import Room, Tables, choice_at
from offramp.shapes import Floats, Ints

__all__ = ["fill_rates", "join", "push"]


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
def join(
    later: Floats,
    sooner: Floats,
    later_slope: Floats,
    sooner_slope: Floats,
    step: float,
    x: float,
    columns: Ints,
    values: Floats,
) -> None:
    """Fill in values between two dates by the cubic that has their values and slopes.

    Parameters
    ----------
    later, sooner : [C, W, P]
        Values at the two dates.
    later_slope, sooner_slope : [C, W, P]
        Minus their time derivatives.
    step : float
        The time between.
    x : float
        Where between: 0 at the sooner date, 1 at the later.
    columns : [W]
        Where the columns go.
    values : [C, N, >= P]
        Modified in place.
    """
    to_sooner, to_later = (1 + 2 * x) * (1 - x) ** 2, x * x * (3 - 2 * x)
    up, down = step * x * x * (1 - x), -step * x * (1 - x) ** 2
    for c in range(values.shape[0]):
        for w in range(columns.shape[0]):
            for p in range(later.shape[2]):
                level = to_sooner * sooner[c, w, p] + to_later * later[c, w, p]
                values[c, columns[w], p] = level + up * later_slope[c, w, p] + down * sooner_slope[c, w, p]


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
