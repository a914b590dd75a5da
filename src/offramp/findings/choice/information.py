"""What it would help to know: the value of each unknown, and what one would choose knowing it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from offramp.findings.choice.values import KnowingOne, Preferred
from offramp.findings.common.draws import Draws
from offramp.measures import Better, Information, information_floor, value_of_information
from offramp.shapes import Bools, Floats, Ints

__all__ = ["NOTHING", "Knowing", "knowing"]

SHUFFLES = 100
ALIKE = 0.5
"""Of the worlds in which either of two unknowns changes the choice: in more than this part both do."""


@dataclass(frozen=True, slots=True)
class Knowing:
    """What knowing unknowns is worth for one outcome."""

    floor: float
    unknowns: int
    found: tuple[KnowingOne, ...]


NOTHING = Knowing(math.nan, 0, ())
"""Where no unknown is looked at."""


def knowing(draws: Draws, payoffs: Floats, strategies: Sequence[str], better: Better, seed: int) -> Knowing:
    """Value each unknown for one outcome, ``[world, strategy]``, and keep what noise hardly reaches."""
    groups = draws.groups
    if not groups:
        return NOTHING
    floor = information_floor(payoffs, list(groups.values()), seed=seed, permutations=SHUFFLES, better=better)
    valued = {name: value_of_information(payoffs, each, better=better) for name, each in groups.items()}
    least = max(floor, 1e-9 * float(np.abs(payoffs).max()))
    clear = sorted((n for n in valued if valued[n].value > least), key=lambda n: -valued[n].value)
    found: list[KnowingOne] = []
    changed: list[Bools] = []
    for name in clear:
        worth, each = valued[name], groups[name]
        choice = worth.best_by_group[np.searchsorted(worth.groups, each)] != worth.best
        twin = next((n for n, other in enumerate(changed) if _alike(choice, other)), None)
        if twin is not None:
            found[twin] = replace(found[twin], twins=(*found[twin].twins, draws.labels[name]))
            continue
        changed.append(choice)
        chosen = tuple(_chosen(worth, draws.values[name], each, strategies))
        found.append(KnowingOne(name, draws.labels[name], worth.value, chosen))
    return Knowing(floor, len(groups), tuple(found))


def _alike(one: Bools, two: Bools) -> bool:
    """Do two unknowns change the choice in much the same worlds? Draws of many unknowns over few worlds may."""
    return bool((one & two).sum() > ALIKE * (one | two).sum())


def _chosen(worth: Information, unknown: Floats, groups: Ints, strategies: Sequence[str]) -> Iterator[Preferred]:
    """Bring neighbouring groups together in which the same strategy is best."""
    best = worth.best_by_group
    first = [0, *(np.flatnonzero(np.diff(best)) + 1).tolist(), len(best)]
    low: float | None = None
    for start, end in pairwise(first):
        high: float | None = None
        if end < len(best):  # halfway between the last world here and the first one there
            label = worth.groups[end]
            high = float(unknown[groups < label].max() + unknown[groups >= label].min()) / 2.0
            high = round(high, 2 - math.floor(math.log10(np.ptp(unknown))))
        yield Preferred(low, high, strategies[int(best[start])])
        low = high
