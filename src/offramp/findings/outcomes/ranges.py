"""The range of values that an outcome can take: what margins and axes are scaled by."""

from __future__ import annotations

import math

from offramp.expressions import Interval, Node, bounds
from offramp.findings.outcomes.values import OutcomeInfo
from offramp.graph import window
from offramp.model import Case, Choice, Derived, Outcome, Range

__all__ = ["margin_width", "number_range", "outcome_info", "outcome_range"]


def outcome_range(case: Case, outcome: Outcome) -> Interval:
    """Return two ends between which an outcome lies in every state and world, by interval arithmetic.

    Never tighter than the truth; a total is as wide as its window is long. Switching costs are left out of payoffs.
    """
    start, end = window(outcome, case.time.horizon)
    if outcome.measure == "ever":
        return 0.0, 1.0
    if outcome.measure == "first":
        return start, end
    low, high = _payoff(case, outcome) if outcome.payoff is not None else _ends(case, outcome.of)
    if outcome.measure == "total":
        low, high = low * (end - start), high * (end - start)
    return low, high


def margin_width(case: Case, outcome: str, spread: float) -> float:
    """Return what a margin is a share of: an outcome's range, and where that has no ends its spread at hand."""
    low, high = outcome_range(case, case.outcomes[outcome])
    return high - low if math.isfinite(high - low) else spread


def outcome_info(case: Case, id_: str) -> OutcomeInfo:
    """Return what an outcome is, in words and numbers."""
    outcome = case.outcomes[id_]
    low, high = outcome_range(case, outcome)
    start, end = window(outcome, case.time.horizon)
    return OutcomeInfo(
        outcome.name, outcome.measure, outcome.better, outcome.for_whom, low, high, outcome.main, start, end
    )


def number_range(case: Case, node: Node) -> Interval:
    """Return two ends between which a number lies in every state and world, never tighter than the truth."""
    return _ends(case, node)


def _ends(case: Case, node: Node | None) -> Interval:
    assert node is not None
    return bounds(node, lambda name: _named(case, name))


def _named(case: Case, name: str) -> Interval:
    if name not in case.unknowns:
        return 0.0, 1.0
    law = case.unknowns[name].law
    if isinstance(law, Range):
        return law.low, law.high
    if isinstance(law, Choice):
        return min(law.values), max(law.values)
    assert isinstance(law, Derived)
    return _ends(case, law.expression)


def _payoff(case: Case, outcome: Outcome) -> Interval:
    assert outcome.payoff is not None
    player, wanted = outcome.payoff
    lows, highs = [], []
    for faction in case.players[player].factions:
        if wanted is not None and faction.id != wanted:
            continue
        low = high = 0.0
        for want in faction.wants:
            if not want.at_end:
                one, two = _ends(case, want.worth), _ends(case, want.that)
                products = [a * b for a in one for b in two]
                low, high = low + min(products), high + max(products)
        lows.append(low)
        highs.append(high)
    return min(lows, default=0.0), max(highs, default=0.0)
