"""Which strategy serves an outcome best, under each view: where the authors' advice would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from offramp.ensemble import Table
from offramp.findings.choice.values import Advice, Best
from offramp.findings.outcomes.bands import whole_worlds
from offramp.findings.outcomes.ranges import outcome_range
from offramp.findings.outcomes.values import MARGIN
from offramp.measures import paired
from offramp.model import Case, Outcome
from offramp.model.variants import Variant
from offramp.shapes import Floats

__all__ = ["advice_of", "values_of"]


def values_of(
    table: Table, strategies: Sequence[str], outcome: str, sample: str = "main", rows: int | None = None
) -> Floats:
    """Return an outcome in the worlds computed under every strategy, [world, strategy], the best guess left out."""
    whole = whole_worlds(table, strategies, sample, rows=rows)
    columns = [table.column(Variant(s), outcome, sample)[: len(whole)] for s in strategies]
    return np.stack(columns, axis=1)[1:][whole[1:]] if columns else np.zeros((0, 0))


def advice_of(
    case: Case, table: Table, strategies: Sequence[str], views: Mapping[str, str], rows: int | None
) -> dict[str, Advice]:
    """Return the best strategy of each main outcome that says what is better.

    Parameters
    ----------
    views
        View -> the sample it was run on.
    rows
        Use the first so many worlds of a view only.

    Returns
    -------
    dict
        By outcome; empty where there are fewer than two strategies.
    """
    found: dict[str, Advice] = {}
    for id_, outcome in case.outcomes.items():
        if not outcome.main or outcome.better is None or len(strategies) < 2:
            continue
        whole = _best(case, outcome, strategies, values_of(table, strategies, id_))
        if whole is None:
            continue
        by_view = {v: _best(case, outcome, strategies, values_of(table, strategies, id_, s, rows))
                   for v, s in views.items()}  # fmt: skip
        known = {view: best for view, best in by_view.items() if best is not None}
        found[id_] = Advice(whole, known, _differ(list(known.values())))
    return found


def _best(case: Case, outcome: Outcome, strategies: Sequence[str], values: Floats) -> Best | None:
    if not len(values):
        return None
    low, high = outcome_range(case, outcome)
    width = high - low if np.isfinite(high - low) else float(np.ptp(values))
    good = values if outcome.better == "high" else -values
    order = np.argsort(-good.mean(axis=0), kind="stable")
    first = int(order[0])
    margin = MARGIN * width
    ahead = {int(n): paired(good[:, first] - good[:, n]) for n in order[1:]}
    closest = ahead[int(order[1])]
    # Not clear where the interval is unknown (one world alone) or reaches below the margin.
    rivals = tuple(strategies[n] for n, gap in ahead.items() if not gap.low > 0 or gap.mean <= margin)
    return Best(
        strategy=strategies[first],
        mean=float(values[:, first].mean()),
        next=strategies[int(order[1])],
        gain=closest.mean,
        low=closest.low,
        high=closest.high,
        rivals=rivals,
        shares=_shares(strategies, good, margin),
        worlds=len(values),
    )


def _shares(strategies: Sequence[str], good: Floats, slack: float) -> dict[str, float]:
    """Return the share of worlds in which each strategy is best; those that come to the same share a world."""
    top = good >= good.max(axis=1, keepdims=True) - slack
    shares = (top / top.sum(axis=1, keepdims=True)).mean(axis=0)
    return {s: float(share) for s, share in zip(strategies, shares, strict=True)}


def _differ(found: Sequence[Best]) -> bool:
    """Is there a pair of views each of whose best strategies clearly beats that of the other?"""
    return any(
        one.strategy != two.strategy and one.strategy not in two.rivals and two.strategy not in one.rivals
        for one, two in combinations(found, 2)
    )
