"""Where the worlds of interest are: boxes found one after another, each checked on worlds held out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from offramp.measures.boxes import Box, Fit, Kind, Sample, checked
from offramp.measures.chance import hypergeometric_tail, quasi_p
from offramp.measures.prim import Patience, Step, choose, merit, walk
from offramp.measures.region import Region
from offramp.shapes import Bools, Floats

__all__ = ["Found", "HeldOut", "find_boxes"]


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What the same search found on one half of the worlds, and how it does on the other.

    Attributes
    ----------
    box : Box
        Found on the first half.
    found, held : Fit
        On the first half, and on the second, which the search has not seen.
    p_value : float
        How often labels shuffled over the second half would put as many worlds of interest into the box.
    """

    box: Box
    found: Fit
    held: Fit
    p_value: float


@dataclass(frozen=True, slots=True)
class Found:
    """A box and what is to be said of it.

    Attributes
    ----------
    box : Box
    fit : Fit
    quasi_p : tuple of pairs
        For either end of each limit of the box, in its order (see `offramp.measures.chance.quasi_p`).
    held_out : HeldOut or None
        None where half the worlds were too few to find a box on.
    steps : tuple of Step
        The trajectory.
    chosen : int
        The step that the box comes from; it may have fewer limits than that.
    """

    box: Box
    fit: Fit
    quasi_p: tuple[tuple[float, float], ...]
    held_out: HeldOut | None = None
    steps: tuple[Step, ...] = field(default=(), repr=False)
    chosen: int = 0


def find_boxes(
    table: Floats,
    interest: Bools,
    kinds: Sequence[Kind] | None = None,
    *,
    seed: int,
    most: int = 1,
    level: float = 0.05,
    patience: Patience | None = None,
) -> tuple[Found, ...]:
    """Find where the worlds of interest are, one box after another, and check it on worlds held out.

    From each trajectory a box is chosen, and relieved of limits that hardly matter: one column at a time is left
    free, that which costs least, while what remains is within `loss` of the trajectory's best. The box's worlds are
    then taken out and the search goes on among the others.

    The check is of the search: it is made again on half of the worlds of interest and half of the others, drawn by
    `seed`, and each box found there, first, second, ..., is measured on the other half. Boxes are named up to the
    first whose counterpart does no better there than shuffled labels would.

    Parameters
    ----------
    table, interest, kinds, patience
        As of `trajectory`.
    seed : int
        Of the halves.
    most : int, optional
        Boxes, at most.
    level : float, optional
        The largest `HeldOut.p_value` with which a box is named; with 1 all are, checked or not.

    Returns
    -------
    tuple of Found
        Empty where there is nothing to separate, or nothing that stands the check.

    Raises
    ------
    ValueError
        As `checked` says.

    References
    ----------
    Bryant, B. P. and Lempert, R. J. (2010). Thinking inside the box: a participatory, computer-assisted approach to
    scenario discovery. Technological Forecasting and Social Change 77(1), 34-49.
    """
    sample, patience = checked(table, interest, kinds), patience or Patience()
    boxes = _cover(sample, most, patience)
    if not boxes:
        return ()
    checks = _held_out(sample, seed, len(boxes), patience)
    stand = [level >= 1.0 or (check is not None and check.p_value <= level) for check in checks]
    named = stand.index(False) if False in stand else len(stand)
    return tuple(replace(box, held_out=check) for box, check in zip(boxes[:named], checks[:named], strict=True))


def _cover(sample: Sample, most: int, patience: Patience) -> list[Found]:
    found: list[Found] = []
    while len(found) < most and (sample.left & sample.interest).any():
        steps, regions = walk(sample, patience)
        chosen = choose(steps, patience.loss)
        least = max(merit(step.fit, steps[0].fit) for step in steps) - patience.loss
        region = _relieved(regions[chosen], sample.whole, steps[0].fit, least)
        box = region.box()
        if not box.limits:
            break
        found.append(Found(box, region.fit(sample.whole), quasi_p(box, sample), steps=steps, chosen=chosen))
        sample = sample.after(box)
    return found


def _relieved(region: Region, whole: tuple[int, int], start: Fit, least: float) -> Region:
    """Leave columns free, the one that costs least first (of equals the last), while the merit is no less."""
    while columns := region.box().columns:
        tried = [region.without(column) for column in reversed(columns)]
        merits = [merit(simpler.fit(whole), start) for simpler in tried]
        best = merits.index(max(merits))
        if merits[best] < least or merits[best] <= 0.0:
            break
        region = tried[best]
    return region


def _held_out(sample: Sample, seed: int, count: int, patience: Patience) -> list[HeldOut | None]:
    first = _first_half(sample, seed)
    checks: list[HeldOut | None] = [None] * count
    if first.all() or not first.any():
        return checks
    rest = sample.part(~first)
    for index, found in enumerate(_cover(sample.part(first), count, patience)):
        held = rest.fit(found.box)
        left = int(rest.left.sum()), int((rest.left & rest.interest).sum())
        checks[index] = HeldOut(found.box, found.fit, held, hypergeometric_tail(held.hits, held.worlds, *left))
        rest = rest.after(found.box)
    return checks


def _first_half(sample: Sample, seed: int) -> Bools:
    """Draw half of the worlds of interest (one more if odd) and half of the others, whatever order they come in."""
    rng = np.random.default_rng(seed)
    order = np.lexsort((*sample.table.T, sample.interest))
    others = len(order) - int(sample.interest.sum())
    first = np.zeros(len(order), dtype=np.bool_)
    first[rng.permutation(order[:others])[: others // 2]] = True
    first[rng.permutation(order[others:])[: (len(order) - others + 1) // 2]] = True
    return first
