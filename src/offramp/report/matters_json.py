"""What the outcomes hang on as JSON, and its schema."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from offramp.findings.sensitivity.matters_values import Matters
from offramp.report.results_json import plain_data
from offramp.report.schemas import read_schema

__all__ = ["MATTERS_SCHEMA", "matters_schema", "matters_to_json"]

MATTERS_SCHEMA = 1
"""Version of the layout; a field may be added without a new one."""


def matters_to_json(matters: Matters) -> dict[str, Any]:
    """
    Turn what was found into plain lists, mappings and numbers.

    Parameters
    ----------
    matters
        What was found.

    Returns
    -------
    dict
        What is not a number is None. The same case, seed and question give the same text on any number of workers. The
        layout is described by `matters_schema`.
    """
    found: dict[str, Any] = plain_data({"schema": MATTERS_SCHEMA, **asdict(matters)})
    return found


def matters_schema() -> dict[str, Any]:
    """Return the JSON Schema of what `matters_to_json` gives."""
    return read_schema("matters")
