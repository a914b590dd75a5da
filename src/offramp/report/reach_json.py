"""What it would take as JSON, and its schema."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from offramp.findings.reach.values import Reach
from offramp.report.results_json import plain_data

__all__ = ["REACH_SCHEMA", "reach_schema", "reach_to_json"]

REACH_SCHEMA = 1
"""Version of the layout; a field may be added without a new one."""


def reach_to_json(reach: Reach) -> dict[str, Any]:
    """
    Turn what was found into plain lists, mappings and numbers.

    Parameters
    ----------
    reach
        What was found.

    Returns
    -------
    dict
        What is not a number is None. The same case, seed and question give the same text on any number of workers. The
        layout is described by `reach_schema`.
    """
    found: dict[str, Any] = plain_data({"schema": REACH_SCHEMA, **asdict(reach)})
    return found


def reach_schema() -> dict[str, Any]:
    """Return the JSON Schema of what `reach_to_json` gives, made from the fields of `Reach`."""
    from pydantic import TypeAdapter

    made = TypeAdapter(Reach).json_schema()
    made["properties"] = {"schema": {"const": REACH_SCHEMA}, **made["properties"]}
    made["required"] = ["schema", *made["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_nullable(made),
        "title": "offramp reach --json",
    }


def _nullable(node: Any) -> Any:
    """Let what is no number be null."""
    if isinstance(node, list):
        return [_nullable(each) for each in node]
    if not isinstance(node, dict):
        return node
    found = {key: _nullable(value) for key, value in node.items()}
    if found.get("type") == "number":
        found["type"] = ["number", "null"]
    return found
