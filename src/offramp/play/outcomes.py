"""The outcomes at the start, whoever chooses and however: in single precision where that is enough."""

from __future__ import annotations

from typing import Literal

import numpy as np

from offramp.errors import WorldError
from offramp.graph.arrays import Problem
from offramp.play.adjoint import outcomes_at_start
from offramp.play.shortsighted import shortsighted_outcomes
from offramp.shapes import Floats, Precision

__all__ = ["outcomes_under"]

SINGLE_FROM = 1e-3
"""From this tolerance on single precision is enough: its own error, about 1e-5, is lost in the error of the steps."""


def outcomes_under(
    problem: Problem,
    movers: Literal["foresight", "myopic", "random"],
    first_outcome: int,
    *,
    tolerance: float,
) -> Floats:
    """Return the outcomes at the start, [N]; the entries of the players' values may be NaN.

    A problem whose numbers leave the range of single precision is computed in double.

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
    if tolerance >= SINGLE_FROM:
        try:
            with np.errstate(over="ignore"):
                found = _outcomes(problem, movers, first_outcome, tolerance, np.float32)
        except WorldError:
            found = np.full(len(problem.columns), np.nan)
        if np.isfinite(found[first_outcome:]).all():
            return found
    return _outcomes(problem, movers, first_outcome, tolerance, np.float64)


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
