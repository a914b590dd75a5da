"""The view models of command line and web: HTML, JSON, terminal."""

from __future__ import annotations

from offramp.report.results_json import results_schema, to_json

__all__ = ["results_schema", "to_json"]
