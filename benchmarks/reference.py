"""How long the reference case takes, by part: the six strategies, then claims, views and baselines.

python benchmarks/reference.py [--worlds 128] [--workers 2]
"""

from __future__ import annotations

import argparse
import resource
import time

from offramp.casefile import load_case
from offramp.ensemble import Job, run_jobs
from offramp.findings.analyse import analyse
from offramp.model.variants import Variant
from offramp.worlds import draw


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=128)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    case = load_case("iran-2009")
    jobs = [Job(Variant(s), "main", tuple(case.outcomes)) for s in case.strategies]
    run_jobs(case, jobs, {"main": draw(case, 1, 0)}, workers=asked.workers)
    began = time.perf_counter()
    run_jobs(case, jobs, {"main": draw(case, asked.worlds, 0)}, workers=asked.workers)
    print(f"six strategies, {asked.worlds} worlds: {time.perf_counter() - began:.1f} s")
    began = time.perf_counter()
    analyse(case, worlds=asked.worlds, workers=asked.workers)
    print(f"with claims, views, baselines and paths: {time.perf_counter() - began:.1f} s")
    print(f"largest memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


if __name__ == "__main__":
    main()
