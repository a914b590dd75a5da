"""A trace as JSON, and its schema."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from offramp.findings.sentences.trace_values import Trace
from offramp.report.results_json import plain_data
from offramp.report.schemas import read_schema

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
    found: dict[str, Any] = plain_data({"schema": TRACE_SCHEMA, **asdict(trace)})
    return found


def trace_schema() -> dict[str, Any]:
    """Return the JSON Schema of a trace."""
    return read_schema("trace")
