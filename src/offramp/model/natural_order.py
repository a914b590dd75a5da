"""The order of ids and passages as readers count: p2 before p10."""

from __future__ import annotations

import re

__all__ = ["natural_order"]


def natural_order(text: str) -> tuple[tuple[str, int, str], ...]:
    """Return what a text is sorted by, so that numbers in it come in their own order.

    Examples
    --------
    >>> sorted(["p10", "p2", "p1a"], key=natural_order)
    ['p1a', 'p2', 'p10']
    """
    parts = [(word, digits.lstrip("0")) for word, digits in re.findall(r"(\D*)(\d*)", text)]
    return tuple((word, len(number), number) for word, number in parts)
