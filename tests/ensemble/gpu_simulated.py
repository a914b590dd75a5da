"""A small run on numba's simulator of a GPU: prints the largest difference from threads, and who failed."""

from __future__ import annotations

import sys

import numpy as np

from offramp.casefile import parse_case
from offramp.ensemble import Job, gpu_crew, run_jobs
from offramp.model.variants import Variant
from offramp.play.gpu import batch
from offramp.worlds import draw

TEXT = """\
offramp: 1
name: tiny
title: Tiny
time: {unit: month, horizon: 1, foresight: 1}
unknowns: {gain: {range: [-1, 1], origin: guess}, pace: {range: [-0.3, 1], origin: guess}}
players:
  us: {options: {push: {}}, wants: [{that: us.push, worth: gain}]}
  them: {options: {bow: {}}, pace: pace, wants: [{that: "them.bow and not us.push", worth: 0.7}]}
outcomes:
  pushed: {of: us.push, measure: average}
  bowed: {of: them.bow, measure: average}
strategies:
  free: {}
  hold: {player: us, does: [{otherwise: {push: no}}]}
"""


def main() -> None:
    batch.THREADS = 3
    case = parse_case(TEXT).case
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
