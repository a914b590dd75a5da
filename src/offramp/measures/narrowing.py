"""Of many columns the few by which the worlds of interest differ most from the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from offramp.measures.boxes import Box, Sample
from offramp.shapes import Floats

__all__ = ["most_telling", "narrowed", "renumbered"]


def most_telling(sample: Sample, most: int) -> tuple[int, ...]:
    """Return the columns by which the two kinds of worlds left differ most, at most so many, in their order.

    They differ by the largest difference between the shares of either that lie below some value: the distance of
    Kolmogorov and Smirnov. Of categories it is the largest over all sets of values. Of equals the first is taken; a
    column by which they do not differ is left out.

    References
    ----------
    Smirnov, N. (1948). Table for estimating the goodness of fit of empirical distributions. Annals of Mathematical
    Statistics 19(2), 279-281.
    """
    table, interest = sample.table[sample.left], sample.interest[sample.left]
    if interest.all() or not interest.any():
        return ()
    weights = np.where(interest, 1.0 / interest.sum(), -1.0 / (~interest).sum())
    pairs = zip(table.T, sample.kinds, strict=True)
    distances = np.array([(_spread if kind == "category" else _distance)(column, weights) for column, kind in pairs])
    order = np.argsort(-distances, kind="stable")[:most]
    return tuple(sorted(order[distances[order] > 1e-9].tolist()))


def _distance(column: Floats, weights: Floats) -> float:
    order = np.argsort(column, kind="stable")
    ordered = column[order]
    last = np.append(ordered[1:] > ordered[:-1], True)
    return float(np.abs(weights[order].cumsum()[last]).max())


def _spread(column: Floats, weights: Floats) -> float:
    _, codes = np.unique(column, return_inverse=True)
    return float(np.abs(np.bincount(codes, weights)).sum() / 2.0)


def narrowed(sample: Sample, columns: Sequence[int]) -> Sample:
    """Return the sample with some of its columns only."""
    kinds = tuple(sample.kinds[column] for column in columns)
    return replace(sample, table=sample.table[:, list(columns)], kinds=kinds)


def renumbered(box: Box, columns: Sequence[int]) -> Box:
    """Return a box on a narrowed sample as one on the whole."""
    return Box(tuple(replace(limit, column=columns[limit.column]) for limit in box.limits))
