"""The mixed model solved for given variances: worlds one by one, then what they have in common."""

from __future__ import annotations

import numpy as np
from scipy.linalg import cho_solve, cholesky, solve_triangular
from scipy.linalg.lapack import dpotrf, dtrtri

from offramp.inverse.racing.sheet import Sheet
from offramp.shapes import Floats

__all__ = ["Factor"]


class Factor:
    """outcome[p, w] = common(p) + own(p) + differing_w(p) + rest[p, w], all normal with mean 0.

    Given common and own effects, worlds are independent: the covariance C of the cells of a world is a small matrix.
    What remains is one system in the common and own effects.

    Parameters
    ----------
    sheet : Sheet
    sizes : tuple
        Variances by column in all worlds and by world, of a package's own effect, and of the rest.

    Attributes
    ----------
    inverse : list of Floats
        By world ``[cell, cell]``, the inverse of C.
    onto : Floats
        ``[effect, cell]``, A' times the inverse of C, A being the columns of common and followed own effects.
    lower : Floats
        The lower Cholesky factor of the precision of these effects.
    effect : Floats
        Their means, the common before the own ones.
    residual : Floats
        ``[cell]``, the inverse covariance of all cells times the outcomes.
    differing : Floats
        ``[world, column]``, means of the effects by world.
    """

    def __init__(self, sheet: Sheet, sizes: tuple[Floats, Floats, float, float]) -> None:
        common, by_world, own, noise = sizes
        self.sheet, self.sizes = sheet, sizes
        rest = np.where(sheet.unit >= 0, noise, noise + own)
        scaled, columns, cells = sheet.differing * by_world, len(common), len(rest)
        self.prior = np.concatenate((common, np.full(sheet.units, own)))
        self.inverse: list[Floats] = []
        self.onto = np.zeros((len(self.prior), cells))
        self.residual = np.zeros(cells)
        self.log_worlds = 0.0
        precision = np.diag(1.0 / self.prior)
        for part in sheet.worlds:
            inverse, logs = _inverse(scaled[part] @ sheet.differing[part].T + np.diag(rest[part]))
            self.inverse.append(inverse)
            self.log_worlds += logs
            self.onto[:columns, part] = (inverse @ sheet.common[part]).T
            unit = sheet.unit[part]
            known = np.flatnonzero(unit >= 0)
            self.onto[columns + unit[known], part] = inverse[known]
            self.residual[part] = inverse @ sheet.outcome[part]
            precision[columns + unit[known]] += self.onto[:, part][:, known].T
        precision[:columns] += (self.onto @ sheet.common).T
        self.lower = cholesky(precision, lower=True, overwrite_a=True, check_finite=False)
        self.effect = cho_solve((self.lower, True), self.onto @ sheet.outcome, check_finite=False)
        self.residual -= self.onto.T @ self.effect
        self.differing = np.array([self.residual[part] @ scaled[part] for part in sheet.worlds])

    @property
    def log_likelihood(self) -> float:
        """Of the outcomes, up to a constant."""
        fit = float(self.sheet.outcome @ self.residual)
        return -0.5 * (fit + self.log_worlds + 2.0 * float(np.log(self.lower.diagonal()).sum())
                       + float(np.log(self.prior).sum()))  # fmt: skip

    def left_out(self) -> tuple[Floats, Floats]:
        """Return, in the order of the sheet, what all other cells tell of each: its mean and standard deviation."""
        halved = solve_triangular(self.lower, self.onto, lower=True, check_finite=False)
        precision = np.concatenate([each.diagonal() for each in self.inverse])
        precision = precision - np.einsum("en,en->n", halved, halved)
        return self.sheet.outcome - self.residual / precision, 1.0 / np.sqrt(precision)


def _inverse(covariance: Floats) -> tuple[Floats, float]:
    """Invert a covariance; with the log of its determinant."""
    if not len(covariance):
        return covariance, 0.0
    lower, _ = dpotrf(covariance, lower=1)
    inverted, _ = dtrtri(lower, lower=1)
    return np.asarray(inverted.T @ inverted), 2.0 * float(np.log(lower.diagonal()).sum())
