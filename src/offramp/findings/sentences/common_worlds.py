"""Outcomes of many variants over common worlds, computed as far as they are asked for and never twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from offramp.ensemble import Job, Progress, Table, run_jobs
from offramp.findings.common.dependence import touched
from offramp.model import Case, elements_of
from offramp.model.variants import Variant
from offramp.shapes import Floats
from offramp.worlds import Worlds, stretch

__all__ = ["Bench"]

_Key = tuple[Variant, str]
"""(variant, sample)"""


class Bench:
    """Columns of outcomes by variant and sample, which grow row by row.

    Variants that switch off the same elements are one variant here. What a switch cannot touch is not computed: it is
    the column of the variant that it was switched off in.

    Parameters
    ----------
    samples
        Draws by name, as long as will ever be asked for.
    """

    def __init__(
        self, case: Case, samples: Mapping[str, Worlds], *, workers: int | None = None, progress: Progress | None = None
    ) -> None:
        self.case, self.samples = case, samples
        self.interrupted = False
        self.failure: str | None = None
        """What went wrong in the first world that could not be computed."""
        self._workers, self._progress = workers, progress
        self._carrying = [frozenset(element.mechanism) for element in elements_of(case)]
        self._first: dict[tuple[object, ...], Variant] = {}
        self._same: dict[Variant, Variant] = {}
        self._wanted: dict[_Key, set[str]] = {}
        self._columns: dict[_Key, dict[str, Floats]] = {}
        self._touched: dict[tuple[Variant, str], frozenset[str]] = {}
        self._spent = 0

    def same(self, variant: Variant) -> Variant:
        """Return the variant that stands for all that switch off the same elements."""
        if variant not in self._same:
            off = tuple(n for n, carried in enumerate(self._carrying) if carried.intersection(variant.without))
            plain = (variant.strategy, variant.levels, variant.numbers, variant.also, variant.delay)
            self._same[variant] = self._first.setdefault((*plain, off), variant)
        return self._same[variant]

    def without(self, variant: Variant, mechanism: str) -> Variant:
        """Return a variant with one mechanism more switched off."""
        off = tuple(sorted({*variant.without, mechanism}))
        return Variant(variant.strategy, variant.levels, variant.numbers, off, variant.also, variant.delay)

    def touched(self, variant: Variant, mechanism: str) -> frozenset[str]:
        """Return the outcomes of a variant that switching a mechanism off may change."""
        key = self.same(variant), mechanism
        if key not in self._touched:
            off = self.same(self.without(key[0], mechanism))
            self._touched[key] = frozenset() if off == key[0] else touched(self.case, key[0], off)
        return self._touched[key]

    def want(
        self, variant: Variant, outcomes: Iterable[str], sample: str = "main", off: Iterable[str] = ()
    ) -> list[_Key]:
        """Ask for outcomes of a variant, and of the same with each of some mechanisms off; nothing is computed yet.

        Returns
        -------
        list of (variant, sample)
            What `extend` is to be called with.
        """
        asked = set(outcomes)
        keys = [(self.same(variant), sample)]
        self._wanted.setdefault(keys[0], set()).update(asked)
        for mechanism in off:
            if moved := self.touched(variant, mechanism) & asked:
                keys.append((self.same(self.without(keys[0][0], mechanism)), sample))
                self._wanted.setdefault(keys[-1], set()).update(moved)
        for key in keys:
            if key in self._columns and not self._wanted[key] <= self._columns[key].keys():
                del self._columns[key]  # it was computed without one of them: from the start again
        return keys

    def extend(self, keys: Iterable[_Key], worlds: int, later: int = 0) -> None:
        """Compute what was wanted, up to a number of worlds.

        Parameters
        ----------
        keys
            As `want` gave them.
        worlds
            How many, the best guess apart.
        later
            Units of work that may follow after this call, for the progress shown.
        """
        starts: dict[tuple[str, int], list[Variant]] = {}
        for variant, sample in dict.fromkeys(keys):
            rows = self.rows(variant, sample)
            if rows < worlds + 1 and not self.interrupted:
                starts.setdefault((sample, rows), []).append(variant)
        if not starts:
            return
        samples = {f"{s} from {n}": stretch(self.samples[s], max(n, 1), worlds) for s, n in starts}
        jobs = [Job(v, f"{s} from {n}", self._ordered((v, s))) for (s, n), variants in starts.items() for v in variants]
        spent = self._spent
        units = sum(job.rows(samples[job.sample].count) for job in jobs)
        self._spent += units
        advance = self._progress

        def shown(done: int, total: int) -> None:
            if advance is not None:
                advance(spent + done, spent + total + later)

        table = run_jobs(self.case, jobs, samples, workers=self._workers, progress=shown if advance else None,
                         alike=True)  # fmt: skip
        self.interrupted = table.interrupted
        if table.failures and self.failure is None:
            self.failure = table.failures[0].message
        for (s, n), variants in starts.items():
            for variant in variants:
                self._keep(variant, s, n, table)

    def _ordered(self, key: _Key) -> tuple[str, ...]:
        return tuple(id_ for id_ in self.case.outcomes if id_ in self._wanted[key])

    def _keep(self, variant: Variant, sample: str, rows: int, table: Table) -> None:
        columns = self._columns.setdefault((variant, sample), {})
        for outcome in self._ordered((variant, sample)):
            fresh = table.column(variant, outcome, f"{sample} from {rows}")
            columns[outcome] = np.concatenate((columns[outcome], fresh[1:])) if rows else fresh

    def rows(self, variant: Variant, sample: str = "main") -> int:
        """Return how many worlds of a variant were computed, the best guess included."""
        columns = self._columns.get((self.same(variant), sample), {})
        return min(map(len, columns.values()), default=0)

    def column(self, variant: Variant, outcome: str, sample: str = "main", off: str | None = None) -> Floats:
        """Return an outcome of a variant, or of it with a mechanism off, best guess first; empty where not reached."""
        chosen = self.same(variant)
        if off is not None and outcome in self.touched(chosen, off):
            chosen = self.same(self.without(chosen, off))
        return self._columns.get((chosen, sample), {}).get(outcome, np.empty(0))
