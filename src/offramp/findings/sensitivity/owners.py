"""Whose number an unknown is: the player who alone minds it, or else what it enters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from offramp.findings.common.mentions import (
    names_in,
    names_in_condition,
    names_in_costs,
    names_in_outcome,
    names_in_rules,
)
from offramp.model import Case
from offramp.worlds import Worlds, axes_of

__all__ = ["Owner", "owners_of"]


@dataclass(frozen=True, slots=True)
class Owner:
    """A player, or one of the words for what no single player minds."""

    id: str
    label: str


SEVERAL = Owner("several players", "several players")
CONDITIONS = Owner("conditions", "drift of conditions")
RULES = Owner("rules", "rules of strategies")
OUTCOMES = Owner("outcomes", "reading of outcomes")
NOTHING = Owner("nothing", "read by nothing")


def owners_of(case: Case, worlds: Worlds) -> dict[str, Owner]:
    """Return the owner of every axis of the draws; of an unknown that others are computed from, by their readers.

    A player minds what its wants, influences, beliefs, pace, precision, discount and switching costs name. The rules
    of a strategy are those that are followed, and those that others reckon with.
    """
    readers: dict[str, set[str]] = {axis: set() for axis in worlds.axes}
    for reader, names in _reads(case):
        for axis in axes_of(worlds, (name for name in names if name in worlds.names)):
            readers[axis].add(reader)
    return {axis: _owner(case, found) for axis, found in readers.items()}


def _owner(case: Case, readers: set[str]) -> Owner:
    minding = [player for player in case.players.values() if _mind(player.id) in readers]
    if len(minding) > 1:
        return SEVERAL
    if minding:
        return Owner(minding[0].id, minding[0].name)
    return next((o for o in (CONDITIONS, RULES, OUTCOMES) if o.id in readers), NOTHING)


def _mind(player: str) -> str:
    return f"player {player}"


def _reads(case: Case) -> Iterator[tuple[str, Iterable[str]]]:
    for player in case.players.values():
        wants = [want for faction in player.factions for want in faction.wants]
        numbers = [player.pace, player.lam, player.discount, *(f.influence for f in player.factions)]
        believed = [perception.believed for perception in player.perceives]
        worths = [node for want in wants for node in (want.that, want.worth)]
        yield _mind(player.id), names_in([*numbers, *worths, *believed]) | names_in_costs(player.options)
    for condition in case.conditions.values():
        yield CONDITIONS.id, names_in_condition(condition)
    for strategy in case.strategies.values():
        for rules in strategy.committed:
            yield RULES.id, names_in_rules(rules)
    for outcome in case.outcomes.values():
        yield OUTCOMES.id, names_in_outcome(outcome)
