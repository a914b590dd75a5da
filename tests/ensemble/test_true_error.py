"""What the loose tolerance of ensembles really lets through, against a tight one."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from offramp.casefile import load_case
from offramp.ensemble import Job, outcomes_of, prepare, run_jobs
from offramp.findings.outcomes.ranges import outcome_range
from offramp.model.variants import Variant
from offramp.shapes import ENSEMBLE_ERROR, ENSEMBLE_TOLERANCE
from offramp.worlds import draw


@pytest.mark.parametrize("name", ["coercion", "crisis-bargaining", "iran-2009"])
def test_errors_stay_below_a_tenth_of_the_margin(name) -> None:
    case = load_case(name)
    worlds = draw(case, 3, 0)
    outcomes = tuple(case.outcomes.values())
    widths = [high - low for low, high in (outcome_range(case, o) for o in outcomes)]
    for id_, strategy in list(case.strategies.items())[:2]:
        if not strategy.committed:
            continue
        ready = prepare(case, Variant(id_), worlds)
        for few in (outcomes, outcomes[:1]):
            job = Job(Variant(id_), "main", tuple(o.id for o in few))
            for w in range(worlds.count + 1):
                world = ready.worlds.world(w)
                quick = outcomes_of(ready.graph, world, few, job, ENSEMBLE_TOLERANCE)
                exact = outcomes_of(ready.graph, world, few, job, 1e-6)
                for a, b, width in zip(quick, exact, widths, strict=False):
                    assert abs(a - b) <= ENSEMBLE_ERROR * (width if math.isfinite(width) else 1.0)


def test_a_late_start_that_leaves_a_short_segment() -> None:
    """Slow games take long steps; just before a window ends they must not."""
    case = load_case(Path(__file__).parents[2] / "docs" / "essay-to-case" / "gates.yaml")
    late = Variant("pay-for-flow", (("gauge", 1),), delay=3.0)
    jobs = [Job(late, "main", tuple(case.outcomes))]
    worlds = {"main": draw(case, 16, 0)}
    loose, tight = (run_jobs(case, jobs, worlds, tolerance=t) for t in (ENSEMBLE_TOLERANCE, 1e-7))
    for outcome in case.outcomes:
        found, true = (table.column(late, outcome) for table in (loose, tight))
        assert np.abs(found - true).max() < ENSEMBLE_ERROR


def test_a_threat_that_comes_late_to_players_who_choose_sharply() -> None:
    """What is a small error for values may be a large one for choices."""
    case = load_case("coercion")
    late = Variant("assured-threat", delay=17.0)
    jobs = [Job(late, "main", tuple(case.outcomes))]
    worlds = {"main": draw(case, 8, 0)}
    loose, tight = (run_jobs(case, jobs, worlds, tolerance=t) for t in (ENSEMBLE_TOLERANCE, 1e-7))
    for id_, outcome in case.outcomes.items():
        low, high = outcome_range(case, outcome)
        found, true = (table.column(late, id_) for table in (loose, tight))
        assert np.abs(found - true).max() < ENSEMBLE_ERROR * (high - low)
