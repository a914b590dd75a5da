"""The value of each unknown at which the preferred of two strategies changes, the others at the best guess."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal

import numpy as np

from offramp.findings.outcomes.ranges import margin_width
from offramp.findings.outcomes.values import MARGIN
from offramp.findings.sensitivity.crossings import PRECISION, SHARES, crossings_of, points_of
from offramp.findings.sensitivity.matters_values import BreakEven, BreakEvens, Crossing
from offramp.findings.sensitivity.values import Number
from offramp.measures import groups_of, paired
from offramp.model import Case
from offramp.shapes import Floats
from offramp.worlds import Single, Worlds

__all__ = ["Comparison", "break_evens", "conditional_sign"]

GROUPS, FEWEST = 4, 16
"""Groups of worlds by an unknown at most, and worlds in each at least."""
Sign = Literal["changes", "stays", "unclear"]


@dataclass(frozen=True)
class Comparison:
    """Two strategies on one outcome; a difference is the first less the second, positive where the first is better."""

    case: Case
    outcome: str
    strategies: tuple[str, str]
    best_guess: float
    """The difference there."""
    moved: Mapping[tuple[str, float], float]
    """The difference with one unknown at a value, by both."""
    worlds: Worlds
    differences: Floats
    """[world], NaN where a world could not be computed."""
    solve: Callable[[Sequence[tuple[Single, float]]], Floats]
    """Returns the difference for each of some moves."""
    stopped: Set[str]
    """The unknowns that it was solving when the reader stopped it."""

    def leads(self, single: Single) -> Floats:
        """Return the difference at the points of an unknown."""
        return np.array([self.moved.get((single.name, value), self.best_guess) for value in points_of(single)])


def break_evens(pair: Comparison, singles: Sequence[Single], numbers: Mapping[str, Number]) -> BreakEvens:
    """Find the break-evens of all unknowns, those nearest to the best guess first."""
    outcome = pair.case.outcomes[pair.outcome]
    leads = [pair.leads(single) for single in singles]
    roots = crossings_of(singles, leads, pair.solve)
    rows = np.flatnonzero(np.isfinite(pair.differences))
    over = pair.differences[rows]
    width = margin_width(pair.case, pair.outcome, float(np.ptp(over)) if len(over) else 0.0)
    found = [
        _break_even(pair, numbers[single.name], single, lead, crossed,
                    conditional_sign(over, pair.worlds.column(single.name)[1:][rows]))
        for single, lead, crossed in zip(singles, leads, roots, strict=True) if crossed
    ]  # fmt: skip
    missing = [single.name for single, crossed in zip(singles, roots, strict=True) if crossed is None]
    stopped = sum(name in pair.stopped for name in missing)
    sign, first = -1.0 if outcome.better == "low" else 1.0, pair.best_guess > 0.0
    mean = paired(over)
    ahead, behind = (float((side > MARGIN * width).mean()) if len(over) else float("nan") for side in (over, -over))
    return BreakEvens(
        outcome=pair.outcome,
        strategy=pair.strategies[0],
        against=pair.strategies[1],
        preferred=pair.strategies[0 if first else 1],
        difference=sign * pair.best_guess,
        margin=MARGIN * width,
        mean=sign * mean.mean,
        mean_low=min(sign * mean.low, sign * mean.high),
        mean_high=max(sign * mean.low, sign * mean.high),
        share=ahead if first else behind,
        reversed=behind if first else ahead,
        precision=PRECISION,
        points=1 + len(SHARES),
        found=tuple(sorted(found, key=lambda each: each.nearest)),
        none=sum(crossed == () for crossed in roots),
        failed=len(missing) - stopped,
        stopped=stopped,
        worlds=len(rows),
    )


def _break_even(
    pair: Comparison,
    number: Number,
    single: Single,
    lead: Floats,
    roots: Sequence[tuple[float, bool]],
    in_worlds: Sign,
) -> BreakEven:
    first, second = pair.strategies
    other = -lead.min() if pair.best_guess > 0.0 else lead.max()
    return BreakEven(
        unknown=number,
        best=single.best,
        low=single.low,
        high=single.high,
        crossings=tuple(Crossing(at, first if positive else second) for at, positive in roots),
        lead=max(0.0, float(other)),
        worlds=in_worlds,
    )


def conditional_sign(difference: Floats, unknown: Floats) -> Sign:
    """Say whether the mean of a difference changes sign with an unknown, over the worlds.

    The worlds are cut by the unknown into quarters (where there are few, into thirds or halves). It changes where the
    95 % intervals of the means of two of them lie on different sides of 0, and stays where all means have one sign.
    """
    count = min(GROUPS, len(difference) // FEWEST)
    if count < 2:
        return "unclear"
    groups = groups_of(unknown, count)
    means = [paired(difference[groups == group]) for group in np.unique(groups)]
    if any(m.low > 0.0 for m in means) and any(m.high < 0.0 for m in means):
        return "changes"
    return "stays" if len({m.mean > 0.0 for m in means}) == 1 else "unclear"
