"""What the engine costs beside solving: run with ``python benchmarks/overhead.py``.

A solver that takes a stated time and nothing else is put in place of the real one, so that whatever a run takes beyond
it is the engine's: handing out worlds, progress, putting results in their places, and the Parquet files. CPU seconds of
one worker, so that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import offramp.ensemble.work as work
from offramp.casefile import load_case
from offramp.ensemble import Job, run_jobs
from offramp.model.variants import Variant
from offramp.runs import Store
from offramp.worlds import draw


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--case", default="iran-2009")
    parser.add_argument("--worlds", type=int, default=1000)
    parser.add_argument("--solve", type=float, default=5.0, help="milliseconds that a solve takes")
    asked = parser.parse_args()
    case = load_case(asked.case)
    names = tuple(case.outcomes)
    jobs = [Job(Variant(strategy), "main", names) for strategy in case.strategies]
    samples = {"main": draw(case, asked.worlds, 0)}
    solves, took = len(jobs) * (asked.worlds + 1), asked.solve / 1000

    def pretended(graph, world, outcomes, *rest):  # type: ignore[no-untyped-def]
        end = time.thread_time() + took
        while time.thread_time() < end:
            pass
        return [0.5] * len(outcomes)

    work.outcomes_of = pretended
    work.Work(case, jobs, samples, 1e-2)  # so that graphs are compiled and built once before the clock runs
    for name in ("in memory", "on disk"):
        with tempfile.TemporaryDirectory() as folder:
            kept = Store(Path(folder)) if name == "on disk" else None
            begun = time.process_time()
            made = time.process_time()
            work.Work(case, jobs, samples, 1e-2)
            graphs = time.process_time() - made
            run_jobs(case, jobs, samples, workers=1, kept=kept)
            over = time.process_time() - begun - 2 * graphs - solves * took
            size = sum(path.stat().st_size for path in Path(folder).iterdir())
            print(f"{name:<10} {solves:,} solves of {asked.solve:g} ms: {over:6.2f} CPU s beside them,"
                  f" {100 * over / (solves * took):.1f} % ({1e6 * over / solves:.0f} us a solve);"
                  f" graphs {graphs:.2f} s; {size / 1e6:.2f} MB")  # fmt: skip


if __name__ == "__main__":
    main()
