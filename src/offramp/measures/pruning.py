"""A box without those limits that chance alone would make as well."""

from __future__ import annotations

import math
from dataclasses import replace

from offramp.measures.boxes import Box, Sample
from offramp.measures.chance import quasi_p

__all__ = ["pruned"]


def pruned(box: Box, sample: Sample, level: float = 0.05) -> Box:
    """Take away, one after another, the end of a limit whose quasi-p is largest, while it is above `level`.

    References
    ----------
    Bryant, B. P. and Lempert, R. J. (2010). Thinking inside the box: a participatory, computer-assisted approach to
    scenario discovery. Technological Forecasting and Social Change 77(1), 34-49.
    """
    while box.limits:
        pairs = quasi_p(box, sample)
        ends = [(-1.0 if math.isnan(p) else p, n, end) for n, pair in enumerate(pairs) for end, p in enumerate(pair)]
        worst, n, end = max(ends)
        if worst <= level:
            break
        limit = box.limits[n]
        freed = replace(limit, low=-math.inf) if end == 0 else replace(limit, high=math.inf)
        closed = limit.kind != "category" and (freed.low > -math.inf or freed.high < math.inf)
        box = box.limited(freed) if closed else box.without(limit.column)
    return box
