"""Results in Parquet files, readable by every tool of the field."""

from __future__ import annotations

import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from offramp.ensemble import Computed, Keyed, Row
from offramp.errors import StoppedError
from offramp.files import rename_whole
from offramp.runs.rows import COLUMNS, FILES, ROWS, Mark, laid_out

__all__ = ["Store"]

_OFTEN = 5.0
"""Seconds between writes at least; and a hundredth of the time since the start, so that files do not get too many."""
_MANY = 48
"""Files that are made one."""


class Store:
    """Keeps results as Parquet files in a folder, each named after a digest of what is in it.

    Parameters
    ----------
    folder : Path
        One for each play of a case, seed and code (see `identity`). Files that are not what they were are set aside,
        and what was in them is computed again.

    Attributes
    ----------
    damaged : list of Path
        The files set aside.

    Raises
    ------
    StoppedError
        If something cannot be read or written.
    KeyboardInterrupt
        If the reader interrupts a query.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()  # DuckDB has a meaning of its own for ~
        self.damaged: list[Path] = []
        self._waiting: list[tuple[Mark, Row]] = []
        self._marks: dict[str, Mark] = {}
        self._begun = self._written = time.monotonic()
        self._files: list[str] = []
        self._data = duckdb.connect()
        self._query("SET threads = 1")
        self._query("SET memory_limit = '512MB'")
        self._query(f"SET temp_directory = {_quoted(self.folder / '.spill')}")
        self._look()

    def load(self, job: Keyed) -> Computed:
        """Return what is there of a job."""
        outcomes = job.job.outcomes
        if not self._files:
            return Computed(np.zeros(0, np.int64), np.zeros((0, len(outcomes))), {})
        rows = self._query(
            f"SELECT world, outcome, value, message FROM {FILES} WHERE job = ? AND world >= 0"
            " AND (outcome IS NULL OR isfinite(value))",
            [self._files, job.key],
        )
        places = {name: k for k, name in enumerate(outcomes)}
        values: dict[int, dict[int, float]] = defaultdict(dict)
        failures: dict[int, str] = {}
        for world, outcome, value, message in rows:
            if message is not None:
                failures[world] = message
            elif outcome in places:
                values[world][places[outcome]] = value
            elif outcome is None and not places:
                values[world] = {}
        whole = sorted(world for world, found in values.items() if len(found) == len(places))
        table = [[values[world][k] for k in range(len(places))] for world in whole]
        return Computed(np.array(whole, dtype=np.int64), np.array(table).reshape(len(whole), len(places)), failures)

    def keep(self, jobs: Sequence[Keyed], rows: Sequence[Row]) -> None:
        """Add rows, which name jobs by position; they are written with those that come some seconds later."""
        self._waiting.extend((self._mark(jobs[row.job]), row) for row in rows)
        now = time.monotonic()
        if now - self._written >= max(_OFTEN, 0.01 * (now - self._begun)):
            self.flush()

    def flush(self) -> None:
        """Write what was not written yet."""
        if self._waiting:
            tables = laid_out(self._waiting)
            for name, columns in tables.items():
                self._data.register(name, columns)
            self._write(ROWS, [])
            for name in tables:
                self._data.unregister(name)
            self._waiting = []
        self._written = time.monotonic()

    def _mark(self, keyed: Keyed) -> Mark:
        if keyed.key not in self._marks:
            job = keyed.job
            head = keyed.key, str(job.variant), job.sample, job.movers
            self._marks[keyed.key] = Mark(len(self._marks), head, job.outcomes or (None,))
        return self._marks[keyed.key]

    def _look(self) -> None:
        """Find the files, set aside those that are not what they were, and make many one."""
        try:
            for path in sorted(self.folder.glob("[!.]*.parquet")):
                if path.is_file() and _digest(path) == path.stem and self._fits(path):
                    self._files.append(str(path))
                else:
                    aside = path.with_suffix(".damaged")
                    path.replace(aside)
                    self.damaged.append(aside)
            if len(self._files) >= _MANY:
                old = list(self._files)
                self._write(f"SELECT DISTINCT * FROM {FILES} ORDER BY job, world", [old])
                for name in old:
                    if name != self._files[-1]:
                        Path(name).unlink()
                self._files = self._files[-1:]
        except OSError as e:
            raise self._stopped(f"{e.strerror or e}: {e.filename}" if e.filename else str(e)) from e

    def _fits(self, path: Path) -> bool:
        try:
            known = self._data.execute(f"SELECT * FROM {FILES} LIMIT 0", [[str(path)]]).description
        except duckdb.Error:
            return False
        return known is not None and tuple(name for name, *_ in known) == COLUMNS

    def _write(self, query: str, values: list[Any]) -> None:
        """Write the rows of a query as a file."""
        part = self.folder / ".new.parquet.part"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._query(f"COPY ({query}) TO {_quoted(part)} (FORMAT parquet, COMPRESSION zstd)", values)
            path = self.folder / f"{_digest(part)}.parquet"
            rename_whole(part, path)
        except OSError as e:
            raise self._stopped(e.strerror or str(e)) from e
        finally:
            part.unlink(missing_ok=True)
        if str(path) not in self._files:
            self._files.append(str(path))

    def _query(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._data.execute(query, values).fetchall()
        except duckdb.Error as e:
            if isinstance(e, duckdb.InterruptException):
                raise KeyboardInterrupt from e
            raise self._stopped(_plain(e)) from e
        except RuntimeError as e:
            if "interrupt" in str(e).lower():
                raise KeyboardInterrupt from e
            raise

    def _stopped(self, why: str) -> StoppedError:
        hint = f"make room, or let the folder be written; `offramp resume {self.folder.parent.parent}` goes on"
        return StoppedError(f"cannot keep results in {self.folder}: {why}", code="no-file", hint=hint)


def _plain(fault: duckdb.Error) -> str:
    """Return what DuckDB says, which is JSON for some faults."""
    text = str(fault)
    with suppress(ValueError, TypeError, KeyError):
        text = str(json.loads(text)["exception_message"])
    return text.splitlines()[0] if text else type(fault).__name__


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:16]
