"""The engine beside EMA Workbench, driving the same solver over the same worlds, in one run.

    python benchmarks/ema.py                 makes an environment of its own in .venv-ema the first time (uv, network)
    python benchmarks/ema.py --worlds 200

Six drivers take the same worlds of a case through the same strategies: a plain loop, `run_jobs` with one and with two
threads, `run_jobs` with one thread that keeps every number on disk, and EMA Workbench's sequential and multiprocessing
evaluators. Once with the real solver, and once with one that returns at once, which leaves what a driver costs itself.
The numbers of all drivers are compared. Where the environment cannot be made, it says so and ends with 0.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
HOME = ROOT / ".venv-ema"


def outside(asked: argparse.Namespace) -> None:
    """Make the environment where it is not there, and run this file in it."""
    python = HOME / "bin" / "python"
    if not python.exists():
        made = [["uv", "venv", "-q", "--python", sys.executable, str(HOME)],
                ["uv", "pip", "install", "-q", "--python", str(python), "ema-workbench", "-e", str(ROOT)]]  # fmt: skip
        for command in made:
            try:
                subprocess.run(command, check=True)
            except (OSError, subprocess.CalledProcessError) as e:
                print(f"Skipped: the environment cannot be made ({e}).")
                return
    subprocess.run(
        [str(python), __file__, "--inside", "--case", asked.case, "--worlds", str(asked.worlds)],
        check=True,
        stderr=subprocess.DEVNULL,
    )  # EMA Workbench draws bars there


Solver = Callable[[int, int], list[float]]
"""(strategy, world) to outcomes."""


def solvers(case: Any, worlds: Any, jobs: list[Any]) -> dict[str, Solver]:
    from offramp.ensemble import outcomes_of, prepare
    from offramp.shapes import ENSEMBLE_TOLERANCE

    ready = [prepare(case, job.variant, worlds) for job in jobs]
    outcomes = list(case.outcomes.values())

    def real(n: int, w: int) -> list[float]:
        return outcomes_of(ready[n].graph, ready[n].worlds.world(w), outcomes, jobs[n], ENSEMBLE_TOLERANCE)

    return {"the real solver": real, "a solver that returns at once": lambda n, w: [float(n + w)] * len(outcomes)}


def inside(asked: argparse.Namespace) -> None:
    from offramp.casefile import load_case
    from offramp.ensemble import Job
    from offramp.model.variants import Variant
    from offramp.worlds import draw

    warnings.simplefilter("ignore")
    case = load_case(asked.case)
    jobs = [Job(Variant(strategy), "main", tuple(case.outcomes)) for strategy in case.strategies]
    worlds = draw(case, asked.worlds, 0)
    for title, solver in solvers(case, worlds, jobs).items():
        print(f"\n{asked.case}, {len(jobs)} strategies, {asked.worlds + 1} worlds, {title}")
        compare(case, jobs, worlds, solver)


def compare(case: Any, jobs: list[Any], worlds: Any, solver: Solver) -> None:
    """Time all drivers with one solver, and look whether they give the same numbers."""
    import numpy as np

    names, rows = tuple(case.outcomes), worlds.count + 1
    drivers = {
        "plain loop": lambda: np.array(
            [[solver(n, w) for w in range(rows)] for n in range(len(jobs))]
        ).transpose(0, 2, 1),
        "offramp, 1 thread": lambda: ours(case, jobs, worlds, solver, 1),
        "offramp, 1 thread, on disk": lambda: on_disk(case, jobs, worlds, solver),
        "offramp, 2 threads": lambda: ours(case, jobs, worlds, solver, 2),
        "EMA Workbench, sequential": lambda: ema(solver, len(jobs), rows, names, None),
        "EMA Workbench, 2 processes": lambda: ema(solver, len(jobs), rows, names, 2),
    }  # fmt: skip
    solver(0, 0)
    expected, base = None, 0.0
    for name, driver in drivers.items():
        begun = time.perf_counter()
        found = driver()
        took = time.perf_counter() - begun
        expected = found if expected is None else expected
        base = base or took
        same = "the same numbers" if np.array_equal(found, expected) else "OTHER NUMBERS"
        over = 1e6 * (took - base) / (rows * len(jobs))
        print(f"  {name:<28} {took:8.2f} s {took / base:7.2f} x the loop, {over:+9.0f} us a solve; {same}")


def ours(case: Any, jobs: list[Any], worlds: Any, solver: Solver, workers: int, folder: Path | None = None) -> Any:
    import numpy as np

    import offramp.ensemble.work as work
    from offramp.ensemble import run_jobs
    from offramp.runs import Store

    positions = {id(job): n for n, job in enumerate(jobs)}

    def solved(graph: Any, world: Any, outcomes: Any, job: Any, *rest: Any) -> list[float]:
        return solver(positions[id(job)], int(world["the world"]))

    real, work.outcomes_of = work.outcomes_of, solved
    try:
        kept = Store(folder) if folder else None
        table = run_jobs(case, jobs, {"main": _Numbered(worlds)}, workers=workers, kept=kept)  # type: ignore[dict-item]
    finally:
        work.outcomes_of = real
    return np.array([[table.column(job.variant, name) for name in case.outcomes] for job in jobs])


def on_disk(case: Any, jobs: list[Any], worlds: Any, solver: Solver) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        return ours(case, jobs, worlds, solver, 1, Path(folder))


class _Numbered:
    """Draws that carry their world's number to the solver."""

    def __init__(self, worlds: Any) -> None:
        self._worlds = worlds

    def __getattr__(self, name: str) -> Any:
        return getattr(self._worlds, name)

    def world(self, w: int) -> dict[str, float]:
        return {**self._worlds.world(w), "the world": float(w)}


_SOLVER: list[Solver] = []
_NAMES: list[str] = []


def model(strategy: int = 0, world: int = 0) -> dict[str, float]:
    """What EMA Workbench calls; its processes inherit the solver."""
    return dict(zip(_NAMES, _SOLVER[0](strategy, world), strict=True))


def ema(solver: Solver, strategies: int, rows: int, names: tuple[str, ...], processes: int | None) -> Any:
    import numpy as np
    from ema_workbench import (
        IntegerParameter,
        Model,
        MultiprocessingEvaluator,
        Policy,
        ScalarOutcome,
        Scenario,
        perform_experiments,
    )
    from ema_workbench.em_framework import SequentialEvaluator

    plain = [name.replace("-", "_") for name in names]
    _SOLVER[:], _NAMES[:] = [solver], plain
    there = Model("case", function=model)
    there.uncertainties = [IntegerParameter("world", 0, rows)]
    there.levers = [IntegerParameter("strategy", 0, strategies)]
    there.outcomes = [ScalarOutcome(name) for name in plain]
    scenarios = [Scenario(str(w), world=w) for w in range(rows)]
    policies = [Policy(str(n), strategy=n) for n in range(strategies)]
    made = MultiprocessingEvaluator(there, n_processes=processes) if processes else SequentialEvaluator(there)
    with made as evaluator:
        experiments, found = perform_experiments(there, scenarios, policies, evaluator=evaluator)
    table = np.empty((strategies, len(names), rows))
    at = experiments["strategy"].astype(int).to_numpy(), experiments["world"].astype(int).to_numpy()
    for k, name in enumerate(plain):
        table[at[0], k, at[1]] = found[name]
    return table


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--case", default="iran-2009")
    parser.add_argument("--worlds", type=int, default=100)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    (inside if given.inside else outside)(given)
