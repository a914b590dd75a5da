"""Variances of the mixed model by their marginal likelihood, drawn a little to what is usual."""

from __future__ import annotations

import numpy as np
from scipy.linalg import lapack, solve_triangular
from scipy.optimize import minimize

from offramp.inverse.racing.factor import Factor
from offramp.inverse.racing.sheet import Sheet
from offramp.inverse.racing.variances import Variances
from offramp.shapes import Floats

__all__ = ["fitted", "objective"]

_RANGE = 4.0
"""How far a parameter may go from its prior mean, in its widths."""


def fitted(sheet: Sheet, variances: Variances, start: Floats | None = None, *, steps: int = 40) -> Floats:
    """Return the parameters with the largest posterior density.

    Parameters
    ----------
    sheet : Sheet
        Outcomes with a mean of 0 and a variance of 1.
    variances : Variances
    start : Floats, optional
        Parameters to start from.
    steps : int, optional
        At most so many.
    """
    low, high = variances.start - _RANGE * variances.width, variances.start + _RANGE * variances.width
    found = minimize(
        objective, variances.start if start is None else start, args=(sheet, variances), jac=True, method="L-BFGS-B",
        bounds=list(zip(low, high, strict=True)), options={"maxiter": steps, "ftol": 1e-6, "gtol": 1e-2},
    )  # fmt: skip
    return np.asarray(found.x, dtype=np.float64)


def objective(parameters: Floats, sheet: Sheet, variances: Variances) -> tuple[float, Floats]:
    """Return minus the log posterior density of parameters, and its gradient."""
    factor = Factor(sheet, variances.sizes(parameters))
    common, by_world, own, noise = factor.sizes
    off = (parameters - variances.start) / variances.width
    value = -factor.log_likelihood + 0.5 * float(off @ off)
    inverse, _ = lapack.dtrtri(factor.lower, lower=1)
    spread = np.einsum("ij,ij->j", inverse, inverse)
    effects = 0.5 * ((factor.effect**2 + spread) / factor.prior - 1.0)
    effects[0] = 0.0
    halved = solve_triangular(factor.lower, factor.onto, lower=True, check_finite=False)
    differing, rest = np.zeros(len(by_world)), np.zeros(len(sheet.outcome))
    for part, inside in zip(sheet.worlds, factor.inverse, strict=True):
        residual, onto, rows = factor.residual[part], halved[:, part], sheet.differing[part]
        curve = np.outer(residual, residual) + onto.T @ onto - inside
        differing += ((curve @ rows) * rows).sum(axis=0)
        rest[part] = 0.5 * curve.diagonal()
    differing *= 0.5 * by_world
    columns = len(common)
    gradient = variances.common.T @ effects[:columns] + variances.differing.T @ differing
    gradient[-2] += effects[columns:].sum() + own * rest[sheet.unit < 0].sum()
    gradient[-1] += noise * rest.sum()
    return value, -gradient + off / variances.width
