"""Levers: packages of their levels, and the variant of the case that each amounts to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from offramp.errors import UsageError
from offramp.expressions import Rungs, truth
from offramp.expressions.advice import nearest
from offramp.model.lever_parts import Lever, LeverLevel, Price
from offramp.model.parts import Case
from offramp.model.targets import Target
from offramp.model.variants import Variant, apply_variant

__all__ = ["Lever", "LeverLevel", "Price", "beneath", "can_start", "levers_of", "packaged"]


def levers_of(case: Case, target: Target) -> tuple[Lever, ...]:
    """Return the levers of whoever moves a target, in the order of the case."""
    return tuple(lever for lever in case.levers.values() if target.by in (None, lever.by))


def beneath(case: Case, target: Target) -> str:
    """Return the strategy that is played beneath a target's levers.

    The one it states; else the first that commits the player who moves it; else the first in which all play freely;
    else the first.
    """
    if target.strategy is not None:
        return target.strategy
    strategies = case.strategies.values()
    own = (s.id for s in strategies if any(rules.player == target.by for rules in s.committed))
    free = (s.id for s in strategies if not s.committed)
    return next(own, None) or next(free, None) or next(iter(case.strategies))


def packaged(case: Case, target: Target, chosen: Mapping[str, int]) -> Variant:
    """Return the variant that a package of lever levels amounts to.

    What is played beneath comes first, with its settings; on top of it the strategies that levels follow, with
    theirs; on top of those the settings and starts that levels set. What says no more than the case does is left
    out, so that packages that amount to the same are equal.

    Parameters
    ----------
    chosen
        Lever to the index of a level. Levers of whoever moves the target that are not named stand where they are at
        present; those of others that are not named play no part.

    Raises
    ------
    UsageError
        If there is no such lever or level.
    """
    _check(case, chosen)
    own = {lever.id for lever in levers_of(case, target)}
    moved = [
        (lever, lever.levels[chosen.get(lever.id, lever.now)])
        for lever in case.levers.values()
        if lever.id in own or lever.id in chosen
    ]
    strategy = beneath(case, target)
    levels: dict[str, int] = dict(case.strategies[strategy].settings)
    also: dict[str, str] = {}
    for lever, level in moved:
        if level.rules:
            also[lever.by] = f"{lever.id}.{level.id}"
        elif level.follows is not None:
            other = level.follows
            levels |= case.strategies[other].settings
            if _committed(case, strategy) | _committed(case, other) <= {lever.by}:
                strategy = other
            elif _committed(case, strategy) & {lever.by} or lever.by in _committed(case, other):
                also[lever.by] = other
    for _, level in moved:
        levels |= dict(level.changes)
    return Variant(
        strategy,
        tuple(sorted((name, n) for name, n in levels.items() if n != _stands(case, strategy, name))),
        also=tuple(sorted((player, other) for player, other in also.items() if other != strategy)),
    )


def can_start(case: Case, variant: Variant) -> bool:
    """Tell whether the configuration that a variant starts from is a possible one."""
    players = apply_variant(case, variant).case.players.values()
    start: dict[str, Any] = {
        f"{player.id}.{option.id}": Rungs(option.start, len(option.levels) - 1)
        for player in players
        for option in player.options
    }
    return not any(bool(truth(node, start)) for node in case.impossible)


def _check(case: Case, chosen: Mapping[str, int]) -> None:
    for id_, level in chosen.items():
        if id_ not in case.levers:
            raise UsageError(f"there is no lever `{id_[:60]}`", code="no-lever", hint=_among(id_, case.levers))
        levels: tuple[LeverLevel, ...] = case.levers[id_].levels
        if not 0 <= level < len(levels):
            raise UsageError(f"the lever `{id_}` has no level {level}", code="no-level",
                             hint=f"its levels are 0 to {len(levels) - 1}")  # fmt: skip


def _among(name: str, known: Iterable[str]) -> str:
    known = list(known)
    return nearest(name, known) or (f"there are {', '.join(known)}" if known else "the case has none: add `levers:`")


def _committed(case: Case, strategy: str) -> set[str]:
    return {rules.player for rules in case.strategies[strategy].committed}


def _stands(case: Case, strategy: str, name: str) -> int:
    """Return the level of a setting under a strategy, or that at which an option starts."""
    if name in case.settings:
        return case.strategies[strategy].settings.get(name, case.settings[name].start)
    player, _, option = name.partition(".")
    return next(o.start for o in case.players[player].options if o.id == option)
