"""How scores depend on what is not known: their variances and covariances."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve_triangular

from offramp.inverse.racing.factor import Factor
from offramp.inverse.racing.model import Model
from offramp.inverse.racing.solved import Solved
from offramp.shapes import Bools, Floats, Ints

__all__ = ["Curves", "Loadings", "covariance", "loadings", "variance", "variance_of_sums"]


class Curves:
    """What is left unknown of the effects by world once the effects in common are given.

    Nothing of the size of a world's effects squared is kept by world, so that memory grows with the cells.

    Attributes
    ----------
    total : Floats
        ``[column, column]``, the covariances of the effects of a world, summed over the worlds.
    link : Floats
        ``[effect, column]``, what a change in an effect in common takes off those of a world, summed over the worlds.
    """

    def __init__(self, factor: Factor) -> None:
        self._factor, self._by_world = factor, factor.sizes[1]
        self._scaled = factor.sheet.differing * self._by_world
        self.link = factor.onto @ self._scaled
        self.total = len(factor.inverse) * np.diag(self._by_world)
        for part, inside in self._worlds:
            self.total -= self._scaled[part].T @ inside @ self._scaled[part]

    @property
    def _worlds(self) -> zip[tuple[slice, Floats]]:
        return zip(self._factor.sheet.worlds, self._factor.inverse, strict=True)

    def linked(self, world: int, columns: Floats) -> Floats:
        """Return the link of one world times something of its effects ``[column, n]``."""
        part = self._factor.sheet.worlds[world]
        return np.asarray(self._factor.onto[:, part] @ (self._scaled[part] @ columns))

    def applied(self, world: int, columns: Floats) -> Floats:
        """Return the covariances of the effects of one world times something of them ``[column, n]``."""
        scaled = self._scaled[self._factor.sheet.worlds[world]]
        known = scaled.T @ (self._factor.inverse[world] @ (scaled @ columns))
        return np.asarray(self._by_world[:, None] * columns - known)


@dataclass(frozen=True, slots=True, eq=False)
class Loadings:
    """Some packages' scores, as far as they are not known.

    Attributes
    ----------
    package : Ints
    shared : Floats
        ``[effect, package]``, on independent standard normals: the effects in common.
    columns : Floats
        ``[package, column]``, on the effects of each open world, over the number of worlds.
    open : Bools
        ``[package, world]``
    alone : Floats
        ``[package]``, variance that no other package shares.
    """

    package: Ints
    shared: Floats
    columns: Floats
    open: Bools
    alone: Floats


def loadings(model: Model, curves: Curves, solved: Solved, packages: Ints, levels: Ints) -> Loadings:
    """Work out how the scores of packages, with these levels, depend on what is not known."""
    factor, followed = model.factor, model.followed
    common, differing = (each.rows(levels) * model.swing[packages, None] for each in model.effects)
    own, of = factor.sizes[2], solved.of[packages]
    share, swing = solved.open[packages] / of, model.swing[packages]
    unknown = np.zeros((len(factor.prior), len(packages)))
    unknown[: common.shape[1]] = (common * share[:, None]).T
    at = np.minimum(np.searchsorted(followed, packages), max(len(followed) - 1, 0))
    known = followed[at] == packages if len(followed) else np.zeros(len(packages), dtype=np.bool_)
    unknown[common.shape[1] + at[known], np.flatnonzero(known)] = (swing * share)[known]
    columns = differing / of[:, None]
    open_ = np.ones((len(packages), solved.worlds), dtype=np.bool_)
    where = np.full(len(solved.count), -1)
    where[packages] = np.arange(len(packages))
    inside = where[solved.package] >= 0
    open_[where[solved.package[inside]], solved.world[inside]] = False
    unknown -= curves.link @ columns.T
    for w in range(solved.worlds):
        closed = np.flatnonzero(~open_[:, w])
        if len(closed):
            unknown[:, closed] += curves.linked(w, columns[closed].T)
    shared = solve_triangular(factor.lower, unknown, lower=True, check_finite=False)
    alone = model.alone[packages] / of**2 + np.where(known, 0.0, own * (swing * share) ** 2)
    done = share == 0.0
    shared[:, done] = 0.0
    return Loadings(packages, shared, columns, open_, alone)


def variance(of: Loadings, curves: Curves) -> Floats:
    """Return the variance of each score."""
    total = np.einsum("ep,ep->p", of.shared, of.shared) + of.alone
    total += np.einsum("pc,pc->p", of.columns @ curves.total, of.columns)
    for w in range(of.open.shape[1]):
        closed = np.flatnonzero(~of.open[:, w])
        if len(closed):
            total[closed] -= np.einsum("cp,pc->p", curves.applied(w, of.columns[closed].T), of.columns[closed])
    return np.where(of.open.any(axis=1), np.maximum(total, 0.0), 0.0)


def covariance(one: Loadings, other: Loadings, curves: Curves) -> Floats:
    """Return the covariances of scores, ``[one, other]``."""
    total = one.shared.T @ other.shared
    together = np.zeros((one.columns.shape[1], len(other.package)))
    for w in range(one.open.shape[1]):
        reached = curves.applied(w, (other.columns * other.open[:, w, None]).T)
        together += reached
        closed = np.flatnonzero(~one.open[:, w])
        if len(closed):
            total[closed] -= one.columns[closed] @ reached
    total += one.columns @ together
    return np.asarray(total + np.where(one.package[:, None] == other.package, one.alone[:, None], 0.0))


def variance_of_sums(of: Loadings, weights: Floats, curves: Curves) -> Floats:
    """Return the variances of weighted sums of scores, weights being ``[package, sum]``."""
    shared = of.shared @ weights
    total = np.einsum("es,es->s", shared, shared) + (of.alone[:, None] * weights**2).sum(axis=0)
    for w in range(of.open.shape[1]):
        reached = (of.columns * of.open[:, w, None]).T @ weights
        total += np.einsum("cs,cs->s", reached, curves.applied(w, reached))
    return np.asarray(np.maximum(total, 0.0))
