"""In how many worlds a claim holds: shares, their intervals, and the word for them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

__all__ = ["Z95", "Share", "Word", "share_of", "wilson", "word_for"]

Word = Literal["holds", "mostly holds", "depends", "no difference", "mostly fails", "fails", "cannot be tested here"]

Z95 = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """How the worlds divide on a claim.

    Attributes
    ----------
    holds, reversed, no_difference : float
        Shares of the worlds, adding up to 1; all NaN where no world could be computed.
    low, high : float
        The 95 % Wilson interval of `holds`.
    worlds : int
        The worlds that count.
    """

    holds: float
    reversed: float
    no_difference: float
    low: float
    high: float
    worlds: int


def wilson(share: float, worlds: int, *, z: float = Z95) -> tuple[float, float]:
    """The Wilson score interval of a share.

    It stays inside [0, 1], is not empty at 0 and 1, and covers close to its level in small samples, unlike
    the interval share plus or minus z standard errors. Scrambled Sobol' worlds are more even than independent
    draws, so it errs on the wide side here.

    Parameters
    ----------
    share : float
    worlds : int
        0 gives (NaN, NaN).
    z : float, optional
        Half-width in standard errors; 95 % by default.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the
    American Statistical Association 22(158), 209-212.

    Brown, L. D., Cai, T. T. and DasGupta, A. (2001). Interval estimation for a binomial proportion.
    Statistical Science 16(2), 101-133.
    """
    if worlds == 0:
        return math.nan, math.nan
    shrink = 1.0 + z * z / worlds
    centre = (share + z * z / (2 * worlds)) / shrink
    half = z / shrink * math.sqrt(share * (1.0 - share) / worlds + z * z / (4.0 * worlds * worlds))
    low = 0.0 if share == 0.0 else max(centre - half, 0.0)
    high = 1.0 if share == 1.0 else min(centre + half, 1.0)
    return low, high


def share_of(outcomes: npt.ArrayLike) -> Share:
    """Count the worlds of a claim.

    Parameters
    ----------
    outcomes : array of float
        Per world +1 where the claim holds, 0 where it makes no difference, -1 where the opposite holds; NaN
        where the world failed, which is left out. (A test with two answers gives +1 and -1.)

    Raises
    ------
    ValueError
        Another value occurs.
    """
    given = np.asarray(outcomes, dtype=np.float64).ravel()
    counted = given[~np.isnan(given)]
    total = counted.size
    holds, opposite, neither = (int(np.count_nonzero(counted == value)) for value in (1.0, -1.0, 0.0))
    if holds + opposite + neither != total:
        raise ValueError("outcomes must be +1, 0, -1 or NaN")
    if total == 0:
        return Share(math.nan, math.nan, math.nan, math.nan, math.nan, 0)
    low, high = wilson(holds / total, total)
    return Share(holds / total, opposite / total, neither / total, low, high, total)


def word_for(share: Share) -> Word:
    """The verdict in a word.

    The first row that applies decides:

    ======================================================  =====================
    share of the worlds                                     word
    ======================================================  =====================
    no world could be computed                              cannot be tested here
    no difference in at least 50 %, and neither the claim
    nor its opposite in more than 25 %                      no difference
    holds in at least 95 %                                  holds
    holds in at least 75 %                                  mostly holds
    holds in at most 5 %                                    fails
    holds in at most 25 %                                   mostly fails
    anything else                                           depends
    ======================================================  =====================

    A claim that holds in 44 % and makes no difference in 56 % *depends*; one that holds in 3 %, makes no difference
    in 49 % and is reversed in 48 % *fails*, for it is to hold, and hardly ever does. The word goes by the share
    alone: the interval is shown beside it, so that more worlds sharpen a verdict rather than name it differently.
    """
    if share.worlds == 0:
        return "cannot be tested here"
    if share.no_difference >= 0.5 and max(share.holds, share.reversed) <= 0.25:
        return "no difference"
    if share.holds >= 0.95:
        return "holds"
    if share.holds >= 0.75:
        return "mostly holds"
    if share.holds <= 0.05:
        return "fails"
    if share.holds <= 0.25:
        return "mostly fails"
    return "depends"
