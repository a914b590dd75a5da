"""A box as a plain structure that one sentence can be made of: names, relations, limits; no wording."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from offramp.measures.boxes import Box, Fit, Limit

__all__ = ["Clause", "Relation", "Statement", "statement"]

Relation = Literal["above", "below", "at least", "at most", "between", "is", "is not", "one of"]


@dataclass(frozen=True, slots=True)
class Clause:
    """What a box asks of one column.

    Attributes
    ----------
    column : int
    name : str
    relation : {"above", "below", "at least", "at most", "between", "is", "is not", "one of"}
        Real numbers are above, below or between limits that stand between two values. Whole numbers are at least, at
        most or between limits that are values themselves. Whole numbers and categories of which one value is left, or
        one is missing, are or are not that value.
    low, high : float or None
        The limits; None where that end is open, and for categories.
    words : tuple of str
        The labels of the values that the relation speaks of; none for real numbers.
    quasi_p : float
        The larger of the two ends'; NaN where not given.
    """

    column: int
    name: str
    relation: Relation
    low: float | None
    high: float | None
    words: tuple[str, ...]
    quasi_p: float


@dataclass(frozen=True, slots=True)
class Statement:
    """In this share of the worlds where these clauses hold together, and it covers that share of all such worlds.

    Attributes
    ----------
    clauses : tuple of Clause
        The most telling (least quasi-p) first; empty for the box of all worlds.
    density, coverage, mass : float
    worlds, hits : int
        As of `offramp.measures.boxes.Fit`.
    """

    clauses: tuple[Clause, ...]
    density: float
    coverage: float
    mass: float
    worlds: int
    hits: int


def statement(
    box: Box,
    fit: Fit,
    names: Sequence[str],
    labels: Mapping[int, Mapping[float, str]] | None = None,
    quasi_p: Sequence[tuple[float, float]] | None = None,
) -> Statement:
    """Put a box into clauses.

    Parameters
    ----------
    box : Box
    fit : Fit
    names : sequence of str
        Of all columns.
    labels : mapping, optional
        By column, for whole numbers and categories: what every value is called. Without them values are printed as
        numbers, and it is not known whether one value is missing or the limit is the last on the scale.
    quasi_p : sequence of pairs, optional
        For each limit of the box.

    Raises
    ------
    ValueError
        A column has no name, or a value that has to be named no label.
    """
    if any(column >= len(names) for column in box.columns):
        raise ValueError("names must name every column")
    pairs = quasi_p if quasi_p is not None else [(math.nan, math.nan)] * len(box.limits)
    clauses = []
    for limit, pair in zip(box.limits, pairs, strict=True):
        relation, values = _relation(limit, (labels or {}).get(limit.column, {}))
        low = limit.low if limit.low > -math.inf else None
        high = limit.high if limit.high < math.inf else None
        known = [p for p in pair if not math.isnan(p)]
        words = tuple(_word(labels, limit.column, value) for value in values)
        name = names[limit.column]
        clauses.append(Clause(limit.column, name, relation, low, high, words, max(known, default=math.nan)))
    clauses.sort(key=lambda clause: (math.inf if math.isnan(clause.quasi_p) else clause.quasi_p, clause.column))
    return Statement(tuple(clauses), fit.density, fit.coverage, fit.mass, fit.worlds, fit.hits)


def _relation(limit: Limit, labels: Mapping[float, str]) -> tuple[Relation, tuple[float, ...]]:
    """Return the relation and the values it speaks of."""
    if limit.kind == "category":
        outside = tuple(value for value in sorted(labels) if value not in limit.among)
        if len(limit.among) == 1:
            return "is", limit.among
        return ("is not", outside) if len(outside) == 1 else ("one of", limit.among)
    above, below = limit.low > -math.inf, limit.high < math.inf
    if limit.kind == "real":
        return ("between" if above and below else "above" if above else "below"), ()
    inside = [value for value in sorted(labels) if limit.low <= value <= limit.high]
    low, high = (inside[0], inside[-1]) if inside else (limit.low, limit.high)
    if low == high:
        return "is", (low,)
    if above and below:
        return "between", (low, high)
    return ("at least", (low,)) if above else ("at most", (high,))


def _word(labels: Mapping[int, Mapping[float, str]] | None, column: int, value: float) -> str:
    if labels is None or column not in labels:
        return f"{value:g}"
    if value not in labels[column]:
        raise ValueError(f"no label for the value {value:g} of column {column}")
    return labels[column][value]
