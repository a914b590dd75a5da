"""Units of work: one world of some jobs, computed from the case and its draws alone, here or on another machine."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from offramp.compiled.provenance import computed_by
from offramp.ensemble.jobs import Job
from offramp.ensemble.sharing import Known, face_of, marks_of
from offramp.ensemble.table import Failure
from offramp.errors import UsageError, WorldError
from offramp.expressions import evaluate
from offramp.graph import Graph, build_graph, pose
from offramp.model import Case, Outcome
from offramp.model.variants import Variant, apply_variant
from offramp.play.outcomes import outcomes_under
from offramp.worlds import Worlds, replace

__all__ = ["Prepared", "Row", "Work", "made", "outcomes_of", "prepare", "solve"]


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A variant's graph and its draws of one sample."""

    graph: Graph
    worlds: Worlds


@dataclass(frozen=True, slots=True)
class Row:
    """What one job gave in one world."""

    job: int
    """Its position among the jobs."""
    world: int
    values: tuple[float, ...] = ()
    """In the order of the job's outcomes; none where it failed."""
    failure: Failure | None = None


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


class Work:
    """Jobs with all that it takes to compute them.

    Sent to another machine it goes as the case, the jobs and the draws; graphs are built there anew.

    Parameters
    ----------
    alike
        Problems of one world that turn out to be the same are computed once. It saves time where many variants change
        nothing; a job's numbers may then differ by less than the tolerance with the jobs beside it.

    Raises
    ------
    CaseErrors
        If a graph is too large.
    """

    def __init__(
        self, case: Case, jobs: Sequence[Job], samples: Mapping[str, Worlds], tolerance: float, *, alike: bool = False
    ) -> None:
        self.case, self.jobs, self.samples = case, tuple(jobs), dict(samples)
        self.tolerance, self.alike = tolerance, alike
        prepared: dict[tuple[Variant, str], Prepared] = {}
        self.stopped = False
        graphs: dict[Variant, Graph] = {}
        for job in jobs:
            key = job.variant, job.sample
            if key not in prepared:
                prepared[key] = prepare(case, job.variant, samples[job.sample], graphs.get(job.variant))
                graphs[job.variant] = prepared[key].graph
        self.ready = [prepared[job.variant, job.sample] for job in jobs]
        self.asked = [[case.outcomes[name] for name in job.outcomes] for job in jobs]

    @property
    def recipe(self) -> tuple[Case, tuple[Job, ...], dict[str, Worlds], float, bool, str]:
        """All that it is made of, and by what its numbers are to be computed."""
        return self.case, self.jobs, self.samples, self.tolerance, self.alike, computed_by()

    def __reduce__(self) -> tuple[Callable[..., Work], tuple[Any, ...]]:
        return made, self.recipe

    def draws(self, n: int, w: int) -> dict[str, float]:
        """Return the unknowns of one world as one job has them."""
        return self.ready[n].worlds.world(w)

    def solve(self, numbers: Sequence[int], w: int) -> list[Row]:
        """Compute one world of some jobs, in their order; what is left once the reader has stopped the run is not."""
        known: Known | None = {} if self.alike else None
        rows = []
        drawn: dict[int, dict[str, float]] = {}
        for at, n in enumerate(numbers):
            if self.stopped:
                break
            job, worlds = self.jobs[n], self.ready[n].worlds
            world = drawn[id(worlds)] if id(worlds) in drawn else drawn.setdefault(id(worlds), worlds.world(w))
            graph, outcomes = self.ready[n].graph, self.asked[n]
            wanted: set[str] = set()
            if known is not None:
                wanted = set(job.outcomes) if at else {name for m in numbers[1:] for name in self.jobs[m].outcomes}
            try:
                found = outcomes_of(graph, world, outcomes, job, self.tolerance, known, wanted)
            except WorldError as e:
                message = f"{'.'.join(map(str, e.path))}: {e}" if e.path else str(e)
                rows.append(Row(n, w, failure=Failure(job.sample, w, job.variant, job.movers, message, world)))
            else:
                rows.append(Row(n, w, tuple(found)))
        return rows


def made(
    case: Case, jobs: Sequence[Job], samples: Mapping[str, Worlds], tolerance: float, alike: bool, by: str
) -> Work:
    """Make work of its recipe, on whatever machine this is called.

    Raises
    ------
    UsageError
        If that machine would compute other bits: its code, libraries or kind of processor differ.
    """
    if by != computed_by():
        raise UsageError(f"a worker has other code, libraries or another kind of processor: {computed_by()}",
                         code="other-worker", hint=f"let all have {by}")  # fmt: skip
    return Work(case, jobs, samples, tolerance, alike=alike)


def solve(work: Work, numbers: Sequence[int], w: int) -> list[Row]:
    """Compute one world of some jobs: a function that a pool of threads or of machines can be given."""
    return work.solve(numbers, w)


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
    found = [reading.value(at_start) for reading in posed.readings]
    if not np.isfinite(found).all():
        raise WorldError("an outcome is not finite", code="non-finite")
    for reading, value in zip(posed.readings, found, strict=True):
        if reading.outcome in marks:
            shelf.setdefault(marks[reading.outcome], value)
    return found
