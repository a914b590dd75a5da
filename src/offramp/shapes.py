"""Names for arrays and their axes, and the tolerances that the numbers are computed to.

Axis order is always world, strategy, player, state. A state is a configuration (every option at a level) and a
position on the conditions' ladders, so arrays over states are ``[configuration, ..., position]`` with the position
innermost: one list of moves serves all positions, and the inner loops run along it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = [
    "ENSEMBLE_ERROR",
    "ENSEMBLE_TOLERANCE",
    "SOLVER_TOLERANCE",
    "Bools",
    "Floats",
    "Ints",
    "Numbers",
    "Precision",
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Numbers = npt.NDArray[Any]
Precision = type[Any]
"""``np.float32`` or ``np.float64``. Kernels take arrays of either, all of one call alike."""

SOLVER_TOLERANCE = 1e-6
"""Largest error of a value, as a share of the scale of its column, that the play lens aims at."""

ENSEMBLE_TOLERANCE = 3e-2
"""The same over ensembles. The estimate that steps are controlled by is a cautious one: what it lets through is some
hundred times smaller (see `ENSEMBLE_ERROR`)."""

ENSEMBLE_ERROR = 1e-3
"""What the error of an outcome over ensembles is held to, as a share of the outcome's range: a tenth of the margin
that verdicts are given with. It is measured in every run, and a larger one is told."""
