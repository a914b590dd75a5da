"""Whether what is asked for can come about at all, and whether it can fail to: told before anything is solved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import prod

import numpy as np

from offramp.errors import UsageError
from offramp.expressions import Node, Rungs, names, truth
from offramp.expressions.advice import short
from offramp.model import Case, Lever, Target
from offramp.model.levers import beneath
from offramp.shapes import Bools

__all__ = ["Levels", "holds", "lowest", "refuse_idle"]

MOST = 1 << 20
"""Combinations of levels that are looked at; with more nothing is told."""

Levels = Mapping[str, Sequence[int]]
"""By option (``player.option``), condition or setting, where it can be; whatever is not named can be anywhere."""


def refuse_idle(case: Case, target: Target, levers: Sequence[Lever]) -> None:
    """Refuse a target that some levers cannot bring about, whatever anybody does, or that nothing can undo.

    Raises
    ------
    UsageError
        If so.
    """
    at = _levels(case, target, levers)
    found = holds(case, target.that, at)
    if found is None:
        return
    if not found.any():
        anywhere = holds(case, target.that, {})
        if anywhere is not None and not anywhere.any():
            raise UsageError("no possible configuration is what is wanted", code="no-target",
                             hint="look into `impossible` of the case, or ask for other states")  # fmt: skip
        bound = "; ".join(_bound(case, at, names(target.that)))
        raise UsageError(f"`{short(target.id)}` cannot come about: {bound}", code="no-target",
                         hint="ask for other states, or let a lever move what is in the way")  # fmt: skip
    outcome = case.outcomes.get(target.outcome or "")
    if found.all() and outcome is not None and outcome.of is target.that:
        raise UsageError(f"`{short(target.id)}` holds in every state that can come about", code="no-target",
                         hint="ask for states that can also fail to hold")  # fmt: skip


def lowest(case: Case, levers: Iterable[Lever]) -> dict[str, range]:
    """Return where options can be whose level never falls: from the lowest at which they may start."""
    options = {f"{player.id}.{o.id}": o for player in case.players.values() for o in player.options}
    at = {f"{player}.{option}": options[f"{player}.{option}"].start for player, option in case.irreversible}
    for name, level in _changes(levers):
        if name in at:
            at[name] = min(at[name], level)
    return {name: range(level, len(options[name].levels)) for name, level in at.items()}


def holds(case: Case, that: Node, at: Levels) -> Bools | None:
    """Tell for each state, as far as it is named, whether something holds in it; None where there are too many."""
    sizes = _sizes(case)
    named = sorted(set(names(that)).union(*map(names, case.impossible)))
    levels = [np.asarray(at.get(name, range(sizes[name]))) for name in named]
    if prod(map(len, levels)) > MOST:
        return None
    places = np.unravel_index(np.arange(prod(map(len, levels))), [len(each) for each in levels]) if named else ()
    env = {name: Rungs(each[place], sizes[name] - 1) for name, each, place in zip(named, levels, places, strict=True)}
    found = np.ones(prod(map(len, levels)), dtype=bool)
    for node in case.impossible:
        found &= ~np.broadcast_to(truth(node, env), found.shape)
    wanted: Bools = np.broadcast_to(truth(that, env), found.shape)[found]
    return wanted


def _levels(case: Case, target: Target, levers: Sequence[Lever]) -> dict[str, Sequence[int]]:
    """Return where everything can be that is not free to be anywhere."""
    at: dict[str, Sequence[int]] = dict(lowest(case, levers))
    for condition in case.conditions.values():
        low = 0 if condition.falls else condition.start
        at[condition.id] = range(low, len(condition.levels) if condition.rises else condition.start + 1)
    settings = case.strategies[beneath(case, target)].settings
    reached = {setting.id: {settings.get(setting.id, setting.start)} for setting in case.settings.values()}
    followed = {level.follows for lever in levers for level in lever.levels} - {None}
    more = [change for name in followed for change in case.strategies[name or ""].settings.items()]
    for name, level in (*more, *_changes(levers)):
        if name in reached:
            reached[name].add(level)
    return at | {name: sorted(levels) for name, levels in reached.items()}


def _changes(levers: Iterable[Lever]) -> Iterator[tuple[str, int]]:
    for lever in levers:
        for level in lever.levels:
            yield from level.changes


def _sizes(case: Case) -> dict[str, int]:
    sizes = {f"{player.id}.{o.id}": len(o.levels) for player in case.players.values() for o in player.options}
    sizes |= {condition.id: len(condition.levels) for condition in case.conditions.values()}
    return sizes | {setting.id: len(setting.levels) for setting in case.settings.values()}


def _bound(case: Case, at: Levels, named: Iterable[str]) -> Iterator[str]:
    """Say of everything that is named where it has to be, if not anywhere."""
    words = {f"{player.id}.{o.id}": o.levels for player in case.players.values() for o in player.options}
    words |= {condition.id: condition.levels for condition in case.conditions.values()}
    words |= {setting.id: setting.levels for setting in case.settings.values()}
    for name in sorted(set(named)):
        if name in at and len(at[name]) < len(words[name]):
            yield f"`{name}` can only be {' or '.join(words[name][level] for level in at[name])}"
