"""The play lens on a GPU beside the CPU: worlds a second, and the largest difference.

    pip install 'offramp[gpu]'                     # on a machine with an NVIDIA GPU
    python benchmarks/gpu.py [--case iran-2009] [--worlds 256] [--movers foresight]
    python benchmarks/gpu.py --one-thread --worlds 8

Every world of the case's focal strategy. On the CPU in one thread; on the GPU in all, what it takes to get the worlds
ready included. Without a GPU: the CPU's side, and how long getting ready takes, which bounds what any GPU could give.
``--one-thread`` computes by the GPU's kernel, compiled for one thread of the CPU: slow, but tells the difference.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

from offramp.casefile import load_case
from offramp.findings.choice.focal import focal_strategy
from offramp.graph import build_graph, pose
from offramp.play.gpu import available, batch, outcomes_on_gpu
from offramp.play.gpu.packing import pack
from offramp.play.gpu.plan import plan
from offramp.play.outcomes import outcomes_under
from offramp.shapes import ENSEMBLE_TOLERANCE
from offramp.worlds import draw

REPEATS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", default="iran-2009")
    parser.add_argument("--worlds", type=int, default=256)
    parser.add_argument("--movers", default="foresight", choices=("foresight", "myopic", "random"))
    parser.add_argument("--one-thread", action="store_true")
    asked = parser.parse_args()
    if asked.one_thread:
        emulate()
    case = load_case(asked.case)
    strategy = focal_strategy(case, tuple(case.strategies))
    graph, worlds = build_graph(case, case.strategies[strategy]), draw(case, asked.worlds - 1, 0)
    outcomes = tuple(case.outcomes.values())
    began = time.perf_counter()
    posed = [pose(graph, worlds.world(w), outcomes) for w in range(asked.worlds)]
    posing = time.perf_counter() - began
    problems, first = [each.problem for each in posed], posed[0].first_outcome
    print(f"{asked.case}, {strategy}, {asked.worlds} worlds, {asked.movers}")
    told("posed, one thread", asked.worlds, posing)

    def on_cpu():
        return [outcomes_under(p, asked.movers, first, tolerance=ENSEMBLE_TOLERANCE) for p in problems]

    def ready():
        plans = [plan(p, asked.movers, first, ENSEMBLE_TOLERANCE) for p in problems]
        pack(plans, 0)

    def on_gpu():
        return outcomes_on_gpu(problems, asked.movers, first, tolerance=ENSEMBLE_TOLERANCE)

    expected, seconds = timed(on_cpu)
    told("CPU, one thread", asked.worlds, seconds)
    told("got ready for a GPU, one thread", asked.worlds, timed(ready)[1])
    if not asked.one_thread and not available():
        print("no GPU at hand")
        return
    found, seconds = timed(on_gpu, repeats=1 if asked.one_thread else REPEATS)
    told("GPU's kernel on one thread of the CPU" if asked.one_thread else "GPU", asked.worlds, seconds)
    values, right = np.array(found)[:, first:], np.array(expected)[:, first:]
    scale = np.maximum(np.abs(right).max(axis=0), 1e-300)
    print(f"largest difference, as a share of an outcome's largest value: {(np.abs(values - right) / scale).max():.1e}")


def emulate() -> None:
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "play"))
    import one_thread

    import offramp.play.gpu.kernels as kernels

    kernels.start, batch.THREADS = one_thread.start, 1


def timed(run, repeats=REPEATS):
    """The best of some runs, after one more to warm up."""
    seconds = []
    for _ in range(repeats + 1):
        began = time.perf_counter()
        found = run()
        seconds.append(time.perf_counter() - began)
    return found, min(seconds[1:])


def told(what: str, worlds: int, seconds: float) -> None:
    print(f"{what:40} {1e3 * seconds / worlds:8.2f} ms a world, {worlds / seconds:8.1f} worlds a second")


if __name__ == "__main__":
    main()
