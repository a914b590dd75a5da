"""Check the shape of a case: every misplaced key and wrong type at once, in words.

What is at fault is then dropped, so that the meaning of all the rest can be checked in the same pass.
"""

from __future__ import annotations

import copy
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from offramp.errors import CaseError, Path
from offramp.model import shape as shapes
from offramp.model.draft import nearest

__all__ = ["check_shape"]

_ROUNDS = 8


def check_shape(data: dict[str, Any]) -> tuple[shapes.CaseShape | None, dict[str, Any], list[CaseError], frozenset[str]]:
    """Validate plain data against the shape of a case.

    Parameters
    ----------
    data
        The case as plain mappings and lists.

    Returns
    -------
    shape : CaseShape or None
        The case without the parts at fault; None where too little is left.
    data : dict
        The plain data that shape was read from.
    faults : list of CaseError
    lost : frozenset of str
        Names of the dropped elements, as expressions would use them.
    """
    faults: list[CaseError] = []
    lost: set[str] = set()
    data = copy.deepcopy(data)
    for round_ in range(_ROUNDS):
        try:
            return shapes.CaseShape.model_validate(data), data, faults, frozenset(lost)
        except ValidationError as e:
            for error in e.errors(include_url=False):
                if round_ == 0:
                    faults.append(_fault(error, data))
                path = _path(error)
                missing = error["type"] == "missing"
                target = path[:-1] if missing else path
                if missing and (not target or target == ("players",)):
                    return None, data, faults, frozenset(lost)
                lost |= _names_of(target)
                _drop(data, target)
    return None, data, faults, frozenset(lost)


def _path(error: ErrorDetails) -> Path:
    return tuple(step for step in error["loc"] if not (isinstance(step, str) and step.startswith("<")))


def _drop(data: Any, path: Path) -> None:
    """Take out one element; a list item leaves a gap that holds no meaning, so positions stay as they are."""
    if not path:
        data.clear()
        return
    at = data
    for step in path[:-1]:
        try:
            at = at[step]
        except (KeyError, IndexError, TypeError):
            return
    last = path[-1]
    if isinstance(at, dict):
        at.pop(last, None)
    elif isinstance(at, list):
        _drop(data, path[:-1])


def _names_of(path: Path) -> set[str]:
    """Return the names that expressions can no longer use when the element at a path is dropped."""
    match path:
        case ("players", str(player), "options", str(option), *_):
            return {f"{player}.{option}"}
        case (("conditions" | "settings" | "unknowns"), str(name), *_):
            return {name}
        case (("outcomes" | "strategies"), str(name)):
            return {name}
        case _:
            return set()


def _fault(error: ErrorDetails, data: dict[str, Any]) -> CaseError:
    path = _path(error)
    key = path[-1] if path else ""
    kind, value = error["type"], error.get("input")
    shown = _shown(value)
    if kind == "missing":
        return CaseError(f"`{key}` is missing", code="missing", hint=f"add `{key}:` here", path=path[:-1], at_key=True)
    if kind == "extra_forbidden":
        hint = nearest(str(key), _keys_at(error["loc"])) or "remove it"
        return CaseError(f"`{key}` has no meaning here", code="unknown-key", hint=hint, path=path, at_key=True)
    if kind == "string_type":
        hint = f'write "{value}" in double quotes' if isinstance(value, (int, float)) else "write a text"
        return CaseError(f"text is wanted here, not {shown}", code="type", hint=hint, path=path)
    if kind == "bool_type":
        return CaseError(f"true or false is wanted here, not {shown}", code="type", hint="write true or false", path=path)
    if kind in ("dict_type", "model_type", "list_type"):
        want = "a list of items" if kind == "list_type" else "a mapping of `key: value` lines"
        return CaseError(f"{want} is wanted here, not {shown}", code="type", hint=f"see `{key}` in the README", path=path)
    if kind in ("float_type", "int_type", "finite_number"):
        return CaseError(f"a number is wanted here, not {shown}", code="type", hint="write a number", path=path)
    message = error["msg"].removeprefix("Value error, ")
    if kind in ("too_short", "too_long"):
        limit = error["ctx"].get("min_length", error["ctx"].get("max_length"))
        few = "few" if kind == "too_short" else "many"
        return CaseError(f"too {few} items here ({error['ctx']['actual_length']})", code="length",
                         hint=f"at {'least' if few == 'few' else 'most'} {limit}", path=path)  # fmt: skip
    if kind == "literal_error":
        hint = nearest(str(value), [w.strip("'") for w in error["ctx"]["expected"].replace(" or ", ", ").split(", ")])
        return CaseError(f"{shown} is not one of {error['ctx']['expected']}", code="value", hint=hint, path=path)
    return CaseError(message[:1].lower() + message[1:], code="type", hint="", path=path)


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    return f"`{text[:40]}`" + ("..." if len(text) > 40 else "")


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
    "sources": shapes.SourceShape,
    "does": shapes.RuleShape,
    "believed": shapes.RuleShape,
    "time": shapes.TimeShape,
    "switching": shapes.SwitchingShape,
}


def _keys_at(loc: tuple[int | str, ...]) -> list[str]:
    """Return the keys that the mapping around a place may have."""
    model: type[BaseModel] = shapes.CaseShape
    if len(loc) > 1:
        if "<mapping>" in loc[-2:]:
            model = shapes.QuantityShape
        elif "<list>" in loc and ("rises" in loc or "falls" in loc):
            model = shapes.RateShape
        for step in reversed(loc[:-1]):
            if isinstance(step, str) and step in _SHAPE_AT:
                model = model if model is not shapes.CaseShape else _SHAPE_AT[step]
                break
    return [field.alias or name for name, field in model.model_fields.items()]
