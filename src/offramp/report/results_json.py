"""Findings as plain data for programs: results.json, in the shape of results.schema.json."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from importlib import resources
from typing import Any

from offramp.findings import Findings

__all__ = ["results_schema", "to_json"]

SCHEMA = 1


def to_json(findings: Findings) -> dict[str, Any]:
    """Return findings as mappings, lists, texts and numbers; what is not a number becomes null.

    The same case, seed and version give the same data whatever the number of workers: nothing in it is timed.
    """
    data = {field.name: _plain(getattr(findings, field.name)) for field in fields(findings)}
    about = data.pop("outcomes")
    data["outcomes"] = data.pop("outcomes_by")
    data["numerics"].pop("seconds")
    return {"schema": SCHEMA, **data, "about_outcomes": about}


def results_schema() -> dict[str, Any]:
    """Return the JSON Schema of results.json."""
    text = resources.files(__package__).joinpath("results.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
