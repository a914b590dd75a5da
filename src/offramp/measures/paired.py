"""The mean difference of two strategies over the same worlds, with its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

from offramp.shapes import Floats

__all__ = ["Paired", "paired"]


@dataclass(frozen=True, slots=True)
class Paired:
    """A mean difference with its 95 % interval.

    Attributes
    ----------
    mean, low, high : float
        NaN where there is no world, and for the interval where there is one alone.
    worlds : int
    """

    mean: float
    low: float
    high: float
    worlds: int


def paired(differences: Floats) -> Paired:
    """The mean of one difference per world, and Student's 95 % interval of it.

    Scrambled Sobol' worlds are more even than independent draws, so the interval errs on the wide side.

    Parameters
    ----------
    differences : Floats
        ``[world]``, finite.
    """
    worlds = len(differences)
    if not worlds:
        return Paired(math.nan, math.nan, math.nan, 0)
    mean = float(differences.mean())
    if worlds == 1:
        return Paired(mean, math.nan, math.nan, 1)
    from scipy.special import stdtrit

    half = float(stdtrit(worlds - 1, 0.975)) * float(differences.std(ddof=1)) / math.sqrt(worlds)
    return Paired(mean, mean - half, mean + half, worlds)
