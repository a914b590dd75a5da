"""A lens over worlds x variants: in threads over kernels that hold no lock or on a cluster, and stopped cleanly.

World by world, so that a stopped run has whole worlds. A job's numbers in a world depend on nothing else that is
computed, so they have the same bits for any number of workers, whoever finishes first, and whether they were computed
now or are taken from what was kept.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Executor, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from offramp.ensemble.jobs import Job
from offramp.ensemble.kept import Due, Kept
from offramp.ensemble.keys import Keyed, Keys
from offramp.ensemble.table import Failure, Key, Table
from offramp.ensemble.work import Row, Work, solve
from offramp.ensemble.workers import worker_count
from offramp.model import Case
from offramp.shapes import ENSEMBLE_TOLERANCE, Bools, Floats
from offramp.worlds import Worlds

__all__ = ["Crew", "Planned", "Pool", "Progress", "run_jobs"]

Progress = Callable[[int, int], None]
"""Called with (units done, units in all)."""
Planned = Callable[[Sequence[Due]], None]
"""Called with what is due."""

_CHUNK = 4
"""Worlds handed out at a time."""
_WATCH = 2.0
"""Seconds between looks at whether results will come at all."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Who computes units: threads of this process, or the workers of a cluster."""

    executor: Executor
    work: Any
    """The work as the executor's functions are given it: itself, or what stands for it on a cluster."""
    threads: Callable[[], int]
    """How many there are now."""
    check: Callable[[], None] = lambda: None
    """Called now and then while results are waited for; raises if none will come any more."""


Crew = Callable[[Work], AbstractContextManager[Pool]]
"""Makes a pool for some work."""


@contextmanager
def _threads(work: Work, workers: int) -> Iterator[Pool]:
    with ThreadPoolExecutor(workers, thread_name_prefix="offramp") as executor:
        yield Pool(executor, work, lambda: workers)


def run_jobs(
    case: Case,
    jobs: Sequence[Job],
    samples: Mapping[str, Worlds],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    tolerance: float = ENSEMBLE_TOLERANCE,
    kept: Kept | None = None,
    crew: Crew | None = None,
    planned: Planned | None = None,
    alike: bool = False,
) -> Table:
    """Compute jobs over their samples of worlds.

    Parameters
    ----------
    samples
        Draws by name; row 0 of each is the best guess.
    workers
        Threads; by default one per core.
    kept
        What is there already is taken from here, what is computed is added.
    crew
        Who computes, if not threads of this process.
    planned
        Called with what is due, and how much of it is there, before anything is computed.
    alike
        See `Work`; not with `kept`.

    Returns
    -------
    Table
        Where the reader interrupts, what was computed until then.

    Raises
    ------
    CaseErrors
        If a graph is too large.
    """
    run = _Run(Work(case, jobs, samples, tolerance, alike=alike), kept)
    if planned is not None:
        planned(run.due())
    return run.go(crew or (lambda work: _threads(work, worker_count(workers))), progress)


@dataclass(frozen=True, slots=True)
class _Chunk:
    end: int
    """The world after its last."""
    units: int
    futures: list[Future[list[Row]]]


class _Run:
    def __init__(self, work: Work, kept: Kept | None) -> None:
        self.work, self.kept = work, kept
        self.jobs, self.samples = work.jobs, work.samples
        self.values: dict[Key, dict[str, Floats]] = {
            _key(job): {name: np.full(self.samples[job.sample].count + 1, np.nan) for name in job.outcomes}
            for job in self.jobs
        }
        self.columns = [tuple(self.values[_key(job)].values()) for job in self.jobs]
        """By job, as `values`."""
        self.failures: dict[tuple[int, int], Failure] = {}
        self.there: list[Bools] = [np.zeros(job.rows(self.samples[job.sample].count), np.bool_) for job in self.jobs]
        if kept is not None:
            for n in range(len(self.jobs)):
                self._load(n, kept)

    @cached_property
    def keyed(self) -> list[Keyed]:
        """The jobs with what their numbers are known by."""
        keys = Keys(self.work.case)
        return [Keyed(job, keys.of(job, self.samples[job.sample])) for job in self.jobs]

    def due(self) -> list[Due]:
        """Return what is asked of each job, and how much of it was kept."""
        return [
            Due(keyed, len(there), int(np.count_nonzero(there)))
            for keyed, there in zip(self.keyed, self.there, strict=True)
        ]

    def _load(self, n: int, kept: Kept) -> None:
        """Take what is there of a job; of worlds that this run does not ask for, nothing."""
        job, there = self.jobs[n], self.there[n]
        found = kept.load(self.keyed[n])
        inside = found.worlds < len(there)
        rows = found.worlds[inside]
        there[rows] = True
        for k, column in enumerate(self.columns[n]):
            column[rows] = found.values[inside, k]
        for w, message in found.failures.items():
            if w < len(there):
                there[w] = True
                self.failures[n, w] = Failure(job.sample, w, job.variant, job.movers, message, self.work.draws(n, w))

    def go(self, crew: Crew, progress: Progress | None) -> Table:
        total = sum(map(len, self.there))
        finished = int(sum(map(np.count_nonzero, self.there)))
        done = dict.fromkeys(self.samples, 0)
        interrupted = False
        with crew(self.work) as pool:
            try:
                if progress and finished:
                    progress(finished, total)
                for chunk in self._chunks(pool):
                    self._wait(chunk.futures, pool)
                    self._finish(chunk.futures)
                    finished += chunk.units
                    for name, sample in self.samples.items():
                        done[name] = min(chunk.end, sample.count + 1)
                    if progress:
                        progress(finished, total)
            except KeyboardInterrupt:
                interrupted = True
                pool.executor.shutdown(wait=False, cancel_futures=True)
            finally:
                self.work.stopped = True
                if self.kept is not None:
                    self.kept.flush()
        failures = tuple(f for _, f in sorted(self.failures.items()) if f.world < done[f.sample])
        return Table(self.values, done, failures, interrupted)

    def _units(self, w: int) -> list[list[int]]:
        """Return the jobs of one world that are not there yet, those together that may turn out to be alike."""
        together: dict[tuple[str, str], list[int]] = {}
        for n, job in enumerate(self.jobs):
            if w < len(self.there[n]) and not self.there[n][w]:
                together.setdefault((job.sample, job.movers), []).append(n)
        return list(together.values())

    def _chunks(self, pool: Pool) -> Iterator[_Chunk]:
        """Hand out worlds, always some chunks ahead of the one that is waited for, so that no worker stands idle."""
        worlds = max((s.count for s in self.samples.values()), default=-1) + 1
        ahead: deque[_Chunk] = deque()
        waiting = 0
        for first in range(0, worlds, _CHUNK):
            units = [(numbers, w) for w in range(first, first + _CHUNK) for numbers in self._units(w)]
            futures = [pool.executor.submit(solve, pool.work, numbers, w) for numbers, w in units]
            ahead.append(_Chunk(first + _CHUNK, sum(len(numbers) for numbers, _ in units), futures))
            waiting += len(futures)
            while len(ahead) > 1 and waiting - len(ahead[0].futures) >= 2 * pool.threads():
                waiting -= len(ahead[0].futures)
                yield ahead.popleft()
        yield from ahead

    def _wait(self, futures: Sequence[Future[list[Row]]], pool: Pool) -> None:
        """Wait until all are done or one has failed."""
        while True:
            done, waiting = wait(futures, timeout=_WATCH, return_when=FIRST_EXCEPTION)
            if not waiting or any(future.cancelled() or future.exception() for future in done):
                return
            pool.check()

    def _finish(self, futures: Sequence[Future[list[Row]]]) -> None:
        rows = [row for future in futures for row in future.result()]
        for row in rows:
            if row.failure is not None:
                self.failures[row.job, row.world] = row.failure
                continue
            for column, value in zip(self.columns[row.job], row.values, strict=True):
                column[row.world] = value
        if self.kept is not None:
            self.kept.keep(self.keyed, rows)


def _key(job: Job) -> Key:
    return job.variant, job.sample, job.movers
