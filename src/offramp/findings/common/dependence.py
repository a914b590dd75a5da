"""Which outcomes a switched-off mechanism can touch at all, and which unknowns an outcome can turn on, told from the
case without solving anything.

What differs between two variants is followed through all that reads it: a worth moves whoever chooses by it, an
unknown moves what is computed from it, a rate moves its condition, and what nobody reads moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from offramp.expressions import names
from offramp.findings.common.mentions import (
    names_in,
    names_in_condition,
    names_in_costs,
    names_in_outcome,
    names_in_rules,
)
from offramp.model import Case
from offramp.model.parts import Derived, Player
from offramp.model.variants import Applied, Variant, apply_variant

__all__ = ["touched", "unknowns_behind", "unknowns_within"]

_CHOICES = "what players do"


def touched(case: Case, one: Variant, two: Variant) -> frozenset[str]:
    """Return the outcomes that may differ between two variants of one strategy; in all others they are the same."""
    first, second = apply_variant(case, one), apply_variant(case, two)
    changed = set(_differences(first, second))
    if not changed:
        return frozenset()
    readers: dict[str, set[str]] = {}
    for reader, read in _reads(first):
        for name in read:
            readers.setdefault(name, set()).add(reader)
    left = list(changed)
    while left:
        for reader in readers.get(left.pop(), ()):
            if reader not in changed:
                changed.add(reader)
                left.append(reader)
    return frozenset(id_ for id_ in case.outcomes if _outcome(id_) in changed)


def unknowns_behind(case: Case, variant: Variant, outcomes: Iterable[str]) -> frozenset[str]:
    """Return the unknowns on which outcomes of a variant can turn; on all others they do not depend."""
    applied = apply_variant(case, variant)
    read: dict[str, set[str]] = {name: set(names(value)) for name, value in applied.numbers.items()}
    for reader, named in _reads(applied):
        read.setdefault(reader, set()).update(named)
    drawn = set(case.unknowns) - set(applied.numbers)
    drawn.update(name for value in applied.numbers.values() for name in names(value))
    return _upstream(read, map(_outcome, outcomes)) & drawn


def unknowns_within(case: Case, read: Iterable[str]) -> frozenset[str]:
    """Return the unknowns among some names, and those that these are computed from."""
    laws = ((name, unknown.law) for name, unknown in case.unknowns.items())
    computed = {name: set(names(law.expression)) for name, law in laws if isinstance(law, Derived)}
    return _upstream(computed, read) & frozenset(case.unknowns)


def _upstream(read: Mapping[str, Iterable[str]], start: Iterable[str]) -> frozenset[str]:
    """Return all that is read by something, and by what that reads, and so on; what is started from is in it."""
    left = list(start)
    found = set(left)
    while left:
        for name in read.get(left.pop(), ()):
            if name not in found:
                found.add(name)
                left.append(name)
    return frozenset(found)


def _outcome(id_: str) -> str:
    return f"outcome {id_}"


def _caring(player: Player, faction: str) -> str:
    return f"what {player.id} {faction} wants"


def _sway(player: Player) -> str:
    return f"who sways {player.id}"


def _believing(player: Player) -> str:
    return f"what {player.id} believes"


def _differences(first: Applied, second: Applied) -> Iterator[str]:
    """Give what differs between two variants, by the names under which others read it."""
    for name in {**first.numbers, **second.numbers}:
        if first.numbers.get(name) != second.numbers.get(name):
            yield name
    for id_, setting in first.case.settings.items():
        if first.strategy.settings.get(id_, setting.start) != second.strategy.settings.get(id_, setting.start):
            yield id_
    for player, other in zip(first.case.players.values(), second.case.players.values(), strict=True):
        for faction, changed in zip(player.factions, other.factions, strict=True):
            if faction.wants != changed.wants:
                yield _caring(player, faction.id)
            if faction.influence != changed.influence:
                yield _sway(player)
        if player.perceives != other.perceives:
            yield _believing(player)
    for condition, changed_ in zip(first.case.conditions.values(), second.case.conditions.values(), strict=True):
        if (condition.rises, condition.falls) != (changed_.rises, changed_.falls):
            yield condition.id


def _reads(applied: Applied) -> Iterator[tuple[str, Iterable[str]]]:
    """Give who reads what."""
    case = applied.case
    for name, unknown in case.unknowns.items():
        if isinstance(unknown.law, Derived) and name not in applied.numbers:
            yield name, names(unknown.law.expression)
    for condition in case.conditions.values():
        yield condition.id, names_in_condition(condition)
    committed = {rules.player: rules for rules in applied.strategy.committed}
    for player in case.players.values():
        for option in player.options:
            yield f"{player.id}.{option.id}", {_CHOICES}
        yield from _mind(player)
        if player.id not in committed:
            own = names_in((player.pace, player.lam, player.discount)) | names_in_costs(player.options)
            factions = {_caring(player, faction.id) for faction in player.factions}
            yield _CHOICES, own | factions | {_sway(player), _believing(player)}
            continue
        yield _CHOICES, names(player.pace) | names_in_rules(committed[player.id])
    for outcome in case.outcomes.values():
        yield _outcome(outcome.id), names_in_outcome(outcome)
        if outcome.payoff is not None:
            id_, faction_id = outcome.payoff
            player = case.players[id_]
            costs = names_in_costs(player.options)
            felt = {_caring(player, f.id) for f in player.factions if faction_id in (None, f.id)}
            yield _outcome(outcome.id), {_CHOICES, _sway(player)} | felt | costs | names(player.discount)


def _mind(player: Player) -> Iterator[tuple[str, Iterable[str]]]:
    """Give what a player's wants, the weights of its factions and its beliefs read."""
    for faction in player.factions:
        yield _caring(player, faction.id), names_in(node for want in faction.wants for node in (want.that, want.worth))
    yield _sway(player), names_in(f.influence for f in player.factions)
    yield _believing(player), names_in(perception.believed for perception in player.perceives)
