"""What stands in the way of a package in the worlds in which it does not reach the target."""

from __future__ import annotations

import numpy as np

from offramp.findings.common.draws import draws_of
from offramp.findings.discovery.clauses import DrawsBehind
from offramp.findings.discovery.regions import look, told
from offramp.findings.discovery.values import Where
from offramp.model import Case
from offramp.shapes import Floats
from offramp.worlds import Worlds

__all__ = ["blocked"]

_LEVEL = 0.05


def blocked(case: Case, worlds: Worlds, reached: Floats, seed: int) -> Where | None:
    """Find the region of the unknowns in which a package falls short, or in which alone it reaches the target.

    Parameters
    ----------
    case : Case
    worlds : Worlds
    reached : [n]
        1 where it reaches the target, 0 where not, NaN where it is not known; of worlds 1 to n.
    seed : int
        Of the worlds held out.

    Returns
    -------
    Where or None
        None where too few worlds are on one side.
    """
    rows = np.flatnonzero(np.isfinite(reached)) + 1
    draws = draws_of(case, worlds, rows)
    behind = DrawsBehind(case, draws, frozenset(draws.values), np.ones(len(rows), dtype=np.bool_))
    return told(look(behind, reached[rows - 1] < 0.5, ("fails", "holds"), seed), _LEVEL)
