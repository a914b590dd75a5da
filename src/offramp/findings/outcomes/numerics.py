"""How far the numbers can be trusted as numbers: measured in the best-guess world of each strategy."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from offramp.ensemble import prepare, worker_count
from offramp.errors import WorldError
from offramp.findings.outcomes.ranges import outcome_range
from offramp.findings.outcomes.values import Numerics
from offramp.graph import Posed, pose
from offramp.model import Case
from offramp.model.variants import Variant
from offramp.play import amplification
from offramp.play.outcomes import outcomes_under
from offramp.shapes import ENSEMBLE_TOLERANCE
from offramp.worlds import Worlds

__all__ = ["measure_numerics"]

EXACT = 1e-4
"""The tolerance of what stands for the exact solution: its true error is some hundred times smaller still, and so
ten times below that of an ensemble."""
LONGER = 1.25
"""How much further players look ahead when the dependence on the foresight date is measured."""


def measure_numerics(case: Case, strategies: Sequence[str], worlds: Worlds, workers: int | None = None) -> Numerics:
    """Measure sizes, the error let through, the pull of the foresight date, and how errors made there grow.

    A strategy whose best guess cannot be computed has NaN for all but its size.
    """
    with ThreadPoolExecutor(worker_count(workers)) as pool:
        measured = list(pool.map(lambda id_: _measure(case, id_, worlds), strategies))
    return Numerics(
        tolerance=ENSEMBLE_TOLERANCE,
        states={id_: m.states for id_, m in zip(strategies, measured, strict=True)},
        error={id_: m.error for id_, m in zip(strategies, measured, strict=True)},
        amplification={id_: m.amplified for id_, m in zip(strategies, measured, strict=True)},
        foresight={id_: m.foresight for id_, m in zip(strategies, measured, strict=True)},
        seconds=0.0,
    )


@dataclass(frozen=True, slots=True)
class _Measured:
    states: int
    error: float
    amplified: float
    foresight: float


def _measure(case: Case, strategy: str, worlds: Worlds) -> _Measured:
    further = replace(case, time=replace(case.time, foresight=LONGER * case.time.foresight))
    outcomes = tuple(case.outcomes.values())
    ready = prepare(case, Variant(strategy), worlds)
    try:
        posed = pose(ready.graph, ready.worlds.world(0), outcomes)
        columns = [reading.column for reading in posed.readings]
        exact, quick = _read(posed, EXACT), _read(posed, ENSEMBLE_TOLERANCE)
        longer = prepare(further, Variant(strategy), worlds)
        there = _read(pose(longer.graph, longer.worlds.world(0), outcomes), ENSEMBLE_TOLERANCE)
        return _Measured(
            ready.graph.states,
            _largest_change(case, exact, quick),
            amplification(posed.problem, columns, _per_range(case, posed), first_outcome=posed.first_outcome)
            if columns
            else 0.0,
            _largest_change(case, quick, there),
        )
    except WorldError:
        return _Measured(ready.graph.states, math.nan, math.nan, math.nan)


def _per_range(case: Case, posed: Posed) -> list[float]:
    """Return what turns the change of each outcome's column into a share of the outcome's range."""
    weights = []
    for reading in posed.readings:
        low, high = outcome_range(case, case.outcomes[reading.outcome])
        weights.append(abs(reading.scale) / (high - low) if math.isfinite(high - low) and high > low else 0.0)
    return weights


def _read(posed: Posed, tolerance: float) -> dict[str, float]:
    at_start = outcomes_under(posed.problem, "foresight", posed.first_outcome, tolerance=tolerance)
    return {reading.outcome: reading.value(at_start) for reading in posed.readings}


def _largest_change(case: Case, here: dict[str, float], there: dict[str, float]) -> float:
    """Return the largest change of an outcome as a share of its range."""
    changes = [0.0]
    for id_, value in here.items():
        low, high = outcome_range(case, case.outcomes[id_])
        changes.append(abs(there[id_] - value) / (high - low) if high > low else 0.0)
    return max(changes)
