"""Results in Parquet files: one row for each world, variant and outcome, readable by every tool of the field."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from offramp.ensemble import Computed, Job, Row
from offramp.errors import StoppedError
from offramp.runs.atomic import write_whole
from offramp.runs.identity import job_key

__all__ = ["Chunks"]

_OFTEN = 5.0
"""Seconds between writes at least; and a hundredth of the time since the start, so that files do not get too many."""
_MANY = 48
"""Files that are made one."""
_HEAD = ("job", "variant", "sample", "movers")
_COLUMNS = (*_HEAD, "world", "outcome", "value", "message", "draws")
"""A world that failed has one row, with a message and its draws instead of outcome and value."""
_ROWS = """
    SELECT job, variant, sample, movers, world, outcome, value, NULL::VARCHAR AS message, NULL::VARCHAR AS draws
    FROM cells JOIN names USING (mark, place)
    UNION ALL
    SELECT job, variant, sample, movers, world, NULL, NULL, message::VARCHAR, draws::VARCHAR
    FROM failed JOIN (SELECT DISTINCT mark, job, variant, sample, movers FROM names) USING (mark)
    ORDER BY job, world
"""


@dataclass(frozen=True, slots=True, eq=False)
class _Mark:
    """A job as its rows name it."""

    number: int
    head: tuple[str, str, str, str]
    """Its first columns."""
    outcomes: tuple[str, ...]


class Chunks:
    """Keeps results as Parquet files in a folder.

    Parameters
    ----------
    folder : Path
        One for each case, seed and code (see `identity`). Files that cannot be read are set aside, and what was in
        them is computed again.

    Attributes
    ----------
    damaged : list of Path
        The files set aside.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.damaged: list[Path] = []
        self._waiting: list[tuple[_Mark, Row]] = []
        self._marks: dict[Job, _Mark] = {}
        self._begun = self._written = time.monotonic()
        self._files: list[str] = []
        self._data = duckdb.connect()
        self._data.execute("SET threads = 1")
        self._data.execute("SET memory_limit = '512MB'")
        self._look()

    def load(self, job: Job) -> Computed:
        """Return what is there of a job."""
        if not self._files:
            return Computed(np.zeros(0, np.int64), np.zeros((0, len(job.outcomes))), {})
        rows = self._data.execute(
            "SELECT world, outcome, value, message FROM read_parquet(?) WHERE job = ?", [self._files, job_key(job)]
        ).fetchall()
        places = {name: k for k, name in enumerate(job.outcomes)}
        values: dict[int, dict[int, float]] = defaultdict(dict)
        failures: dict[int, str] = {}
        for world, outcome, value, message in rows:
            if message is not None:
                failures[world] = message
            elif outcome in places:
                values[world][places[outcome]] = value
        whole = sorted(world for world, found in values.items() if len(found) == len(places))
        table = [[values[world][k] for k in range(len(places))] for world in whole]
        return Computed(np.array(whole, dtype=np.int64), np.array(table).reshape(len(whole), len(places)), failures)

    def keep(self, jobs: Sequence[Job], rows: Sequence[Row]) -> None:
        """Add rows, which name jobs by position; they are written a few seconds later at the latest with more of them.

        Raises
        ------
        StoppedError
            If they cannot be written.
        """
        self._waiting.extend((self._mark(jobs[row.job]), row) for row in rows)
        now = time.monotonic()
        if now - self._written >= max(_OFTEN, 0.01 * (now - self._begun)):
            self.flush()

    def flush(self) -> None:
        """Write what was not written yet.

        Raises
        ------
        StoppedError
            If it cannot be written.
        """
        if self._waiting:
            self._write(self._waiting)
            self._waiting = []
        self._written = time.monotonic()

    def _mark(self, job: Job) -> _Mark:
        if job not in self._marks:
            head = job_key(job), str(job.variant), job.sample, job.movers
            self._marks[job] = _Mark(len(self._marks), head, job.outcomes)
        return self._marks[job]

    def _look(self) -> None:
        """Find the files, set aside those that cannot be read, and make many one."""
        for path in sorted(self.folder.glob("[!.]*.parquet")):
            try:
                known = self._data.execute("SELECT * FROM read_parquet(?) LIMIT 0", [[str(path)]]).description
                whole = known is not None and [name for name, *_ in known] == list(_COLUMNS)
            except duckdb.Error:
                whole = False
            if whole:
                self._files.append(str(path))
            else:
                aside = path.with_suffix(".damaged")
                path.replace(aside)
                self.damaged.append(aside)
        if len(self._files) >= _MANY:
            old = list(self._files)
            self._copy("SELECT DISTINCT * FROM read_parquet(?) ORDER BY job, world", [old])
            for name in old:
                Path(name).unlink()
                self._files.remove(name)

    def _write(self, rows: Sequence[tuple[_Mark, Row]]) -> None:
        tables = {"cells": _cells(rows), "names": _names(rows), "failed": _failed(rows)}
        for name, columns in tables.items():
            self._data.register(name, columns)
        self._copy(_ROWS, [])
        for name in tables:
            self._data.unregister(name)

    def _copy(self, query: str, values: list[Any]) -> None:
        taken = [int(Path(name).stem) for name in self._files if Path(name).stem.isdigit()]
        path = self.folder / f"{max(taken, default=-1) + 1:06d}.parquet"

        def write(part: Path) -> None:
            quoted = str(part).replace("'", "''")
            try:
                self._data.execute(f"COPY ({query}) TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)", values)
            except duckdb.IOException as e:
                raise OSError(0, str(e).splitlines()[0]) from e

        try:
            write_whole(path, write)
        except StoppedError as e:
            raise StoppedError(
                e.message, code=e.code, hint=f"make room, then `offramp resume {self.folder.parent.parent}` goes on"
            ) from e
        self._files.append(str(path))


def _cells(rows: Sequence[tuple[_Mark, Row]]) -> dict[str, Any]:
    """Lay what was computed out as numbers alone: which mark, world and outcome, and the value."""
    good = [(mark, row) for mark, row in rows if row.failure is None]
    counts = [len(row.values) for _, row in good]
    return {
        "mark": np.repeat(np.array([mark.number for mark, _ in good], np.int32), counts),
        "world": np.repeat(np.array([row.world for _, row in good], np.int32), counts),
        "place": np.concatenate([np.arange(n, dtype=np.int32) for n in counts] or [np.zeros(0, np.int32)]),
        "value": np.array([value for _, row in good for value in row.values], np.float64),
    }


def _names(rows: Sequence[tuple[_Mark, Row]]) -> dict[str, Any]:
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


def _failed(rows: Sequence[tuple[_Mark, Row]]) -> dict[str, Any]:
    bad = [(mark, row, row.failure) for mark, row in rows if row.failure is not None]
    return {
        "mark": np.array([mark.number for mark, _, _ in bad], np.int32),
        "world": np.array([row.world for _, row, _ in bad], np.int32),
        "message": np.array([failure.message for _, _, failure in bad] or [""], dtype=object)[: len(bad)],
        "draws": np.array([json.dumps(dict(f.draws)) for _, _, f in bad] or [""], dtype=object)[: len(bad)],
    }
