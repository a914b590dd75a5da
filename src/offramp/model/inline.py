"""Ranges and choices that stand where they are used: each becomes an unknown named by its path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from offramp.errors import Path
from offramp.model import shape as shapes

__all__ = ["inline_numbers"]

_ELSEWHERE = frozenset(
    {"unknowns", "views", "sources", "claims", "outcomes", "levers", "targets", "levels", "range", "choice"}
)
"""Keys below which no number stands for itself."""


def inline_numbers(shape: shapes.CaseShape) -> Iterator[Path]:
    """Give the paths of all numbers that are a range, a choice or an ordered statement's worth."""
    return _walk(shape, ())


def _walk(value: Any, path: Path) -> Iterator[Path]:
    if isinstance(value, shapes.QuantityShape):
        yield path
        yield from _walk(value.off, (*path, "off"))
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            key = field.alias or name
            if key == "prefers":
                yield from ((*path, key, at) for at in range(len(getattr(value, name) or ())))
            elif key not in _ELSEWHERE:
                yield from _walk(getattr(value, name), (*path, key))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _walk(item, (*path, key))
    elif isinstance(value, list):
        if len(value) == 2 and all(isinstance(item, float) for item in value):
            yield path
        else:
            for at, item in enumerate(value):
                yield from _walk(item, (*path, at))
