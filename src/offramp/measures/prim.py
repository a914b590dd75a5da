"""Boxes of few limits in which most worlds are of interest: the patient rule induction method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from offramp.measures.boxes import Box, Fit, Kind, Sample, checked
from offramp.measures.peeling import least_worlds, paste, peel
from offramp.measures.region import Region, ranked
from offramp.shapes import Bools, Floats

__all__ = ["Patience", "Step", "choose", "merit", "trajectory", "walk"]


@dataclass(frozen=True, slots=True)
class Patience:
    """How the search goes about it; every value a share.

    Attributes
    ----------
    peel : float
        Of the worlds in the box, taken off at a time.
    paste : float
        Of the worlds in the box, put onto it at a time.
    least_mass : float
        Of all worlds, in the smallest box.
    loss : float
        How much worse than the best a box may be for the sake of fewer limits (see `choose`).
    """

    peel: float = 0.05
    paste: float = 0.05
    least_mass: float = 0.05
    loss: float = 0.05

    def __post_init__(self) -> None:
        """Check that each is a share."""
        for name in ("peel", "paste"):
            if not 0.0 < getattr(self, name) < 1.0:
                raise ValueError(f"{name} must lie between 0 and 1, not be {getattr(self, name)}")
        for name in ("least_mass", "loss"):
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise ValueError(f"{name} must be 0 to 1, not {getattr(self, name)}")


@dataclass(frozen=True, slots=True)
class Step:
    """One box on the way from all worlds to the densest box; `pasted` if it grew to this."""

    box: Box
    fit: Fit
    pasted: bool = False


def trajectory(
    table: Floats,
    interest: Bools,
    kinds: Sequence[Kind] | None = None,
    *,
    patience: Patience | None = None,
    left: Bools | None = None,
) -> tuple[Step, ...]:
    """Peel from all worlds to a small dense box, then paste.

    Each step takes off, at one end of one column or of one category, a small share of the worlds in the box: where
    the gain in density per world lost is greatest (equals: the first column, its high end, the least category). It
    ends when no peel makes the box denser and leaves `least_mass`. Then worlds are pasted back on for as long as the
    box covers more worlds of interest and gets no thinner. The order of the worlds does not matter, nor does a
    change of a real column's scale that keeps its order (to which worlds are in the box; limits stand halfway
    between two values).

    Parameters
    ----------
    table : Floats
        ``[world, column]``, finite. Constant columns are never restricted.
    interest : Bools
        ``[world]``
    kinds : sequence of {"real", "integer", "category"}, optional
        By column; all real by default.
    patience : Patience, optional
    left : Bools, optional
        ``[world]``: those that no earlier box holds. Only these are searched; coverage and mass stay shares of all.

    Returns
    -------
    tuple of Step
        First all worlds (that are left), without a limit.

    Raises
    ------
    ValueError
        As `checked` says.

    References
    ----------
    Friedman, J. H. and Fisher, N. I. (1999). Bump hunting in high-dimensional data. Statistics and Computing 9(2),
    123-143.

    Kwakkel, J. H. and Jaxa-Rozen, M. (2016). Improving scenario discovery for handling heterogeneous uncertainties
    and multinomial classified outcomes. Environmental Modelling & Software 79, 311-321 (gain per world lost).
    """
    return walk(checked(table, interest, kinds, left), patience or Patience())[0]


def choose(steps: Sequence[Step], loss: float = 0.05) -> int:
    """Choose a box on a trajectory: the one with the fewest limited columns that is nearly the best.

    A box is as good as the harmonic mean of its coverage and its gain in density, (density - d) / (1 - d), where d
    is the density of the first step: 0 for all worlds, 1 for a box with all worlds of interest and no other. Of the
    steps within `loss` of the best, that with the fewest limited columns is chosen; of these the best, of equals the
    earlier.

    Returns
    -------
    int
        Index of the step; 0 where no box is better than all worlds.

    References
    ----------
    van Rijsbergen, C. J. (1979). Information Retrieval, 2nd edition. Butterworths, chapter 7 (the harmonic mean).
    """
    merits = [merit(step.fit, steps[0].fit) for step in steps]
    least = max(merits) - loss
    near = [index for index, good in enumerate(merits) if good >= least and good > 0.0]
    return min(near, key=lambda index: (len(steps[index].box.limits), -merits[index], index), default=0)


def walk(sample: Sample, patience: Patience) -> tuple[tuple[Step, ...], list[Region]]:
    """Return the trajectory on a sample that is checked, and the region behind each step."""
    region = ranked(sample.part(sample.left))
    worlds, hits = region.sample.whole
    regions = [region.copy()]
    steps = [Step(Box(), Fit.of(worlds, hits, sample.whole))]
    for worlds, hits in peel(region, patience.peel, least_worlds(patience.least_mass, len(sample.table))):
        regions.append(region.copy())
        steps.append(Step(region.box(), Fit.of(worlds, hits, sample.whole)))
    for worlds, hits in paste(region, patience.paste):
        regions.append(region.copy())
        steps.append(Step(region.box(), Fit.of(worlds, hits, sample.whole), pasted=True))
    return tuple(steps), regions


def merit(fit: Fit, start: Fit) -> float:
    """Tell how good a box is, 0 to 1, beside the one that holds all worlds (see `choose`)."""
    if fit.hits == 0 or start.hits == start.worlds or fit.density <= start.density:
        return 0.0
    gain = (fit.density - start.density) / (1.0 - start.density)
    return 2.0 * fit.coverage * gain / (fit.coverage + gain)
