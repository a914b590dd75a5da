"""The dates that rules and rates turn on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from offramp.errors import Path
from offramp.expressions import Node, Open, dates
from offramp.graph.graph import Graph
from offramp.graph.situation import Situation
from offramp.model import Case, Rule

__all__ = ["Dated", "broken_at", "dates_in", "passed", "rate_expressions", "rule_expressions", "turning"]

Dated = tuple[Node, Path]
"""An expression in which ``time`` may stand, or a date, and where it was read."""


def rule_expressions(rules: Sequence[Rule]) -> list[Dated]:
    """Return what decides which rule is followed."""
    return [(node, rule.path) for rule in rules for node in (rule.when, rule.chance) if node is not None]


def rate_expressions(case: Case) -> list[Dated]:
    """Return what the conditions drift by."""
    return [(term.of, term.path) for c in case.conditions.values() for term in (*c.rises, *c.falls)]


def dates_in(expressions: Iterable[Dated]) -> list[Dated]:
    """Return the dates that ``time`` is compared with."""
    return [(date, path) for node, path in expressions for date in dates(node)]


def turning(graph: Graph, expressions: Iterable[Dated]) -> list[Dated]:
    """Return the dates that make a difference under the strategy of a graph: its settings may rule some out."""
    return dates_in(
        (node, path)
        for node, path in expressions
        if isinstance(left := graph.settled(node), Open) and "time" in left.names
    )


def broken_at(fixed: Iterable[float], found: Iterable[float]) -> list[float]:
    """Return the dates between which nothing changes, ascending: the fixed ones, and others found between them.

    What is as good as a date that is there already is left out.
    """
    kept = sorted(fixed)
    last = kept[-1]
    for date in sorted(found):
        if 0 < date < last and min(abs(date - other) for other in kept) > 1e-9 * last:
            kept.append(date)
    return sorted(kept)


def passed(situation: Situation, turns: Iterable[Dated], clock: float) -> tuple[bool, ...]:
    """Tell which dates are over: while these stay the same, so does all that turns on them."""
    return tuple(clock > situation.scalar(date, path) for date, path in turns)
