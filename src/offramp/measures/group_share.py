"""The share of an outcome's variance that a few unknowns explain together, from the draws at hand."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from offramp.measures.polynomials import legendre
from offramp.shapes import Floats

__all__ = ["GroupShare", "Regressions", "fits", "group_share"]

HIGHEST = 6
"""Degree of the polynomials tried, at most."""
WORLDS_PER_TERM = 4
"""A regression has no more terms than the worlds divided by this."""


@dataclass(frozen=True, slots=True)
class GroupShare:
    """Estimated share with its 95 % bootstrap interval.

    Attributes
    ----------
    share, low, high : float
        Near 0 the share may come out slightly negative. NaN where the outcome does not vary, or where there are too
        few worlds for the unknowns (see `fits`).
    terms : int
        Terms of the regression, the constant apart; 0 where no unknown of the group varies.
    worlds : int
    """

    share: float
    low: float
    high: float
    terms: int
    worlds: int


@dataclass(frozen=True, slots=True, eq=False)
class _Basis:
    """The terms of one regression, made orthonormal."""

    left: Floats
    """[world, rank]"""
    leverage: Floats
    """[world]"""

    @property
    def rank(self) -> int:
        return int(self.left.shape[1])


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    """One regression: leave-one-out squared errors and residuals, by world, and how many terms there really are."""

    errors: Floats
    residuals: Floats
    rank: int


def fits(worlds: int, unknowns: int) -> bool:
    """Tell whether there are worlds enough to regress on that many unknowns."""
    return unknowns * WORLDS_PER_TERM <= worlds


def group_share(outcome: Floats, group: Floats, *, seed: int, resamples: int = 1000) -> GroupShare:
    """Estimate Var E[outcome | group] / Var outcome, the closed first-order share of a group, from one sample.

    The outcome is regressed on Legendre polynomials of each unknown and on products of two of them. How high the
    degrees go is chosen by leave-one-out error, and no regression has more terms than a quarter of the worlds. The
    share is the adjusted R2, which corrects for what so many terms would explain of pure noise. What remains is a
    bias downwards, for what the group does beyond these polynomials (products of three, swings within a range)
    is not seen: it counts as left to the others. That the terms are chosen on the same worlds lifts the share a
    little.

    The interval resamples worlds with the regression held as it is (refitting on resamples, in which worlds stand
    twice, would explain more than there is), and is widened by what p terms pick up of noise, two standard
    deviations sqrt(2 p) / W. It is too narrow where unknowns act strongly together: the bias downwards is no part of
    it.

    Parameters
    ----------
    outcome : Floats
        ``[world]``, finite.
    group : Floats
        ``[world, unknown]``, finite; independent of all unknowns that are not in it.
    seed : int
        Of the bootstrap.
    resamples : int, optional

    References
    ----------
    Sobol', I. M. (2001). Global sensitivity indices for nonlinear mathematical models and their Monte Carlo
    estimates. Mathematics and Computers in Simulation 55(1-3), 271-280.

    Sudret, B. (2008). Global sensitivity analysis using polynomial chaos expansions. Reliability Engineering and
    System Safety 93(7), 964-979.

    Ezekiel, M. (1930). Methods of Correlation Analysis. Wiley (the adjusted R2).
    """
    return Regressions(group).share(outcome, seed=seed, resamples=resamples)


class Regressions:
    """The regressions of `group_share` on one group, made once for many outcomes.

    Parameters
    ----------
    group : Floats
        ``[world, unknown]``, finite.
    """

    def __init__(self, group: Floats) -> None:
        group = np.asarray(group, dtype=np.float64)
        if group.ndim != 2:
            raise ValueError("group must be [world, unknown]")
        if not np.isfinite(group).all():
            raise ValueError("unknowns must be finite; leave failed worlds out")
        self._worlds = len(group)
        self._varies = bool((group != group[:1]).any())
        self._bases = [_orthonormal(terms) for terms in _bases(group)] if self._varies and len(group) > 1 else []

    def share(self, outcome: Floats, *, seed: int, resamples: int = 1000) -> GroupShare:
        """Estimate the group's share of the variance of one outcome, [world]; see `group_share`."""
        outcome = np.asarray(outcome, dtype=np.float64)
        worlds = self._worlds
        if outcome.shape != (worlds,):
            raise ValueError("outcome must be [world] and group [world, unknown]")
        if not np.isfinite(outcome).all():
            raise ValueError("outcomes must be finite; leave failed worlds out")
        nothing = GroupShare(math.nan, math.nan, math.nan, 0, worlds)
        if worlds < 2 or float(outcome.std()) <= 1e-12 * float(np.abs(outcome).max()):
            return nothing
        if not self._varies:
            return GroupShare(0.0, 0.0, 0.0, 0, worlds)
        if not self._bases:
            return nothing
        centred = outcome - outcome.mean()
        residuals, rank = _simplest([_regress(centred, basis) for basis in self._bases])
        penalty = (worlds - 1) / (worlds - rank - 1)

        share = float(_adjusted(residuals, centred, penalty))
        rows = np.random.default_rng(seed).integers(worlds, size=(resamples, worlds))
        resampled = _adjusted(residuals[rows], centred[rows], penalty)
        low, high = np.quantile(resampled[np.isfinite(resampled)], (0.025, 0.975)).tolist()
        chance = 2.0 * math.sqrt(2.0 * rank) * (1.0 - share) / worlds
        return GroupShare(
            share, share - math.hypot(share - low, chance), share + math.hypot(high - share, chance), rank, worlds
        )


def _adjusted(left: Floats, whole: Floats, penalty: float) -> Floats:
    """Return the adjusted R2 along the last axis; not finite where nothing varies."""
    spread = np.sum((whole - whole.mean(axis=-1, keepdims=True)) ** 2, axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares: Floats = 1.0 - penalty * np.sum(left**2, axis=-1) / spread
    return shares


def _bases(group: Floats) -> Iterator[Floats]:
    """Give ever richer sets of terms: powers of each unknown, then also products of two; none has too many."""
    polynomials = [_polynomials(column) for column in group.T if (column != column[0]).any()]
    most = len(group) // WORLDS_PER_TERM
    powers: list[Floats] = []
    for degree in range(HIGHEST):
        powers += [p[degree] for p in polynomials if degree < len(p)]
        if len(powers) <= most:
            yield np.stack(powers, axis=1)
    for kept in range(HIGHEST):
        terms = [p[n] for p in polynomials for n in range(min(kept + 1, len(p)))]
        for total in range(2, HIGHEST + 1):
            new = [
                (one[a - 1], two[total - a - 1])
                for one, two in combinations(polynomials, 2)
                for a in range(1, total)
                if a <= len(one) and total - a <= len(two)
            ]
            if not new or (total > 2 and total > kept + 1) or len(terms) + len(new) > most:
                break
            terms += [first * second for first, second in new]
            yield np.stack(terms, axis=1)


def _polynomials(column: Floats) -> list[Floats]:
    """Return the polynomials of degree 1, 2, ... of an unknown; of few values, as many as tell them apart."""
    rows = legendre(column, min(HIGHEST, len(np.unique(column)) - 1)).T
    return [row - row.mean() for row in rows]


def _orthonormal(terms: Floats) -> _Basis:
    terms = terms - terms.mean(axis=0)
    left, sizes, _ = np.linalg.svd(terms, full_matrices=False)
    left = left[:, : int(np.count_nonzero(sizes > 1e-10 * sizes.max(initial=0.0)))]
    return _Basis(left, np.minimum(np.square(left).sum(axis=1) + 1.0 / len(terms), 1.0 - 1e-9))


def _regress(centred: Floats, basis: _Basis) -> _Fit:
    residuals = centred - basis.left @ (basis.left.T @ centred)
    return _Fit((residuals / (1.0 - basis.leverage)) ** 2, residuals, basis.rank)


def _simplest(tried: list[_Fit]) -> tuple[Floats, int]:
    """Return the regression of fewest terms that predicts as well as the best, within one standard error."""
    best = min(tried, key=lambda fit: float(fit.errors.sum()))
    for fit in sorted(tried, key=lambda fit: fit.rank):
        worse = fit.errors - best.errors
        if float(worse.mean()) <= float(worse.std()) / math.sqrt(len(worse)):
            return fit.residuals, fit.rank
    return best.residuals, best.rank
