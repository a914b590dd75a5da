"""Worlds computed on a GPU: units are gathered, and problems of one shape go there together."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

import numpy as np

from offramp.ensemble.run import Crew, Pool
from offramp.ensemble.work import Row, Work
from offramp.errors import UsageError, WorldError
from offramp.graph import Posed, pose
from offramp.play.gpu import available, outcomes_on_gpu, shape_of
from offramp.shapes import Floats

__all__ = ["gpu_crew"]

AT_ONCE = 512
"""Problems gathered at most, about: each takes a few megabytes until it is solved."""


def gpu_crew() -> Crew:
    """Return a crew that computes on the GPU of this machine, in double precision.

    Its numbers agree with those of threads to 1e-5 of an outcome's range, not to the last bit.

    Raises
    ------
    UsageError
        If there is no GPU, or the extra ``offramp[gpu]`` is not installed.
    """
    if not available():
        raise UsageError("there is no NVIDIA GPU that numba reaches", code="no-gpu",
                         hint="install `offramp[gpu]` on a machine with one, or leave out --gpu")  # fmt: skip

    @contextmanager
    def crew(work: Work) -> Iterator[Pool]:
        gathering = _Gathering(work)
        try:
            most = max((len(work.jobs), 1))
            yield Pool(gathering, work, lambda: -(-AT_ONCE // most))
        finally:
            gathering.shutdown()

    return crew


@dataclass(frozen=True, slots=True)
class _Unit:
    numbers: Sequence[int]
    world: int
    done: Future[list[Row]]


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """One job in one world."""

    job: int
    unit: int
    posed: Posed


class _Gathering(Executor):
    """Takes units as a pool of threads does, and computes those that have come together by the time it is free."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._units: SimpleQueue[_Unit | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._go, name="offramp gpu", daemon=True)
        self._thread.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Take a unit: ``args`` are the work, the numbers of its jobs, and its world, as `solve` is given them."""
        _, numbers, world = args
        unit = _Unit(numbers, world, Future())
        self._units.put(unit)
        return unit.done

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more; leave what waits uncomputed once the run has been stopped."""
        self._units.put(None)
        if wait:
            self._thread.join()

    def _go(self) -> None:
        while (first := self._units.get()) is not None:
            units, last = [first], False
            while sum(len(unit.numbers) for unit in units) < AT_ONCE and not last:
                try:
                    more = self._units.get_nowait()
                except Empty:
                    break
                last = more is None
                units += [more] if more is not None else []
            try:
                for unit, rows in zip(units, self._solved(units), strict=True):
                    unit.done.set_result(rows)
            except BaseException as e:  # noqa: BLE001 - whoever waits for a unit is told
                for unit in units:
                    if not unit.done.done():
                        unit.done.set_exception(e)
            if last:
                return

    def _solved(self, units: Sequence[_Unit]) -> list[list[Row]]:
        """Compute units: problems of one shape at once, those that fail there once more by the CPU, which says why."""
        work, rows = self._work, [dict.fromkeys(unit.numbers, Row(0, 0)) for unit in units]
        alike: dict[Any, list[_Asked]] = defaultdict(list)
        again: list[tuple[int, int]] = []
        for n, unit in enumerate(units):
            for job in unit.numbers:
                if work.stopped:
                    return [[] for _ in units]
                try:
                    graph = work.ready[job].graph
                    posed = pose(graph, work.draws(job, unit.world), work.asked[job])
                except WorldError:
                    again.append((n, job))
                    continue
                key = work.jobs[job].movers, posed.first_outcome, id(graph), shape_of(posed.problem)
                alike[key].append(_Asked(job, n, posed))
        for (movers, first, *_), asked in alike.items():
            problems = [each.posed.problem for each in asked]
            found = outcomes_on_gpu(problems, movers, first, tolerance=work.tolerance)
            for each, at_start in zip(asked, found, strict=True):
                values = _read(each.posed, at_start)
                if values is None:
                    again.append((each.unit, each.job))
                else:
                    rows[each.unit][each.job] = Row(each.job, units[each.unit].world, values)
        for n, job in again:
            (rows[n][job],) = work.solve([job], units[n].world)
        return [list(each.values()) for each in rows]


def _read(posed: Posed, at_start: Floats) -> tuple[float, ...] | None:
    """Read the outcomes off; None where one is not finite."""
    found = tuple(reading.value(at_start) for reading in posed.readings)
    return found if np.isfinite(found).all() else None
