"""The JSON Schema of case files, generated from their shape."""

from __future__ import annotations

import copy
from typing import Any

from offramp.model.shape import CaseShape

__all__ = ["case_schema"]

_PART = "Part"
"""Marks the definitions for a file that extends another, in which nothing is required and null deletes."""


def case_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that editors can check and complete case files with."""
    whole = CaseShape.model_json_schema(by_alias=True)
    definitions = whole.pop("$defs")
    parts = {name + _PART: _loosened(definition) for name, definition in definitions.items()}
    case = {key: value for key, value in whole.items() if key != "title"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "offramp case file",
        "type": "object",
        "if": {"required": ["extends"]},
        "then": {"$ref": f"#/$defs/Case{_PART}"},
        "else": {"$ref": "#/$defs/Case"},
        "$defs": {"Case": case, f"Case{_PART}": _loosened(case), **definitions, **parts},
    }


def _loosened(schema: Any) -> Any:
    """Require nothing, let null stand for any value, and refer to loosened definitions."""
    schema = copy.deepcopy(schema)
    if isinstance(schema, list):
        return [_loosened(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found: dict[str, Any] = {}
    for key, value in schema.items():
        if key == "$ref":
            found[key] = value + _PART
        elif key == "properties":
            found[key] = {name: _or_null(_loosened(part)) for name, part in value.items()}
            if "id" in value:
                found[key]["remove"] = {
                    "const": True,
                    "description": "take the item with this id out of the base's list",
                }
        elif key == "additionalProperties" and isinstance(value, dict):
            found[key] = _or_null(_loosened(value))
        elif key != "required":
            found[key] = _loosened(value)
    return found


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}
