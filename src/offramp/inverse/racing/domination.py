"""How sure it is that a package belongs to no front: for each, the chance that no other one beats it up to a margin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from offramp.inverse.racing.pareto import nondominated
from offramp.inverse.racing.scores import Scores
from offramp.shapes import Floats, Ints

__all__ = ["Standing", "standing"]

_SAFE = 2.0
"""Standard deviations that a package which is to beat others may lose and still be tried against all."""

_CAUTION = 1.25
"""Standard deviations of differences are taken so much larger: variances are themselves estimates."""

_SAME = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Packages still in the race.

    Attributes
    ----------
    package : Ints
    risks : Floats
        ``[front, package]``, a bound on the probability that a package is on a front and no other reaches it up to
        the margin.
    hope : Floats
        Probability that it is on a front at all, against the package that beats it most surely.
    sd : Floats
        Of the first score.
    """

    package: Ints
    risks: Floats
    hope: Floats
    sd: Floats

    @property
    def risk(self) -> Floats:
        """``[package]``, the risks of all fronts added."""
        return np.asarray(self.risks.sum(axis=0))


def standing(scores: tuple[Scores, ...], cost: Floats, packages: Ints, margins: tuple[float, ...]) -> Standing:
    """Compare all packages in the race with those that may beat them.

    Only a package that is estimated to be better beats another, in a fixed order: of two that are nearly equal one
    stays. The probability that a score falls short and that another does are added, whatever their dependence.

    Parameters
    ----------
    scores : tuple of Scores
        By outcome.
    cost : Floats
        ``[package]``
    packages : Ints
    margins : tuple of float
        By outcome.
    """
    mean = [each.mean[packages] for each in scores]
    sds = [each.sd(packages) for each in scores]
    price = -cost[packages]
    fronts = [(price, price)] + [(mean[k], mean[k] - _SAFE * sds[k]) for k in range(1, len(scores))]
    strong = np.zeros(len(packages), dtype=np.bool_)
    for sure, careful in fronts:
        strong |= nondominated(mean[0], sure) | nondominated(mean[0] - _SAFE * sds[0], careful)
    others = np.flatnonzero(strong)
    gaps = [_gaps(each, packages, packages[others]) for each in scores]
    risks, hope = np.zeros((len(scores), len(packages))), np.zeros(len(packages))
    number = packages[others] < packages[:, None]
    cheaper = price[others] > price[:, None]
    first = number & (price[others] == price[:, None])
    for k in range(len(scores)):
        risk, short = _short(gaps[0], margins[0])
        lead, may = gaps[0][0], price[others] >= price[:, None]
        if k:
            more, also = _short(gaps[k], margins[k])
            risk, short = risk + more, np.maximum(short, also)
            lead = lead / max(margins[0], 1e-9) + gaps[k][0] / max(margins[k], 1e-9)
            may = np.ones(lead.shape, dtype=np.bool_)
        may &= (lead > _SAME) | ((np.abs(lead) <= _SAME) & (cheaper | first))
        may &= packages[others] != packages[:, None]
        risks[k] = np.where(may, np.minimum(risk, 1.0), 1.0).min(axis=1, initial=1.0)
        hope = np.maximum(hope, np.where(may, short, 1.0).min(axis=1, initial=1.0))
    return Standing(packages, risks, hope, sds[0])


def _gaps(scores: Scores, packages: Ints, others: Ints) -> tuple[Floats, Floats]:
    """By how much others lead, ``[package, other]``, and how well that is known."""
    sd, _ = scores.sd_of_differences(packages, others)
    return scores.mean[others] - scores.mean[packages][:, None], sd


def _short(gap: tuple[Floats, Floats], margin: float) -> tuple[Floats, Floats]:
    """The probability that the other falls short by more than the margin, and at all."""
    return _below(gap, margin), _below(gap, 0.0)


def _below(gap: tuple[Floats, Floats], margin: float) -> Floats:
    lead, sd = gap
    with np.errstate(divide="ignore", invalid="ignore"):
        uncertain = ndtr(-(lead + margin) / (_CAUTION * sd))
    return np.where(sd > 0.0, uncertain, (lead + margin < -_SAME).astype(np.float64))
