"""In which region of the unknowns worlds cannot be computed."""

from __future__ import annotations

import numpy as np

from offramp.findings.claims.testing import Sample
from offramp.findings.common.draws import draws_of
from offramp.findings.discovery.clauses import DrawsBehind
from offramp.findings.discovery.regions import look, told
from offramp.findings.discovery.values import Where
from offramp.findings.outcomes.bands import whole_worlds

__all__ = ["failing_in"]

_LEVEL = 0.05


def failing_in(sample: Sample, strategies: tuple[str, ...], seed: int) -> Where | None:
    """Find where worlds fail under some strategy, as regions are found in which claims flip.

    Returns
    -------
    Where or None
        None where too few fail, or too few do not.
    """
    failed = ~whole_worlds(sample.table, strategies)[1:]
    if not failed.any():
        return None
    draws = draws_of(sample.case, sample.worlds, sample.rows)
    known = np.ones(len(failed), dtype=np.bool_)
    behind = DrawsBehind(sample.case, draws, frozenset(draws.values), known)
    return told(look(behind, failed, ("fails", "holds"), seed), _LEVEL)
