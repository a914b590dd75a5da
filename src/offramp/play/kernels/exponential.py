"""The exponential as a branch-free polynomial.

numba's wheel has no vector exponential; a loop around this one is vectorised. Relative error below 4e-16 on
[-700, 700] (measured against mpmath in the tests), outside of which the argument is clipped.
"""

from __future__ import annotations

import numpy as np

from offramp.play.kernels.compiling import helper

__all__ = ["exp"]

LOG2_E = 1.4426950408889634
LN2_HIGH = 6.93145751953125e-1
LN2_LOW = 1.42860682030941723212e-6
SERIES = (
    1.6059043836821613e-10,
    2.08767569878681e-9,
    2.505210838544172e-8,
    2.755731922398589e-7,
    2.7557319223985893e-6,
    2.48015873015873e-5,
    1.984126984126984e-4,
    1.388888888888889e-3,
    8.333333333333333e-3,
    4.1666666666666664e-2,
    0.16666666666666666,
    0.5,
)
"""1 / 13!, 1 / 12!, ..., 1 / 2!"""
ROUNDER = 6755399441055744.0
"""1.5 * 2**52: adding it leaves the nearest whole number in the low bits."""


@helper
def exp(x: float) -> float:
    """e**x; x outside [-700, 700] is clipped, NaN gives an arbitrary number."""
    x = max(min(x, 700.0), -700.0)
    rounded = x * LOG2_E + ROUNDER
    n = rounded - ROUNDER
    r = x - n * LN2_HIGH
    r = r - n * LN2_LOW
    y = SERIES[0]
    for k in range(1, len(SERIES)):
        y = y * r + SERIES[k]
    y = y * r * r + r + 1.0
    power = (np.float64(rounded).view(np.int64) + np.int64(1023)) << np.int64(52)
    return y * np.int64(power).view(np.float64)
