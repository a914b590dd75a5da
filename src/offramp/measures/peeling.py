"""The two movements of the patient rule induction method: peel worlds off a box, paste worlds onto it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from offramp.measures.region import End, Region
from offramp.shapes import Ints

__all__ = ["least_worlds", "paste", "peel"]

_ENDS: tuple[tuple[End, int], ...] = (("high", 1), ("low", -1))
"""Either end of a scale, and the sign of what lies beyond it."""


class _Cut(NamedTuple):
    """One way to make the box smaller or larger, and how many worlds, of them of interest, it would then hold.

    `end` is None for a category. `code` is then the one that goes or comes; for an end it is the new outermost one,
    and `beyond` the next outside (when peeling).
    """

    column: int
    end: End | None
    code: int
    beyond: int
    worlds: int
    hits: int


def least_worlds(share: float, worlds: int) -> int:
    """Return the fewest worlds that are at least this share of them; at least one."""
    return max(1, math.ceil(share * worlds - 1e-9))


def peel(region: Region, share: float, least: int) -> Iterator[tuple[int, int]]:
    """Peel a region (changed in place) for as long as that makes it denser; give worlds and hits after each peel.

    Parameters
    ----------
    region : Region
    share : float
        Of the region's worlds to peel off at a time. Worlds of equal value go together: of real columns whole groups
        go until that many are gone. Of whole numbers, too, at the high end; at the low end the group in which the cut
        falls stays, unless it is the first. (So does EMA Workbench, whose trajectories these are; a scale of whole
        numbers turned round may hence be peeled otherwise.)
    least : int
        No peel leaves fewer worlds.
    """
    interest, order = region.sample.interest, region.order
    inside = np.ones(len(interest), dtype=np.bool_)
    while True:
        worlds, hits = order.shape[1], int(np.count_nonzero(interest[order[0]])) if len(order) else 0
        best, highest = None, 0.0
        for cut in _peels(region, order, least_worlds(share, worlds), worlds, hits):
            gain = cut.hits * worlds - hits * cut.worlds
            score = gain / (cut.worlds * (worlds - cut.worlds))
            if cut.worlds >= least and score > highest:
                best, highest = cut, score
        if best is None:
            return
        if best.end is None:
            region.allowed[best.column][best.code] = False
        else:
            region.ends[best.end][best.column] = best.code
            region.limit(best.column, best.end, best.beyond)
        inside &= region.meets(best.column)
        order = order[inside[order]].reshape(len(order), -1)
        yield best.worlds, best.hits


def _peels(region: Region, order: Ints, about: int, worlds: int, hits: int) -> Iterator[_Cut]:
    """Give the peels there are: by column, its high end before its low end, categories from the least value on."""
    interest = region.sample.interest
    for column, inside in enumerate(order):
        kind, codes = region.sample.kinds[column], region.codes[column][inside]
        if codes[0] == codes[-1]:
            continue
        liked = interest[inside]
        if kind == "category":
            size = np.bincount(codes)
            good = np.bincount(codes[liked], minlength=len(size))
            for code in np.flatnonzero(size).tolist():
                yield _Cut(column, None, code, code, worlds - int(size[code]), hits - int(good[code]))
            continue
        at = worlds - about
        kept = int(codes.searchsorted(codes[at], "left")) or int(codes.searchsorted(codes[at], "right"))
        if kept < worlds:
            good_kept = int(np.count_nonzero(liked[:kept]))
            yield _Cut(column, "high", int(codes[kept - 1]), int(codes[kept]), kept, good_kept)
        edge = codes[about - 1]
        before, after = int(codes.searchsorted(edge, "left")), int(codes.searchsorted(edge, "right"))
        gone = before if after == worlds or (kind == "integer" and before) else after
        if 0 < gone < worlds:
            good_kept = hits - int(np.count_nonzero(liked[:gone]))
            yield _Cut(column, "low", int(codes[gone]), int(codes[gone - 1]), worlds - gone, good_kept)


def paste(region: Region, share: float) -> Iterator[tuple[int, int]]:
    """Paste worlds onto a region (changed in place) for as long as it gets no thinner; give worlds and hits each time.

    At any restricted end the worlds come in that only this end keeps out, nearest first, whole groups of equal value
    until they are this share of the region's worlds; of a category all worlds of one value. The pasting after which
    the region is densest is done, if there are more worlds of interest in it than before and it is as dense or denser.

    Parameters
    ----------
    region : Region
    share : float
    """
    start = region.fit(region.sample.whole)
    worlds, hits = start.worlds, start.hits
    while True:
        best, highest = None, hits / worlds
        for cut in _pastes(region, least_worlds(share, worlds), worlds, hits):
            density = cut.hits / cut.worlds
            if cut.hits > hits and (density > highest or (best is None and density == highest)):
                best, highest = cut, density
        if best is None:
            return
        worlds, hits = best.worlds, best.hits
        if best.end is None:
            region.allowed[best.column][best.code] = True
        else:
            region.ends[best.end][best.column] = best.code
            region.limits[best.end][best.column] = math.inf if best.end == "high" else -math.inf
        region.separate()
        yield worlds, hits


def _pastes(region: Region, about: int, worlds: int, hits: int) -> Iterator[_Cut]:
    interest = region.sample.interest
    met = {column: region.meets(column) for column in region.box().columns}
    misses = np.sum([~inside for inside in met.values()], axis=0) if met else 0
    for column, inside in met.items():
        alone = np.flatnonzero(~inside & (misses == 1))
        codes, liked = region.codes[column][alone], interest[alone]
        if region.sample.kinds[column] == "category":
            for code in np.unique(codes).tolist():
                here = codes == code
                yield _Cut(column, None, code, code, worlds + int(here.sum()), hits + int(liked[here].sum()))
            continue
        for end, sign in _ENDS:
            outside = sign * codes > sign * region.ends[end][column]
            away = np.sort(sign * codes[outside])
            if len(away) == 0:
                continue
            last = away[min(about, len(away)) - 1]
            comes = outside & (sign * codes <= last)
            code = int(sign * last)
            if last == away[-1]:  # this end alone keeps out nobody else: it opens
                code = len(region.levels[column]) - 1 if end == "high" else 0
            yield _Cut(column, end, code, code, worlds + int(comes.sum()), hits + int(liked[comes].sum()))
