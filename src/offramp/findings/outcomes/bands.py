"""Outcomes by strategy over the worlds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from offramp.ensemble import Movers, Table
from offramp.findings.outcomes.values import Band
from offramp.measures import mean_regret, regret, robust_regret, spread
from offramp.model import Case
from offramp.model.variants import Variant
from offramp.shapes import Bools, Floats

__all__ = ["bands", "whole_worlds"]


def bands(
    case: Case,
    table: Table,
    strategies: Sequence[str],
    sample: str = "main",
    movers: Movers = "foresight",
    rows: int | None = None,
) -> dict[str, dict[str, Band]]:
    """Return the band of every outcome under every strategy.

    Only worlds that could be computed under every strategy count, so that the strategies are compared over the same
    worlds.

    Parameters
    ----------
    rows
        Use the first so many worlds only, the best guess not counted.
    """
    whole = whole_worlds(table, strategies, sample, movers, rows)
    columns: dict[tuple[str, str], Floats] = {
        (s, o): table.column(Variant(s), o, sample, movers)[: len(whole)] for s in strategies for o in case.outcomes
    }
    whole = whole[1:]
    found: dict[str, dict[str, Band]] = {s: {} for s in strategies}
    for id_, outcome in case.outcomes.items():
        values = np.stack([columns[s, id_][1:][whole] for s in strategies], axis=1)
        regrets = _regrets(values, outcome.better)
        for n, s in enumerate(strategies):
            guess = float(columns[s, id_][0])
            mean, low, high = _spread(values[:, n])
            found[s][id_] = Band(guess, mean, low, high, *(regrets[n] if regrets is not None else (None, None)))
    return found


def whole_worlds(
    table: Table,
    strategies: Sequence[str],
    sample: str = "main",
    movers: Movers = "foresight",
    rows: int | None = None,
) -> Bools:
    """Return which worlds were computed under every strategy, [1 + N], best guess first; see `bands`."""
    reached = table.done[sample] if rows is None else min(table.done[sample], rows + 1)
    whole = np.ones(reached, dtype=np.bool_)
    variants = {Variant(s) for s in strategies}
    for failure in table.failures:
        at = failure.variant in variants and failure.sample == sample and failure.movers == movers
        if at and failure.world < reached:
            whole[failure.world] = False
    return whole


def _spread(values: Floats) -> tuple[float, float, float]:
    if not len(values):
        return float("nan"), float("nan"), float("nan")
    found = spread(values)
    return float(found.mean), float(found.p05), float(found.p95)


def _regrets(values: Floats, better: str | None) -> list[tuple[float, float]] | None:
    if better not in ("high", "low") or values.shape[1] < 2 or not len(values):
        return None
    shortfalls = regret(values, "high" if better == "high" else "low")
    pairs = zip(robust_regret(shortfalls), mean_regret(shortfalls), strict=True)
    return [(float(worst), float(mean)) for worst, mean in pairs]
