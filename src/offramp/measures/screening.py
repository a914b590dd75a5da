"""Which of many unknowns stand out for an outcome, from the draws at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from offramp.measures.polynomials import legendre
from offramp.shapes import Floats

__all__ = ["Screened", "screen"]

DEGREE = 2
"""Of the polynomials in each unknown: a rise, and a rise and fall."""


@dataclass(frozen=True, slots=True, eq=False)
class Screened:
    """Unknowns that stand out.

    Attributes
    ----------
    chosen : tuple of int
        Their positions, the most telling first.
    twins : tuple of tuple of int
        By chosen unknown, others that seem telling by themselves and no longer do once it is accounted for.
    shares : Floats
        ``[unknown]``, the share of the variance that each seems to explain by itself; NaN where it is constant, or
        the outcome is.
    floor : float
        The 95 % point of the largest share over all unknowns when the outcome is shuffled over the worlds.
    """

    chosen: tuple[int, ...]
    twins: tuple[tuple[int, ...], ...]
    shares: Floats
    floor: float


def screen(
    outcome: Floats, unknowns: Sequence[Floats], *, seed: int, most: int = 5, permutations: int = 100
) -> Screened:
    """Choose unknowns one after another, each by what it explains of what those before it leave.

    The outcome is regressed on polynomials of low degree in one unknown at a time. Bins would see other shapes too
    (`first_order`), but over few worlds the points of a Sobol' sequence of many dimensions fall into patterns in
    which one unknown, bin by bin, stands in for another; smooth functions hardly see these. What remains of that,
    and what chance brings, are the twins.

    Parameters
    ----------
    outcome : Floats
        ``[world]``, finite.
    unknowns : sequence of Floats
        Each ``[world, k]``: one unknown, or several that belong together.
    seed : int
        Of the shuffles.
    most : int, optional
        Chosen at most.
    permutations : int, optional

    References
    ----------
    Westfall, P. H. and Young, S. S. (1993). Resampling-Based Multiple Testing. Wiley (the floor).

    Blanchet, F. G., Legendre, P. and Borcard, D. (2008). Forward selection of explanatory variables. Ecology 89(9),
    2623-2632.
    """
    outcome = np.asarray(outcome, dtype=np.float64)
    if outcome.ndim != 1 or any(each.ndim != 2 or len(each) != len(outcome) for each in unknowns):
        raise ValueError("outcome must be [world], and each unknown [world, k]")
    if not np.isfinite(outcome).all():
        raise ValueError("outcomes must be finite; leave failed worlds out")
    shares = np.full(len(unknowns), np.nan)
    if len(outcome) < 4 or float(outcome.std()) <= 1e-12 * float(np.abs(outcome).max()):
        return Screened((), (), shares, float("nan"))
    standard = (outcome - outcome.mean()) / outcome.std()
    rng = np.random.default_rng(seed)
    columns = np.stack([standard, *(rng.permutation(standard) for _ in range(permutations))], axis=1)
    bases = {n: basis for n, each in enumerate(unknowns) if (basis := _basis(each)).shape[1]}
    largest = np.full(permutations, -np.inf)
    for n, basis in bases.items():
        found = _explained(columns, basis)
        shares[n] = found[0]
        np.maximum(largest, found[1:], out=largest)
    floor = float(np.quantile(largest, 0.95)) if bases else float("nan")
    return Screened(*_chosen(standard, bases, shares, floor, most), shares, floor)


def _chosen(
    standard: Floats, bases: dict[int, Floats], shares: Floats, floor: float, most: int
) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
    clear = {n: basis for n, basis in bases.items() if shares[n] > floor}
    now = {n: float(shares[n]) for n in clear}
    chosen: list[int] = []
    twins: list[tuple[int, ...]] = []
    left = standard[:, None]
    while now and len(chosen) < most and max(now.values()) > floor:
        best = max(now, key=lambda n: now[n])
        taken = clear.pop(best)
        left = left - taken @ (taken.T @ left)
        clear = {n: _beside(basis, taken) for n, basis in clear.items()}
        after = {n: float(_explained(left, basis)[0]) for n, basis in clear.items()}
        gone = tuple(n for n, share in after.items() if share <= floor)
        chosen.append(best)
        twins.append(gone)
        clear = {n: basis for n, basis in clear.items() if n not in gone}
        now = {n: after[n] for n in clear}
    return tuple(chosen), tuple(twins)


def _basis(unknown: Floats) -> Floats:
    """Orthonormal polynomials of each column, the constant left out; none where it does not vary."""
    found = []
    for column in np.asarray(unknown, dtype=np.float64).T:
        low, high = column.min(), column.max()
        if np.isfinite(high - low) and high > low:
            found.append(legendre(column, DEGREE))
    if not found:
        return np.empty((len(unknown), 0))
    terms = np.concatenate(found, axis=1)
    return _orthonormal(terms - terms.mean(axis=0))


def _beside(basis: Floats, taken: Floats) -> Floats:
    """What a basis has beside one that is accounted for."""
    return _orthonormal(basis - taken @ (taken.T @ basis))


def _orthonormal(terms: Floats) -> Floats:
    left, sizes, _ = np.linalg.svd(terms, full_matrices=False)
    return np.asarray(left[:, sizes > 1e-6 * max(float(sizes.max(initial=0.0)), 1.0)])


def _explained(columns: Floats, basis: Floats) -> Floats:
    """The share of unit variance that a basis explains of each column, less what it would explain of noise."""
    worlds, terms = basis.shape
    whole = np.square(columns).mean(axis=0)
    raw = np.square(basis.T @ columns).sum(axis=0) / worlds
    return np.asarray(whole - (whole - raw) * (worlds - 1) / max(worlds - terms - 1, 1))
