"""Results laid out as the columns of a table: one row for each world, variant and outcome."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from offramp.ensemble import Row

__all__ = ["COLUMNS", "FILES", "ROWS", "Mark", "laid_out"]

FILES = "read_parquet(?, hive_partitioning = false)"
"""The rows of some files; a folder called `value=1` is no column."""
_HEAD = ("job", "variant", "sample", "movers")
COLUMNS = (*_HEAD, "world", "outcome", "value", "message", "draws")
"""A world that failed has one row, with a message and its draws instead of outcome and value; where no outcome is asked
for, a world has one row with nothing in their place."""
ROWS = """
    SELECT job, variant, sample, movers, world, outcome::VARCHAR AS outcome,
           CASE WHEN outcome IS NOT NULL THEN value END AS value, NULL::VARCHAR AS message, NULL::VARCHAR AS draws
    FROM cells JOIN names USING (mark, place)
    UNION ALL
    SELECT job, variant, sample, movers, world, NULL, NULL, message::VARCHAR, draws::VARCHAR
    FROM failed JOIN (SELECT DISTINCT mark, job, variant, sample, movers FROM names) USING (mark)
    ORDER BY job, world
"""
"""The rows, from the tables that `laid_out` makes."""


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A job as its rows name it."""

    number: int
    head: tuple[str, str, str, str]
    """Its first columns."""
    outcomes: tuple[str | None, ...]
    """None alone where none is asked for."""


def laid_out(rows: Sequence[tuple[Mark, Row]]) -> dict[str, dict[str, Any]]:
    """Return the tables that `ROWS` joins: numbers apart from names, which are few."""
    return {"cells": _cells(rows), "names": _names(rows), "failed": _failed(rows)}


def _cells(rows: Sequence[tuple[Mark, Row]]) -> dict[str, Any]:
    """Lay what was computed out as numbers alone: which mark, world and outcome, and the value."""
    good = [(mark, row) for mark, row in rows if row.failure is None]
    values = [row.values or (0.0,) for _, row in good]
    counts = [len(each) for each in values]
    return {
        "mark": np.repeat(np.array([mark.number for mark, _ in good], np.int32), counts),
        "world": np.repeat(np.array([row.world for _, row in good], np.int32), counts),
        "place": np.concatenate([np.arange(n, dtype=np.int32) for n in counts] or [np.zeros(0, np.int32)]),
        "value": np.array([value for each in values for value in each], np.float64),
    }


def _names(rows: Sequence[tuple[Mark, Row]]) -> dict[str, Any]:
    """Name every mark and outcome that the numbers speak of."""
    marks = {mark.number: mark for mark, _ in rows}
    listed = [(mark, k, outcome) for mark in marks.values() for k, outcome in enumerate(mark.outcomes)]
    found: dict[str, Any] = {
        "mark": np.array([mark.number for mark, _, _ in listed], np.int32),
        "place": np.array([k for _, k, _ in listed], np.int32),
        "outcome": np.array([outcome for _, _, outcome in listed], dtype=object),
    }
    for n, name in enumerate(_HEAD):
        found[name] = np.array([mark.head[n] for mark, _, _ in listed], dtype=object)
    return found


def _failed(rows: Sequence[tuple[Mark, Row]]) -> dict[str, Any]:
    bad = [(mark, row, row.failure) for mark, row in rows if row.failure is not None]
    return {
        "mark": np.array([mark.number for mark, _, _ in bad], np.int32),
        "world": np.array([row.world for _, row, _ in bad], np.int32),
        "message": np.array([failure.message for _, _, failure in bad] or [""], dtype=object)[: len(bad)],
        "draws": np.array([json.dumps(dict(f.draws)) for _, _, f in bad] or [""], dtype=object)[: len(bad)],
    }
