"""Where the worlds of interest are: boxes found one after another, each checked on worlds held out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from offramp.measures.boxes import Box, Fit, Kind, Sample, checked
from offramp.measures.chance import hypergeometric_tail, quasi_p
from offramp.measures.narrowing import most_telling, narrowed, renumbered
from offramp.measures.prim import Patience, Step, choose, merit, walk
from offramp.measures.pruning import pruned
from offramp.measures.region import Region
from offramp.shapes import Bools, Floats

__all__ = ["Found", "HeldOut", "find_boxes", "first_half"]


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
    columns: int | None = None,
    patience: Patience | None = None,
) -> tuple[Found, ...]:
    """Find where the worlds of interest are, one box after another, and check it on worlds held out.

    From each trajectory a box is chosen, and relieved of limits that hardly matter: one column at a time is left
    free, that which costs least, while what remains is within `loss` of the trajectory's best. The box's worlds are
    then taken out and the search goes on among the others.

    The check is of the search: it is made again on half of the worlds of interest and half of the others, drawn by
    `seed`, and each box found there, first, second, ..., is measured on the other half. Boxes are named up to the
    first whose counterpart does no better there than shuffled labels would.

    Where columns are many beside the worlds, peeling follows noise: in so many directions some corner is always
    dense. With `columns` a box is looked for, on the first half, only on those by which the worlds of interest differ
    most from the others (`offramp.measures.narrowing.most_telling`). The box that is named is found on all worlds, on
    the columns that its counterpart limits: the other half has checked that it is these that matter. Either is
    relieved of the limits that chance alone would make as well (`offramp.measures.pruning.pruned`).

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
    columns : int, optional
        Limit at most so many columns, chosen on the first half.

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
    if columns is None:
        way = _Way(patience, lambda _, nth: range(sample.table.shape[1]), prune=False)
        boxes = _cover(sample, most, way)
        checks = _held_out(sample, seed, len(boxes), way) if boxes else []
    else:
        checks = _held_out(sample, seed, most, _Way(patience, lambda half, _: most_telling(half, columns), prune=True))
        limited = [check.box.columns for check in checks if check is not None]
        boxes = _cover(sample, len(limited), _Way(patience, lambda _, nth: limited[nth], prune=True))
    stand = [level >= 1.0 or (check is not None and check.p_value <= level) for check in checks[: len(boxes)]]
    named = stand.index(False) if False in stand else len(stand)
    return tuple(replace(box, held_out=check) for box, check in zip(boxes[:named], checks[:named], strict=True))


@dataclass(frozen=True, slots=True)
class _Way:
    """How boxes are looked for: on which columns the n-th is, and whether it is relieved of what chance would make."""

    patience: Patience
    look: Callable[[Sample, int], Sequence[int]]
    prune: bool


def _cover(sample: Sample, most: int, way: _Way) -> list[Found]:
    found: list[Found] = []
    while len(found) < most and (sample.left & sample.interest).any():
        columns = way.look(sample, len(found))
        if not columns:
            break
        steps, regions = walk(narrowed(sample, columns), way.patience)
        chosen = choose(steps, way.patience.loss)
        least = max(merit(step.fit, steps[0].fit) for step in steps) - way.patience.loss
        region = _relieved(regions[chosen], sample.whole, steps[0].fit, least)
        box = renumbered(region.box(), columns)
        box = pruned(box, sample) if way.prune else box
        if not box.limits:
            break
        steps = tuple(replace(step, box=renumbered(step.box, columns)) for step in steps)
        found.append(Found(box, sample.fit(box), quasi_p(box, sample), steps=steps, chosen=chosen))
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


def _held_out(sample: Sample, seed: int, count: int, way: _Way) -> list[HeldOut | None]:
    first = first_half(sample, seed)
    checks: list[HeldOut | None] = [None] * count
    if first.all() or not first.any():
        return checks
    rest = sample.part(~first)
    for index, found in enumerate(_cover(sample.part(first), count, way)):
        held = rest.fit(found.box)
        left = int(rest.left.sum()), int((rest.left & rest.interest).sum())
        checks[index] = HeldOut(found.box, found.fit, held, hypergeometric_tail(held.hits, held.worlds, *left))
        rest = rest.after(found.box)
    return checks


def first_half(sample: Sample, seed: int) -> Bools:
    """Draw half of the worlds of interest (one more if odd) and half of the others, whatever order they come in."""
    rng = np.random.default_rng(seed)
    order = np.lexsort((*sample.table.T, sample.interest))
    others = len(order) - int(sample.interest.sum())
    first = np.zeros(len(order), dtype=np.bool_)
    first[rng.permutation(order[:others])[: others // 2]] = True
    first[rng.permutation(order[others:])[: (len(order) - others + 1) // 2]] = True
    return first
