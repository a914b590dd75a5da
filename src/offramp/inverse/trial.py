"""Trying packages out: what becomes of the target, and of what else is minded, in the worlds that are asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import numpy as np

from offramp.ensemble import Job, worker_count
from offramp.ensemble.work import Prepared, outcomes_of, prepare
from offramp.errors import WorldError
from offramp.inverse.packages import Packages
from offramp.model.levers import can_start
from offramp.model.variants import Variant
from offramp.shapes import ENSEMBLE_TOLERANCE, Floats
from offramp.worlds import Worlds

__all__ = ["Trial"]

_Key = tuple[Variant, int]
"""A variant and a world: packages that amount to the same variant are solved once."""

KEPT = 64
"""Packages whose graphs are kept; one takes some 2 MB for a case like iran-2009, and a few milliseconds to build."""
TOGETHER = 8
"""Worlds of one package in one unit of work at most."""


class Trial:
    """Solves packages in worlds.

    Parameters
    ----------
    packages : Packages
    outcomes : sequence of str
        The columns of what it returns.
    worlds : Worlds
        The worlds that numbers stand for; 0 is the best guess.
    workers : int, optional
        Threads; by default one per core. The numbers do not depend on it.

    Attributes
    ----------
    failures : dict
        By variant and world, why it could not be computed; in the order in which they were asked for.
    """

    def __init__(self, packages: Packages, outcomes: Sequence[str], worlds: Worlds, workers: int | None = None) -> None:
        self.packages, self.worlds = packages, worlds
        self.outcomes = tuple(outcomes)
        self.asked = [packages.case.outcomes[name] for name in self.outcomes]
        self.workers = worker_count(workers)
        self.failures: dict[_Key, str] = {}
        self._variants: dict[int, Variant] = {}
        self._known: dict[_Key, Floats] = {}
        self._ready: OrderedDict[Variant, Prepared] = OrderedDict()
        self._lock = Lock()
        self._stopped = False

    def __call__(self, asks: Sequence[tuple[int, int]]) -> Floats:
        """Return the outcomes of (package, world) pairs, [n, outcomes]; NaN where a world failed.

        Raises
        ------
        KeyboardInterrupt
            If the reader stops it; what was under way is finished first.
        """
        return self.of([(self._variant(package), w) for package, w in asks])

    def of(self, keys: Sequence[_Key]) -> Floats:
        """Return the outcomes of (variant, world) pairs, which need not be packages, [n, outcomes]; see above."""
        new = [key for key in dict.fromkeys(keys) if key not in self._known]
        units = list(_units(new))
        with ThreadPoolExecutor(self.workers, thread_name_prefix="offramp") as pool:
            try:
                for unit, (values, failed) in zip(units, pool.map(self._solve, units), strict=True):
                    self._known.update(zip(unit, values, strict=True))
                    self.failures |= failed
            except KeyboardInterrupt:
                self._stopped = True
                pool.shutdown(wait=True, cancel_futures=True)
                raise
        return np.array([self._known[key] for key in keys]).reshape(len(keys), len(self.outcomes))

    def _variant(self, package: int) -> Variant:
        if package not in self._variants:
            self._variants[package] = self.packages.variant(package)
        return self._variants[package]

    def _solve(self, unit: Sequence[_Key]) -> tuple[list[Floats], dict[_Key, str]]:
        variant, nothing = unit[0][0], np.full(len(self.outcomes), np.nan)
        if not can_start(self.packages.case, variant):
            return [nothing] * len(unit), dict.fromkeys(unit, "it would start from an impossible configuration")
        ready, job = self._prepared(variant), Job(variant, "main", self.outcomes)
        found, failed = list[Floats](), dict[_Key, str]()
        for _, w in unit:
            if self._stopped:
                break
            try:
                values = outcomes_of(ready.graph, ready.worlds.world(w), self.asked, job, ENSEMBLE_TOLERANCE)
                found.append(np.array(values))
            except WorldError as e:
                failed[variant, w] = str(e)
                found.append(nothing)
        return found, failed

    def _prepared(self, variant: Variant) -> Prepared:
        with self._lock:
            if variant in self._ready:
                self._ready.move_to_end(variant)
                return self._ready[variant]
        made = prepare(self.packages.case, variant, self.worlds)
        with self._lock:
            self._ready[variant] = made
            while len(self._ready) > KEPT:
                self._ready.popitem(last=False)
        return made


def _units(keys: Iterable[_Key]) -> Iterator[list[_Key]]:
    """Gather what is asked of one variant, so that its graph is built once."""
    by: dict[Variant, list[_Key]] = {}
    for variant, w in keys:
        by.setdefault(variant, []).append((variant, w))
    for each in by.values():
        for k in range(0, len(each), TOGETHER):
            yield each[k : k + TOGETHER]
