"""First-order and total shares of variance of groups of unknowns, by picking and freezing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from offramp.shapes import Floats

__all__ = ["SobolIndices", "sobol_indices"]


@dataclass(frozen=True, slots=True, eq=False)
class SobolIndices:
    """Estimated Sobol' indices with their 95 % bootstrap intervals; NaN where the outcome does not vary.

    Attributes
    ----------
    first, first_low, first_high : Floats
        ``[group]``, the closed first-order index Var E[outcome | group] / Var outcome: what the group explains by
        itself, what its unknowns do together included.
    total, total_low, total_high : Floats
        ``[group]``, the total index 1 - Var E[outcome | all others] / Var outcome: what it takes part in.
    worlds : int
        Rows of the design.
    """

    first: Floats
    first_low: Floats
    first_high: Floats
    total: Floats
    total_low: Floats
    total_high: Floats
    worlds: int


def sobol_indices(base: Floats, fresh: Floats, mixed: Floats, *, seed: int, resamples: int = 1000) -> SobolIndices:
    """Estimate the Sobol' indices of groups of unknowns from a pick-freeze design.

    With A the worlds, B worlds drawn afresh, and AB the worlds of A in which the group alone is that of B,

        S = mean(f(B) (f(AB) - f(A))) / V        T = mean((f(A) - f(AB))^2) / (2 V)

    where V is the variance over A and B, and f is centred by its mean there. These are what SciPy's
    `scipy.stats.sobol_indices` computes; that takes powers of two of worlds alone, which a world that failed
    breaks, and its bootstrap takes no seed.

    Estimates are noisy: near 0 a first-order index may come out negative, near 1 above 1. Worlds are drawn with
    replacement for the intervals, the same ones from all three. Both halves being scrambled Sobol' points, one of them
    must be shuffled first: else the intervals are far too narrow at a few hundred worlds.

    Parameters
    ----------
    base, fresh : Floats
        ``[world]``, f(A) and f(B).
    mixed : Floats
        ``[group, world]``, f(AB) by group.
    seed : int
        Of the bootstrap.
    resamples : int, optional

    References
    ----------
    Saltelli, A. et al. (2010). Variance based sensitivity analysis of model output. Computer Physics
    Communications 181(2), 259-270 (table 2, b and f).

    Jansen, M. J. W. (1999). Analysis of variance designs for model output. Computer Physics Communications
    117(1-2), 35-43.

    Jacques, J., Lavergne, C. and Devictor, N. (2006). Sensitivity analysis in presence of model uncertainty and
    correlated inputs. Reliability Engineering & System Safety 91(10-11), 1126-1134 (groups).
    """
    base, fresh, mixed = (np.asarray(each, dtype=np.float64) for each in (base, fresh, mixed))
    if base.ndim != 1 or fresh.shape != base.shape or mixed.ndim != 2 or mixed.shape[1:] != base.shape:
        raise ValueError("base and fresh must be one number per world each, and mixed one per group and world")
    if not all(np.isfinite(each).all() for each in (base, fresh, mixed)):
        raise ValueError("outcomes must be finite; leave failed worlds out of the whole design")
    worlds = len(base)
    both = np.concatenate((base, fresh))
    if worlds < 2 or float(both.std()) <= 1e-9 * float(np.abs(both).max()):
        nothing = np.full(len(mixed), np.nan)
        return SobolIndices(nothing, nothing, nothing, nothing, nothing, nothing, worlds)
    sums = _Sums(base - both.mean(), fresh - both.mean(), mixed - both.mean())
    first, total = sums.indices(np.full((1, worlds), 1.0 / worlds))
    counts = np.random.default_rng(seed).multinomial(worlds, np.full(worlds, 1.0 / worlds), size=resamples)
    drawn = sums.indices(counts / worlds)
    (first_low, first_high), (total_low, total_high) = (np.nanquantile(d, (0.025, 0.975), axis=0) for d in drawn)
    return SobolIndices(first[0], first_low, first_high, total[0], total_low, total_high, worlds)


class _Sums:
    """What the indices are made of, world by world, so that a resample is a product of matrices."""

    def __init__(self, base: Floats, fresh: Floats, mixed: Floats) -> None:
        self.moments = np.stack((0.5 * (base + fresh), 0.5 * (base**2 + fresh**2)), axis=1)
        step = mixed - base
        self.products, self.steps, self.squares = (fresh * step).T, step.T, 0.5 * (step**2).T

    def indices(self, weights: Floats) -> tuple[Floats, Floats]:
        """First-order and total indices, ``[resample, group]`` each, of weights ``[resample, world]``."""
        mean, square = (weights @ self.moments).T[:, :, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            first = (weights @ self.products - mean * (weights @ self.steps)) / (square - mean**2)
            return first, (weights @ self.squares) / (square - mean**2)
