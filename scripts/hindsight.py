"""Sanity by hindsight: earnest talks within 24 months from the circumstances of 2006, 2009 and 2013.

    python scripts/hindsight.py [--worlds 128]

Prints, for the two strategies that the three cases share, the share of the stated worlds in which earnest talks take up
at least a quarter of the two years, with its 95 % Wilson interval, and the mean. docs/iran.md quotes the table. The
cases were not tuned to it.
"""

from __future__ import annotations

import argparse

import numpy as np

from offramp import load_case
from offramp.ensemble import Job, run_jobs
from offramp.measures import share_of
from offramp.model.variants import Variant
from offramp.worlds import draw

CASES = ("iran-2006", "iran-2009", "iran-2013")
STRATEGIES = ("parallel-off-ramp", "pressure-only")
LEAST = 0.25
"""Of the 24 months."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=128)
    asked = parser.parse_args()
    print("| circumstances of | strategy | worlds with earnest talks | mean share of the time |\n|---|---|---|---|")
    for name in CASES:
        case = load_case(name)
        jobs = [Job(Variant(strategy), "main", ("earnest-talks",)) for strategy in STRATEGIES]
        table = run_jobs(case, jobs, {"main": draw(case, asked.worlds, 0)})
        for strategy in STRATEGIES:
            values = table.column(Variant(strategy), "earnest-talks")[1:]
            share = share_of(np.where(values >= LEAST, 1.0, -1.0))
            said = f"{share.holds:.0%} ({share.low:.0%} to {share.high:.0%})"
            print(f"| {name[-4:]} | {case.strategies[strategy].name} | {said} | {np.nanmean(values):.2f} |")


if __name__ == "__main__":
    main()
