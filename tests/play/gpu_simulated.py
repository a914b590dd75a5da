"""A tiny batch on numba's simulator of a GPU: prints the largest difference from the CPU, by how players choose."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import numpy as np

from offramp.play.gpu import available, batch, outcomes_on_gpu
from offramp.play.outcomes import outcomes_under

TOLERANCE, PLAYERS = 3e-2, 2


def main() -> None:
    spec = importlib.util.spec_from_file_location("play_problems", Path(__file__).with_name("problems.py"))
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    if not available():
        sys.exit("no GPU is simulated")
    batch.THREADS = 3
    sys.setswitchinterval(1e-6)  # threads that do not wait for one another where they must shall be found out
    problems = [
        build.random_problem(
            seed, sizes=(2, 2), rungs=(2, 2), outcomes=5, pace=(1.0, 0.7), consent=True, until=2.0, foresight=3.0
        )
        for seed in range(2)
    ]
    for movers in ("foresight", "myopic", "random"):
        found = outcomes_on_gpu(problems, movers, PLAYERS, tolerance=TOLERANCE)
        expected = [outcomes_under(problem, movers, PLAYERS, tolerance=TOLERANCE) for problem in problems]
        print(movers, np.abs(np.array(found) - np.array(expected))[:, PLAYERS:].max())


if __name__ == "__main__":
    main()
