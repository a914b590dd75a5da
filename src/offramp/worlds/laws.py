"""What a coordinate in [0, 1) becomes under a range or a choice, and the best guess of either."""

from __future__ import annotations

import math

import numpy as np

from offramp.errors import CaseError, Path
from offramp.model.parts import Choice, Range
from offramp.shapes import Floats

__all__ = ["best_guess", "check", "through"]


def check(name: str, law: Range | Choice, path: Path) -> None:
    """Refuse a law that cannot be drawn from.

    Raises
    ------
    CaseError
        An end is not finite, the ends are reversed, the mode is outside, or a choice has nothing to choose
        from.
    """
    if isinstance(law, Choice):
        if not law.values or not all(map(math.isfinite, law.values)):
            raise CaseError(
                f"the choice of '{name}' needs at least one value, all finite", code="empty-choice", path=path
            )
        return
    mode = law.low if law.mode is None else law.mode
    if not (math.isfinite(law.high - law.low) and law.low <= mode <= law.high):
        shown = f"[{law.low:g}, {law.high:g}]" + ("" if law.mode is None else f" with mode {law.mode:g}")
        raise CaseError(
            f"the range {shown} of '{name}' is not one",
            code="bad-range",
            hint="Write the lower end first, both ends finite, the mode between them",
            path=path,
        )


def best_guess(law: Range | Choice) -> float:
    """The mode, else the midpoint, else the first choice."""
    if isinstance(law, Choice):
        return float(law.values[0])
    return float(law.low + 0.5 * (law.high - law.low)) if law.mode is None else float(law.mode)


def through(law: Range | Choice, points: Floats) -> Floats:
    """Map coordinates through the inverse of the law's distribution function.

    A range without a mode is uniform, one with a mode triangular (the mode may be an end); the values of a
    choice have equal shares of the interval, in their order.
    """
    if isinstance(law, Choice):
        values = np.asarray(law.values, dtype=np.float64)
        position = (points * len(values)).astype(np.int64)
        return np.asarray(values[np.minimum(position, len(values) - 1)])
    width = law.high - law.low
    if law.mode is None or width == 0.0:
        drawn = law.low + points * width
    else:
        left, right = law.mode - law.low, law.high - law.mode
        rising = law.low + np.sqrt(points * width * left)
        falling = law.high - np.sqrt((1.0 - points) * width * right)
        drawn = np.where(points * width < left, rising, falling)
    return np.clip(drawn, law.low, law.high)
