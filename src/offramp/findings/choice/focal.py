"""The strategy that a case is told of: the first that commits somebody."""

from __future__ import annotations

from collections.abc import Sequence

from offramp.errors import UsageError
from offramp.model import Case

__all__ = ["focal", "focal_strategy"]


def focal_strategy(case: Case, strategies: Sequence[str]) -> str:
    """Return the first committed strategy of the case among those run, or else the first."""
    return next((s for s in strategies if case.strategies[s].committed), strategies[0] if strategies else "")


def focal(case: Case) -> str:
    """Return the strategy that sentences are ranked under: the first that commits somebody, else the first."""
    found = focal_strategy(case, tuple(case.strategies))
    if not found:
        raise UsageError(f"{case.name} has no strategy to play", code="no-strategy",
                         hint="a base has none; name a case that extends it")  # fmt: skip
    return found
