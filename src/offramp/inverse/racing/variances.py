"""How large effects are expected to be: a few numbers that the variance of every column is made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from offramp.inverse.racing.effects import Effects
from offramp.shapes import Floats

__all__ = ["Variances"]

_CONSTANT = 25.0
"""Prior variance of the mean over everything, in units of the variance of the outcome."""

_LEVER, _WORLD, _OWN, _NOISE = 0.05, 0.3, 0.01, 0.3
_TOGETHER = (1.0, 0.15, 0.05)
"""Where the search starts, and what it is drawn to: shares of variance, and what one order more takes off."""


@dataclass(frozen=True, slots=True, eq=False)
class Variances:
    """The log of each variance as a sum of parameters.

    A group of levers has the geometric mean of its levers' variances times a factor for its order: levers that do
    nothing alone are expected to do little together, unless the data say so. There is one set for what is the same in
    all worlds, one for what differs among worlds, one variance for what is a package's own (any lack of fit), and one
    for the rest.

    Attributes
    ----------
    common, differing : Floats
        ``[column, parameter]``, what makes the log variances of the effects in all worlds and by world.
    start, width : Floats
        ``[parameter]``, the normal prior of each.
    """

    common: Floats
    differing: Floats
    start: Floats
    width: Floats

    @classmethod
    def of(cls, levers: int, common: Effects, differing: Effects) -> Variances:
        """Lay out the parameters: levers and orders in common, then by world, then a package's own and the rest."""
        count = 2 * levers + 3 + 4 + 2
        start, width = np.zeros(count), np.full(count, 1.5)
        start[:levers], width[:levers] = np.log(_LEVER), 2.5
        start[levers : levers + 3] = np.log(_TOGETHER)
        second = levers + 3
        start[second : second + levers], width[second : second + levers] = np.log(_LEVER), 2.5
        start[second + levers : second + levers + 3] = np.log(_TOGETHER)
        start[second + levers + 3] = np.log(_WORLD)
        start[-2], width[-2] = np.log(_OWN), 1.0
        start[-1] = np.log(_NOISE)
        width[[levers, second + levers]] = 1e-3
        return cls(
            _mixture(common, 0, levers, count),
            _mixture(differing, second, levers, count, constant=second + levers + 3),
            start,
            width,
        )

    def sizes(self, parameters: Floats) -> tuple[Floats, Floats, float, float]:
        """Return variances by column in all worlds and by world, of a package's own, and of the rest."""
        common = np.exp(self.common @ parameters)
        common[0] = _CONSTANT
        own, noise = np.exp(parameters[-2:])
        return common, np.exp(self.differing @ parameters), float(own), float(noise)


def _mixture(effects: Effects, first: int, levers: int, count: int, constant: int | None = None) -> Floats:
    groups = np.zeros((len(effects.groups), count))
    for n, group in enumerate(effects.groups):
        if group:
            groups[n, first + np.array(group)] = 1.0 / len(group)
            groups[n, first + levers + len(group) - 1] = 1.0
        elif constant is not None:
            groups[n, constant] = 1.0
    return groups[effects.group]
