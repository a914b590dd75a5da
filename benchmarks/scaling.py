"""Does time grow linearly in worlds and in states?

    python benchmarks/scaling.py        prints both tables and writes benchmarks/scaling.svg

Worlds: `coercion`, all strategies, one thread. States: four players with four levels each and one ladder of growing
length; the rates stay the same, so every size takes about the same steps. Best of three.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import vl_convert
from kernel import game

from offramp.casefile import load_case
from offramp.ensemble import Job, run_jobs
from offramp.model.variants import Variant
from offramp.play import solve
from offramp.worlds import draw

PICTURE = Path(__file__).with_name("scaling.svg")
REPEATS = 3


def by_worlds() -> list[tuple[float, float]]:
    """(worlds, seconds)"""
    case = load_case("coercion")
    jobs = [Job(Variant(s), "main", tuple(case.outcomes)) for s in case.strategies]
    rows = []
    for worlds in (32, 64, 128, 256, 512):
        samples = {"main": draw(case, worlds, 0)}
        rows.append((float(worlds), best(lambda s=samples: run_jobs(case, jobs, s, workers=1))))
    return rows


def by_states() -> list[tuple[float, float]]:
    """(states, seconds)"""
    rows = []
    for positions in (8, 16, 32, 64, 128, 256):
        problem = game((4, 4, 4, 4), (positions,), 8, until=12.0, foresight=24.0)
        rows.append((256.0 * positions, best(lambda p=problem: solve(p, tolerance=3e-4))))
    return rows


def best(run: Callable[[], object]) -> float:
    run()
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return min(times)


def main() -> None:
    tables = {"worlds": by_worlds(), "states": by_states()}
    values = []
    for what, rows in tables.items():
        print(f"{what:>8}  seconds  microseconds each")
        for size, seconds in rows:
            print(f"{size:8.0f}  {seconds:7.3f}  {1e6 * seconds / size:8.1f}")
            values.append({"what": f"by {what}", "size": size, "seconds": seconds})
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": values},
        "facet": {"column": {"field": "what", "title": None}},
        "resolve": {"scale": {"x": "independent", "y": "independent"}},
        "spec": {
            "mark": {"type": "line", "point": True},
            "encoding": {
                "x": {"field": "size", "type": "quantitative", "scale": {"type": "log"}, "title": "how many"},
                "y": {"field": "seconds", "type": "quantitative", "scale": {"type": "log"}},
            },
        },
    }
    PICTURE.write_text(vl_convert.vegalite_to_svg(spec), encoding="utf-8")
    print(f"wrote {PICTURE.name}")


if __name__ == "__main__":
    main()
