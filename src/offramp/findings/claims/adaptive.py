"""How many worlds it takes until verdicts are known to within a stated width."""

from __future__ import annotations

import math
from collections.abc import Iterable

from offramp.findings.claims.values import Verdict
from offramp.measures.shares import Z95

__all__ = ["more_worlds", "widest"]

_LEAST, _MOST = 1.25, 8.0
"""By how much the number of worlds grows from one round to the next."""


def widest(verdicts: Iterable[Verdict]) -> float:
    """Return half of the width of the widest interval; 0 where no verdict has one."""
    halves = ((verdict.high - verdict.low) / 2 for verdict in verdicts)
    return max((half for half in halves if not math.isnan(half)), default=0.0)


def more_worlds(verdicts: Iterable[Verdict], count: int, until: float, most: int) -> int:
    """Say with how many worlds to go on; the same number where that is enough.

    For a share p known from n worlds the interval is about z sqrt(p (1 - p) / n) either way, so that n has to be
    z^2 p (1 - p) / until^2. A claim that some worlds could not be judged for has fewer of them than there are.

    Parameters
    ----------
    verdicts : iterable of Verdict
    count : int
        Worlds so far.
    until : float
        Half of the width wanted.
    most : int
    """
    wide = [verdict for verdict in verdicts if (verdict.high - verdict.low) / 2 > until]
    if not wide or count >= most:
        return count
    needed = 0.0
    for verdict in wide:
        spread = max(verdict.share * (1.0 - verdict.share), 1.0 / max(verdict.worlds, 1))
        needed = max(needed, Z95**2 * spread / until**2 * count / max(verdict.worlds, 1))
    return min(most, math.ceil(min(max(needed, _LEAST * count), _MOST * count)))
