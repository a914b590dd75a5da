"""A lens over worlds x variants: threads over kernels that hold no lock, in chunks that can be stopped.

World by world, so that a stopped run has whole worlds. Every result is stored at its own place, and what is shared is
shared within a world and in the order of the jobs, so the numbers do not depend on the number of workers or on who
finished first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

import numpy as np

from offramp.ensemble.jobs import Job
from offramp.ensemble.sharing import Known, face_of, marks_of
from offramp.ensemble.table import Failure, Key, Table
from offramp.ensemble.workers import worker_count
from offramp.errors import WorldError
from offramp.expressions import evaluate
from offramp.graph import Graph, build_graph, pose
from offramp.model import Case, Outcome
from offramp.model.variants import Variant, apply_variant
from offramp.play.outcomes import outcomes_under
from offramp.shapes import ENSEMBLE_TOLERANCE, Floats
from offramp.worlds import Worlds, replace

__all__ = ["Prepared", "Progress", "prepare", "run_jobs"]

Progress = Callable[[int, int], None]
"""Called with (units done, units in all)."""

_CHUNK = 4
"""Worlds handed out at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A variant's graph and its draws of one sample."""

    graph: Graph
    worlds: Worlds


def prepare(case: Case, variant: Variant, worlds: Worlds, graph: Graph | None = None) -> Prepared:
    """Apply a variant to a case and to its draws; the draws keep their columns, so world w stays world w.

    Parameters
    ----------
    graph
        The variant's graph where it has been built before: it is the same for every sample.
    """
    applied = apply_variant(case, variant)
    if applied.numbers:
        columns = {name: worlds.column(name) for name in worlds.names}
        changed = {
            name: np.broadcast_to(evaluate(node, columns), (worlds.count + 1,))
            for name, node in applied.numbers.items()
        }
        worlds = replace(worlds, changed)
    return Prepared(graph or build_graph(applied.case, applied.strategy, applied.delay), worlds)


def run_jobs(
    case: Case,
    jobs: Sequence[Job],
    samples: Mapping[str, Worlds],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    tolerance: float = ENSEMBLE_TOLERANCE,
) -> Table:
    """Compute jobs over their samples of worlds.

    Parameters
    ----------
    samples
        Draws by name; row 0 of each is the best guess.
    workers
        Threads; by default one per core.

    Returns
    -------
    Table
        Where the reader interrupts, what was computed until then.

    Raises
    ------
    CaseErrors
        If a graph is too large.
    """
    run = _Run(case, jobs, samples, tolerance)
    return run.go(worker_count(workers), progress)


@dataclass(frozen=True, slots=True)
class _Chunk:
    end: int
    """The world after its last."""
    units: int
    futures: list[Future[None]]


class _Run:
    def __init__(self, case: Case, jobs: Sequence[Job], samples: Mapping[str, Worlds], tolerance: float) -> None:
        self.case, self.jobs, self.samples, self.tolerance = case, jobs, samples, tolerance
        self.prepared: dict[tuple[Variant, str], Prepared] = {}
        graphs: dict[Variant, Graph] = {}
        for job in jobs:
            key = job.variant, job.sample
            if key in self.prepared:
                continue
            ready = prepare(case, job.variant, samples[job.sample], graphs.get(job.variant))
            graphs[job.variant] = ready.graph
            self.prepared[key] = ready
        self.outcomes = {job: tuple(case.outcomes[name] for name in job.outcomes) for job in jobs}
        self.values: dict[Key, dict[str, Floats]] = {
            self._key(job): {name: np.full(samples[job.sample].count + 1, np.nan) for name in job.outcomes}
            for job in jobs
        }
        self.failures: dict[tuple[int, int], Failure] = {}
        self.stopped = False

    def _key(self, job: Job) -> Key:
        return job.variant, job.sample, job.movers

    def go(self, workers: int, progress: Progress | None) -> Table:
        total = sum(job.rows(self.samples[job.sample].count) for job in self.jobs)
        finished = 0
        done = dict.fromkeys(self.samples, 0)
        interrupted = False
        with ThreadPoolExecutor(workers, thread_name_prefix="offramp") as pool:
            try:
                for chunk in self._chunks(pool):
                    self._finish(chunk.futures)
                    finished += chunk.units
                    for name, sample in self.samples.items():
                        done[name] = min(chunk.end, sample.count + 1)
                    if progress:
                        progress(finished, total)
            except KeyboardInterrupt:
                interrupted = True
            finally:
                self.stopped = True
        failures = tuple(f for _, f in sorted(self.failures.items()) if f.world < done[f.sample])
        return Table(self.values, done, failures, interrupted)

    def _units(self, w: int) -> list[tuple[list[int], int]]:
        """Return the jobs of one world, those together that may turn out to be the same problem."""
        together: dict[tuple[str, str, str], list[int]] = {}
        for n, job in enumerate(self.jobs):
            if w < job.rows(self.samples[job.sample].count):
                together.setdefault((job.sample, job.movers, job.variant.strategy), []).append(n)
        return [(numbers, w) for numbers in together.values()]

    def _chunks(self, pool: ThreadPoolExecutor) -> Iterator[_Chunk]:
        """Hand out worlds, always a chunk ahead of the one that is waited for, so that no thread stands idle."""
        worlds = max((s.count for s in self.samples.values()), default=-1) + 1
        ahead: deque[_Chunk] = deque()
        for first in range(0, worlds, _CHUNK):
            units = [unit for w in range(first, first + _CHUNK) for unit in self._units(w)]
            futures = [pool.submit(self._one, numbers, w) for numbers, w in units]
            ahead.append(_Chunk(first + _CHUNK, sum(len(numbers) for numbers, _ in units), futures))
            if len(ahead) > 1:
                yield ahead.popleft()
        yield from ahead

    def _finish(self, futures: Sequence[Future[None]]) -> None:
        wait(futures, return_when=FIRST_EXCEPTION)
        for future in futures:
            future.result()

    def _one(self, numbers: Sequence[int], w: int) -> None:
        """Compute one world of some jobs, in their order: which of equal problems is computed is no matter of luck."""
        known: Known = {}
        for at, n in enumerate(numbers):
            if self.stopped:
                return
            job = self.jobs[n]
            ready = self.prepared[job.variant, job.sample]
            world = ready.worlds.world(w)
            try:
                wanted = set(job.outcomes) if at else {name for m in numbers[1:] for name in self.jobs[m].outcomes}
                found = outcomes_of(ready.graph, world, self.outcomes[job], job, self.tolerance, known, wanted)
            except WorldError as e:
                message = f"{'.'.join(map(str, e.path))}: {e}" if e.path else str(e)
                self.failures[n, w] = Failure(job.sample, w, job.variant, job.movers, message, world)
                continue
            store = self.values[self._key(job)]
            for name, value in zip(job.outcomes, found, strict=True):
                store[name][w] = value


def outcomes_of(
    graph: Graph,
    world: Mapping[str, float],
    outcomes: Sequence[Outcome],
    job: Job,
    tolerance: float,
    known: Known | None = None,
    wanted: Collection[str] = (),
) -> list[float]:
    """Compute the outcomes of one strategy in one world.

    Parameters
    ----------
    known
        What was computed by the same movers; what is there already is taken from there, what is not is added.
    wanted
        The outcomes to look up there and to add.

    Raises
    ------
    WorldError
        If a number of this world cannot be used, or the sweep does not converge.
    """
    posed = pose(graph, world, outcomes)
    shelf: dict[bytes, float] = {}
    marks: dict[str, bytes] = {}
    if known is not None and wanted:
        shelf, marks = known.setdefault(face_of(posed), {}), marks_of(posed, wanted)
        if all(outcome.id in marks and marks[outcome.id] in shelf for outcome in outcomes):
            return [shelf[marks[outcome.id]] for outcome in outcomes]
    at_start = outcomes_under(posed.problem, job.movers, posed.first_outcome, tolerance=tolerance)
    found = [reading.offset + reading.scale * float(at_start[reading.column]) for reading in posed.readings]
    if not np.isfinite(found).all():
        raise WorldError("an outcome is not finite", code="non-finite")
    for reading, value in zip(posed.readings, found, strict=True):
        if reading.outcome in marks:
            shelf.setdefault(marks[reading.outcome], value)
    return found
