"""How far the numbers can be trusted as numbers: measured in the best-guess world of each strategy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from offramp.ensemble import prepare
from offramp.errors import WorldError
from offramp.findings.ranges import outcome_range
from offramp.findings.results import Numerics
from offramp.graph import Posed, pose
from offramp.model import Case
from offramp.model.variants import Variant
from offramp.play import amplification, solve
from offramp.shapes import ENSEMBLE_TOLERANCE, SOLVER_TOLERANCE
from offramp.worlds import Worlds

__all__ = ["measure_numerics"]

LONGER = 1.25
"""How much further players look ahead when the dependence on the foresight date is measured."""


def measure_numerics(case: Case, strategies: Sequence[str], worlds: Worlds) -> Numerics:
    """Measure sizes, the pull of the foresight date, and how errors made there grow.

    A strategy whose best guess cannot be computed has NaN for both.
    """
    states: dict[str, int] = {}
    amplified: dict[str, float] = {}
    foresight: dict[str, float] = {}
    errors: dict[str, float] = {}
    further = replace(case, time=replace(case.time, foresight=LONGER * case.time.foresight))
    outcomes = tuple(case.outcomes.values())
    for id_ in strategies:
        ready = prepare(case, Variant(id_), worlds)
        states[id_] = ready.graph.states
        try:
            posed = pose(ready.graph, ready.worlds.world(0), outcomes)
            columns = [reading.column for reading in posed.readings]
            amplified[id_] = amplification(posed.problem, columns) if columns else 0.0
            exact, quick = _read(posed, SOLVER_TOLERANCE), _read(posed, ENSEMBLE_TOLERANCE)
            errors[id_] = _largest_change(case, exact, quick)
            longer = prepare(further, Variant(id_), worlds)
            there = _read(pose(longer.graph, longer.worlds.world(0), outcomes), SOLVER_TOLERANCE)
            foresight[id_] = _largest_change(case, exact, there)
        except WorldError:
            amplified[id_] = foresight[id_] = errors[id_] = float("nan")
    return Numerics(ENSEMBLE_TOLERANCE, states, errors, amplified, foresight, 0.0)


def _read(posed: Posed, tolerance: float) -> dict[str, float]:
    at_start = solve(posed.problem, tolerance=tolerance).at_start
    return {r.outcome: r.offset + r.scale * float(at_start[r.column]) for r in posed.readings}


def _largest_change(case: Case, here: dict[str, float], there: dict[str, float]) -> float:
    """Return the largest change of an outcome as a share of its range."""
    changes = [0.0]
    for id_, value in here.items():
        low, high = outcome_range(case, case.outcomes[id_])
        changes.append(abs(there[id_] - value) / (high - low) if high > low else 0.0)
    return max(changes)
