"""The JSON Schema of case files, generated from their shape."""

from __future__ import annotations

from typing import Any

from offramp.model.shape import CaseShape

__all__ = ["case_schema"]


def case_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that editors can check and complete case files with."""
    schema = CaseShape.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "offramp case file",
        **{key: value for key, value in schema.items() if key != "title"},
    }
