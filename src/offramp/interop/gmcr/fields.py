"""Values of the wanted type from JSON; any other is noted as a fault."""

from __future__ import annotations

from offramp.interop.gmcr.json_nodes import JsonNode, kind_of
from offramp.interop.gmcr.names import fitted
from offramp.interop.source_text import Faults, SourceText

__all__ = ["Fields"]


class Fields:
    """Takes values out of nodes.

    Parameters
    ----------
    source
    faults
        Where what is wrong is noted.
    """

    def __init__(self, source: SourceText, faults: Faults) -> None:
        self.source = source
        self.faults = faults
        self.ignored: dict[str, None] = {}
        """Keys that are not known."""
        self.missed: set[tuple[int, str]] = set()
        """Keys that stand misspelt in an object, by where it begins: that they are missing is not told again."""

    def fault(self, at: int, message: str, hint: str = "") -> None:
        """Note a fault at a position of the text."""
        self.faults.add(self.source.place(at), message, hint)

    def list_of(self, parent: JsonNode, key: str, hint: str, *, needed: bool = False) -> list[JsonNode]:
        """Return the list under a key; empty where there is none."""
        assert isinstance(parent.value, dict)
        node = parent.value.get(key)
        if node is None:
            if needed and (parent.at, key) not in self.missed:
                self.fault(parent.at, f"`{key}` is missing", hint)
            return []
        return self.list_in(node, f"`{key}`", hint)

    def list_in(self, node: JsonNode, what: str, hint: str) -> list[JsonNode]:
        """Return the items of a list."""
        if isinstance(node.value, list):
            return node.value
        self.fault(node.at, f"{what} must be a list, not {kind_of(node)}", hint)
        return []

    def objects(self, nodes: list[JsonNode], what: str, hint: str) -> list[JsonNode]:
        """Return the nodes if each is an object, else none."""
        wrong = [node for node in nodes if not isinstance(node.value, dict)]
        for node in wrong:
            self.fault(node.at, f"{what} must be an object, not {kind_of(node)}", hint)
        return [] if wrong else nodes

    def name(self, parent: JsonNode, what: str) -> str:
        """Return the name of an option or a decision maker on one line; empty where it has none."""
        assert isinstance(parent.value, dict)
        node, hint = parent.value.get("name"), f'give {what} a name: "name": "..."'
        if node is None:
            if (parent.at, "name") not in self.missed:
                self.fault(parent.at, f"{what} has no name", hint)
            return ""
        if not isinstance(node.value, str):
            self.fault(node.at, f"the name of {what} must be text, not {kind_of(node)}", hint)
            return ""
        name = fitted(node.value)
        if not name:
            self.fault(node.at, f"the name of {what} is empty", hint)
        return name

    def number(self, node: JsonNode, what: str, last: int, *, first: int = 0) -> int | None:
        """Return a whole number between two ends; None where it is none."""
        value, hint = node.value, f"there are {first} to {last}" if last >= first else "there is none"
        if isinstance(value, bool) or not isinstance(value, int):
            article = "an" if what[0] in "aeiou" else "a"
            self.fault(node.at, f"the number of {article} {what} is wanted, not {kind_of(node)}", hint)
            return None
        if not first <= value <= last:
            self.fault(node.at, f"there is no {what} {value}", hint)
            return None
        return value
