"""How scores depend on what is not known: their variances and covariances."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve_triangular

from offramp.inverse.racing.factor import Factor
from offramp.inverse.racing.model import Model
from offramp.inverse.racing.solved import Solved
from offramp.shapes import Bools, Floats, Ints

__all__ = ["Curves", "Loadings", "covariance", "curves", "loadings", "variance", "variance_of_sums"]


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """What is left unknown of the effects by world once the effects in common are given.

    Attributes
    ----------
    world : Floats
        ``[world, column, column]``
    link : list of Floats
        By world ``[effect, column]``: what a change in an effect in common takes off those of a world.
    """

    world: Floats
    link: list[Floats]


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


def curves(factor: Factor) -> Curves:
    """Work out what is left unknown in each world."""
    by_world = factor.sizes[1]
    left, link = [], []
    for part, inside in zip(factor.sheet.worlds, factor.inverse, strict=True):
        scaled = factor.sheet.differing[part] * by_world
        left.append(np.diag(by_world) - scaled.T @ inside @ scaled)
        link.append(factor.onto[:, part] @ scaled)
    return Curves(np.array(left), link)


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
    unknown -= sum(curves.link[1:], start=curves.link[0]) @ columns.T
    for w in range(solved.worlds):
        closed = np.flatnonzero(~open_[:, w])
        if len(closed):
            unknown[:, closed] += curves.link[w] @ columns[closed].T
    shared = solve_triangular(factor.lower, unknown, lower=True, check_finite=False)
    alone = model.alone[packages] / of**2 + np.where(known, 0.0, own * (swing * share) ** 2)
    done = share == 0.0
    shared[:, done] = 0.0
    return Loadings(packages, shared, columns, open_, alone)


def variance(of: Loadings, curves: Curves) -> Floats:
    """Return the variance of each score."""
    total = np.einsum("ep,ep->p", of.shared, of.shared) + of.alone
    total += np.einsum("pc,pc->p", of.columns @ curves.world.sum(axis=0), of.columns)
    for w, curve in enumerate(curves.world):
        closed = np.flatnonzero(~of.open[:, w])
        if len(closed):
            total[closed] -= np.einsum("pc,pc->p", of.columns[closed] @ curve, of.columns[closed])
    return np.where(of.open.any(axis=1), np.maximum(total, 0.0), 0.0)


def covariance(one: Loadings, other: Loadings, curves: Curves) -> Floats:
    """Return the covariances of scores, ``[one, other]``."""
    total = one.shared.T @ other.shared
    together = np.zeros((one.columns.shape[1], len(other.package)))
    for w, curve in enumerate(curves.world):
        reached = curve @ (other.columns * other.open[:, w, None]).T
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
    for w, curve in enumerate(curves.world):
        reached = (of.columns * of.open[:, w, None]).T @ weights
        total += np.einsum("cs,cs->s", reached, curve @ reached)
    return np.asarray(np.maximum(total, 0.0))
