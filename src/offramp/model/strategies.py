"""Strategies: rules that players are committed to, and what others reckon with instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from offramp.errors import Path
from offramp.expressions import Kind, Name, Node, constant
from offramp.model import shape as shapes
from offramp.model.draft import Draft, nearest
from offramp.model.parts import Choice, Player, Range, Rule, RuleSet, Setting, Strategy

__all__ = ["read_rules", "read_strategy"]

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


def _settings(draft: Draft, shape: shapes.StrategyShape, settings: Mapping[str, Setting], path: Path) -> dict[str, int]:
    chosen: dict[str, int] = {}
    for name, level in shape.settings.items():
        here = (*path, "settings", name)
        if name not in settings:
            draft.no_such(here, f"there is no setting `{name}`", name, settings, at_key=True)
        elif draft.lost.has(name):
            continue
        elif level not in settings[name].levels:
            hint = nearest(level, settings[name].levels)
            draft.fault(here, f"`{name}` has no level `{level}`", hint, code="unknown-name")
        else:
            chosen[name] = settings[name].levels.index(level)
    return chosen


def _committed(
    draft: Draft, shape: shapes.StrategyShape, players: Mapping[str, Player], path: Path
) -> tuple[RuleSet, ...]:
    who = _who(draft, shape, players, path)
    if shape.does is None:
        if not draft.lost.within(path):
            if who:
                draft.fault(
                    path, "a committed player without rules", "add `does:` with rules, or drop the player", at_key=True
                )
            elif shape.believed:
                draft.fault((*path, "believed"), "beliefs about rules that are not there", "add `player:` and `does:`",
                            at_key=True)  # fmt: skip
        return ()
    if not who:
        if not draft.lost.within(path):
            draft.fault((*path, "does"), "rules without a player", "add `player:` and its id", at_key=True)
        return ()
    lists = _lists(draft, shape.does, who, path)
    committed = tuple(
        RuleSet(id_, read_rules(draft, rules, players[id_], here), _believed(draft, shape, id_, who, players, path))
        for id_, (rules, here) in lists.items()
        if id_ in players
    )
    _check_believers(draft, shape, who, players, path)
    return committed


def _who(draft: Draft, shape: shapes.StrategyShape, players: Mapping[str, Player], path: Path) -> list[str]:
    """Return the ids of the committed players, as stated."""
    who = shape.players if shape.players is not None else ([shape.player] if shape.player is not None else [])
    for at, id_ in enumerate(who):
        here = (*path, "players", at) if shape.players is not None else (*path, "player")
        if id_ not in players:
            draft.no_such(here, f"there is no player `{id_}`", id_, players)
        elif id_ in who[:at]:
            draft.fault(here, f"`{id_}` stands twice", "keep one of the two")
    if shape.player is not None and shape.players is not None:
        draft.fault((*path, "players"), "both player and players", "keep one of them", at_key=True)
    return list(dict.fromkeys(who))


def _lists(draft: Draft, does: Any, who: list[str], path: Path) -> dict[str, tuple[Any, Path]]:
    """Return each committed player's list of rules and where it stands."""
    lists: dict[str, tuple[Any, Path]] = {}
    if isinstance(does, list):
        if len(who) > 1:
            example = ", ".join(f"{id_}: [...]" for id_ in who[:3])
            draft.fault((*path, "does"), "one list of rules for several players", f"write one for each: {{{example}}}")
            return {}
        lists[who[0]] = does, (*path, "does")
    else:
        for id_, rules in does.items():
            if id_ in who:
                lists[id_] = rules, (*path, "does", id_)
            else:
                draft.fault((*path, "does", id_), f"`{id_}` is not committed here", nearest(id_, who), at_key=True)
        for id_ in who:
            if id_ not in does and not draft.lost.within((*path, "does")):
                draft.fault((*path, "does"), f"no rules for `{id_}`, who is committed", f"add `{id_}:` and its rules",
                            at_key=True)  # fmt: skip
    for rules, here in lists.values():
        if not rules and not draft.lost.within(here):
            draft.fault(here, "a list without rules", "write `- {otherwise: {}}` to stay as it is; for free play drop "
                        "`does:` and the player", at_key=True)  # fmt: skip
    return lists


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
        if believer not in players or believer == committed:
            continue
        if isinstance(given, dict) and committed in given:
            beliefs[believer] = read_rules(draft, given[committed], players[committed], (*here, committed))
        elif isinstance(given, list) and len(who) == 1:
            beliefs[believer] = read_rules(draft, given, players[committed], here)
    return beliefs


def _check_believers(
    draft: Draft, shape: shapes.StrategyShape, who: list[str], players: Mapping[str, Player], path: Path
) -> None:
    """Fault beliefs of players who are not there, about rules that are not there, and about one's own rules."""
    for believer, given in shape.believed.items():
        here = (*path, "believed", believer)
        if believer not in players:
            others = [id_ for id_ in players if id_ not in who]
            draft.no_such(here, f"there is no player `{believer}`", believer, others, at_key=True)
        elif isinstance(given, list) and len(who) > 1:
            draft.fault(
                here, "believed rules of which player?", "write a list under each committed player's id", at_key=True
            )
        elif believer in (given if isinstance(given, dict) else who):
            draft.fault(here, f"`{believer}` knows its own rules",
                        "name the player who reckons with something else", at_key=True)  # fmt: skip
        for name in given if isinstance(given, dict) else ():
            if name not in who:
                draft.fault((*here, name), f"`{name}` is not committed here", nearest(name, who), at_key=True)


def read_rules(draft: Draft, given: list[shapes.RuleShape], player: Player, path: Path) -> tuple[Rule, ...]:
    """Read the rules of one player."""
    rules = []
    for at, shape in enumerate(given):
        here = (*path, at)
        if shape.set is None and shape.otherwise is None:
            if not draft.lost.within(here):
                draft.fault(here, "a rule without `set` or `otherwise`", "write {when: ..., set: {option: level}}")
            continue
        if shape.set is not None and shape.otherwise is not None:
            draft.fault(
                (*here, "otherwise"), "both `set` and `otherwise` in one rule", "make them two rules", at_key=True
            )
        elif shape.otherwise is not None:
            if shape.when is not None:
                draft.fault(
                    (*here, "when"), "`otherwise` takes no `when`", "write `set` in place of `otherwise`", at_key=True
                )
            if at < len(given) - 1:
                draft.fault(here, "rules after `otherwise` are never reached", "move it to the end")
        steps = _steps(draft, shape.set if shape.set is not None else shape.otherwise or {}, player,
                       (*here, "set" if shape.set is not None else "otherwise"))  # fmt: skip
        when = None
        if shape.when is not None:
            when = draft.expression(shape.when, (*here, "when"), STATE, "in a rule", yes_no=True)
        chance = draft.quantity(shape.chance, (*here, "chance"), allowed=STATE, where="in a chance")
        _check_chance(draft, chance, (*here, "chance"))
        rules.append(Rule(when, chance, steps, here))
    return tuple(rules)


def _check_chance(draft: Draft, chance: Node, path: Path) -> None:
    law = draft.unknowns[chance.name].law if isinstance(chance, Name) and chance.name in draft.unknowns else None
    ends = (law.low, law.high) if isinstance(law, Range) else law.values if isinstance(law, Choice) else ()
    for value in ends if ends else (constant(chance),):
        if value is not None and not 0 <= value <= 1:
            draft.fault(path, f"the chance {value:g} is not between 0 and 1", "write a share such as 0.8", code="range")


def _steps(draft: Draft, given: Mapping[str, str], player: Player, path: Path) -> dict[str, Step]:
    own = {option.id: option for option in player.options}
    steps: dict[str, Step] = {}
    for name, level in given.items():
        here = (*path, name)
        id_ = name.removeprefix(f"{player.id}.")
        if id_ not in own:
            if not draft.lost.any_name and not draft.lost.has(f"{player.id}.{id_}"):
                draft.fault(here, f"`{name}` is not an option of `{player.id}`", _own_only(name, player, draft),
                            at_key=True, code="foreign-option")  # fmt: skip
        elif draft.lost.has(f"{player.id}.{id_}"):
            continue
        elif level in own[id_].levels:
            steps[id_] = own[id_].levels.index(level)
        elif level in ("up", "down"):
            steps[id_] = "up" if level == "up" else "down"
        else:
            hint = nearest(level, (*own[id_].levels, "up", "down"))
            draft.fault(here, f"`{name}` has no level `{level}`", hint, code="unknown-name")
    return steps


def _own_only(name: str, player: Player, draft: Draft) -> str:
    """Say what a rule may set."""
    for owner in sorted(draft.players):
        if owner != player.id and (f"{owner}.{name}" in draft.symbols or name.partition(".")[0] == owner):
            return (
                f"it is `{owner}`'s; a rule sets its own player's options only: commit `{owner}` too, "
                f"with players: [{player.id}, {owner}]"
            )
    return nearest(name, [option.id for option in player.options])
