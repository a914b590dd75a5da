"""Strategies: rules that players are committed to, and what others reckon with instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from offramp.errors import Path
from offramp.expressions import Constant, Kind
from offramp.model import shape as shapes
from offramp.model.draft import Draft, nearest
from offramp.model.parts import Player, Rule, RuleSet, Setting, Strategy

__all__ = ["read_strategy"]

STATE: tuple[Kind, ...] = ("option", "condition", "setting", "unknown", "time")
Step = int | Literal["up", "down"]


def read_strategy(
    draft: Draft,
    id_: str,
    shape: shapes.StrategyShape,
    players: Mapping[str, Player],
    settings: Mapping[str, Setting],
) -> Strategy:
    """Read one strategy."""
    path: Path = ("strategies", id_)
    return Strategy(
        id_,
        shape.name or id_,
        _settings(draft, shape, settings, path),
        _committed(draft, shape, players, path),
        shape.why,
        path,
    )


def _settings(
    draft: Draft, shape: shapes.StrategyShape, settings: Mapping[str, Setting], path: Path
) -> dict[str, int]:
    chosen: dict[str, int] = {}
    for name, level in shape.settings.items():
        here = (*path, "settings", name)
        if name in draft.lost:
            continue
        if name not in settings:
            draft.fault(here, f"there is no setting `{name}`", nearest(name, settings), at_key=True, code="unknown-name")
        elif level not in settings[name].levels:
            hint = nearest(level, settings[name].levels)
            draft.fault(here, f"`{name}` has no level `{level}`", hint, code="unknown-name")
        else:
            chosen[name] = settings[name].levels.index(level)
    return chosen


def _committed(
    draft: Draft, shape: shapes.StrategyShape, players: Mapping[str, Player], path: Path
) -> tuple[RuleSet, ...]:
    who = shape.players if shape.players is not None else ([shape.player] if shape.player is not None else [])
    where = "players" if shape.players is not None else "player"
    known = []
    for at, id_ in enumerate(who):
        if id_ in players:
            known.append(id_)
        else:
            here = (*path, where, at) if where == "players" else (*path, where)
            draft.fault(here, f"there is no player `{id_}`", nearest(id_, players), code="unknown-name")
    if shape.player is not None and shape.players is not None:
        draft.fault((*path, "players"), "both player and players", "keep one of them", at_key=True)
    if shape.does is None:
        if who:
            draft.fault(path, "a committed player without rules", "add `does:` with rules, or drop the player", at_key=True)
        return ()
    if not who:
        draft.fault((*path, "does"), "rules without a player", "add `player:`", at_key=True)
        return ()
    by_player: dict[str, Any] = {}
    if isinstance(shape.does, list):
        if len(who) > 1:
            draft.fault((*path, "does"), "one list of rules for several players", "write a list under each player's id")
            return ()
        by_player = {id_: (shape.does, (*path, "does")) for id_ in known}
    else:
        for id_, rules in shape.does.items():
            if id_ not in who:
                draft.fault((*path, "does", id_), f"`{id_}` is not committed here", nearest(id_, who), at_key=True)
            elif id_ in known:
                by_player[id_] = (rules, (*path, "does", id_))
    return tuple(
        RuleSet(id_, _rules(draft, rules, players[id_], here), _believed(draft, shape, id_, who, players, path))
        for id_, (rules, here) in by_player.items()
    )


def _believed(
    draft: Draft,
    shape: shapes.StrategyShape,
    committed: str,
    who: list[str],
    players: Mapping[str, Player],
    path: Path,
) -> dict[str, tuple[Rule, ...]]:
    """Read what others reckon with: a list of rules, or where several players are committed one list for each."""
    beliefs: dict[str, tuple[Rule, ...]] = {}
    for believer, given in shape.believed.items():
        here = (*path, "believed", believer)
        if believer not in players:
            draft.fault(here, f"there is no player `{believer}`", nearest(believer, players), at_key=True)
            continue
        if believer == committed:
            draft.fault(here, f"`{believer}` knows its own rules", "name another player", at_key=True)
            continue
        if isinstance(given, list):
            if len(who) > 1:
                draft.fault(here, "believed rules of which player?", "write a list under each committed player's id")
                continue
            beliefs[believer] = _rules(draft, given, players[committed], here)
        elif committed in given:
            beliefs[believer] = _rules(draft, given[committed], players[committed], (*here, committed))
        for name in given if isinstance(given, dict) else ():
            if name not in who:
                draft.fault((*here, name), f"`{name}` is not committed here", nearest(name, who), at_key=True)
    return beliefs


def _rules(draft: Draft, given: list[shapes.RuleShape], player: Player, path: Path) -> tuple[Rule, ...]:
    rules = []
    for at, shape in enumerate(given):
        here = (*path, at)
        if (shape.set is None) == (shape.otherwise is None):
            draft.fault(here, "a rule needs either `set` or `otherwise`", "write {when: ..., set: {option: level}}")
            continue
        if shape.otherwise is not None:
            if shape.when is not None:
                draft.fault((*here, "when"), "`otherwise` takes no `when`", "write `set` in place of `otherwise`", at_key=True)
            if at < len(given) - 1:
                draft.fault(here, "rules after `otherwise` are never reached", "move it to the end")
        steps = _steps(draft, shape.set if shape.set is not None else shape.otherwise or {}, player,
                       (*here, "set" if shape.set is not None else "otherwise"))  # fmt: skip
        when = None
        if shape.when is not None:
            when = draft.expression(shape.when, (*here, "when"), STATE, "in a rule", yes_no=True)
        chance = draft.quantity(shape.chance, (*here, "chance"), allowed=STATE, where="in a chance")
        if isinstance(chance, Constant) and not 0 <= chance.value <= 1:
            draft.fault((*here, "chance"), f"the chance {chance.value:g} is not between 0 and 1", "write e.g. 0.8")
        rules.append(Rule(when, chance, steps, here))
    return tuple(rules)


def _steps(draft: Draft, given: Mapping[str, str], player: Player, path: Path) -> dict[str, Step]:
    own = {option.id: option for option in player.options}
    steps: dict[str, Step] = {}
    for name, level in given.items():
        here = (*path, name)
        id_ = name.removeprefix(f"{player.id}.")
        if f"{player.id}.{id_}" in draft.lost:
            continue
        if id_ not in own:
            other = f"`{name}` is not an option of `{player.id}`"
            draft.fault(here, other, "a rule sets its own player's options only; " + nearest(id_, own), at_key=True,
                        code="foreign-option")  # fmt: skip
        elif level in own[id_].levels:
            steps[id_] = own[id_].levels.index(level)
        elif level in ("up", "down"):
            steps[id_] = "up" if level == "up" else "down"
        else:
            hint = nearest(level, (*own[id_].levels, "up", "down"))
            draft.fault(here, f"`{name}` has no level `{level}`", hint, code="unknown-name")
    return steps
