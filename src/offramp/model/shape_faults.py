"""Faults of shape in words: what stands there, and what to write instead."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from offramp.errors import CaseError, Path
from offramp.expressions.advice import listed
from offramp.expressions.advice import nearest as closest
from offramp.model import shape as shapes

__all__ = ["meant_by", "path_of", "shape_fault"]

_MEMBERS = {
    "players": "us: {options: {pressure: {levels: [none, broad]}}}",
    "options": "pressure: {levels: [none, targeted, broad]}",
    "factions": "hardliners: {influence: 0.6, wants: [{that: us.offer, worth: -1}]}",
    "conditions": "insecurity: {levels: [low, high], rises: 0.1, falls: 0.05}",
    "settings": "guarantee: {levels: [none, offered]}",
    "unknowns": "cost: {range: [0.1, 1], why: what it costs}",
    "outcomes": "talks: {of: us.offer, measure: average}",
    "strategies": "press-on: {player: us, does: [{otherwise: {pressure: broad}}]}",
    "claims": 'pressure-works: {says: Pressure works., test: "talks[press-on] > 0.5"}',
    "mechanisms": "D1: {says: Pressure brings talks, source: essay-2009, quote: words of the essay}",
    "left_out": "D2: no player could react to it",
    "tensions": "X1: {says: Pressure brings talks or hardens, between: [D1, D2]}",
    "levers": "pressure: {by: us, sets: us.pressure}",
    "targets": "talks: {that: us.offer and them.willing, by: us}",
    "sources": "essay-2009: {title: The title, author: The author}",
    "views": "optimist: {cost: [0.1, 0.4]}",
    "perceives": "target: {sender.wants.relief.worth: 0.5}",
    "believed": "target: [{otherwise: {pressure: none}}]",
    "unseen": 'target: ["us.offer and us.attack"]',
}
"""A line that may stand below each key that holds named things."""

_ITEMS = {
    "wants": "{that: us.offer, worth: 1}",
    "at_end": "{that: us.offer, worth: 1}",
    "prefers": "us.offer == none",
    "does": "{when: target.concede, set: {pressure: none}}",
    "believed": "{when: target.concede, set: {pressure: none}}",
    "rises": "{of: us.pressure, rate: 0.1}",
    "falls": "{of: us.pressure, rate: 0.1}",
    "impossible": '"us.offer and us.attack"',
    "irreversible": "us.offer",
}
"""An item that may stand in each list."""

_LISTS = {
    "levels": "[none, targeted, broad]",
    "range": "[0.1, 0.5]",
    "choice": "[0.2, 0.5]",
    "players": "[us, partners]",
    "mechanism": "[D1, D2]",
    "counters": "[D1, D2]",
    "between": "[D1, D2]",
    "minds": "[talks, cost]",
}

_WRITTEN = {
    "set": "set: {pressure: broad}",
    "otherwise": "otherwise: {pressure: none}",
    "time": "time: {unit: month, horizon: 24, foresight: 48}",
    "settings": "settings: {guarantee: offered}",
    "switching": "switching: {raise: 0.1, lower: 0.3}",
    "worth": "worth: [0.2, 0.8]",
    "influence": "influence: 0.6",
    "levels": "levels: [low, high]",
    "rate": "rate: 0.1",
    "that": "that: target.concede",
    "title": "title: its title",
    "says": "says: the sentence",
    "offramp": "offramp: 1",
    "players": "players:",
    "horizon": "horizon: 24",
    "of": "of: target.concede",
    "measure": "measure: average",
    "origin": "origin: guess",
    "cost": "cost: {targeted: [0.1, 0.5], broad: 1}",
    "in": "in: 0.5",
    "at-least": "at-least: 0.5",
    "at-most": "at-most: 0.5",
    "effort": "effort: 2",
}

_EMPTY = {
    "says": "write the sentence in your own words",
    "quote": "copy a few words of the source, or leave `quote` out",
}
"""What to write where a text has no word in it."""

_TAGS = frozenset({"<number>", "<text>", "<range>", "<list>", "<mapping>"})


def path_of(error: ErrorDetails) -> Path:
    """Return the element that a fault of shape is about."""
    return tuple(step for step in error["loc"] if step not in _TAGS)


def shape_fault(error: ErrorDetails) -> CaseError:
    """Put one fault of shape into words."""
    path = path_of(error)
    key = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    kind, value = error["type"], error.get("input")
    shown = _shown(value)
    match kind:
        case "missing":
            return CaseError(f"`{key}` is missing", code="missing", hint=f"add `{_WRITTEN.get(key, key + ': ...')}`",
                             path=path[:-1], at_key=True)  # fmt: skip
        case "extra_forbidden":
            return CaseError(f"`{_cut(key)}` has no meaning here", code="unknown-key", hint=_known_keys(error),
                             path=path, at_key=True)  # fmt: skip
        case "string_type":
            return CaseError(f"text is wanted here, not {shown}", code="type", hint=_as_text(path, value), path=path)
        case "string_pattern_mismatch":
            return CaseError(f"`{key}` is empty", code="empty", hint=_EMPTY[key], path=path)
        case "bool_type":
            return CaseError(
                f"true or false is wanted here, not {shown}", code="type", hint="write true or false", path=path
            )
        case "dict_type" | "model_type" | "model_attributes_type":
            return CaseError(
                f"lines of `key: value` are wanted here, not {shown}", code="type", hint=_mapping(path), path=path
            )
        case "list_type":
            return CaseError(f"a list is wanted here, not {shown}", code="type", hint=_list(key), path=path)
        case "too_short" | "too_long":
            message, hint = _length(error, key)
            return CaseError(message, code="length", hint=hint, path=path)
        case "literal_error":
            words = [word.strip("'") for word in error["ctx"]["expected"].replace(" or ", ", ").split(", ")]
            hint = closest(str(value), words) or f"write e.g. `{_WRITTEN.get(key, f'{key}: {words[0]}')}`"
            return CaseError(f"`{key}` is {listed(words)}, not {shown}", code="value", hint=hint, path=path)
        case "greater_than" | "greater_than_equal":
            least = error["ctx"].get("gt", error["ctx"].get("ge"))
            more = "more than" if kind == "greater_than" else "at least"
            return CaseError(f"`{key}` is {more} {least:g}, not {shown}", code="value",
                             hint=f"write a number of {more} {least:g}", path=path)  # fmt: skip
        case "less_than_equal":
            return CaseError(f"`{key}` is at most {error['ctx']['le']:g}, not {shown}", code="value",
                             hint=f"write e.g. {_WRITTEN.get(key, '0.5')}", path=path)  # fmt: skip
        case "form":
            message, _, hint = error["msg"].partition(": ")
            return CaseError(f"{message}, not {shown}", code="type", hint=f"write {hint}", path=path)
        case "float_type" | "int_type" | "finite_number" | "int_from_float":
            whole = kind.startswith("int")
            hint = _WRITTEN.get(key) or ("1" if whole else "0.5")
            return CaseError(f"a {'whole ' if whole else ''}number is wanted here, not {shown}", code="type",
                             hint=f"write e.g. {hint}", path=path)  # fmt: skip
    message = error["msg"]
    return CaseError(
        f"{message[:1].lower()}{message[1:]}, not {shown}", code="type", hint="write it in double quotes", path=path
    )


def _cut(text: str) -> str:
    line = " ".join(text[:200].split())
    return line if len(line) <= 40 else line[:40] + "..."


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, (dict, BaseModel)):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return f"`{_cut(str(value))}`" if str(value).strip() else "an empty text"


def _as_text(path: Path, value: object) -> str:
    named = path[:1] == ("levers",) and path[-1] in ("name", "follows", "why")
    if ("levels" in path and not named) or path[-1:] in (("start",), ("now",)):
        return "write the name of a level, starting with a letter: no, yes, targeted"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f'write "{value}" in double quotes'
    if isinstance(value, bool):
        return f'write "{str(value).lower()}" in double quotes'
    return "write a text"


def _mapping(path: Path) -> str:
    last, above = path[-1] if path else "", path[-2] if len(path) > 1 else ""
    if isinstance(last, int):
        return f"write e.g. {_ITEMS.get(str(above), '{key: value}')}"
    if above == "strategies":
        return f"write `{_cut(str(last))}: {{}}` for free play, or player: and does: below it"
    if path[0] == "levers" and "levels" in (last, above):
        level = "press: {follows: press-on, cost: 0.2}"
        if above == "levels":
            return f"write e.g. `{_cut(str(last))}: {level.partition(': ')[2]}`, or {{}} for the level at present"
        return f"write below it, indented, e.g. `{level}`"
    if above in _MEMBERS and above != "views":
        return f"write e.g. `{_cut(last)}: {_MEMBERS[str(above)].partition(': ')[2]}`"
    if path[0] in ("strategies", "levers") and last in _WRITTEN:
        return f"write e.g. `{_WRITTEN[last]}`"
    if last in _MEMBERS:
        return f"write below it, indented, e.g. `{_MEMBERS[last]}`"
    return f"write e.g. `{_WRITTEN[last]}`" if last in _WRITTEN else "write key: value, indented below it"


def _list(key: str) -> str:
    if key in _ITEMS:
        return f"write below it, indented, e.g. `- {_ITEMS[key]}`"
    return f"write e.g. `{key}: {_LISTS.get(key, '[...]')}`"


def _length(error: ErrorDetails, key: str) -> tuple[str, str]:
    context: dict[str, Any] = error["ctx"]
    found = context["actual_length"]
    if key == "levels":
        few = "at least 2" if "min_length" in context else "at most 20"
        return f"a ladder of {found} level{'s' * (found != 1)}", f"write {few} levels, e.g. levels: [none, broad]"
    if key in _MEMBERS:
        return (
            f"`{key}` has more than {context['max_length']} entries",
            "leave out what the argument can do without",
        )
    many = "many" if "max_length" in context else "few"
    return f"too {many} numbers for a range ({found})", "write two, the lower first: [0.1, 0.5]"


_SHAPE_AT: dict[str, type[BaseModel]] = {
    "players": shapes.PlayerShape,
    "options": shapes.OptionShape,
    "factions": shapes.FactionShape,
    "wants": shapes.WantShape,
    "at_end": shapes.WantShape,
    "prefers": shapes.StatementShape,
    "conditions": shapes.ConditionShape,
    "settings": shapes.SettingShape,
    "outcomes": shapes.OutcomeShape,
    "strategies": shapes.StrategyShape,
    "claims": shapes.ClaimShape,
    "mechanisms": shapes.MechanismShape,
    "tensions": shapes.TensionShape,
    "levers": shapes.LeverShape,
    "targets": shapes.TargetShape,
    "sources": shapes.SourceShape,
    "does": shapes.RuleShape,
    "believed": shapes.RuleShape,
    "time": shapes.TimeShape,
    "switching": shapes.SwitchingShape,
    "rises": shapes.RateShape,
    "falls": shapes.RateShape,
}


_OTHER_WORDS = {
    "if": "when", "then": "set", "else": "otherwise", "probability": "chance", "prob": "chance", "p": "chance",
    "weight": "worth", "value": "worth", "utility": "worth", "payoff": "worth", "want": "that", "what": "that",
    "initial": "start", "default": "start", "label": "name", "description": "about", "note": "why", "reason": "why",
    "rho": "discount", "lambda": "lam", "precision": "lam", "up": "rises", "down": "falls", "until": "to",
    "rules": "does", "text": "says", "claim": "says", "values": "choice", "expression": "is", "likely": "mode",
    "price": "cost", "player": "by", "who": "by", "share": "in", "at_least": "at-least", "at_most": "at-most",
}  # fmt: skip
"""What other languages, or other people, call a key."""


def meant_by(error: ErrorDetails) -> str | None:
    """Return the key that a key without meaning most likely stands for."""
    key, known = str(error["loc"][-1]), _keys_around(error["loc"])
    other = _OTHER_WORDS.get(key.lower())
    if other in known:
        return other
    hint = closest(key, known)
    return next((name for name in known if hint == f"Did you mean {name}?"), None)


def _keys_around(loc: tuple[int | str, ...]) -> list[str]:
    around = loc[:-1]
    model: type[BaseModel] = shapes.CaseShape
    named = [str(step) for step in around if step in _SHAPE_AT]
    if around and around[-1] == "<mapping>" and "switching" not in around[-2:] and not isinstance(around[-2], int):
        model = shapes.QuantityShape
    elif named:
        model = _SHAPE_AT[named[-1]]
    if model is shapes.LeverShape and "levels" in around[2:]:
        model = shapes.LeverLevelShape
    return [field.alias or name for name, field in model.model_fields.items()]


def _known_keys(error: ErrorDetails) -> str:
    """Say which key may have been meant, or which ones there are."""
    loc, known = error["loc"], _keys_around(error["loc"])
    key = str(loc[-1])
    number = known == [field.alias or name for name, field in shapes.QuantityShape.model_fields.items()]
    if number and key in ("of", "rate") and ("rises" in loc or "falls" in loc):
        return "terms of a rate stand in a list: [{of: us.pressure, rate: 0.1}]"
    if key == "effort":
        return "it stands beside a range: {range: [0.1, 0.5], effort: 2}"
    if number and key in ("value", "number"):
        return "write `is:`"
    if number and key in ("min", "max", "low", "high"):
        return "write `range: [low, high]`"
    meant = meant_by(error)
    return f"did you mean {meant}?" if meant else f"the keys here are {listed(known, 'and', most=20)}"
