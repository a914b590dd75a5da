"""The JSON Schemas that stand beside this package's code."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

__all__ = ["read_schema"]


def read_schema(name: str) -> dict[str, Any]:
    """Read the file ``NAME.schema.json``."""
    text = resources.files("offramp.report").joinpath(f"{name}.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
