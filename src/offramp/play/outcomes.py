"""The outcomes at the start, whoever chooses and however: in single precision where that is enough."""

from __future__ import annotations

from typing import Literal

import numpy as np

from offramp.errors import WorldError
from offramp.graph.arrays import LogitPolicy, Problem
from offramp.play.adjoint import outcomes_at_start
from offramp.play.shortsighted import shortsighted_outcomes
from offramp.shapes import Floats, Precision

__all__ = ["outcomes_under", "precision_for"]

SINGLE_FROM = 1e-3
"""From this tolerance on single precision is enough: its own error, about 1e-5, is lost in the error of the steps."""

SHARPEST = 1e5
"""What values times the precision of choices may reach: beyond it choices would feel the rounding."""


def outcomes_under(
    problem: Problem,
    movers: Literal["foresight", "myopic", "random"],
    first_outcome: int,
    *,
    tolerance: float,
) -> Floats:
    """Return the outcomes at the start, [N]; the entries of the players' values may be NaN.

    A problem whose numbers leave the range of single precision, or whose players tell values apart that it cannot, is
    computed in double.

    Parameters
    ----------
    problem : Problem
    movers : {"foresight", "myopic", "random"}
        How the free players choose: looking ahead, by the present payoff alone, or at random.
    first_outcome : int
        Columns from here on are outcomes.
    tolerance : float
        See `solve`.

    Raises
    ------
    WorldError
        A value is not finite, or the policies do not converge.
    """
    if precision_for(problem, first_outcome, tolerance) is np.float32:
        try:
            with np.errstate(over="ignore"):
                found = _outcomes(problem, movers, first_outcome, tolerance, np.float32)
        except WorldError:
            found = np.full(len(problem.columns), np.nan)
        if np.isfinite(found[first_outcome:]).all():
            return found
    return _outcomes(problem, movers, first_outcome, tolerance, np.float64)


def precision_for(problem: Problem, first_outcome: int, tolerance: float) -> Precision:
    """Return what is precise enough: single where the tolerance is loose and choices do not feel the rounding."""
    single = tolerance >= SINGLE_FROM and _felt(problem, first_outcome) <= SHARPEST
    return np.float32 if single else np.float64


def _felt(problem: Problem, first: int) -> float:
    """Return a bound on values times the precision of choices."""
    sharpest = max(
        (p.precision for s in problem.segments for p in s.policies if isinstance(p, LogitPolicy)), default=0.0
    )
    flows = {id(s.flow): float(np.abs(s.flow[:, :first]).max(initial=0.0)) for s in problem.segments}
    ends = max((float(np.abs(v).max(initial=0.0)) for n, v in problem.segments[0].terminal if n < first), default=0.0)
    span = problem.segments[0].end - problem.segments[-1].start
    return sharpest * (max(flows.values(), default=0.0) * span + ends)


def _outcomes(
    problem: Problem,
    movers: Literal["foresight", "myopic", "random"],
    first: int,
    tolerance: float,
    number: Precision,
) -> Floats:
    if movers == "foresight":
        return outcomes_at_start(problem, first, tolerance=tolerance, number=number)
    return shortsighted_outcomes(problem, movers, first, tolerance=tolerance, number=number)
