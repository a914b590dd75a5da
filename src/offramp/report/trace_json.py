"""A trace as JSON, and its schema."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from importlib import resources
from typing import Any

from offramp.findings.weights import Trace

__all__ = ["TRACE_SCHEMA", "trace_schema", "trace_to_json"]

TRACE_SCHEMA = 1
"""Version of the layout; a field may be added without a new one."""


def trace_to_json(trace: Trace) -> dict[str, Any]:
    """
    Turn a trace into plain lists, mappings and numbers.

    Parameters
    ----------
    trace
        What was found.

    Returns
    -------
    dict
        What is not a number is None. The same case, seed and question give the same text on any number of workers. The
        layout is described by `trace_schema`.
    """
    found: dict[str, Any] = _plain({"schema": TRACE_SCHEMA, **asdict(trace)})
    return found


def trace_schema() -> dict[str, Any]:
    """Return the JSON Schema of a trace."""
    text = resources.files("offramp.report").joinpath("trace.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value
