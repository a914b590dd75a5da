"""Which single unknowns an outcome hangs on, from the worlds at hand and without running anything again."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from offramp.findings.common.labels import label_of, names_of, words_of
from offramp.findings.sensitivity.owners import owners_of
from offramp.findings.sensitivity.values import Driver, Drivers, Number, Telling
from offramp.measures import Screened, group_share, screen
from offramp.measures.group_share import fits
from offramp.model import Case
from offramp.shapes import Floats, Ints
from offramp.worlds import Worlds
from offramp.worlds.plan import axis_name

__all__ = ["drivers_of", "explained", "members_of", "numbers_of", "screened", "standing_out", "varies"]

ROUNDING = 1e-5
"""Of an outcome: what single precision may be off by, and a little more."""


def drivers_of(
    case: Case, strategy: str, worlds: Worlds, values: Mapping[str, Floats], rows: Ints, seed: int
) -> Drivers | None:
    """Name the unknowns that stand out for each outcome; None where nothing varies.

    Parameters
    ----------
    strategy
        Under which the outcomes were computed.
    worlds
        The draws.
    values
        Outcome -> its values, [rows].
    rows
        Which worlds they are of.
    seed
        Of shuffles and resamples.
    """
    if not worlds.axes or len(rows) < 2:
        return None
    numbers = numbers_of(case, worlds)
    return Drivers(strategy, {o: standing_out(numbers, worlds, rows, column, seed) for o, column in values.items()})


def standing_out(numbers: Mapping[str, Number], worlds: Worlds, rows: Ints, column: Floats, seed: int) -> Telling:
    """Name the unknowns that stand out for an outcome, an order as a whole.

    They are chosen by `screen` and sized by regression (`group_share`).
    """
    axes, found = list(members_of(worlds)), screened(worlds, rows, column, seed)
    drivers = tuple(
        Driver(numbers[axes[n]], *explained(worlds, rows, column, [axes[n]], seed),
               twins=tuple(numbers[axes[twin]] for twin in twins))
        for n, twins in zip(found.chosen, found.twins, strict=True)
    )  # fmt: skip
    return Telling(drivers, found.floor, int(np.isfinite(found.shares).sum()), len(rows))


def varies(column: Floats) -> bool:
    """Tell whether an outcome varies by more than what rounding does."""
    return float(np.ptp(column)) > ROUNDING * float(np.abs(column).max())


def screened(worlds: Worlds, rows: Ints, column: Floats, seed: int) -> Screened:
    """Find the axes that stand out, by their position."""
    draws = [np.stack([worlds.column(n)[rows] for n in names], axis=1) for names in members_of(worlds).values()]
    return screen(column if varies(column) else np.zeros(len(column)), draws, seed=seed)


def explained(worlds: Worlds, rows: Ints, column: Floats, axes: Sequence[str], seed: int) -> tuple[float, float, float]:
    """Return the share that some axes explain together, from the worlds at hand, with its interval; NaN: too few."""
    members = members_of(worlds)
    names = [name for axis in axes for name in members[axis]]
    if not (varies(column) and fits(len(rows), len(names))):
        return math.nan, math.nan, math.nan
    found = group_share(column, np.stack([worlds.column(name)[rows] for name in names], axis=1), seed=seed)
    low, share, high = (float(np.clip(each, 0.0, 1.0)) for each in (found.low, found.share, found.high))
    return share, low, high


def members_of(worlds: Worlds) -> dict[str, tuple[str, ...]]:
    """Return the unknowns that each axis moves: itself, or the worths of an order."""
    orders = {axis_name(order): order.names for order in worlds.plan.orders}
    return {axis: orders.get(axis, (axis,)) for axis in dict.fromkeys(worlds.axes)}


def numbers_of(case: Case, worlds: Worlds) -> dict[str, Number]:
    """Return every unknown that can vary by itself in words: the axes of the draws, and the worths of orders."""
    known, owners = names_of(case), owners_of(case, worlds)
    found: dict[str, Number] = {}
    for axis, members in members_of(worlds).items():
        for name in members:
            found[name] = _number(case, name, label_of(case, name, known), owners[axis].label, members[:1])
    found = _told_apart(found)
    for axis, members in members_of(worlds).items():
        if members != (axis,):
            whose = known.get(".".join(axis.split(".")[1:4:2]), known.get(axis.split(".")[1], axis))
            found[axis] = _number(case, axis, f"order of what matters to {whose}", owners[axis].label, members[:1])
    return found


def _told_apart(numbers: Mapping[str, Number]) -> dict[str, Number]:
    """Add to labels that several unknowns have the part of the path that differs, or else the whole id."""
    alike: dict[str, list[str]] = {}
    for name, number in numbers.items():
        alike.setdefault(number.label, []).append(name)
    told = dict(numbers)
    for label, names in alike.items():
        if len(names) > 1:
            parts = [words_of(name.split(".")[-2]) if "." in name else name for name in names]
            for name, part in zip(names, parts if len(set(parts)) == len(parts) else names, strict=True):
                told[name] = replace(numbers[name], label=f"{label} ({part})")
    return told


def _number(case: Case, name: str, label: str, owner: str, rests_on: Sequence[str]) -> Number:
    origin = case.unknowns[name if name in case.unknowns else rests_on[0]].origin
    return Number(name, label, owner, origin.kind, origin.source, origin.why)
