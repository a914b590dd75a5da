"""The model: a case and its parts, built from plain data and checked."""

from offramp.model.build import build_case
from offramp.model.parts import (
    Case,
    Choice,
    Claim,
    Condition,
    Derived,
    Faction,
    Measure,
    Option,
    Order,
    Origin,
    OriginKind,
    Outcome,
    Perception,
    Player,
    Range,
    RateTerm,
    Rule,
    RuleSet,
    Setting,
    Source,
    Strategy,
    Time,
    Unknown,
    View,
    Want,
)

__all__ = [
    "Case", "Choice", "Claim", "Condition", "Derived", "Faction", "Measure", "Option", "Order", "Origin", "OriginKind", "Outcome",
    "Perception", "Player", "Range", "RateTerm", "Rule", "RuleSet", "Setting", "Source", "Strategy", "Time", "Unknown", "View", "Want",
    "build_case",
]
