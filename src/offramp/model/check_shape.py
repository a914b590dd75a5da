"""Check the shape of a case: every misplaced key and wrong type at once, in words.

What is at fault is then dropped or filled in, so that the meaning of all the rest can be checked in the same pass.
"""

from __future__ import annotations

import copy
from collections.abc import Collection
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from offramp.errors import CaseError, Path
from offramp.model import shape as shapes
from offramp.model.draft import label
from offramp.model.lost import Lost
from offramp.model.shape_faults import meant_by, path_of, shape_fault

__all__ = ["check_shape"]

_ROUNDS = 12
"""What is dropped uncovers what is then missing; each kind of damage needs a round or two."""

_FILL: dict[str, Any] = {
    "between": [],
    "offramp": 1,
    "players": {},
    "title": "",
    "that": "false",
    "worth": 0,
    "influence": 0,
    "levels": ["no", "yes"],
    "rate": 0,
    "says": "?",
}
"""What stands in for a required key that is missing."""


def check_shape(
    data: dict[str, Any], broken: Collection[Path] = ()
) -> tuple[shapes.CaseShape, dict[str, Any], list[CaseError], Lost]:
    """Validate plain data against the shape of a case.

    Parameters
    ----------
    data
        The case as plain mappings and lists.
    broken
        Elements that the reader of the file has already faulted: values that could not be read, and mappings or
        lists from which something was left out.

    Returns
    -------
    shape : CaseShape
        The case without the parts at fault.
    data : dict
        The plain data that shape was read from.
    faults : list of CaseError
    lost : Lost
        What was dropped.
    """
    faults: list[CaseError] = []
    lost = Lost()
    data = copy.deepcopy(data)
    for path in broken:
        if isinstance(_at(data, path), (dict, list)):
            lost.add_part(path)
        else:
            lost.add(path, label(data, path))
    for round_ in range(_ROUNDS):
        try:
            return shapes.CaseShape.model_validate(data), data, faults, lost
        except ValidationError as e:
            errors = e.errors(include_url=False)
        if round_ == 0:
            misspelt = {(*path_of(e)[:-1], meant_by(e) or "") for e in errors if e["type"] == "extra_forbidden"}
            faults = [shape_fault(e) for e in errors if not _told(e, broken, misspelt)]
            for path in misspelt:
                lost.add(path, label(data, path))
        for error in errors:
            path = path_of(error)
            lost.add(path, label(data, path[:-2] if path[-1:] == ("id",) else path))
            if error["type"] == "missing" and path[-1] in _FILL:
                _put(data, path, _FILL[str(path[-1])])
            else:
                _drop(data, path)
    return shapes.CaseShape(offramp=1, players={}), {}, faults, Lost(any_name=True)


def _told(error: ErrorDetails, broken: Collection[Path], misspelt: Collection[Path]) -> bool:
    """Tell whether a fault only repeats what the reader of the file, or a fault beside it, has said."""
    path = path_of(error)
    return path in broken or (error["type"] == "missing" and (path[:-1] in broken or path in misspelt))


def _at(data: Any, path: Path) -> Any:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _put(data: Any, path: Path, value: Any) -> None:
    parent = _at(data, path[:-1])
    if isinstance(parent, dict):
        parent[path[-1]] = copy.deepcopy(value)


def _drop(data: Any, path: Path) -> None:
    """Take out one element; in a list something without meaning takes its place, so that positions stay."""
    parent, last = _at(data, path[:-1]), path[-1]
    if isinstance(parent, dict):
        parent.pop(last, None)
    elif isinstance(parent, list) and isinstance(last, int) and last < len(parent):
        gap = _gap(path)
        if gap is None or parent[last] == gap:
            _drop(data, path[:-1])
        else:
            parent[last] = gap


def _gap(path: Path) -> Any:
    """Return an item that means nothing in the list at a path; None where only the whole list can go."""
    match path:
        case ("strategies", str(), ("does" | "believed"), *_) | ("levers", str(), "levels", str(), "does", *_):
            return {"when": "false", "set": {}}
        case (*_, ("wants" | "at_end"), int()):
            return {"that": "false", "worth": 0}
        case (*_, "prefers", int()) | ("impossible", int()) | ("unseen", str(), int()):
            return "false"
        case ("conditions", str(), ("rises" | "falls"), int()):
            return {"of": "0", "rate": 0}
        case ("irreversible", int()):
            return ""
        case _:
            return None
