"""A small run on numba's simulator of a GPU: prints the largest difference from threads, and who failed."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from offramp.casefile import parse_case
from offramp.ensemble import Job, gpu_crew, run_jobs
from offramp.model.variants import Variant
from offramp.play.gpu import batch
from offramp.worlds import draw

SMALL = Path(__file__).parents[1] / "small.yaml"
SHORT = {"horizon: 3, foresight: 4": "horizon: 1, foresight: 1", "[-0.1, 1]": "[-0.3, 1]"}
"""The simulator is slow, and of few worlds some are to fail."""


def main() -> None:
    batch.THREADS = 3
    text = SMALL.read_text(encoding="utf-8")
    for whole, short in SHORT.items():
        text = text.replace(whole, short)
    case = parse_case(text).case
    names = ("pushed", "bowed")
    jobs = [Job(Variant(s), "main", names, movers) for s in case.strategies for movers in ("foresight", "random")]
    samples = {"main": draw(case, 5, 3)}
    ours, theirs = run_jobs(case, jobs, samples), run_jobs(case, jobs, samples, crew=gpu_crew())
    if ours.failures != theirs.failures or not ours.failures:
        sys.exit("other worlds fail")
    gaps = [
        np.nanmax(np.abs(column - theirs.values[key][name]))
        for key, columns in ours.values.items()
        for name, column in columns.items()
    ]
    print(max(gaps))


if __name__ == "__main__":
    main()
