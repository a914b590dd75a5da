"""The names that expressions, rules and costs mention."""

from __future__ import annotations

from collections.abc import Iterable

from offramp.expressions import Node, names
from offramp.model import Condition, Option, Outcome, RuleSet

__all__ = ["names_in", "names_in_condition", "names_in_costs", "names_in_outcome", "names_in_rules"]


def names_in(nodes: Iterable[Node | None]) -> frozenset[str]:
    """Return the names in some expressions; None stands for one that is not given."""
    return frozenset(name for node in nodes if node is not None for name in names(node))


def names_in_rules(rules: RuleSet) -> frozenset[str]:
    """Return the names in the rules that a player follows, and in those that others reckon with."""
    followed = (*rules.rules, *(rule for believed in rules.believed.values() for rule in believed))
    return names_in(node for rule in followed for node in (rule.when, rule.chance))


def names_in_condition(condition: Condition) -> frozenset[str]:
    """Return the names in what makes a condition rise and fall."""
    return names_in(node for term in (*condition.rises, *condition.falls) for node in (term.of, term.rate))


def names_in_outcome(outcome: Outcome) -> frozenset[str]:
    """Return the names in what an outcome measures; a payoff names nothing itself."""
    return names_in((outcome.of, outcome.unless))


def names_in_costs(options: Iterable[Option]) -> frozenset[str]:
    """Return the names in what changing options costs."""
    return names_in(node for option in options for node in (option.raise_cost, option.lower_cost))
