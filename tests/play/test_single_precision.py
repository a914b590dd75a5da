"""Single precision: the same outcomes to about five digits, and double where its range is left."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from play_problems import CASES, PLAYERS, many_outcomes

from offramp.graph.arrays import Problem
from offramp.play.adjoint import outcomes_at_start
from offramp.play.outcomes import outcomes_under
from offramp.play.solving import solve

TOLERANCE = 1e-2


def scaled(case: Problem, factor: float) -> Problem:
    """Multiply all that players earn."""
    segments = []
    for segment in case.segments:
        flow = segment.flow.copy()
        flow[:, :PLAYERS] *= factor
        segments.append(replace(segment, flow=flow))
    return replace(case, segments=tuple(segments))


DULL = {name: how for name, how in CASES.items() if not name.startswith("very precise")}


@pytest.mark.parametrize("name", DULL)
def test_outcomes_are_those_of_double_precision(name) -> None:
    case = many_outcomes(**CASES[name])
    double = outcomes_at_start(case, PLAYERS, tolerance=TOLERANCE)[PLAYERS:]
    single = outcomes_at_start(case, PLAYERS, tolerance=TOLERANCE, number=np.float32)[PLAYERS:]
    loose = 30.0 if "precise" in name else 1.0  # rounding of values is felt times the precision
    assert single == pytest.approx(double, rel=1e-4 * loose, abs=1e-5 * loose)


@pytest.mark.parametrize("name", DULL)
def test_columns_are_those_of_double_precision(name) -> None:
    case = many_outcomes(**CASES[name])
    double, single = (solve(case, tolerance=TOLERANCE, number=n).at_start for n in (np.float64, np.float32))
    loose = 30.0 if "precise" in name else 1.0
    assert single == pytest.approx(double, rel=1e-4 * loose, abs=1e-5 * loose)


@pytest.mark.parametrize("movers", ["foresight", "random", "myopic"])
def test_ensembles_are_computed_in_single_precision(movers) -> None:
    case = many_outcomes(consent=True, holes=2)
    quick = outcomes_under(case, movers, PLAYERS, tolerance=TOLERANCE)[PLAYERS:]
    exact = outcomes_under(case, movers, PLAYERS, tolerance=1e-6)[PLAYERS:]
    assert quick == pytest.approx(exact, abs=1e-2)
    assert (quick != outcomes_under(case, movers, PLAYERS, tolerance=1e-4)[PLAYERS:]).any()


BEYOND = {
    "large": scaled(many_outcomes(cost=0.0, lam=0.0), 1e42),
    "sharp": many_outcomes(lam=1e5, consent=True),
}


@pytest.mark.parametrize("name", BEYOND)
def test_what_is_beyond_single_precision_is_computed_in_double(name) -> None:
    case = BEYOND[name]
    found = outcomes_under(case, "foresight", PLAYERS, tolerance=TOLERANCE)[PLAYERS:]
    double = outcomes_at_start(case, PLAYERS, tolerance=TOLERANCE)[PLAYERS:]
    np.testing.assert_array_equal(found, double)
