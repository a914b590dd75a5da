"""Values of JSON that know where in the text they stand."""

from __future__ import annotations

from dataclasses import dataclass

from offramp.interop.source_text import shorten

__all__ = ["JsonNode", "JsonValue", "kind_of"]


@dataclass(frozen=True, slots=True)
class JsonNode:
    """One value and where it stands."""

    value: JsonValue
    at: int


JsonValue = dict[str, JsonNode] | list[JsonNode] | str | int | float | bool | None


def kind_of(node: JsonNode) -> str:
    """Say what a value is, for messages."""
    match node.value:
        case dict():
            return "an object {...}"
        case list():
            return "a list [...]"
        case None:
            return "null"
        case bool():
            return str(node.value).lower()
        case str():
            return f'the text "{shorten(node.value)}"'
        case _:
            return f"the number {node.value}"
